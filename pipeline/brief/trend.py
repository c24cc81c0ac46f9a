"""Events a week as bars: geometry for the templates and a text that says the same.

Integer geometry only, so that the same figures give the same bytes. A silent week has a mark of its own: no bar would
read as a zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.brief import words

WIDTH, HEIGHT, MARK = 960, 112, 3
"""Widest chart, its height, and the least height of a bar, in CSS pixels."""
STEP = 40
"""From bar to bar in CSS pixels, while there is room for it."""
UNITS = 10
"""Units of the chart to a pixel: they keep the bars of many weeks apart without fractions."""


@dataclass(frozen=True, slots=True)
class WeekCount:
    """The events of one week; ``silent`` when no article of it was read."""

    iso_week: str
    events: int
    silent: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar in units of the chart, counted from the top left."""

    x: int
    y: int
    width: int
    height: int
    silent: bool


@dataclass(frozen=True, slots=True)
class Trend:
    """The chart: its size, its bars oldest first, and its text alternative."""

    pixels: int
    """Width on the screen where there is room."""
    width: int
    height: int
    bars: tuple[Bar, ...]
    first: str
    last: str
    silent: int
    """Weeks with the mark for silence: nothing was read, and no event is known."""
    text: str


def trend(weeks: Sequence[WeekCount]) -> Trend | None:
    """Return the chart of ``weeks`` (oldest first); None when there is no week."""
    if not weeks:
        return None
    highest = max(week.events for week in weeks)
    pixels = min(STEP * len(weeks), WIDTH)
    step, floor = pixels * UNITS // len(weeks), HEIGHT * UNITS
    bars = []
    for position, week in enumerate(weeks):
        height = max(floor * week.events // max(highest, 1), MARK * UNITS)
        bars.append(Bar(position * step, floor - height, step - step // 5, height, week.silent and not week.events))
    return Trend(
        pixels=pixels,
        width=step * len(weeks) - step // 5,
        height=floor,
        bars=tuple(bars),
        first=weeks[0].iso_week,
        last=weeks[-1].iso_week,
        silent=sum(bar.silent for bar in bars),
        text=_text(weeks, highest),
    )


def _text(weeks: Sequence[WeekCount], highest: int) -> str:
    peak = next(week.iso_week for week in weeks if week.events == highest)
    latest = weeks[-1]
    silent = sum(week.silent for week in weeks)
    parts = [
        f"Events a week over {words.count(len(weeks), 'week')}, {weeks[0].iso_week} to {latest.iso_week}: "
        f"the most {words.number(highest)} ({peak}), the latest {words.number(latest.events)}"
    ]
    if silent:
        parts.append(f"for {words.count(silent, 'week')} nothing was read")
    return "; ".join(parts) + "."
