"""`changes.json` keeps to the schema that goes with it, and lists the largest changes of what it counts."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest

from pipeline.release import changes_json as module
from pipeline.release.change_size import CHANGE_KINDS, RULE
from pipeline.release.changes import Changes, compare_editions
from pipeline.release.changes_json import SCHEMA_FILE, SCHEMA_VERSION, changes_json, json_schema
from pipeline.release.event_changes import EVENT_CHANGES
from pipeline.release.schema_changes import LEVELS, Kind
from tests.release.editions import changes_of, edition, rekeyed
from tests.release.factory import WEEKS, event_id, with_values, world
from tests.release.followed import followed

SCHEMA = json.loads(json_schema())


def read(changes: Changes, version: str | None = "1.1.0") -> Any:
    """Return `changes.json`, which keeps to its schema."""
    content = json.loads(changes_json(changes, version))
    jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(content)
    return content


def test_the_schema_is_one_and_knows_the_words_of_the_program() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    parts = SCHEMA["$defs"]
    assert tuple(parts["level"]["enum"]) == LEVELS
    assert tuple(parts["schema_change"]["properties"]["kind"]["enum"]) == get_args(Kind)
    assert tuple(parts["event"]["properties"]["change"]["enum"]) == CHANGE_KINDS
    assert list(parts["event"]["properties"]) == EVENT_CHANGES.names()
    assert SCHEMA["properties"]["schema_version"]["const"] == SCHEMA_VERSION
    assert SCHEMA["properties"]["$schema"]["const"] == SCHEMA_FILE


def test_a_release_carries_it_with_its_schema(first: Path) -> None:
    assert (first / "changes.schema.json").read_bytes() == json_schema()
    jsonschema.validate(json.loads((first / "changes.json").read_bytes()), SCHEMA)


def test_changes_of_every_kind_keep_to_the_schema() -> None:
    content = read(changes_of(world(), followed()))
    assert (content["version"], content["previous_version"], content["level"]) == ("1.1.0", "1.0.0", "minor")
    assert content["reasons"][0] == "1 row of actors is new"
    assert content["order"] == RULE
    by_name = {table["table"]: table for table in content["tables"]}
    assert sorted(by_name) == sorted(set(world()) - {"changes"})
    assert by_name["actors"]["added_rows"] == [{"key": {"actor_id": "testland-forces"}, "size": None, "unit": None}]
    assert by_name["events"]["changed_cells"][0] == {
        "key": {"event_id": event_id("m1")}, "column": "fatalities_high", "old": None, "new": "90", "size": 90.0,
        "unit": "persons",
    }  # fmt: skip
    told = content["events"][0]
    assert (told["event_id"], told["change"], told["people"]) == (event_id("m1"), "changed", 90.0)
    assert (told["fatalities_best_before"], told["fatalities_best_after"]) == (5, 6)
    assert (content["moved_reports"], content["event_moves"]) == (
        1,
        [{"from_event_id": event_id("m4"), "to_event_id": event_id("m1"), "kind": "merge", "reports": 1}],
    )


def test_another_key_and_tables_that_come_or_go_keep_to_the_schema() -> None:
    rows = edition(weekly_coverage=world()["weekly_coverage"], actors=world()["actors"])
    other = edition(weekly_coverage=world()["weekly_coverage"], places=world()["places"])
    content = read(compare_editions(rows, rekeyed(other, "weekly_coverage", "iso_week")))
    by_name = {table["table"]: table for table in content["tables"]}
    assert (by_name["weekly_coverage"]["key"], by_name["weekly_coverage"]["key_changed"]) == (["iso_week"], True)
    assert by_name["weekly_coverage"]["removed_rows"][0]["key"] == {"week_start": "2021-02-01"}
    assert (by_name["actors"]["removed"], by_name["places"]["added"]) == (2, 2)
    assert {change["says"] for change in content["schema"]} >= {"table actors is gone", "table places is new"}


def test_the_first_release_counts_its_rows_and_lists_none() -> None:
    content = read(compare_editions(None, edition(places=world()["places"])), "1.0.0")
    assert (content["previous_version"], content["reasons"]) == (None, [])
    assert content["tables"] == [
        {
            "table": "places", "key": ["place_id"], "key_changed": False, "rows_before": 0, "rows_after": 2, "added": 2,
            "removed": 0, "changed": 0, "changed_cells_by_column": {}, "added_rows": [], "removed_rows": [],
            "changed_cells": [],
        }
    ]  # fmt: skip


def test_it_lists_the_numbers_that_moved_furthest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LISTED", 1)
    old = world()["weekly_coverage"]
    new = with_values(with_values(old, {"week_start": WEEKS[0]}, articles=4), {"week_start": WEEKS[1]}, articles=100)
    content = read(changes_of({"weekly_coverage": old}, {"weekly_coverage": new}), "1.0.1")
    assert content["tables"][0]["changed"] == 2
    assert content["tables"][0]["changed_cells"] == [
        {"key": {"week_start": "2021-02-08"}, "column": "articles", "old": "1", "new": "100", "size": 99.0,
         "unit": "articles"}
    ]  # fmt: skip


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every object in ``value``."""
    if isinstance(value, dict):
        yield path
    if isinstance(value, dict | list):
        for name, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _places(part, (*path, name))


def test_what_the_schema_does_not_know_is_no_changes_json() -> None:
    content = read(compare_editions(edition(**world()), rekeyed(edition(**followed()), "weekly_coverage", "iso_week")))
    one_of_each = {tuple(step for step in path if isinstance(step, str)): path for path in _places(content)}
    free = {"changed_cells_by_column", "key"}  # objects that columns name
    places = [path for path in one_of_each.values() if not (path and path[-1] in free)]
    assert sorted(".".join(map(str, kind)) for kind in one_of_each if not {*kind} & free) == [
        "", "event_moves", "events", "schema", "tables", "tables.added_rows", "tables.changed_cells",
        "tables.removed_rows",
    ]  # fmt: skip
    validator = jsonschema.Draft202012Validator(SCHEMA)
    for path in places:
        spoilt = copy.deepcopy(content)
        there = spoilt
        for step in path:
            there = there[step]
        there["more"] = 1
        assert not validator.is_valid(spoilt), path
