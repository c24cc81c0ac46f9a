"""The headline figures of a week as cards: figure, range, change against the week before, and the rows behind it."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.brief import words
from pipeline.brief.figures import Figures
from pipeline.brief.model import WeekBrief


@dataclass(frozen=True, slots=True)
class Card:
    """One headline figure."""

    key: str
    """Name of the fixed text that labels it."""
    value: str
    note: str
    """Range or addition; "" when there is none."""
    change: str
    href: str
    """Anchor of the rows behind it."""


def cards(brief: WeekBrief) -> tuple[Card, ...]:
    """Return the headline figures of the week in their order."""
    now, before, read = brief.figures, brief.before, brief.coverage
    return (
        Card("events", *_counted(brief, now.events, before.events if before else None), "#figures-events"),
        Card("killed", *_killed(brief), "#figures-killed"),
        Card("injured", *_injured(brief), "#figures-injured"),
        Card(
            "civilians",
            *_counted(brief, now.civilian_targeting, before.civilian_targeting if before else None),
            "#figures-civilians",
        ),
        Card(
            "sources",
            words.number(read.sources),
            "",
            _change(brief, read.sources, brief.sources_before),
            "#coverage",
        ),
        Card(
            "articles",
            words.number(read.articles),
            f"{words.count(read.copies, 'copy')} among them" if read.copies else "",
            _change(brief, read.articles, brief.articles_before),
            "#coverage",
        ),
    )


def _change(brief: WeekBrief, now: int, before: int | None) -> str:
    if before is None or brief.before_silent:
        return "nothing was read for the week before" if brief.before_silent else "the week before is not covered"
    return words.change(now, before)


def _counted(brief: WeekBrief, now: int, before: int | None) -> tuple[str, str, str]:
    """Figure, note and change of a count of events; in a silent week a zero is no finding."""
    if brief.silent and not now:
        return "none known", "", ""
    return words.number(now), "", _change(brief, now, before)


def _killed(brief: WeekBrief) -> tuple[str, str, str]:
    """Figure, note and change of the killed, shared tolls among them."""
    alone, now = brief.figures, brief.figures.together
    value = words.toll_figure(now.killed, now.killed_events)
    if not now.killed_events:
        return value, "", ""
    shared = words.number(alone.shared.killed.best or 0)
    note = _basis(words.toll_range(now.killed), alone, alone.killed_events, shared, alone.shared.killed_tolls)
    if brief.before is None:
        return value, note, _change(brief, 0, None)
    before = brief.before.together
    if not before.killed_events:
        return value, note, "no figure for the week before"
    return value, note, words.estimate_change(now.killed.best or 0, before.killed.best or 0)


def _injured(brief: WeekBrief) -> tuple[str, str, str]:
    """Figure, note and change of the injured, for whom only low figures are added up."""
    alone, now = brief.figures, brief.figures.together
    if not now.injured_events:
        return "no figure", "", ""
    value, shared = f"at least {words.number(now.injured)}", words.number(alone.shared.injured)
    note = _basis("", alone, alone.injured_events, shared, alone.shared.injured_tolls)
    if brief.before is None:
        return value, note, _change(brief, 0, None)
    before = brief.before.together
    if not before.injured_events:
        return value, note, "no figure for the week before"
    return value, note, words.change(now.injured, before.injured)


def _basis(ends: str, figures: Figures, events: int, shared: str, tolls: int) -> str:
    """Return the range of a sum, for how many events it is given, and how much of it stands in shared tolls."""
    given = f"given for {words.share(events, figures.events)}" if events else "given for no event by itself"
    together = f"{shared} of them in {words.count(tolls, 'shared toll')}" if tolls else ""
    return "; ".join(part for part in (ends, given, together) if part)
