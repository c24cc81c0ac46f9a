"""Lines lose points, never their course."""

from __future__ import annotations

from itertools import pairwise
from math import hypot

from hypothesis import given
from hypothesis import strategies as st

from pipeline.charts.simplified import Spot, simplified

SPOTS = st.lists(st.tuples(st.floats(-100, 100), st.floats(-100, 100)), max_size=30)


def _off(spot: Spot, one: Spot, two: Spot) -> float:
    """Return how far a spot is from the line between two others, by trying many spots on it."""
    return min(
        hypot(one[0] + (two[0] - one[0]) * at / 400 - spot[0], one[1] + (two[1] - one[1]) * at / 400 - spot[1])
        for at in range(401)
    )


@given(SPOTS, st.floats(0, 20))
def test_what_is_left_is_a_part_of_the_line_and_nowhere_far_from_it(points: list[Spot], tolerance: float) -> None:
    left = simplified(points, tolerance)
    assert left[:1] + left[-1:] == points[:1] + points[-1:]
    rest = iter(points)
    assert all(spot in rest for spot in left)  # in their order
    if len(left) > 1:
        assert all(min(_off(spot, one, two) for one, two in pairwise(left)) <= tolerance + 0.5 for spot in points)


def test_points_on_a_straight_line_go_and_a_corner_stays() -> None:
    assert simplified([(0, 0), (1, 0), (2, 0.01), (3, 0), (3, 3)], 0.1) == [(0, 0), (3, 0), (3, 3)]
    assert simplified([(0, 0), (1, 1), (0, 0)], 0.1) == [(0, 0), (1, 1), (0, 0)]


def test_nothing_to_leave_out() -> None:
    assert simplified([], 1) == []
    assert simplified([(1, 2)], 1) == [(1, 2)]
