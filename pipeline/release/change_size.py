"""Which changes are the largest: one rule for every list of changes, stated in words that lists carry with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from pipeline.release.columns import PEOPLE
from pipeline.release.row_changes import CELL_COLUMNS, TableChanges

RULE = (
    "Largest first: what concerns people, by how many (of a cell, how far the figure moved, one that appeared or went "
    "counting whole; of a row that came or went, its largest figure); then other rows that came or went; then other "
    "numbers, by how far they moved as a share of the larger of both values; then words, codes and dates. Among "
    "equals, tables as in the package, rows added before rows removed before cells, keys in order."
)
CHANGE_KINDS = ("added", "removed", "changed")


def by_size(table: TableChanges) -> pl.DataFrame:
    """Return every change of a table by `RULE`, largest first.

    Columns: those of the key; ``change``, one of `CHANGE_KINDS`; `CELL_COLUMNS`, of rows only the size; ``unit`` of
    the size; and `__group` and `__weight`, by which changes of several tables can be ordered.
    """
    keys = key_columns(table)
    parts = [
        _keyed(frame, keys, table).with_columns(_text(kind, "change"))
        for kind, frame in zip(CHANGE_KINDS, (table.added, table.removed, table.changed), strict=True)
    ]
    every = pl.concat(parts, how="diagonal").select(*keys, "change", *CELL_COLUMNS).with_columns(_unit(table.units))
    ordered = every.with_columns(_group(), __weight=_weight())
    return ordered.sort("__group", "__weight", descending=[False, True], nulls_last=True, maintain_order=True)


def key_columns(table: TableChanges) -> list[str]:
    """Return the columns of the key; of a table with another key now, those of both, which no row has all."""
    before = [name for name in table.removed.columns if name not in CELL_COLUMNS]
    return list(dict.fromkeys([*table.keys, *before]))


def _keyed(frame: pl.DataFrame, keys: Sequence[str], table: TableChanges) -> pl.DataFrame:
    return frame.with_columns(pl.col(k).cast(pl.String) for k in keys if k in frame.columns) if table.rekeyed else frame


def _text(value: str | None, name: str) -> pl.Expr:
    return pl.lit(value, dtype=pl.String).alias(name)


def _unit(units: Mapping[str, str]) -> pl.Expr:
    """Return the unit of the size: of a cell that of its column, of a row people; null without a size."""
    of_cell = pl.col("column").replace_strict(units, default=None, return_dtype=pl.String)
    of_row = pl.when(pl.col("change") != "changed").then(pl.lit(PEOPLE)).otherwise(of_cell)
    return pl.when(pl.col("size").is_not_null()).then(of_row).alias("unit")


def _group() -> pl.Expr:
    return (
        pl.when(pl.col("unit").eq_missing(PEOPLE))
        .then(0)
        .when(pl.col("change") != "changed")
        .then(1)
        .when(pl.col("size").is_not_null())
        .then(2)
        .otherwise(3)
        .cast(pl.UInt8)
        .alias("__group")
    )


def _weight() -> pl.Expr:
    """Return what orders the changes of a group: people, or the share by which a number moved."""
    old, new = (pl.col(name).cast(pl.Float64, strict=False).abs().fill_null(0.0) for name in ("old", "new"))
    share = pl.col("size") / pl.max_horizontal(old, new)
    people = pl.col("unit").eq_missing(PEOPLE)
    return pl.when(people).then("size").when(pl.col("size").is_not_null()).then(share).cast(pl.Float64)
