"""In which direction the events of each governorate went, by the rule of `noise` over the weeks that compare.

The mean of the weeks before is what counts; where too few of them compare for a mean, the week before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.brief.comparison import Change, Comparison
from pipeline.brief.model import EventBrief
from pipeline.brief.noise import Verdict


@dataclass(frozen=True, slots=True)
class Direction:
    """The events of one governorate in the week, and how their number differs."""

    admin1: str
    events: int
    deadly: int
    change: Change
    against: Literal["mean", "before", "nothing"]
    """What the verdict rests on."""
    most: tuple[str, int] | None
    """The sub-event type with the most events and their number; None when types tie for it or there is one event."""

    @property
    def quiet(self) -> bool:
        """Whether there is no event, here or in what it is held against: such governorates are told of together."""
        return not (self.events or self.change.total or self.change.before)

    @property
    def verdict(self) -> Verdict:
        """Up, down, no clear change, or not enough read."""
        return self.change.since_mean if self.against == "mean" else self.change.since_before


def directions(
    comparison: Comparison, governorates: Sequence[str], events: Sequence[EventBrief]
) -> tuple[Direction, ...]:
    """Return the direction of each governorate, in their order."""
    types: dict[str, Counter[str]] = {}
    for event in events:
        types.setdefault(event.where.admin1 or "", Counter())[event.sub_event_type] += 1
    return tuple(_direction(comparison, name, types.get(name, Counter())) for name in governorates)


def _direction(comparison: Comparison, admin1: str, types: Counter[str]) -> Direction:
    change = comparison.of(lambda tally: tally.events_in.get(admin1, 0))
    against: Literal["mean", "before", "nothing"] = "nothing"
    if change.total is not None:
        against = "mean"
    elif change.before is not None:
        against = "before"
    return Direction(
        admin1=admin1,
        events=change.now,
        deadly=comparison.this.deadly_in.get(admin1, 0),
        change=change,
        against=against,
        most=_most(types),
    )


def _most(types: Counter[str]) -> tuple[str, int] | None:
    ranked = types.most_common(2)
    if not ranked or types.total() < 2 or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0]
