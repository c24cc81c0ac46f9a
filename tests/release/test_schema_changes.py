"""Every difference between two schemas is found and weighed by what it breaks."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from pipeline.release.descriptor import describe_table
from pipeline.release.schema_changes import compare_schemas, highest
from tests.release.factory import CONTRACT

Resource = dict[str, Any]


def _events() -> dict[str, Resource]:
    return {"events": copy.deepcopy(describe_table(CONTRACT.tables["events"]))}


def _column(resources: dict[str, Resource], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(f for f in resources["events"]["schema"]["fields"] if f["name"] == name)
    return found


def _edit(column: str, **values: Any) -> Callable[[dict[str, Resource]], None]:
    return lambda resources: _column(resources, column).update(values)


def _limit(column: str, **values: Any) -> Callable[[dict[str, Resource]], None]:
    return lambda resources: _column(resources, column)["constraints"].update(values)


def _drop(resources: dict[str, Resource]) -> None:
    resources["events"]["schema"]["fields"].pop()


def _add(resources: dict[str, Resource]) -> None:
    resources["events"]["schema"]["fields"].append({"name": "extra", "type": "string", "title": "", "description": ""})


def _swap(resources: dict[str, Resource]) -> None:
    fields = resources["events"]["schema"]["fields"]
    fields[-1], fields[-2] = fields[-2], fields[-1]


def _unlimit(resources: dict[str, Resource]) -> None:
    del _column(resources, "latitude")["constraints"]["maximum"]


def _change(resources: dict[str, Resource], key: str, value: Any) -> None:
    resources["events"]["schema"][key] = value


BLOCS = list(CONTRACT.codelists["blocs"]["code"])

CASES: list[tuple[Callable[[dict[str, Resource]], None], str, str]] = [
    (_drop, "column_removed", "major"),
    (_add, "column_added", "minor"),
    (_swap, "column_moved", "minor"),
    (_edit("latitude", type="string"), "type_changed", "major"),
    (_edit("latitude", unit="radians"), "unit_changed", "major"),
    (_edit("latitude", description="Other words."), "words_changed", "patch"),
    (_limit("latitude", minimum=0), "constraint_tightened", "major"),
    (_limit("latitude", minimum=-100), "constraint_loosened", "minor"),
    (_limit("latitude", maximum=80), "constraint_tightened", "major"),
    (_limit("latitude", maximum=100), "constraint_loosened", "minor"),
    (_limit("latitude", required=True), "constraint_tightened", "major"),
    (_limit("admin1", required=False), "constraint_loosened", "minor"),
    (_limit("event_id", pattern="e-.*"), "constraint_tightened", "major"),
    (_limit("actor1_bloc", enum=BLOCS[1:]), "constraint_tightened", "major"),
    (_limit("actor1_bloc", enum=[*BLOCS, "more"]), "constraint_loosened", "minor"),
    (_limit("actor1_bloc", enum=[*BLOCS[1:], "more"]), "constraint_tightened", "major"),
    (_unlimit, "constraint_loosened", "minor"),
    (lambda r: _change(r, "primaryKey", ["event_id", "admin1"]), "primary_key_changed", "major"),
    (
        lambda r: _change(r, "foreignKeys", r["events"]["schema"]["foreignKeys"][1:]),
        "foreign_key_removed",
        "minor",
    ),
    (lambda r: r["events"]["fieldledger:checks"].append("new"), "check_added", "major"),
    (lambda r: r["events"]["fieldledger:checks"].pop(), "check_removed", "minor"),
    (lambda r: r["events"].update(title="Other"), "words_changed", "patch"),
]


@pytest.mark.parametrize(("change", "kind", "level"), CASES)
def test_a_change_is_found_and_weighed(change: Callable[[dict[str, Resource]], None], kind: str, level: str) -> None:
    old, new = _events(), _events()
    change(new)
    found = compare_schemas(old, new)
    assert {(entry.kind, entry.level) for entry in found} == {(kind, level)}


def test_a_renamed_column_breaks_programs() -> None:
    old, new = _events(), _events()
    _column(new, "latitude")["name"] = "lat"
    found = compare_schemas(old, new)
    assert {(entry.column, entry.kind) for entry in found} == {
        ("lat", "column_added"),
        ("latitude", "column_removed"),
    }
    assert highest(entry.level for entry in found) == "major"


def test_a_new_foreign_key_tightens() -> None:
    old, new = _events(), _events()
    old["events"]["schema"].pop("foreignKeys")
    assert {entry.kind for entry in compare_schemas(old, new)} == {"foreign_key_added"}


def test_tables_come_and_go() -> None:
    events = _events()
    assert [(c.kind, c.level) for c in compare_schemas({}, events)] == [("table_added", "minor")]
    assert [(c.kind, c.level) for c in compare_schemas(events, {})] == [("table_removed", "major")]


def test_hashes_and_sizes_are_no_change() -> None:
    old, new = _events(), _events()
    new["events"].update(bytes=5, hash="sha256:1")
    assert compare_schemas(old, new) == ()
    assert highest(iter(())) == "none"
