"""Measures are counts with exact values, and say how sure a few cases make."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate.measures import LOWER_IS_BETTER, SLOTS, Ratio, measures, rounded, wilson
from pipeline.evaluate.pairing import Outcome, outcomes
from tests.evaluate.makers import coded


def _pair(**values: Any) -> Outcome:
    return outcomes({"a": [coded()]}, {"a": [coded(**values)]})[0]


def test_precision_recall_and_f1_are_counts_of_both_sides() -> None:
    made = [_pair(), _pair(admin1="Aleppo"), Outcome(coded(), None), Outcome(None, coded()), Outcome(None, coded())]
    counted = measures(made)
    assert counted["type_precision"] == Ratio(2, 4)
    assert counted["type_recall"] == Ratio(2, 3)
    assert counted["type_f1"] == Ratio(4, 7, proportion=False)
    assert counted["where_precision"] == counted["who_precision"] == Ratio(1, 4)
    assert counted["slot_admin1"] == Ratio(1, 2)


@pytest.mark.parametrize(
    ("slot", "same", "other"),
    [
        ("date", {}, {"date_start": None}),
        ("admin1", {}, {"admin1": "Aleppo"}),
        ("blocs", {}, {"blocs": ("civilians", "turkey")}),
        ("killed", {}, {"killed": (3, None)}),
        ("place", {"place": "al-Arīha"}, {"place": "Binnish"}),
        ("evidence", {"evidence": "two planes struck the market"}, {"evidence": "nobody was hurt in the town"}),
        ("injured", {}, {"injured": (0, 0)}),
        ("civilian_targeting", {}, {"civilian_targeting": False}),
        ("attributed_to", {"attributed_to": "the civil defence in Idlib"}, {"attributed_to": None}),
    ],
)
def test_a_slot_is_right_when_it_says_the_same(slot: str, same: dict[str, Any], other: dict[str, Any]) -> None:
    assert SLOTS[slot](coded(place="Ariha"), coded(**{"place": "Ariha", **same}))
    assert not SLOTS[slot](coded(), coded(**other))


def test_every_slot_has_a_test() -> None:
    (mark,) = test_a_slot_is_right_when_it_says_the_same.pytestmark
    assert {case[0] for case in mark.args[1]} == set(SLOTS)


def test_nobody_named_as_the_source_agrees_with_nobody() -> None:
    assert SLOTS["attributed_to"](coded(attributed_to=None), coded(attributed_to=None))


def test_false_alarms_count_among_all_that_was_found() -> None:
    made = [_pair(), Outcome(None, coded(), false_alarm=coded(status="denied")), Outcome(None, coded())]
    assert measures(made)["false_alarms"] == Ratio(1, 3)
    assert "false_alarms" in LOWER_IS_BETTER


def test_a_measure_without_a_case_is_left_out() -> None:
    assert set(measures([Outcome(coded(), None)])) == {
        f"{depth}_{end}" for depth in ("type", "when", "where", "who") for end in ("recall", "f1")
    }
    assert measures([]) == {}


@pytest.mark.parametrize(("part", "whole", "value"), [(1, 32, 0.0313), (1, 3, 0.3333), (2, 3, 0.6667), (7, 7, 1.0)])
def test_values_are_rounded_half_up(part: int, whole: int, value: float) -> None:
    assert Ratio(part, whole).value == value
    assert rounded(Decimal("0.00005")) == 0.0001


def test_the_interval_is_that_of_wilson() -> None:
    assert wilson(17, 20) == (0.6396, 0.9476)  # textbook values: 0.640 to 0.948
    assert wilson(0, 10) == (0.0, 0.2775)
    assert wilson(10, 10) == (0.7225, 1.0)
    assert Ratio(34, 41, proportion=False).interval is None


@given(st.integers(1, 10_000), st.data())
def test_the_interval_holds_the_value_and_narrows_with_more_cases(whole: int, data: st.DataObject) -> None:
    ratio = Ratio(data.draw(st.integers(0, whole)), whole)
    assert ratio.interval is not None
    low, high = ratio.interval
    assert 0 <= low <= ratio.value <= high <= 1
    wider, more = wilson(ratio.part, whole), wilson(ratio.part * 10, whole * 10)
    assert more[1] - more[0] < wider[1] - wider[0]
