"""The notes of a page that depend on its figures: rules, quiet governorates, coverage, caveats, changes.

Each returns finished sentences. Notes that are the same on every page are fixed texts in `reports/texts`.
"""

from __future__ import annotations

from pipeline.brief import change_words, words
from pipeline.brief.accuracy import Rate
from pipeline.brief.comparison import ALIKE, LEAST_FOR_MEAN, WEEKS_OF_MEAN, Comparison, Past
from pipeline.brief.context import BriefContext, FieldChange
from pipeline.brief.coverage import by_rule
from pipeline.brief.earlier import Earlier, EarlierWeek
from pipeline.brief.events import NOTABLE_LIMIT
from pipeline.brief.noise import LEVEL
from pipeline.brief.sentences import text
from pipeline.brief.week_model import WeekBrief
from pipeline.contracts import load_contract

LATE_DAYS = 14
"""Days after the end of a week within which much of it is still told."""


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
    articles, mentions = words.count(read.articles, "article"), words.count(read.mentions, "mention")
    was = words.verb(read.articles, "was", "were")
    told_as = words.verb(read.articles, "It was coded as", "They were coded as")
    copies = f" ({words.count(read.copies, 'copy')} among them)" if read.copies else ""
    told = f"In this week {articles} {was} published and read{copies}. {told_as} {mentions}."
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
            notes.append(f"{words.opening_share(n, total)} {verb} {what}.")
    rejected = sum(rejection.count for rejection in counted.rejections)
    if rejected:
        notes.append(
            f"Of the records from articles of this week, {words.number(rejected)} could not be used and "
            f"{words.verb(rejected, 'was', 'were')} rejected: {by_rule(counted.rejections)}."
        )
    else:
        notes.append("No record from articles of this week was rejected.")
    if brief.newest_article is not None and 0 <= (brief.newest_article - brief.week_end).days < LATE_DAYS:
        days = words.count((brief.newest_article - brief.week_end).days, "day")
        notes.append(
            f"The newest article read is of {days} after the end of the week: what is told later is not in it."
        )
    return tuple(notes)


def comparison_rule() -> tuple[str, ...]:
    """Return the rule of `noise` and `comparison` for readers."""
    chance = f"{LEVEL.numerator} of {LEVEL.denominator}"
    mean, least = words.small(WEEKS_OF_MEAN), words.small(LEAST_FOR_MEAN)
    return (
        f"“No clear change” means that chance alone gives a difference as large in more than {chance} comparisons of "
        "weeks in which nothing has changed: an exact test of Poisson counts. The mean of the weeks before is tested "
        "by their sum.",
        f"Weeks are compared only if articles of both were read, to the end of the week, and of neither more than "
        f"{words.small(ALIKE)} times as many as of the other. A week that does not compare enters no mean. A mean is "
        f"over those of the {mean} weeks before that compare, {least} at least.",
        "People are killed many at a time, so that their number says little about a change. What is tested is the "
        "number of events with deaths, each shared toll counted as one.",
        "Events come in runs too, and many comparisons are made: some are called a change by chance. A change can also "
        "come from what outlets chose to tell.",
    )


def uncompared(comparison: Comparison) -> str:
    """Return why the week is compared with no other, as a sentence; nothing where it is compared."""
    if not comparison.nothing:
        return ""
    before = change_words.since_before(comparison.of(lambda tally: tally.actors), comparison.before, "")
    parts = [text(part) for part in (before, change_words.no_mean(comparison)) if part]
    return f"{words.sentence_case('; '.join(parts))}."


def reading(past: Past, position: int) -> str:
    """Return whether the week before that stands at ``position`` of the table (from 0) is compared with."""
    if position >= WEEKS_OF_MEAN:
        return "no: longer ago"
    return {
        "compared": "yes",
        "uncovered": "no: not covered",
        "silent": "no: nothing read",
        "uneven": "no: read too differently",
        "this_silent": "no: nothing read for this week",
        "this_open": "no: this week was not over",
    }[past.reading]


def rate(value: Rate | None) -> str:
    """Return an error rate with its sample: "75% (182 of 244)"."""
    if value is None:
        return "no case"
    return f"{words.percent(value.count, value.out_of)} ({words.number(value.count)} of {words.number(value.out_of)})"


def changes(brief: WeekBrief, context: BriefContext) -> str:
    """Return the sentence over the list of changes since the release before."""
    if context.previous_version is None:
        return f"Version {context.version} is the first release: there is no earlier one to compare with."
    if brief.is_new:
        return f"The week is new in version {context.version}: version {context.previous_version} did not cover it."
    if brief.changes.none:
        return f"No event of this week has changed since version {context.previous_version}."
    counted = _counted(len(brief.changes.added), len(brief.changes.changed), len(brief.changes.removed))
    return f"Events since version {context.previous_version}: {counted}."


def _counted(added: int, changed: int, removed: int) -> str:
    parts = ((added, "added"), (changed, "changed"), (removed, "removed"))
    return words.listing([f"{words.number(n)} {what}" for n, what in parts if n])


def earlier_lead(earlier: Earlier) -> str:
    """Return the sentence over the list of earlier weeks that changed."""
    if not earlier.weeks:
        return f"No event of an earlier week has changed since version {earlier.since}."
    total = len(earlier.weeks) + earlier.more
    rest = f" The {words.small(len(earlier.weeks))} newest of them are listed." if earlier.more else ""
    weeks = words.count(total, "earlier week")
    return f"Events of {weeks} are not as in version {earlier.since}.{rest}"


def earlier_week(week: EarlierWeek) -> str:
    """Return what changed in one earlier week: "2 added and 1 changed"."""
    counted = _counted(week.added, week.changed, week.removed)
    return f"{counted}; the week is new" if week.is_new else counted


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
