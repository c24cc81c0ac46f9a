"""The pages of the weeks: what a briefing says, with map and charts, links to the pages beside it, and its versions.

A page tells of the newest release, and names the version in which its week changed last. So a release that leaves a
week as it is leaves its page as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from pydantic import JsonValue

from pipeline.brief import change_words, notes
from pipeline.brief.context import BriefContext
from pipeline.brief.headline import cards
from pipeline.brief.ledger import Ledger, group_tables
from pipeline.brief.part import part_of
from pipeline.brief.plain import plain
from pipeline.brief.register import anchor
from pipeline.brief.render import fixed_texts, week_values
from pipeline.brief.sentences import text
from pipeline.brief.states import states
from pipeline.brief.summary import summary
from pipeline.brief.tallies import Tally, tallies
from pipeline.brief.week import brief_of
from pipeline.brief.week_model import WeekBrief
from pipeline.charts import Svg
from pipeline.site import addresses, chrome
from pipeline.site.data import SiteData
from pipeline.site.digests import digest, value_digest
from pipeline.site.editions import Edition
from pipeline.site.other_language import marked
from pipeline.site.print_engine import unavailable
from pipeline.site.print_engine import versions as versions_of_print
from pipeline.site.print_pages import Charts, late_pdf
from pipeline.site.section import LateFile, PageFiles
from pipeline.site.trace_view import WEEK
from pipeline.site.week_changes import Version, cutoff_shown, earlier, issues_of, last_changes, versions
from pipeline.site.week_charts import week_charts
from pipeline.site.week_digests import week_digests

LANGUAGES = ("en", "ar")
"""Catalogues of `reports/texts` that weeks have pages in."""
AT_ONCE = 36
"""Weeks whose rows are in memory together."""


@dataclass(frozen=True, slots=True)
class OnSite:
    """What a week's page has only on the site; `week_body.html.j2` asks for it."""

    build_id: str
    map: Svg | None
    multiples: Svg | None
    map_rows: tuple[tuple[str, str, str, str, str], ...]
    """The map as a table: place and day, type, killed, position, address of the event's page."""
    editions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class SiteLinks:
    """Links of the page at ``path`` to the pages of events, governorates and actors, and to the rows behind figures."""

    path: str

    def event(self, event_id: str) -> str:
        """Return the link to an event."""
        return addresses.relative(self.path, addresses.event(event_id))

    def governorate(self, name: str) -> str:
        """Return the link to a governorate."""
        return addresses.relative(self.path, addresses.governorate(name))

    def actor(self, actor_id: str) -> str:
        """Return the link to an actor."""
        return addresses.relative(self.path, addresses.actor(actor_id))

    def figure(self, iso_week: str, *place: str) -> str:
        """Return the link to the rows behind figures of a week."""
        return f"{addresses.relative(self.path, addresses.trace(iso_week))}#{anchor(*place) if place else WEEK}"


@dataclass(frozen=True, slots=True)
class Issue:
    """One week with all that its pages are made of."""

    brief: WeekBrief
    context: BriefContext
    on_site: OnSite


class WeekPages:
    """The section of the weeks' pages; keys are ISO weeks."""

    name = "week"

    def plan(self, site: SiteData) -> Mapping[str, str]:
        """Return the digest of each week's page."""
        rows, newest_in = week_digests(site), issues_of(site)
        print_shop = "" if unavailable() else value_digest([*versions_of_print().values()])
        return {
            iso_week: digest([rows[week], value_digest(_told(site, week, iso_week, newest_in[week])), print_shop])
            for week, iso_week in site.weeks
        }

    def render(self, site: SiteData, keys: Sequence[str]) -> Iterator[PageFiles]:
        """Yield the pages of ``keys``."""
        for issue in issues(site, keys):
            path = addresses.week(issue.brief.iso_week)
            yield PageFiles(path, page(site, issue), twin(issue), further(site, issue))


def _told(site: SiteData, week_start: date, iso_week: str, newest_in: Sequence[Edition]) -> JsonValue:
    """Return what the page tells of versions, beside the rows of the release."""
    edition = site.history.last_changed(week_start)
    return [
        edition.version, edition.previous_version, edition.build_time, edition.build_id,
        site.newest.cutoff is not None and site.newest.cutoff >= week_start and str(cutoff_shown(site, week_start)),
        plain(last_changes(site, week_start)), plain(versions(site, week_start, iso_week)),
        plain(earlier(site, week_start, newest_in)),
    ]  # fmt: skip


