"""The contract itself: complete, free of contradictions, one meaning a name."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from pathlib import Path

import frictionless
import polars as pl
import pytest

from pipeline.contract_checks import CHECKS
from pipeline.contracts import SCHEMAS, Table, event_types_frame, load_contract
from pipeline.errors import FieldledgerError
from tests.contracts.rows import CHECK_VIOLATIONS, all_tables

EXPECTED = {
    "articles", "sources", "mentions", "mention_slots", "casualties", "events", "event_mentions", "actors", "places",
    "event_types", "weekly_events", "weekly_coverage", "rejections", "article_texts", "accuracy",
    "shared_tolls", "shared_toll_events", "shared_toll_casualties", "weekly_tolls", "accounts",
    "corrections", "retired_events", "changes",
}  # fmt: skip


def test_the_contract_has_the_tables_of_the_product() -> None:
    assert set(load_contract().tables) == EXPECTED
    assert {table.name for table in load_contract().published} == EXPECTED - {"article_texts"}


def test_a_name_means_the_same_in_every_table() -> None:
    seen: dict[str, set[tuple[object, ...]]] = defaultdict(set)
    for table in all_tables():
        for field in table.fields:
            limits = {k: str(v) for k, v in field.constraints.items() if k not in ("required", "unique")}
            seen[field.name].add((field.type, field.title, field.unit, field.codelist, tuple(sorted(limits.items()))))
    assert {name: uses for name, uses in seen.items() if len(uses) > 1} == {}


@pytest.mark.parametrize("table", all_tables(), ids=lambda table: table.name)
def test_every_number_has_a_unit_and_every_example_its_type(table: Table) -> None:
    kinds = {"string": str, "integer": int, "number": float, "boolean": bool, "date": str}
    for field in table.fields:
        assert isinstance(field.example, kinds[field.type]), field.name
        if field.type == "date":
            datetime.date.fromisoformat(str(field.example))
        if field.type in ("integer", "number"):
            assert field.unit, f"{table.name}.{field.name} has no unit"


@pytest.mark.parametrize("table", all_tables(), ids=lambda table: table.name)
def test_each_table_is_a_valid_frictionless_resource(table: Table) -> None:
    resource = frictionless.Resource.from_descriptor(table.resource())
    assert resource.schema.field_names == list(table.columns)
    assert resource.schema.primary_key == list(table.primary_key)


def test_labels_stand_beside_the_enum_because_validators_ignore_them() -> None:
    bloc = next(f for f in load_contract().tables["actors"].resource()["schema"]["fields"] if f["name"] == "bloc")
    assert [c["value"] for c in bloc["categories"]] == bloc["constraints"]["enum"]


def test_every_check_is_used_and_has_a_violation_in_the_tests() -> None:
    used = {check for table in all_tables() for check in table.checks}
    assert used == set(CHECKS) == set(CHECK_VIOLATIONS)


def test_parents_come_before_children() -> None:
    order = list(load_contract().tables)
    for table in all_tables():
        for key in table.foreign_keys:
            assert order.index(key.parent) <= order.index(table.name)


def test_event_types_follow_the_codebook() -> None:
    types = event_types_frame(load_contract())
    assert types.height == 27
    assert types.filter("extension")["sub_event_type"].sort().to_list() == ["Displacement", "Force movement"]
    assert types["precedence"].sort().to_list() == list(range(1, 28))


def test_code_lists_have_unique_codes_with_a_title_and_a_description() -> None:
    for name, codes in load_contract().codelists.items():
        assert codes.height == codes.unique(codes.columns[0]).height, name
        if name != "event_types":
            assert codes.columns == ["code", "title", "description"]
            assert codes.null_count().sum_horizontal().item() == 0, name


def test_conform_gives_the_columns_in_order_sorted_by_key() -> None:
    table = load_contract().tables["event_mentions"]
    mixed = pl.DataFrame(
        {"relation": ["reports"] * 2, "event_id": ["e-2", "e-1"], "mention_id": ["m-2", "m-1"], "x": 1}
    )
    assert table.conform(mixed).rows() == [("m-1", "e-1", "reports"), ("m-2", "e-2", "reports")]


def _with_change(tmp_path: Path, old: str, new: str) -> Path:
    for path in SCHEMAS.rglob("*.*"):
        target = tmp_path / path.relative_to(SCHEMAS)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("codelist: relations", "codelist: kinships", "no code list"),
        ("minimum: 1", "atLeast: 1", "cannot enforce"),
        ("title: Relation\n", "title: ''\n", "has no title"),
        ("resource: event_types", "resource: events", "foreign keys lead from"),
        ("partitionBy: week_start", "partitionBy: iso_week", "partitionBy iso_week: no column of type date"),
    ],
)
def test_a_contract_that_contradicts_itself_is_refused_with_the_place(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    with pytest.raises(FieldledgerError, match=re.escape(message)):
        load_contract(_with_change(tmp_path, old, new))


def test_every_key_is_given_and_every_reference_leads_to_one_row() -> None:
    for table in load_contract().tables.values():
        assert all(table.field(name).required for name in table.primary_key), table.name
        for key in table.foreign_keys:
            parent = load_contract().tables[key.parent]
            unique = parent.field(key.parent_field).constraints.get("unique")
            assert unique or parent.primary_key == (key.parent_field,), (table.name, key)
