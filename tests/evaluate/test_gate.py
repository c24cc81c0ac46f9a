"""The gate: the coding keeps to its pinned floors on the region's gold set, and no floor falls in silence."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.evaluate.evaluation import Evaluation
from pipeline.evaluate.measures import Ratio
from pipeline.evaluate.pairing import outcomes
from pipeline.evaluate.sets import region_set
from pipeline.regions import load_region
from tests.evaluate import pin
from tests.evaluate.gate import (
    CHANGELOG,
    FLOORS,
    GATED,
    PIN,
    Pin,
    bound,
    broken_bounds,
    lowered,
    read_pins,
    untold,
    write_pins,
)
from tests.evaluate.makers import coded

FIRST = Pin("d" * 64, "First measurement", "", {"type_f1": 0.8, "false_alarms": 0.05})
LOG = "# Changelog\n\n## Unreleased\n\n* Grenades are told from shells; type F1 falls\n  to 0.75 for that.\n"
LINE = "Grenades are told from shells; type F1 falls to 0.75 for that."


@pytest.mark.skipif(region_set(load_region("syria")) is None, reason="the region pack brings no gold set")
def test_the_coding_keeps_to_its_floors() -> None:
    pins = read_pins(FLOORS.read_text(encoding="utf-8"))
    assert pins, f"the gold set is there, but no floor: run {PIN} --reason '...'"
    found = pin.measured()
    assert found.gold_digest == pins[-1].digest, f"the gold set changed: measure and pin anew with {PIN} --reason '...'"
    assert set(pins[-1].bounds) == set(GATED) & set(found.measures)
    assert list(broken_bounds(pins[-1], found.measures)) == []


def test_every_lowered_floor_is_told_in_the_changelog() -> None:
    pins = read_pins(FLOORS.read_text(encoding="utf-8"))
    assert list(untold(pins, CHANGELOG.read_text(encoding="utf-8"))) == []


def test_the_file_of_floors_is_as_the_program_writes_it() -> None:
    text = FLOORS.read_text(encoding="utf-8")
    assert write_pins(read_pins(text)) == text


def test_a_measure_below_its_floor_or_above_its_ceiling_is_named() -> None:
    fine = {"type_f1": Ratio(80, 100), "false_alarms": Ratio(5, 100)}
    assert list(broken_bounds(FIRST, fine)) == []
    assert list(broken_bounds(FIRST, fine | {"type_f1": Ratio(79, 100)})) == [
        "type_f1: 79 of 100 = 0.79, pinned at 0.8"
    ]
    assert len(list(broken_bounds(FIRST, fine | {"false_alarms": Ratio(6, 100)}))) == 1
    assert list(broken_bounds(FIRST, {"type_f1": Ratio(4, 5)})) == ["false_alarms: nothing to measure, pinned at 0.05"]


@pytest.mark.parametrize(
    ("measure", "ratio", "limit"),
    [
        ("type_f1", Ratio(157, 180), 0.87),
        ("type_f1", Ratio(4, 5), 0.8),
        ("false_alarms", Ratio(3, 152), 0.02),
        ("false_alarms", Ratio(1, 20), 0.05),
        ("false_alarms", Ratio(0, 20), 0.0),
    ],
)
def test_a_bound_is_the_next_worse_hundredth(measure: str, ratio: Ratio, limit: float) -> None:
    assert bound(measure, ratio) == limit
    assert list(broken_bounds(replace(FIRST, bounds={measure: limit}), {measure: ratio})) == []


@pytest.mark.parametrize(
    "bounds", [{"type_f1": 0.75, "false_alarms": 0.05}, {"type_f1": 0.8, "false_alarms": 0.06}, {"type_f1": 0.8}]
)
def test_lowering_or_dropping_a_floor_needs_a_line_in_the_changelog(bounds: dict[str, float]) -> None:
    after = replace(FIRST, bounds=bounds)
    assert lowered(FIRST, after)
    assert len(list(untold([FIRST, after], LOG))) == 1
    for line in ("Grenades are told from bombs; type F1 rises.", "falls", LINE.upper()):
        assert len(list(untold([FIRST, replace(after, changelog=line)], LOG))) == 1
    told = replace(after, changelog=LINE)
    assert list(untold([FIRST, told], LOG)) == []
    assert len(list(untold([FIRST, told, FIRST, told], LOG))) == 1, "a line tells of one lowering only"


def test_raising_a_floor_needs_none() -> None:
    assert list(untold([FIRST, replace(FIRST, bounds={"type_f1": 0.9, "false_alarms": 0.0, "who_f1": 0.5})], LOG)) == []


def test_a_floor_that_was_edited_by_hand_is_found_out() -> None:
    text = write_pins([FIRST, replace(FIRST, reason="A larger gold set", bounds={"type_f1": 0.85})])
    assert read_pins(text)[1].bounds == {"type_f1": 0.85}
    for old, new in (("0.85", "0.70"), ("type_f1: 0.8\n", "type_f1: 0.7\n"), ("larger", "smaller")):
        assert old in text
        with pytest.raises(ValueError, match=r"pin \d of floors\.yaml was edited by hand"):
            read_pins(text.replace(old, new))


def test_pinning_appends_what_was_measured_and_refuses_a_silent_lowering(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    floors = tmp_path / "floors.yaml"
    floors.write_text(write_pins([FIRST]), encoding="utf-8")
    made = Evaluation("ours", "e" * 64, "rules-1", {}, {}, tuple(outcomes({"a": [coded()]}, {"a": [coded()]})))
    monkeypatch.setattr(pin, "FLOORS", floors)
    monkeypatch.setattr(pin, "measured", lambda: made)
    monkeypatch.setattr(sys, "argv", ["pin", "--reason", "Every mention is found now"])
    assert pin.main() == 0
    last = read_pins(floors.read_text(encoding="utf-8"))[-1]
    assert (last.digest, last.bounds["type_f1"], last.bounds["false_alarms"]) == ("e" * 64, 1.0, 0.0)
    worse = outcomes({"a": [coded(), coded(evidence="another")]}, {"a": [coded()]})
    monkeypatch.setattr(pin, "measured", lambda: replace(made, outcomes=tuple(worse)))
    before = floors.read_bytes()
    assert pin.main() == 1
    assert "type_f1, when_f1, where_f1, who_f1 would be lower" in capsys.readouterr().out
    assert floors.read_bytes() == before
