"""Enforcing the contract: a frame in, its good rows and an account of the bad ones out. No bad row raises.

Column constraints and cross-column checks run through pandera, always on eager frames (on lazy ones it would look at
the schema alone). Primary and foreign keys are enforced here, because pandera knows no parents and keeps composite
duplicates. A row gets one rejection, for the first rule it broke in the order type, column, cross-check, key; its
message tells the others, so that rows in = rows accepted + rejections, always.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaErrors

from pipeline.contract_checks import CHECKS
from pipeline.contracts import Field, Table, load_contract
from pipeline.errors import FieldledgerError, cut
from pipeline.ids import content_id

_ROW = "__row"


@dataclass(frozen=True, slots=True)
class Split:
    """What validation gives: ``accepted`` has the table's columns, ``rejections`` those of the table `rejections`."""

    accepted: pl.DataFrame
    rejections: pl.DataFrame


@dataclass(frozen=True, slots=True)
class _Failure:
    row: int
    rule: str
    field: str
    says: str


@dataclass(frozen=True, slots=True)
class _Constraint:
    """What a contract demands of a column."""

    rule: str
    says: str
    holds: pl.Expr
    """False where it is broken; a value that is missing passes."""


def _constraints(field: Field) -> list[_Constraint]:
    """Return the constraints of the column, in a fixed order."""
    limits, value = field.constraints, pl.col(field.name)
    unit = f" {field.unit}" if field.unit else ""
    found: list[tuple[str, str, pl.Expr]] = []
    if "enum" in limits:
        says = f"must be one of the codes in {field.codelist or 'its list'}"
        found.append(("invalid_value", says, value.is_in(limits["enum"])))
    if "pattern" in limits:
        says = f"must match {limits['pattern']}"
        found.append(("pattern", says, value.str.contains(rf"^(?:{limits['pattern']})$")))
    if "minimum" in limits:
        found.append(("out_of_range", f"must be at least {limits['minimum']}{unit}", value >= limits["minimum"]))
    if "maximum" in limits:
        found.append(("out_of_range", f"must be at most {limits['maximum']}{unit}", value <= limits["maximum"]))
    if "minLength" in limits or "maxLength" in limits:
        low, high = limits.get("minLength", 0), limits.get("maxLength")
        says = f"must have {low} to {high} characters" if high else f"must have at least {low} characters"
        found.append(("out_of_range", says, _length_between(value, low, high)))
    return [_Constraint(rule, says, holds.fill_null(True)) for rule, says, holds in found]


def _length_between(value: pl.Expr, low: int, high: int | None) -> pl.Expr:
    """Count characters, as Table Schema does; pandera's own check counts bytes."""
    length = value.str.len_chars()
    return length >= low if high is None else length.is_between(low, high)


def _row_rule(name: str) -> pl.Expr:
    return CHECKS[name].holds.fill_null(True)


def _check(holds: pl.Expr, name: str | None = None) -> pa.Check:
    def kept(data: Any) -> pl.LazyFrame:
        frame: pl.LazyFrame = data.lazyframe
        return frame.select(holds)

    return pa.Check(kept, name=name)


@lru_cache(maxsize=64)
def pandera_schema(table: Table) -> pa.DataFrameSchema:
    """Return the pandera schema of ``table``: types, constraints and cross-column checks, without keys."""
    unknown = [name for name in table.checks if name not in CHECKS]
    if unknown:
        raise FieldledgerError(
            f"schemas/tables/{table.name}.yaml: no check named {', '.join(unknown)} in contract_checks"
        )
    return pa.DataFrameSchema(
        {
            field.name: pa.Column(
                field.dtype, [_check(demand.holds) for demand in _constraints(field)], nullable=not field.required
            )
            for field in table.fields
        },
        checks=[_check(_row_rule(name).alias(name), name) for name in table.checks],
        strict=True,
        ordered=True,
        name=table.name,
    )


@lru_cache(maxsize=64)
def _all_hold(table: Table) -> pl.Expr:
    """Return one expression, true of a row that keeps to all that `pandera_schema` asks of it."""
    given = [pl.col(field.name).is_not_null() for field in table.fields if field.required]
    demands = [demand.holds for field in table.fields for demand in _constraints(field)]
    return pl.all_horizontal(pl.lit(True), *given, *demands, *map(_row_rule, table.checks))


def _cast(column: pl.Series, field: Field) -> pl.Series:
    if column.dtype == pl.String and field.type == "boolean":
        return column.replace_strict({"true": True, "false": False}, default=None, return_dtype=pl.Boolean)
    return column.cast(field.dtype, strict=False)


def _typed(table: Table, frame: pl.DataFrame) -> tuple[pl.DataFrame, list[_Failure]]:
    """Cast to the contract's types; what cannot be cast fails its row. Empty text counts as missing."""
    missing = [name for name in table.columns if name not in frame.columns]
    if missing:
        raise FieldledgerError(f"table {table.name}: no column {', '.join(missing)}; add it where the table is made")
    failures: list[_Failure] = []
    columns: list[pl.Series] = []
    for field in table.fields:
        before = frame[field.name]
        if before.dtype == field.dtype:
            columns.append(before)
            continue
        after = _cast(before, field)
        for row in (before.is_not_null() & after.is_null()).arg_true().to_list():
            failures.append(_Failure(row, "wrong_type", field.name, f"must be of type {field.type}"))
        columns.append(after)
    texts = [field.name for field in table.fields if field.type == "string"]
    return pl.DataFrame(columns).with_columns(pl.col(texts).replace("", None)), failures


