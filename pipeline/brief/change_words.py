"""How a count of a week compares, in words: "up from 8 in the week before", "no clear change from the mean ... (17.3)".

Clauses without a full stop, each figure with the rows behind it. Whether a change is clear is decided by `noise`.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.brief import words
from pipeline.brief.comparison import WEEKS_OF_MEAN, Change, Comparison, Past
from pipeline.brief.directions import Direction
from pipeline.brief.noise import Verdict
from pipeline.brief.sentences import Sentence, Span, say

ROWS = "#comparison"
"""Anchor of the table with the counts of the weeks before."""
VERDICTS = {"up": "up from", "down": "down from", "unclear": "no clear change from"}


def weeks_of_mean(weeks: int) -> str:
    """Return what a mean is over: "the four weeks before", "the two weeks before that compare"."""
    return f"the {words.small(weeks)} weeks before" + ("" if weeks == WEEKS_OF_MEAN else " that compare")


def since_before(change: Change, before: Past, anchor: str) -> Sentence:
    """Return the change against the week before, whose rows are at ``anchor`` of its page, or why there is none."""
    if change.before is None:
        return say(_why_not(before))
    figure = Span(words.number(change.before), anchor, before.iso_week)
    if change.since_before == "unclear":
        return say(VERDICTS["unclear"], " the week before (", figure, ")")
    return say(VERDICTS[change.since_before], " ", figure, " in the week before")


def since_mean(change: Change) -> Sentence:
    """Return the change against the mean; nothing without one."""
    if change.total is None:
        return ()
    figure = Span(words.mean(change.total, change.weeks), ROWS)
    over = weeks_of_mean(change.weeks)
    if change.since_mean == "unclear":
        return say(VERDICTS["unclear"], f" the mean of {over} (", figure, ")")
    return say(VERDICTS[change.since_mean], " a mean of ", figure, f" in {over}")


def no_mean(comparison: Comparison) -> Sentence:
    """Return why there is no mean; nothing where the week itself is why, which is told already."""
    if comparison.averaged or any(week.reading in ("this_silent", "this_open") for week in comparison.four):
        return ()
    only = sum(week.compares for week in comparison.four)
    return say(f"no mean: {'only one' if only else 'none'} of the {words.small(WEEKS_OF_MEAN)} weeks before compares")


def both(change: Change, comparison: Comparison, anchor: str) -> Sentence:
    """Return both changes as one clause; equal verdicts, with which either begins, are said once."""
    before, mean = since_before(change, comparison.before, anchor), since_mean(change)
    if not mean:
        return before
    if change.before is None:
        return mean
    if change.since_before != change.since_mean:
        return say(before, " and ", mean)
    return say(before, " or from" if change.since_mean == "unclear" else " and from", mean[1:])


def _why_not(before: Past) -> str:
    """Return why the week before does not compare, as a clause."""
    if before.reading == "this_silent":
        return "not compared: nothing was read for this week"
    if before.reading == "this_open":
        return "not compared: this week was not read to its end"
    if before.reading == "uneven" and before.tally is not None:
        n = before.tally.articles
        was = words.verb(n, "was", "were")
        return f"not compared with the week before, for which {words.count(n, 'article')} {was} read"
    why = "for which nothing was read" if before.reading == "silent" else "which is not covered"
    return f"not compared with the week before, {why}"


def deadly_before(comparison: Comparison, deadly: Change) -> Sentence:
    """Return how the events with deaths compare with the week before, and how many were killed in it."""
    past = comparison.before
    if deadly.before is None or past.tally is None:
        return say(_why_not(past))
    figures = past.tally.figures.together
    killed = words.number(figures.killed.best or 0) if figures.killed_events else "no figure"
    against = say(Span(words.number(deadly.before), ROWS), " in the week before")
    return _deadly(deadly.now, deadly.since_before, against, Span(killed, "#figures-killed", past.iso_week))


def deadly_mean(comparison: Comparison, deadly: Change) -> Sentence:
    """Return how the events with deaths compare with the mean, and the mean of the killed; nothing without one."""
    if deadly.total is None:
        return ()
    killed = sum(week.tally.figures.together.killed.best or 0 for week in comparison.averaged if week.tally)
    mean = Span(words.mean(deadly.total, deadly.weeks), ROWS)
    against = say("a mean of ", mean, f" in {weeks_of_mean(deadly.weeks)}")
    return _deadly(deadly.now, deadly.since_mean, against, Span(words.mean(killed, deadly.weeks), ROWS))


def _deadly(now: int, verdict: Verdict, against: Sentence, killed: Span) -> Sentence:
    lead = f"events with deaths: {words.number(now)}, {VERDICTS[verdict]} "
    return say(lead, against, " (killed: ", killed, ")")


def quiet(directions: Sequence[Direction]) -> str:
    """Return what is said of the quiet governorates together, before their names; nothing without any."""
    found = [direction for direction in directions if direction.quiet]
    if not found:
        return ""
    lead = f"No events in {words.count(len(found), 'governorate')}"
    if found[0].against == "nothing":
        return f"{lead}, where too little was read to compare:"
    change = found[0].change
    when = weeks_of_mean(change.weeks) if found[0].against == "mean" else "the week before"
    return f"{lead}, and none in {when} (no clear change):"


def why(direction: Direction) -> str:
    """Return the one-line rationale of a direction: "4 events against a mean of 1.5; most: Air/drone strike, 3."."""
    change = direction.change
    known = words.count(direction.events, "event")
    if direction.against == "nothing":
        return _line(known, direction, "too little was read to compare")
    if direction.against == "mean" and change.total is not None:
        when = f"in {weeks_of_mean(change.weeks)}"
        figure = "none" if not change.total else f"a mean of {words.mean(change.total, change.weeks)}"
    else:
        when = "in the week before"
        figure = "none" if not change.before else words.number(change.before)
    said = "" if direction.verdict != "unclear" else ", within what chance gives"
    return _line(f"{known} against {figure} {when}{said}", direction, "")


def _line(lead: str, direction: Direction, rest: str) -> str:
    most = f"most: {direction.most[0]}, {words.number(direction.most[1])}" if direction.most else ""
    return "; ".join(part for part in (words.sentence_case(lead), rest, most) if part) + "."