def issues(site: SiteData, keys: Sequence[str]) -> Iterator[Issue]:
    """Yield the weeks of ``keys`` (ISO weeks, in any order), some at a time in memory."""
    monday = {iso_week: week for week, iso_week in site.weeks}
    titles, newest_in = fixed_texts("en")["comparison"], issues_of(site)
    for start in range(0, len(keys), AT_ONCE):
        weeks = [monday[key] for key in keys[start : start + AT_ONCE]]
        ledger = group_tables(part_of(site.tables(), weeks))
        counted = tallies(ledger)
        for week in weeks:
            brief, context = _brief(site, ledger, counted, week)
            brief = replace(brief, earlier=earlier(site, week, newest_in[week]))
            drawn = week_charts(brief, ledger, site.geometry, titles)
            edition = site.history.last_changed(week)
            told = versions(site, week, brief.iso_week)
            yield Issue(brief, context, OnSite(edition.build_id, drawn.map, drawn.multiples, drawn.rows, told))


def _brief(site: SiteData, ledger: Ledger, counted: Mapping[date, Tally], week: date) -> tuple[WeekBrief, BriefContext]:
    """Return the week as the newest release has it, with what the history says of it."""
    edition = site.history.last_changed(week)
    context = site.context_of(edition)
    brief = brief_of(ledger, counted, week, context)
    changed = replace(
        brief,
        changes=last_changes(site, week),
        is_new=edition is site.history.first_version(week) and edition is not site.history.oldest,
        newest_article=cutoff_shown(site, week),
    )
    return changed, context


def further(site: SiteData, issue: Issue) -> dict[str, bytes | LateFile]:
    """Return what lies beside the page: the week in other languages, and on paper where that can be made."""
    iso_week, drawn = issue.brief.iso_week, issue.on_site
    files: dict[str, bytes | LateFile] = {
        addresses.week(iso_week, language): page(site, issue, language).encode("utf-8")
        for language in LANGUAGES
        if language != "en"
    }
    full = site.site_url + addresses.week(iso_week)
    printed = late_pdf(issue.brief, issue.context, Charts(drawn.map, drawn.multiples), address=full)
    return files | ({addresses.week_pdf(iso_week): printed} if printed else {})


def page(site: SiteData, issue: Issue, language: str = "en") -> str:
    """Return the page of a week with the fixed texts of a language; what is computed stays in English."""
    path = addresses.week(issue.brief.iso_week, language)
    html = chrome.render(
        site, "site_week.html.j2", path, here="weeks", twin=language == "en", t=fixed_texts(language),
        context=issue.context, languages={code: fixed_texts(code)["page"]["language"] for code in LANGUAGES},
        address_in=partial(addresses.week, issue.brief.iso_week),
        pdf=None if unavailable() else addresses.week_pdf(issue.brief.iso_week),
        **week_values(issue.brief, issue.context, SiteLinks(path), on_site=issue.on_site),
    )  # fmt: skip
    if language == "en":
        return html
    moved = html.replace('href="../events/', f'href="{addresses.root(path)}events/')  # of the map, drawn for all
    return marked(moved, language)


def twin(issue: Issue) -> Mapping[str, JsonValue]:
    """Return all that the page of a week says, for programs: its view model, and what follows from it in words."""
    brief, context = issue.brief, issue.context
    sentences = [text(sentence) for sentence in summary(brief)]
    return {
        "iso_week": brief.iso_week,
        "title": context.title,
        "version": context.version,
        "build_time": context.build_time,
        "build_id": issue.on_site.build_id,
        "invented": context.invented,
        "licence": {"name": context.licence, "url": context.licence_url},
        "citation": notes.citation(brief, context),
        "summary": list(sentences),
        "states": {state.key: text(state.words) for state in states(brief, context)},
        "cards": [
            {
                "key": card.key,
                "value": card.value,
                "note": card.note,
                "changes": [{"verdict": line.verdict, "words": text(line.words)} for line in card.changes],
            }
            for card in cards(brief)
        ],
        "directions": {
            direction.admin1: {"verdict": direction.verdict, "why": change_words.why(direction)}
            for direction in brief.directions
        },
        "rules": {"notable": notes.notable_rule(brief), "comparison": list(notes.comparison_rule())},
        "caveats": list(notes.caveats(brief)),
        "week": plain(brief),
        "versions": plain(issue.on_site.editions),
    }


WEEKS = WeekPages()
