"""The error list names every difference once, worst first."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pipeline.evaluate.errors import KINDS, SHOWN, faults
from pipeline.evaluate.gold import Coded
from pipeline.evaluate.measures import SLOTS
from pipeline.evaluate.pairing import outcomes
from tests.evaluate.makers import coded


def _faults(gold: list[Coded], found: list[Coded]) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(f.kind, f.slot, f.gold, f.found) for f in faults(outcomes({"a": gold}, {"a": found}))]


def test_equal_codings_have_no_error() -> None:
    assert _faults([coded()], [coded()]) == []


def test_a_slot_that_differs_is_told_with_both_values() -> None:
    assert _faults([coded()], [coded(killed=(3, None), date_start=date(2021, 2, 8))]) == [
        ("wrong_slot", "date", "2021-02-09", "2021-02-08"),
        ("wrong_slot", "killed", "3", "3 or more"),
    ]


def test_kinds_come_from_worst_to_least() -> None:
    gold = [
        coded(),
        coded(sub_event_type="Attack", evidence="a guard was shot at the gate"),
        coded(sub_event_type="Displacement", evidence="families left the camp in lorries"),
        coded(status="denied", evidence="no shell fell on the school, the army said"),
    ]
    found = [
        coded(place="Binnish"),
        coded(sub_event_type="Armed clash", evidence="a guard was shot at the gate"),
        coded(sub_event_type="Arrests", evidence="police took twelve men from their homes"),
        coded(sub_event_type="Grenade", evidence="no shell fell on the school"),
    ]
    listed = _faults(gold, found)
    assert [kind for kind, *_ in listed] == list(KINDS)
    assert listed[0] == ("false_alarm", None, "denied", "reported")
    assert listed[3] == ("wrong_type", "type", "Attack", "Armed clash")


def test_of_equal_kind_the_surest_error_comes_first() -> None:
    found = [coded(confidence=0.2, evidence="one"), coded(confidence=0.9, evidence="two"), coded(evidence="three")]
    made = faults(outcomes({"a": []}, {"a": found}))
    assert [fault.confidence for fault in made] == [0.9, 0.2, None]


def test_the_words_are_those_of_the_gold_where_it_has_any() -> None:
    (fault,) = faults(outcomes({"a": [coded()]}, {"a": [coded(place=None, evidence="two planes struck the market")]}))
    assert fault.evidence == coded().evidence
    assert (fault.gold, fault.found) == ("Ariha", None)


@pytest.mark.parametrize(
    ("toll", "words"),
    [((5, 5), "5"), ((5, None), "5 or more"), ((None, 5), "up to 5"), ((5, 8), "5 to 8"), (None, None)],
)
def test_tolls_are_told_in_words(toll: Any, words: str | None) -> None:
    assert SHOWN["killed"](coded(killed=toll)) == words


def test_every_slot_can_be_shown() -> None:
    assert set(SHOWN) == set(SLOTS)
    assert SHOWN["civilian_targeting"](coded()) == "true"
    assert SHOWN["civilian_targeting"](coded(civilian_targeting=None)) is None
