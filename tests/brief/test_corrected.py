"""What people declared about an event stands on its card, and on no other."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from pipeline.brief.corrected import by_event, review
from pipeline.contracts import load_contract

PLAIN = {"confirmed": False, "note": None}


def rows(*changes: dict[str, Any]) -> pl.DataFrame:
    known = {"state": "applied", "action": "override", "event_id": "e-1", "correction_reason": "Two names twice.",
             "corrected_by": "The desk", "corrected_on": date(2021, 3, 1), "input_name": "desk.yaml"}  # fmt: skip
    made = [known | {"correction_id": f"k-{n}"} | change for n, change in enumerate(changes)]
    return pl.DataFrame(made, schema=load_contract().tables["corrections"].polars_schema())


def test_an_event_that_nobody_looked_at_has_no_line() -> None:
    assert review(PLAIN, []) == ()


def test_an_override_tells_both_values_the_reason_and_who() -> None:
    told = by_event(rows({"field": "fatalities_best", "original_value": "9", "corrected_value": "7"}))
    assert review(PLAIN, told["e-1"]) == (
        "Killed, best estimate: 7, coded as 9. Two names twice. (The desk, 1 March 2021)",
    )


def test_an_emptied_field_is_told_as_empty() -> None:
    told = by_event(rows({"field": "fatalities_high", "original_value": "9", "corrected_value": None}))
    assert "Killed, at most: empty, coded as 9." in review(PLAIN, told["e-1"])[0]


def test_a_merge_is_told_on_the_event_that_stands_and_what_was_left_out_nowhere() -> None:
    merge = {"action": "merge", "original_value": "e-1;e-2", "corrected_value": "e-2"}
    told = by_event(rows(merge, {"state": "stale", "message": "wrong"}))
    assert list(told) == ["e-2"]


def test_confirmation_and_note_are_told() -> None:
    lines = review({"confirmed": True, "note": "Seen."}, [])
    assert lines == ("Confirmed by a person who looked at its reports.", "Note: Seen.")
