"""The headline figures of a week as cards: figure, range, changes against other weeks, and the rows behind it."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.brief import change_words, words
from pipeline.brief.comparison import Change, Comparison
from pipeline.brief.figures import Figures
from pipeline.brief.noise import Verdict
from pipeline.brief.sentences import Sentence
from pipeline.brief.week_model import WeekBrief


@dataclass(frozen=True, slots=True)
class Line:
    """One comparison, as a clause."""

    verdict: Verdict
    words: Sentence


@dataclass(frozen=True, slots=True)
class Card:
    """One headline figure."""

    key: str
    """Name of the fixed text that labels it."""
    value: str
    note: str
    """Range or addition; "" when there is none."""
    changes: tuple[Line, ...]
    """Against the week before and against the mean; none where nothing compares, or the figure itself is no finding."""
    href: str
    """Anchor of the rows behind it."""


def cards(brief: WeekBrief) -> tuple[Card, ...]:
    """Return the headline figures of the week in their order."""
    compared = brief.comparison
    events = compared.of(lambda tally: tally.figures.events)
    civilians = compared.of(lambda tally: tally.figures.civilian_targeting)
    actors = compared.of(lambda tally: tally.actors)
    unnamed = brief.actors.unnamed
    none_named = f"none is named in {words.share(unnamed, events.now)}" if unnamed else ""
    return (
        _counted(brief, "events", events, "", "#figures-events"),
        _killed(brief),
        _counted(brief, "civilians", civilians, "", "#figures-civilians"),
        _counted(brief, "actors", actors, none_named, "#actors"),
    )


def _counted(brief: WeekBrief, key: str, change: Change, note: str, href: str) -> Card:
    """Return the card of a count; in a silent week a zero is no finding."""
    if brief.silent and not change.now:
        return Card(key, "none known", "", (), href)
    return Card(key, words.number(change.now), note, _lines(brief.comparison, change, href), href)


def _lines(comparison: Comparison, change: Change, anchor: str) -> tuple[Line, ...]:
    if comparison.nothing:
        return ()
    mean = change_words.since_mean(change) or change_words.no_mean(comparison)
    lines = (
        Line(change.since_before, change_words.since_before(change, comparison.before, anchor)),
        Line(change.since_mean, mean),
    )
    return tuple(line for line in lines if line.words)


def _killed(brief: WeekBrief) -> Card:
    """Return the card of the killed, shared tolls among them; what is tested is the number of events with deaths."""
    alone, now = brief.figures, brief.figures.together
    value = words.toll_figure(now.killed, now.killed_events)
    if not now.killed_events:
        return Card("killed", value, "", (), "#figures-killed")
    shared = words.number(alone.shared.killed.best or 0)
    note = _basis(words.toll_range(now.killed), alone, alone.killed_events, shared, alone.shared.killed_tolls)
    compared = brief.comparison
    if compared.nothing:
        return Card("killed", value, note, (), "#figures-killed")
    deadly = compared.of(lambda tally: tally.deadly)
    mean = change_words.deadly_mean(compared, deadly) or change_words.no_mean(compared)
    lines = (
        Line(deadly.since_before, change_words.deadly_before(compared, deadly)),
        Line(deadly.since_mean, mean),
    )
    return Card("killed", value, note, tuple(line for line in lines if line.words), "#figures-killed")


def _basis(ends: str, figures: Figures, events: int, shared: str, tolls: int) -> str:
    """Return the range of a sum, for how many events it is given, and how much of it stands in shared tolls."""
    given = f"given for {words.share(events, figures.events)}" if events else "given for no event by itself"
    together = f"{shared} of them in {words.count(tolls, 'shared toll')}" if tolls else ""
    return "; ".join(part for part in (ends, given, together) if part)
