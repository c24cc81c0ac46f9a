"""Whether two counts differ by more than chance: an exact test in whole numbers, the same on every machine.

Counts of rare happenings vary from week to week even where nothing changes. If they are Poisson counts of one rate,
then, given their sum, the count of this week is binomial (Przyborowski and Wilenski 1940, Biometrika 31:313): against
the sum of k other weeks with chance 1 in k + 1. A change is clear when the chance of a count that far out or further,
on either side, is at most `LEVEL`; the chance of the other side is taken to be as large. No float is used.

The rule is published in `schemas/rules.md` and in the notes of every page: change them together.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Literal

Verdict = Literal["up", "down", "unclear", "uncompared"]
"""Clearly more, clearly fewer, no clear change, or not enough read to compare."""
LEVEL = Fraction(1, 20)


@lru_cache(maxsize=65536)
def clear_change(now: int, before: int, weeks: int = 1, level: Fraction = LEVEL) -> Verdict:
    """Return how the count of one week differs from the sum ``before`` over ``weeks`` other weeks, at ``level``.

    Raises:
        ValueError: a count is negative, or there is no week to compare with.
    """
    if now < 0 or before < 0 or weeks < 1:
        raise ValueError(f"{now} against {before} in {weeks} weeks: counts are 0 or more, weeks at least 1")
    total, expected = now + before, now * weeks - before
    if expected == 0:
        return "unclear"
    tail = _at_least(total, now, weeks) if expected > 0 else _at_most(total, now, weeks)
    if 2 * tail * level.denominator > level.numerator * (weeks + 1) ** total:
        return "unclear"
    return "up" if expected > 0 else "down"


def _at_least(total: int, now: int, weeks: int) -> int:
    """Sum C(total, i) * weeks ** (total - i) over i from ``now`` to ``total``: the upper tail in whole ways."""
    term = ways = 1
    for i in range(total, now, -1):
        term = term * i * weeks // (total - i + 1)
        ways += term
    return ways


def _at_most(total: int, now: int, weeks: int) -> int:
    """Sum the same from 0 to ``now``: the lower tail."""
    ways: int = weeks**total
    term = ways
    for i in range(now):
        term = term * (total - i) // ((i + 1) * weeks)
        ways += term
    return ways
