"""Where two versions of a table part: the first row, by primary key, and the first column in it."""

from __future__ import annotations

from typing import Any

import polars as pl

from pipeline.errors import cut
from pipeline.release.reader import Release

_THERE, _HERE = "__there", "__here"


def first_difference(there: Release, here: Release, table: str) -> str | None:
    """Return in words where a table of the release ``there`` first differs from that ``here``; None where it does not.

    Raises:
        FieldledgerError: a table cannot be read.
    """
    before, after = there.frame(table), here.frame(table)
    if before.columns != after.columns:
        return f"columns {_only(before, after)} only there, {_only(after, before)} only here"
    return first_row(before, after, list(there.tables[table].primary_key))


def _only(one: pl.DataFrame, other: pl.DataFrame) -> str:
    return ", ".join(name for name in one.columns if name not in other.columns) or "none"


def first_row(before: pl.DataFrame, after: pl.DataFrame, keys: list[str]) -> str | None:
    """Return in words the first row, in the order of ``keys``, that only one frame has or that differs; None if none.

    Both frames have the same columns, and each key once. One column at a time is set side by side.
    """
    there, here = (frame.select(keys).with_row_index(side) for frame, side in ((before, _THERE), (after, _HERE)))
    pairs = there.join(here, on=keys, how="full", coalesce=True, nulls_equal=True).sort(keys)
    lone = pairs.select(pl.any_horizontal(pl.col(_THERE, _HERE).is_null())).to_series()
    both = pairs.filter(~lone)
    moved = pl.repeat(False, both.height, eager=True)
    for name in before.columns:
        moved |= before[name].gather(both[_THERE]).ne_missing(after[name].gather(both[_HERE]))
    rows = pl.concat([pairs.filter(lone), both.filter(moved)]).sort(keys)
    if rows.is_empty():
        return None
    more = f", and {rows.height - 1:,} more rows" if rows.height > 1 else ""
    key = " | ".join(cut(str(value)) for value in rows.select(keys).row(0))
    return f"row {key}: {_says(rows.row(0, named=True), before, after)}{more}"


def _says(row: dict[str, Any], before: pl.DataFrame, after: pl.DataFrame) -> str:
    if row[_THERE] is None:
        return "only here"
    if row[_HERE] is None:
        return "only there"
    one, other = before.row(row[_THERE], named=True), after.row(row[_HERE], named=True)
    name = next(name for name in one if one[name] != other[name])
    return f"{name} is {_value(one[name])} there, {_value(other[name])} here"


def _value(value: Any) -> str:
    return "empty" if value is None else cut(str(value))
