"""A confidence is judged by how often what it is stated of is right."""

from __future__ import annotations

import pytest

from pipeline.evaluate.measures import Ratio
from pipeline.evaluate.pairing import Outcome
from pipeline.evaluate.reliability import reliability
from tests.evaluate.makers import coded


def _case(confidence: float | None, *, right: bool) -> Outcome:
    found = coded(confidence=confidence)
    return Outcome(coded(), found, depth=3) if right else Outcome(None, found)


def test_nothing_is_told_of_mentions_without_a_confidence() -> None:
    assert reliability([_case(None, right=True), Outcome(coded(), None)]) is None


def test_mentions_are_held_together_by_tenths_of_confidence() -> None:
    made = [
        _case(0.8, right=True),
        _case(0.89, right=False),
        _case(0.9, right=True),
        _case(1.0, right=True),
        _case(0, right=False),
    ]
    found = reliability(made)
    assert found is not None
    assert [(b.label, b.right, b.mean_confidence) for b in found.bins] == [
        ("0.0-0.1", Ratio(0, 1), 0.0),
        ("0.8-0.9", Ratio(1, 2), 0.845),
        ("0.9-1.0", Ratio(2, 2), 0.95),
    ]
    assert found.mentions == 5


def test_a_pair_that_differs_in_governorate_is_not_right() -> None:
    found = reliability([Outcome(coded(), coded(confidence=0.7), depth=2)])
    assert found is not None
    assert found.bins[0].right == Ratio(0, 1)


def test_what_is_said_with_certainty_and_right_is_without_error() -> None:
    found = reliability([_case(1.0, right=True), _case(0.0, right=False)])
    assert found is not None
    assert (found.calibration_error, found.brier_score) == (0.0, 0.0)


def test_errors_are_the_distances_by_hand() -> None:
    found = reliability([_case(0.8, right=True), _case(0.8, right=False), _case(0.3, right=False)])
    assert found is not None
    # class 0.8: |1.6 - 1| = 0.6; class 0.3: 0.3; over 3 cases
    assert found.calibration_error == pytest.approx(0.9 / 3)
    # 0.04 + 0.64 + 0.09, over 3 cases
    assert found.brier_score == pytest.approx(0.2567)


def test_the_order_of_the_mentions_does_not_count() -> None:
    made = [_case(n / 97, right=n % 3 == 0) for n in range(97)]
    assert reliability(made) == reliability(made[::-1])
