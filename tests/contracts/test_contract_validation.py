"""Every constraint that the contract declares is enforced: one violation each, each seen rejected."""

from __future__ import annotations

import polars as pl
import pytest

from pipeline.contract_checks import CHECKS
from pipeline.contract_validation import split
from pipeline.contracts import ForeignKey, Table, load_contract
from pipeline.errors import FieldledgerError
from tests.contracts.rows import (
    CHECK_VIOLATIONS,
    Violation,
    all_tables,
    column_violations,
    frame,
    good_parents,
    good_row,
)

TABLES = pytest.mark.parametrize("table", all_tables(), ids=lambda table: table.name)


@TABLES
def test_the_examples_of_the_contract_make_a_good_row(table: Table) -> None:
    result = split(table, frame(table, good_row(table)), stage="extract", parents=good_parents(table))
    assert result.rejections.to_dicts() == []
    assert result.accepted.height == 1


@pytest.mark.parametrize(
    ("table", "violation"),
    [(table, violation) for table in all_tables() for violation in column_violations(table)],
    ids=lambda value: value.name,
)
def test_each_declared_constraint_rejects_the_row_that_breaks_it(table: Table, violation: Violation) -> None:
    bad = good_row(table) | violation.change
    result = split(table, frame(table, bad), stage="extract", parents=good_parents(table))
    assert result.accepted.height == 0
    (rejection,) = result.rejections.to_dicts()
    # a pattern is tried before a length, so a value that breaks both is booked under the pattern
    expected = {violation.rule, "pattern"} if violation.name.endswith("maxLength") else {violation.rule}
    assert rejection["rule"] in expected
    assert rejection["field"] == violation.field
    assert rejection["table"] == table.name


@pytest.mark.parametrize(
    ("table", "check", "change"),
    [(table, check, change) for table in all_tables() for check in table.checks for change in CHECK_VIOLATIONS[check]],
    ids=lambda value: value.name if isinstance(value, Table) else str(value),
)
def test_each_named_check_rejects_the_row_that_breaks_it(table: Table, check: str, change: dict[str, object]) -> None:
    result = split(table, frame(table, good_row(table) | change), stage="extract", parents=good_parents(table))
    (rejection,) = result.rejections.to_dicts()
    assert rejection["rule"] in (CHECKS[check].rule, "missing_field")
    assert CHECKS[check].says in rejection["message"] or rejection["rule"] == "missing_field"
    assert result.accepted.height == 0


@TABLES
def test_a_second_row_with_the_same_key_is_rejected_and_the_first_stays(table: Table) -> None:
    row = good_row(table)
    result = split(table, frame(table, row, row), stage="extract", parents=good_parents(table))
    assert result.accepted.height == 1
    assert result.rejections["rule"].to_list() == ["duplicate_key"]


@pytest.mark.parametrize(
    ("table", "key"),
    [(table, key) for table in all_tables() for key in table.foreign_keys],
    ids=lambda value: value.name if isinstance(value, Table) else value.field,
)
def test_each_foreign_key_rejects_a_row_whose_parent_is_not_there(table: Table, key: ForeignKey) -> None:
    row = good_row(table)
    if key.parent == table.name:
        row |= {"duplicate_kind": "near", "duplicate_of": "a-ffffffffffffffff"}
        parents = good_parents(table)
    else:
        parents = good_parents(table)
        parents[key.parent] = parents[key.parent].filter(pl.col(key.parent_field) != row[key.field])
    result = split(table, frame(table, row), stage="extract", parents=parents)
    assert result.accepted.height == 0
    (rejection,) = result.rejections.to_dicts()
    assert rejection["rule"] == "foreign_key"
    same_parent = {other.field for other in table.foreign_keys if other.parent == key.parent}
    assert rejection["field"] in same_parent


def test_a_row_that_falls_takes_the_rows_that_refer_to_it_along() -> None:
    table = load_contract().tables["articles"]
    original = good_row(table) | {"raw_char_count": 0}
    copy = good_row(table) | {
        "article_id": "a-ffffffffffffffff",
        "duplicate_kind": "exact",
        "duplicate_of": original["article_id"],
    }
    result = split(table, frame(table, original, copy), stage="ingest", parents=good_parents(table))
    assert result.accepted.height == 0
    assert sorted(result.rejections["rule"]) == ["foreign_key", "out_of_range"]


def test_a_value_of_another_type_is_rejected_and_says_which_type_is_wanted() -> None:
    table = load_contract().tables["casualties"]
    bad = frame(table, good_row(table)).with_columns(low=pl.lit("five"), approximate=pl.lit("true"))
    (rejection,) = split(table, bad, stage="extract", parents=good_parents(table)).rejections.to_dicts()
    assert (rejection["rule"], rejection["field"], rejection["value"]) == ("wrong_type", "low", "five")
    assert "integer" in rejection["message"]


def test_a_row_with_several_faults_gets_one_rejection_that_tells_them_all() -> None:
    table = load_contract().tables["casualties"]
    bad = frame(table, good_row(table) | {"kind": "slain", "party": "nobody"})
    (rejection,) = split(table, bad, stage="extract", parents=good_parents(table)).rejections.to_dicts()
    assert rejection["field"] == "kind"
    assert "party" in rejection["message"]


def test_rejections_are_themselves_rows_of_the_contract() -> None:
    contract = load_contract()
    table = contract.tables["mentions"]
    bad = frame(table, good_row(table) | {"status": "rumoured"}, good_row(table) | {"evidence": None})
    rejections = split(table, bad, stage="extract").rejections
    assert split(contract.tables["rejections"], rejections, stage="extract").rejections.height == 0


def test_a_rejection_keeps_its_id_when_other_rows_come_before_it() -> None:
    table = load_contract().tables["mentions"]
    good, bad = good_row(table), good_row(table) | {"mention_id": "m-ffffffffffffffff", "status": "rumoured"}
    alone = split(table, frame(table, bad, bad), stage="extract").rejections
    later = split(table, frame(table, good, bad, bad), stage="extract").rejections
    assert alone["rejection_id"].n_unique() == 2
    assert later.equals(alone)


def test_a_missing_column_is_an_error_of_the_maker_not_of_a_row() -> None:
    table = load_contract().tables["casualties"]
    with pytest.raises(FieldledgerError, match="no column high"):
        split(table, frame(table, good_row(table)).drop("high"), stage="extract")
