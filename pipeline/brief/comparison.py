"""Which weeks a week is compared with, and how each of its counts differs from theirs.

Weeks compare only when both were read, to their end, and about alike: half as many articles in one as in the other at
least. So silence and thin reading are never told as calm, and enter no mean. The mean is over those of the four weeks
before that compare, two at least. Counts are tested by `noise`, deaths by the number of events with deaths: people die
many at a time, which no Poisson count does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pipeline.brief.noise import Verdict, clear_change
from pipeline.brief.tallies import Tally

WEEK = timedelta(weeks=1)
WEEKS_OF_MEAN = 4
LEAST_FOR_MEAN = 2
ALIKE = 2
"""How many times as many articles one week can have and still compare."""
SHOWN = 12
"""Weeks in the table of comparison, this one among them."""

Reading = Literal["compared", "uncovered", "silent", "uneven", "this_silent", "this_open"]
"""Whether a week compares, or why not: not covered, nothing read, read too differently; or this week was not read, or
not to its end, so that nothing does."""


@dataclass(frozen=True, slots=True)
class Past:
    """One of the weeks before, or this one."""

    week_start: date
    iso_week: str
    tally: Tally | None
    """None when the week is not covered."""
    reading: Reading

    @property
    def compares(self) -> bool:
        """Whether its counts are held against those of this week."""
        return self.reading == "compared"


@dataclass(frozen=True, slots=True)
class Change:
    """One count of this week against the week before and against the mean."""

    now: int
    before: int | None
    """None when the week before does not compare."""
    since_before: Verdict
    total: int | None
    """Sum over the weeks of the mean; None when they are too few."""
    weeks: int
    """How many weeks the sum is over."""
    since_mean: Verdict


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a week is compared with."""

    this: Tally
    past: tuple[Past, ...]
    """The weeks before that are shown, newest first: the four of the mean, and others up to a covered one."""

    @property
    def before(self) -> Past:
        """The week before."""
        return self.past[0]

    @property
    def four(self) -> tuple[Past, ...]:
        """The weeks that the mean can be over."""
        return self.past[:WEEKS_OF_MEAN]

    @property
    def nothing(self) -> bool:
        """Whether there is neither a week before nor a mean to compare with."""
        return not (self.before.compares or self.averaged)

    @property
    def averaged(self) -> tuple[Past, ...]:
        """The weeks that the mean is over; none when they are too few."""
        found = tuple(week for week in self.four if week.compares)
        return found if len(found) >= LEAST_FOR_MEAN else ()

    def of(self, count: Callable[[Tally], int]) -> Change:
        """Return how a count of this week differs."""
        now = count(self.this)
        before = count(self.before.tally) if self.before.compares and self.before.tally else None
        summed = [count(week.tally) for week in self.averaged if week.tally]
        total = sum(summed) if summed else None
        return Change(
            now=now,
            before=before,
            since_before="uncompared" if before is None else clear_change(now, before),
            total=total,
            weeks=len(summed),
            since_mean="uncompared" if total is None else clear_change(now, total, len(summed)),
        )


def iso_week(monday: date) -> str:
    """Return the ISO week of a Monday: "2021-W05"."""
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02d}"


def compare(tallies: Mapping[date, Tally], week_start: date, *, read_to_end: bool) -> Comparison:
    """Return what a covered week is compared with.

    Args:
        tallies: of every covered week, from `tallies.tallies`.
        week_start: Monday of the week.
        read_to_end: whether articles were read up to its Sunday.
    """
    this = tallies[week_start]
    past = []
    for steps in range(1, SHOWN):
        monday = week_start - steps * WEEK
        tally = tallies.get(monday)
        past.append(Past(monday, iso_week(monday), tally, _reading(this, tally, read_to_end)))
    while len(past) > WEEKS_OF_MEAN and past[-1].tally is None:
        past.pop()
    return Comparison(this, tuple(past))


def _reading(this: Tally, other: Tally | None, read_to_end: bool) -> Reading:
    if other is None:
        return "uncovered"
    if not other.articles:
        return "silent"
    if not this.articles:
        return "this_silent"
    if not read_to_end:
        return "this_open"
    few, many = sorted((this.articles, other.articles))
    return "compared" if ALIKE * few >= many else "uneven"
