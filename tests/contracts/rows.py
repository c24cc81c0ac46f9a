"""A good row of any table, made of the examples that the contract gives, and rows that break one constraint each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from pipeline.contracts import Field, Table, load_contract

Row = dict[str, Any]

OTHER_ID = {
    "duplicate_of": None,
    "duplicate_kind": "none",
    "char_start": 0,
    "char_end": 10,
    "evidence": "ten signs.",
    "shared": False,
    "shared_with": None,
}
"""Examples say what a value looks like; where two columns depend on each other the pair is chosen here."""


def good_row(table: Table) -> Row:
    """Return a row that keeps to every rule of ``table``."""
    row = {field.name: _value(field) for field in table.fields}
    row |= {name: value for name, value in OTHER_ID.items() if name in row}
    if table.name in ("articles", "events"):
        row["week_start"] = _monday(row["published_date"] if table.name == "articles" else row["event_date_start"])
    if table.name == "actors":
        row["valid_to"] = None
    if table.name == "corrections":
        row["message"] = None
    if table.name == "weekly_coverage":
        row["duplicates"] = 0
    return row


def frame(table: Table, *rows: Row) -> pl.DataFrame:
    """Return rows of ``table`` as a frame in the contract's types."""
    return pl.DataFrame(rows, schema=table.polars_schema())


def good_parents(table: Table) -> dict[str, pl.DataFrame]:
    """Return parent tables that hold just the keys which the good row of ``table`` refers to."""
    row = good_row(table)
    return {
        key.parent: pl.concat(
            [pl.DataFrame({k.parent_field: [row[k.field]]}) for k in table.foreign_keys if k.parent == key.parent]
        )
        for key in table.foreign_keys
        if key.parent != table.name
    }


def _value(field: Field) -> Any:
    return date.fromisoformat(str(field.example)) if field.type == "date" else field.example


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True)
class Violation:
    """A change to a good row that breaks one rule."""

    name: str
    change: Row
    rule: str
    field: str


def column_violations(table: Table) -> Iterator[Violation]:
    """Yield one violation for each constraint of each column of ``table``, `unique` excepted (it takes two rows)."""
    for field in table.fields:
        for kind, limit in field.constraints.items():
            made = _broken(field, kind, limit)
            if made is not None:
                value, rule = made
                yield Violation(f"{table.name}.{field.name}.{kind}", {field.name: value}, rule, field.name)


def _broken(field: Field, kind: str, limit: Any) -> tuple[Any, str] | None:
    match kind:
        case "required":
            return (None, "missing_field") if limit else None
        case "enum":
            return (99 if field.type == "integer" else "no such code", "invalid_value")
        case "pattern":
            return (f"{field.example}\n", "pattern")
        case "minimum":
            return (limit - 1, "out_of_range")
        case "maximum":
            return (limit + 1, "out_of_range")
        case "minLength":
            # one character less than one is nothing at all, which is reported as missing
            return ("x" * (limit - 1), "out_of_range") if limit > 1 else None
        case "maxLength":
            return ("x" * (limit + 1), "out_of_range")
        case "unique":
            return None
    raise AssertionError(f"{field.name}: no violation known for the constraint {kind}; add one")


MONDAY = date(2021, 2, 1)

CHECK_VIOLATIONS: dict[str, list[Row]] = {
    "reported_is_dated": [{"event_date_start": None}, {"event_date_end": None}, {"time_precision": None}],
    "reported_is_placed": [{"admin1": None}, {"geo_precision": None}],
    "dates_in_order": [{"event_date_end": date(2021, 2, 5)}],
    "span_in_order": [{"char_start": 10}],
    "happenings_in_order": [{"happenings_high": 3}],
    "evidence_is_in_text": [{"char_end": 11}],
    "quote_fits_span": [{"char_end": 131}],
    "span_where_in_text": [{"basis": "title"}, {"quote": None}, {"char_start": None}, {"char_end": None}],
    "low_not_above_high": [{"low": 9}],
    "some_figure": [{"low": None, "high": None}],
    "shared_names_others": [{"shared": True}, {"shared_with": "m-0123456789abcdef"}],
    "week_start_is_monday": [{"week_start": date(2021, 2, 2)}],
    "week_of_publication": [{"week_start": date(2021, 2, 8)}, {"published_date": None}, {"week_start": None}],
    "week_of_first_day": [{"week_start": date(2021, 2, 8)}],
    "iso_week_of_week_start": [{"iso_week": "2021-W06"}],
    "copy_names_original": [{"duplicate_kind": "near"}, {"duplicate_of": "a-fedcba9876543210"}],
    "kept_not_longer_than_raw": [{"char_count": 1451}],
    "fatalities_in_order": [{"fatalities_best": 9}, {"fatalities_low": 6}],
    "injured_in_order": [{"injured_low": 13}],
    "coordinates_both_or_neither": [{"latitude": None}, {"longitude": None}],
    "sources_not_above_mentions": [{"source_count": 5}],
    "validity_in_order": [{"valid_to": date(2016, 1, 1)}],
    "civilian_events_not_above_events": [{"civilian_targeting_events": 4}],
    "no_events_no_figures": [{"events": 0, "civilian_targeting_events": 0}],
    "merged_names_event": [
        {"merged_into": "e-0123456789abcdef"},
        {"merged_into": None},
        {"retirement_reason": "split"},
    ],
    "duplicates_not_above_articles": [{"duplicates": 10}],
    "toll_in_order": [{"low": 20}, {"high": 18}],
    "counted_in_order": [{"counted_low": 20}, {"counted_high": 18}],
    "counted_if_counting": [
        {"counting": "divided"},
        {"counted_low": None, "counted_best": None, "counted_high": None},
    ],
    "district_in_a_governorate": [{"admin1": None}],
    "shared_fatalities_in_order": [{"shared_fatalities_low": 20, "total_fatalities_low": 23}],
    "totals_add_up": [
        {"total_fatalities_low": 21},
        {"total_fatalities_best": 25},
        {"total_fatalities_high": None},
        {"shared_fatalities_high": None},
        {"total_injured": 41},
    ],
    "leanings_add_up": [{"sources_by_leaning": "opposition:1"}, {"sources_by_leaning": "opposition:1;western:2"}],
    "one_source_is_single": [{"corroboration": "single_source"}, {"source_count": 1, "sources_by_leaning": "gulf:1"}],
    "denied_is_disputed": [{"denial_count": 1}],
    "account_toll_in_order": [{"fatalities_low": 9}],
    "change_tells_cell": [{"field": None}, {"change_kind": "added"}, {"new_value": "9"}],
    "count_not_above_out_of": [{"count": 21}],
    "left_out_says_why": [{"state": "stale"}, {"message": "desk.yaml, record 3: wrong"}],
    "score_is_count_out_of": [{"score": 0.8502}, {"count": 16}],
    "interval_holds_score": [{"interval_low": 0.86}, {"interval_high": 0.84}, {"interval_low": None}],
}
"""For each named check the changes to a good row that break it."""


def all_tables() -> list[Table]:
    """Return every table of the contract."""
    return list(load_contract().tables.values())
