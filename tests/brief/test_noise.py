from __future__ import annotations

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.brief.noise import LEVEL, clear_change

counts = st.integers(0, 60)


@pytest.mark.parametrize(
    ("now", "before", "weeks", "verdict"),
    [
        (0, 0, 1, "unclear"),
        (5, 0, 1, "unclear"),  # 2 / 2**5 = 1/16
        (6, 0, 1, "up"),  # 2 / 2**6 = 1/32
        (0, 6, 1, "down"),
        (17, 14, 1, "unclear"),
        (20, 8, 1, "up"),
        (3, 0, 4, "up"),  # 2 / 5**3 = 2/125
        (2, 0, 4, "unclear"),  # 2 / 5**2 = 2/25
        (0, 16, 4, "unclear"),
        (0, 17, 4, "down"),  # 2 * 0.8**17 = 0.045
        (1000, 900, 1, "up"),
        (1000, 950, 1, "unclear"),
    ],
)
def test_a_change_is_clear_when_chance_gives_it_in_one_of_twenty_at_most(
    now: int, before: int, weeks: int, verdict: str
) -> None:
    assert clear_change(now, before, weeks) == verdict


@given(counts, counts, st.integers(1, 4))
def test_the_verdict_is_that_of_the_binomial_written_out(now: int, before: int, weeks: int) -> None:
    n = now + before
    ways = [comb(n, i) * weeks ** (n - i) for i in range(n + 1)]
    tail = min(sum(ways[now:]), sum(ways[: now + 1]))
    clear = 2 * tail * LEVEL.denominator <= LEVEL.numerator * (weeks + 1) ** n
    assert (clear_change(now, before, weeks) != "unclear") == clear


@given(counts, counts)
def test_two_weeks_are_compared_alike_from_either_side(now: int, before: int) -> None:
    other = {"up": "down", "down": "up", "unclear": "unclear"}
    assert clear_change(before, now) == other[clear_change(now, before)]


@given(counts, counts, st.integers(1, 4))
def test_one_more_never_turns_a_rise_into_none(now: int, before: int, weeks: int) -> None:
    if clear_change(now, before, weeks) == "up":
        assert clear_change(now + 1, before, weeks) == "up"


@pytest.mark.parametrize(("now", "before", "weeks"), [(-1, 0, 1), (0, -1, 1), (0, 0, 0)])
def test_what_is_no_count_is_refused(now: int, before: int, weeks: int) -> None:
    with pytest.raises(ValueError, match="counts are 0 or more"):
        clear_change(now, before, weeks)
