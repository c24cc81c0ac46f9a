"""View models into pages: one self-contained HTML file and one Markdown file for each week, and an index of each.

Templates, style and fixed texts are in `reports/`. A page loads nothing: style is inlined and allowed by its hash in a
Content-Security-Policy that forbids everything else, and there is no script. Article text is hostile: HTML is
autoescaped, Markdown escapes whatever is not Markdown made here. Nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from itertools import groupby
from types import MappingProxyType
from typing import Any

import polars as pl
from jinja2 import Environment
from markupsafe import Markup, escape

from pipeline.brief import change_words, index_notes, notes, phrases, words
from pipeline.brief.addresses import linkable
from pipeline.brief.context import BriefContext
from pipeline.brief.figures import NO_SHARED_TOLL
from pipeline.brief.headline import cards
from pipeline.brief.hostile_text import Md, escape_markdown, excerpt, markdown_link, snippet, tidy
from pipeline.brief.index import index_brief
from pipeline.brief.ledger import group_tables
from pipeline.brief.links import Links, NoLinks, target
from pipeline.brief.model import EventRef
from pipeline.brief.register import anchor, register
from pipeline.brief.states import states
from pipeline.brief.summary import summary
from pipeline.brief.tallies import tallies
from pipeline.brief.week import brief_of
from pipeline.brief.week_model import WeekBrief
from pipeline.inline_style import REPORTS, inline_style
from pipeline.templates import environment
from pipeline.yaml_text import read_yaml

FOLDER = "briefings"
IN_FULL = 60
"""Events that are not notable up to which a page shows all of them with every report; of more, with one quote each."""


def _event_href(suffix: str, ref: EventRef, iso_week: str) -> str | None:
    """Where an event stands, seen from the page of ``iso_week``; None when its week has no page."""
    if not ref.has_page:
        return None
    home = words.iso_week(ref.week_start)
    return f"#{ref.event_id}" if home == iso_week else f"{home}.{suffix}#{ref.event_id}"


def _tidied(value: object) -> object:
    """Tidy text that is not markup already; autoescape follows."""
    return tidy(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _breakable(text: str) -> Markup:
    """Let a narrow table break "explosive/landmine" after the slash."""
    return escape(text).replace("/", Markup("/<wbr>"))


@lru_cache
def fixed_texts(language: str) -> Mapping[str, Any]:
    """Return the fixed texts of the briefings in a language that `reports/texts` has."""
    return MappingProxyType(read_yaml((REPORTS / "texts" / f"{language}.yaml").read_text(encoding="utf-8")))


def wording(suffix: str) -> dict[str, object]:
    """Return what the templates of a week call, for pages ending in ``suffix``."""
    return {
        "w": words,
        "p": phrases,
        "c": change_words,
        "notes": notes,
        "anchor": anchor,
        "target": partial(target, suffix),
        "event_href": partial(_event_href, suffix),
    }


@lru_cache
def _environment(suffix: str) -> Environment:
    """Return the environment for pages ending in ``suffix``; every expression is escaped in both.

    It knows nothing of a release, so templates are compiled once.
    """
    html = suffix == "html"
    pages = environment(REPORTS, html=html, finalize=_tidied if html else escape_markdown)
    pages.filters["excerpt"] = excerpt
    pages.filters["snippet"] = snippet
    pages.filters["breakable"] = _breakable
    pages.globals.update(
        t=fixed_texts("en"),
        index_notes=index_notes,
        **wording(suffix),
        link=markdown_link,
        flat=Md(""),
        nested=Md("  "),
        gap=Md(" "),
    )
    return pages


def _invented_outlets(tables: Mapping[str, pl.DataFrame]) -> list[str]:
    names: list[str] = tables["sources"].filter("invented").sort("source_name")["source_name"].to_list()
    return names


def week_values(brief: WeekBrief, context: BriefContext, links: Links, *, on_site: object = None) -> dict[str, Any]:
    """Return what the body of a week's page is made of (`week_body.html.j2`, `week.md.j2`), besides the release.

    Args:
        brief: the week.
        context: of the release that the page tells of.
        links: to the pages of events, governorates and actors, where there are some.
        on_site: what the page has only on the site, where events have pages of their own: those that are not notable
            are then told in a line or two.
    """
    rows = [(admin1, list(cells)) for admin1, cells in groupby(brief.cells, key=lambda cell: cell.admin1)]
    return {
        "brief": brief,
        "states": states(brief, context),
        "totals": brief.figures.together,
        "shared_sums": brief.figures.shared_alone if brief.figures.shared != NO_SHARED_TOLL else None,
        "summary": summary(brief),
        "cards": cards(brief),
        "rows": rows,
        "register": register(brief),
        "shown": {event.event_id: event for event in brief.events},
        "links": links,
        "short": on_site is not None or len(brief.others) > IN_FULL,
        "on_site": on_site,
    }


def _page(environment: Environment, template: str, values: Mapping[str, object]) -> bytes:
    return (environment.get_template(template).render(values).strip("\n") + "\n").encode("utf-8")


def render_briefings(tables: Mapping[str, pl.DataFrame], context: BriefContext) -> dict[str, bytes]:
    """Render all briefings of a release.

    ``tables`` holds what `ledger.group_tables` asks for.

    Returns:
        Path within the release to content in UTF-8, sorted by path: `briefings/index.html`, `briefings/index.md`, and
        `briefings/2021-W05.html` and `.md` for each week of `weekly_coverage`.

    Raises:
        FieldledgerError: the weekly figures contradict the events.
    """
    ledger = group_tables(tables)
    counted = tallies(ledger)
    briefs = [brief_of(ledger, counted, start, context) for start in ledger.weeks]
    weeks = [(brief.iso_week, week_values(brief, context, NoLinks())) for brief in briefs]
    release = {
        "context": context,
        "licence_url": linkable(context.licence_url),
        "invented_outlets": _invented_outlets(tables),
        **inline_style("brief.css"),
    }
    index = {**release, "index": index_brief(ledger, counted)}
    pages: dict[str, bytes] = {}
    for suffix in ("html", "md"):
        environment = _environment(suffix)
        pages[f"{FOLDER}/index.{suffix}"] = _page(environment, f"index.{suffix}.j2", index)
        for iso_week, values in weeks:
            pages[f"{FOLDER}/{iso_week}.{suffix}"] = _page(environment, f"week.{suffix}.j2", {**release, **values})
    return dict(sorted(pages.items()))
