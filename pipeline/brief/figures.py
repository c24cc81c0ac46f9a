"""Figures of the briefings: sums of persons and events over a week, or over one governorate and type in it.

The tolls of single events and the shared ones are kept apart, because no governorate and type can claim the latter; a
page that speaks of all killed takes both together. Frozen dataclasses only; wording is the business of `words`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Toll:
    """A number of persons as low, best and high (codebook section 4); None is unknown or, for `high`, open."""

    low: int | None
    best: int | None
    high: int | None

    @property
    def known(self) -> bool:
        """Whether any figure is given: an unknown toll is never zero."""
        return not (self.low is None and self.best is None and self.high is None)

    def plus(self, other: Toll) -> Toll:
        """Return the sum of two sums: open when one of them is."""
        high = None if self.high is None or other.high is None else self.high + other.high
        return Toll((self.low or 0) + (other.low or 0), (self.best or 0) + (other.best or 0), high)


@dataclass(frozen=True, slots=True)
class Shared:
    """What counts of the tolls that several events share (codebook section 4)."""

    killed: Toll
    killed_tolls: int
    """Shared tolls of killed that count."""
    injured: int
    """Sum of the low figures that are known."""
    injured_tolls: int


NO_SHARED_TOLL = Shared(Toll(0, 0, 0), 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Figures:
    """Sums over the events of a week, or of one governorate and sub-event type in it."""

    events: int
    killed: Toll
    killed_events: int
    """Events that give a toll of killed at all."""
    injured: int
    """Sum of the low figures that are known."""
    injured_events: int
    civilian_targeting: int
    sources: int
    """Outlets with a text of their own that report at least one of the events."""
    shared: Shared = NO_SHARED_TOLL
    """What is counted for several events together, and in none of the sums above."""

    @property
    def together(self) -> Figures:
        """The same figures with the shared tolls in the sums."""
        return self._with(self.killed.plus(self.shared.killed), self.killed_events, self.injured, self.injured_events)

    @property
    def shared_alone(self) -> Figures:
        """The shared tolls as the only figures."""
        return self._with(self.shared.killed, 0, 0, 0)

    def _with(self, killed: Toll, killed_events: int, injured: int, injured_events: int) -> Figures:
        return replace(
            self,
            killed=killed,
            killed_events=killed_events + self.shared.killed_tolls,
            injured=injured + self.shared.injured,
            injured_events=injured_events + self.shared.injured_tolls,
        )
