"""The notes of a page that depend on its figures: rules, quiet governorates, coverage, caveats, changes.

Each returns finished sentences. Notes that are the same on every page are fixed texts in `reports/texts`.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.brief import words
from pipeline.brief.context import BriefContext, FieldChange
from pipeline.brief.events import NOTABLE_LIMIT
from pipeline.brief.index import IndexBrief
from pipeline.brief.model import RejectionCount, WeekBrief
from pipeline.contracts import load_contract


def notable_rule(brief: WeekBrief) -> str:
    """Return the rule of `events.choose` for readers, and how many events it left for further down."""
    rule = (
        "highest best estimate of killed first, then events that hit civilians, then the most independent sources, "
        "then the earliest day, then the event id"
    )
    shown = words.number(len(brief.notable))
    if brief.others:
        most = f"At most {NOTABLE_LIMIT} are shown here; all others follow below."
        return f"The first {shown} events by a fixed rule: {rule}. {most}"
    if len(brief.notable) == 1:
        return "The only event of the week that is no displacement or force movement."
    return f"All {shown} events of the week that are no displacement or force movement: {rule}."


def quiet_governorates(brief: WeekBrief) -> str:
    """Return the line on governorates without an event."""
    quiet = brief.quiet_governorates
    if not quiet:
        return "Every governorate had at least one event."
    if not brief.cells:
        return "No events are known in any governorate."
    names = words.listing(quiet)
    if len(quiet) == 1:
        return f"No events are known in the other governorate: {names}."
    return f"No events are known in the other {words.count(len(quiet), 'governorate')}: {names}."


def coverage(brief: WeekBrief) -> str:
    """Return how much was read for the week, with its own words for silence and for a single source."""
    read = brief.coverage
    if brief.silent:
        known = " The events shown are known from articles of later weeks." if brief.figures.events else ""
        return f"No article published in this week was read.{known}"
    copies = f"{words.count(read.copies, 'copy')} among them"
    articles, mentions = words.count(read.articles, "article"), words.count(read.mentions, "mention")
    told = f"{articles} published in this week ({copies}) gave {mentions}."
    if brief.single_source:
        only = read.outlets[0].name if read.outlets else "one outlet"
        lead = words.verb(read.articles, "It comes", "All come")
        return f"{told} {lead} from a single source, {only}: no figure could be held against another account."
    return f"{told} They come from {words.count(read.sources, 'source')}."


def caveats(brief: WeekBrief) -> tuple[str, ...]:
    """Return what limits the figures of this week, counted."""
    counted, total = brief.caveats, brief.figures.events
    notes: list[str] = []
    found = (
        (counted.single_source, "rests", "rest", "on one independent source"),
        (
            counted.loosely_dated,
            "is",
            "are",
            "dated only to a span of days and counted in the week of the first possible day",
        ),
        (
            counted.loosely_placed,
            "is",
            "are",
            "placed only near a named place, in a district or in a governorate",
        ),
    )
    for n, singular, plural, what in found:
        if n:
            verb = words.verb(n, singular, plural)
            notes.append(f"{words.sentence_case(words.share(n, total))} {verb} {what}.")
    rejected = sum(rejection.count for rejection in counted.rejections)
    if rejected:
        notes.append(
            f"{words.count(rejected, 'record')} from articles of this week could not be used and "
            f"{words.verb(rejected, 'was', 'were')} rejected: {_by_rule(counted.rejections)}."
        )
    else:
        notes.append("No record from articles of this week was rejected.")
    return tuple(notes)


def changes(brief: WeekBrief, context: BriefContext) -> str:
    """Return the sentence over the list of changes since the release before."""
    if context.previous_version is None:
        return f"Version {context.version} is the first release: there is no earlier one to compare with."
    if brief.changes.none:
        return f"No event of this week has changed since version {context.previous_version}."
    parts = [
        f"{words.number(n)} {what}"
        for n, what in (
            (len(brief.changes.added), "added"),
            (len(brief.changes.changed), "changed"),
            (len(brief.changes.removed), "removed"),
        )
        if n
    ]
    return f"Events since version {context.previous_version}: {words.listing(parts)}."


def field_change(change: FieldChange) -> str:
    """Return one changed column by its title in the contract: "Killed, best estimate: 5, was 3"."""
    table = load_contract().tables["events"]
    title = table.field(change.field).title if change.field in table.columns else change.field
    now, was = (value if value is not None else "empty" for value in (change.after, change.before))
    return f"{title}: {now}, was {was}"


def cutoff(brief: WeekBrief) -> str:
    """Return up to when articles were read, which limits what a week can know."""
    if brief.newest_article is None:
        return "No dated article was read."
    return f"Articles published up to {words.date_only(brief.newest_article)} were read."


def citation(brief: WeekBrief, context: BriefContext) -> str:
    """Return how to cite the briefing: the release's citation with the week."""
    week = f"Briefing for the week {brief.iso_week} ({words.week_dates(brief.week_start)})."
    return f"{context.citation.rstrip('. ')}. {week}"


def extent(index: IndexBrief) -> str:
    """Return what the whole ledger holds: weeks, events, articles, sources."""
    if not index.weeks:
        return "The ledger covers no week yet."
    first, last = index.weeks[-1], index.weeks[0]
    return (
        f"{words.sentence_case(words.count(index.events, 'event'))} in {words.count(len(index.weeks), 'week')}, "
        f"{first.iso_week} to {last.iso_week}, from {words.count(index.articles, 'article')} "
        f"by {words.count(index.sources, 'source')}."
    )


def latest(index: IndexBrief) -> str:
    """Return the words of the link to the newest week."""
    return f"Latest week: {index.weeks[0].iso_week}"


def reading(index: IndexBrief) -> tuple[str, ...]:
    """Return what was read for the release and what belongs to no week."""
    verb = words.verb
    read = f"{words.count(index.articles, 'article')} by {words.count(index.sources, 'source')}"
    copies = f", {words.count(index.copies, 'copy')} among them" if index.copies else ""
    notes = [f"{words.sentence_case(read)}{copies}."]
    if index.newest_article is not None:
        notes.append(f"The newest was published on {words.full_day(index.newest_article)}.")
    if n := index.undated_articles:
        has, belongs = verb(n, "has", "have"), verb(n, "belongs", "belong")
        notes.append(f"{words.count(n, 'article')} {has} no date and {belongs} to no week.")
    if n := index.events_without_page:
        lies, has = verb(n, "lies", "lie"), verb(n, "has", "have")
        notes.append(f"{words.count(n, 'event')} {lies} in weeks that are not covered and {has} no page.")
    if n := sum(rejection.count for rejection in index.rejections):
        belongs, was = verb(n, "belongs", "belong"), verb(n, "was", "were")
        notes.append(
            f"{words.count(n, 'record')} that {belongs} to no week could not be used and {was} rejected: "
            f"{_by_rule(index.rejections)}."
        )
    return tuple(notes)


def _by_rule(rejections: Sequence[RejectionCount]) -> str:
    return words.listing([f"{words.number(r.count)} by the rule “{r.title}”" for r in rejections])