def _pandera_failures(table: Table, frame: pl.DataFrame) -> Iterator[_Failure]:
    """Return what pandera finds. It looks at each check by itself, which only a frame with bad rows is worth."""
    schema = pandera_schema(table)
    if frame.select(_all_hold(table).all()).item():
        return
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
    else:
        return
    for case in cases.iter_rows(named=True):
        if case["index"] is None:
            raise FieldledgerError(f"table {table.name}: {case['check']}: {cut(case['failure_case'])}")
        if case["schema_context"] == "DataFrameSchema":
            check = CHECKS[table.checks[case["check_number"]]]
            yield _Failure(case["index"], check.rule, check.field, f"rule broken: {check.says}")
        elif case["check"] == "not_nullable":
            yield _Failure(case["index"], "missing_field", case["column"], "must be given")
        else:
            broken = _constraints(table.field(case["column"]))[case["check_number"]]
            yield _Failure(case["index"], broken.rule, case["column"], broken.says)


def _unique_failures(table: Table, frame: pl.DataFrame) -> Iterator[_Failure]:
    """Of rows with equal keys the first stays; later ones are rejected."""
    keys = [table.primary_key] + [(f.name,) for f in table.fields if f.constraints.get("unique")]
    for key in dict.fromkeys(keys):
        repeated = frame.filter(~pl.struct(key).is_first_distinct() & pl.all_horizontal(pl.col(key).is_not_null()))
        for row in repeated[_ROW].to_list():
            yield _Failure(row, "duplicate_key", key[0], f"an earlier row has the same {', '.join(key)}")


def _orphans(table: Table, frame: pl.DataFrame, parents: Mapping[str, pl.DataFrame]) -> Iterator[_Failure]:
    for key in table.foreign_keys:
        parent = frame if key.parent == table.name else parents.get(key.parent)
        if parent is None:
            continue
        known = parent.select(pl.col(key.parent_field).alias(key.field)).unique()
        lost = frame.filter(pl.col(key.field).is_not_null()).join(known, on=key.field, how="anti")
        for row in lost[_ROW].to_list():
            yield _Failure(row, "foreign_key", key.field, f"must name a row of {key.parent}")


def _key_text(frame: pl.DataFrame, table: Table, row: int) -> str:
    return "/".join(str(value) for value in frame.select(table.primary_key).row(row))


def _rejections(table: Table, frame: pl.DataFrame, failures: Mapping[int, list[_Failure]], stage: str) -> pl.DataFrame:
    titles = dict(load_contract().codelists["rejection_rules"].select("code", "description").iter_rows())
    rows = []
    alike: Counter[tuple[str, str, str]] = Counter()
    for row in sorted(failures):
        first, *others = failures[row]
        record = _key_text(frame, table, row)
        same = (record, first.rule, first.field)
        alike[same] += 1
        value = frame[first.field][row]
        also = "".join(f"; also {other.field} {other.says}" for other in others)
        rows.append(
            {
                "rejection_id": content_id("r", stage, table.name, *same, alike[same]),
                "stage": stage,
                "table": table.name,
                "record": record,
                "field": first.field,
                "rule": first.rule,
                "value": None if value is None else cut(str(value)),
                "message": f"{first.field} {first.says}{also}. {titles[first.rule]}",
                "input_name": None,
                "input_record": None,
            }
        )
    return (
        load_contract()
        .tables["rejections"]
        .conform(pl.DataFrame(rows, schema=load_contract().tables["rejections"].polars_schema()))
    )


def split(table: Table, frame: pl.DataFrame, *, stage: str, parents: Mapping[str, pl.DataFrame] | None = None) -> Split:
    """Divide ``frame`` into the rows that keep to the contract and an account of the others.

    Args:
        table: the contract of the frame.
        frame: at least the table's columns, in any order and of any type that can be cast; others are dropped.
        stage: code of `stages` under which rejections are booked.
        parents: tables that foreign keys point to; a key whose parent is not given is not checked here.

    Returns:
        accepted rows (the table's columns and types, sorted by primary key) and one `rejections` row for each other
        row, so that frame.height == accepted.height + rejections.height.

    Raises:
        FieldledgerError: a column is missing altogether.
    """
    typed, early = _typed(table, frame)
    failures: dict[int, list[_Failure]] = {}

    def book(found: Iterator[_Failure] | list[_Failure]) -> None:
        for failure in found:
            failures.setdefault(failure.row, []).append(failure)

    book(early)
    wrong_typed = {(failure.row, failure.field) for failure in early}
    book(f for f in _pandera_failures(table, typed) if (f.row, f.field) not in wrong_typed)
    numbered = typed.with_row_index(_ROW)
    book(list(_unique_failures(table, _without(numbered, failures))))
    while lost := list(_orphans(table, _without(numbered, failures), parents or {})):
        book(lost)  # a rejected row may be the parent of another row of the same table
    accepted = table.conform(_without(numbered, failures))
    return Split(accepted, _rejections(table, frame, failures, stage))


def _without(numbered: pl.DataFrame, failures: Mapping[int, list[_Failure]]) -> pl.DataFrame:
    if not failures:
        return numbered
    return numbered.filter(~pl.col(_ROW).is_in(list(failures)))
