"""What changed between two releases, row by row and by key: rows added and removed, cells changed, and the schemas.

An edition is a release on disk (`reader.Release`) or a set of tables about to become one (`plan.Draft`); the two
compare alike. `changes.json` is written here too. Which version number follows is decided in `plan`, how the
changes read to people in `compare`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import polars as pl

from pipeline.release.event_moves import event_moves, no_moves
from pipeline.release.manifest import json_bytes
from pipeline.release.schema_changes import Level, SchemaChange, compare_schemas, highest

SCHEMA_VERSION = 1
LISTED = 1_000
"""Rows of each kind and table that `changes.json` lists; it counts all of them."""
OF_CORRECTIONS = ("corrections",)
"""Tables that account for what people corrected: rows of theirs bring nothing new to the others."""
CELL_COLUMNS = {"column": pl.String(), "old": pl.String(), "new": pl.String(), "size": pl.Float64()}
"""What a changed cell tells beside the key: values as they stand in a CSV, and how far a number moved."""


class Edition(Protocol):
    """A version of the tables, or what is to become one."""

    @property
    def version(self) -> str | None:
        """The version number, None as long as there is none."""

    @property
    def resources(self) -> Mapping[str, Mapping[str, Any]]:
        """The Frictionless resource of each table, by name."""

    def frame(self, name: str) -> pl.DataFrame:
        """Return the rows of a table, sorted by primary key."""


@dataclass(frozen=True, slots=True, eq=False)
class TableChanges:
    """How the rows of one table changed."""

    table: str
    rows_before: int
    rows_after: int
    added: pl.DataFrame
    """Keys of the rows that are new: the primary key columns, sorted."""
    removed: pl.DataFrame
    """Keys of the rows that are gone."""
    changed: pl.DataFrame
    """One row a changed cell: the primary key columns and `CELL_COLUMNS`, sorted by key, then in column order."""
    changed_rows: int

    @property
    def total(self) -> int:
        """Rows added, removed or changed."""
        return self.added.height + self.removed.height + self.changed_rows

    @property
    def columns(self) -> dict[str, int]:
        """Number of changed cells by column, most first."""
        counts = self.changed.group_by("column", maintain_order=True).len("cells")
        return dict(counts.sort("cells", descending=True, maintain_order=True).iter_rows())

    def largest_cells(self) -> pl.DataFrame:
        """Return `changed`, the numbers that moved furthest first."""
        return self.changed.sort("size", descending=True, nulls_last=True, maintain_order=True)


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """Everything that differs between two editions."""

    previous_version: str | None
    """None for a first release, in which all is new."""
    schema: tuple[SchemaChange, ...]
    tables: Mapping[str, TableChanges]
    """By name, every table of either edition."""
    moves: pl.DataFrame = field(default_factory=no_moves)
    """Reports that moved from one event to another, from `event_moves.event_moves`."""

    @property
    def level(self) -> Level:
        """What the version must show: major for what breaks programs, minor for new rows, patch for corrections."""
        return highest(iter((*(change.level for change in self.schema), *map(_level_of_rows, self.tables.values()))))

    def to_bytes(self, version: str | None) -> bytes:
        """Return `changes.json`: all counts, and up to `LISTED` rows of each kind, of a first release none."""
        return json_bytes(
            {
                "schema_version": SCHEMA_VERSION,
                "version": version,
                "previous_version": self.previous_version,
                "level": self.level,
                "schema": [
                    {
                        "table": c.table,
                        "column": c.column,
                        "kind": c.kind,
                        "level": c.level,
                        "old": c.old,
                        "new": c.new,
                    }
                    for c in self.schema
                ],
                "moved_reports": self.moves["reports"].sum(),
                "event_moves": self.moves.head(LISTED).to_dicts(),
                "tables": [self._table_json(self.tables[name]) for name in sorted(self.tables)],
            }
        )

    def _table_json(self, table: TableChanges) -> dict[str, Any]:
        listed = 0 if self.previous_version is None else LISTED
        return {
            "table": table.table,
            "rows_before": table.rows_before,
            "rows_after": table.rows_after,
            "added": table.added.height,
            "removed": table.removed.height,
            "changed": table.changed_rows,
            "changed_cells_by_column": table.columns,
            "added_rows": [_plain(row) for row in table.added.head(listed).iter_rows(named=True)],
            "removed_rows": [_plain(row) for row in table.removed.head(listed).iter_rows(named=True)],
            "changed_cells": [_cell(row) for row in table.largest_cells().head(listed).iter_rows(named=True)],
        }


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}


def _cell(row: Mapping[str, Any]) -> dict[str, Any]:
    key = {name: value for name, value in row.items() if name not in CELL_COLUMNS}
    return {"key": _plain(key), "column": row["column"], "old": row["old"], "new": row["new"]}


def _level_of_rows(table: TableChanges) -> Level:
    if table.added.height and table.table not in OF_CORRECTIONS:
        return "minor"
    return "patch" if table.total else "none"


def compare_editions(old: Edition | None, new: Edition) -> Changes:
    """Return what is different in ``new``; with no ``old``, everything is.

    One table at a time is held in memory, and of it one column at a time is set side by side.
    """
    if old is None:
        schema = compare_schemas({}, new.resources)
        return Changes(None, schema, {name: _all_new(new, name) for name in sorted(new.resources)})
    tables = {name: _compare_table(old, new, name) for name in sorted({*old.resources, *new.resources})}
    moves = no_moves()
    if (links := "event_mentions") in old.resources and links in new.resources:
        moves = event_moves(old.frame(links), new.frame(links))
    return Changes(old.version, compare_schemas(old.resources, new.resources), tables, moves)


def _keys(edition: Edition, name: str) -> list[str]:
    return list(edition.resources[name]["schema"]["primaryKey"])


def _all_new(new: Edition, name: str) -> TableChanges:
    frame = new.frame(name)
    keys = frame.select(_keys(new, name))
    return TableChanges(name, 0, frame.height, keys, keys.head(0), _no_cells(keys), 0)


def _all_gone(old: Edition, name: str) -> TableChanges:
    frame = old.frame(name)
    keys = frame.select(_keys(old, name))
    return TableChanges(name, frame.height, 0, keys.head(0), keys, _no_cells(keys), 0)


def _no_cells(keys: pl.DataFrame) -> pl.DataFrame:
    return pl.DataFrame(schema={**keys.schema, **CELL_COLUMNS})


def _compare_table(old: Edition, new: Edition, name: str) -> TableChanges:
    if name not in old.resources:
        return _all_new(new, name)
    if name not in new.resources:
        return _all_gone(old, name)
    before, after = old.frame(name), new.frame(name)
    old_keys, new_keys = before.select(_keys(old, name)), after.select(_keys(new, name))
    if old_keys.schema != new_keys.schema:  # no row of one can be found in the other
        return TableChanges(name, before.height, after.height, new_keys, old_keys, _no_cells(new_keys), 0)
    if before.equals(after):
        none = new_keys.head(0)
        return TableChanges(name, before.height, after.height, none, none, _no_cells(none), 0)
    keys = list(new_keys.columns)
    pairs = old_keys.with_row_index("__old").join(new_keys.with_row_index("__new"), on=keys, how="full", coalesce=True)
    both = pairs.drop_nulls(["__old", "__new"]).sort("__new")
    changed, rows = _changed_cells(before, after, both, keys)
    return TableChanges(
        table=name,
        rows_before=before.height,
        rows_after=after.height,
        added=pairs.filter(pl.col("__old").is_null()).select(keys).sort(keys),
        removed=pairs.filter(pl.col("__new").is_null()).select(keys).sort(keys),
        changed=changed,
        changed_rows=rows,
    )


def _changed_cells(
    before: pl.DataFrame, after: pl.DataFrame, both: pl.DataFrame, keys: list[str]
) -> tuple[pl.DataFrame, int]:
    """Return the changed cells of the rows in ``both``, and in how many rows they are.

    Columns that only one edition has, or has in another type, are the business of the schema comparison.
    """
    parts = list(_column_cells(before, after, both, keys))
    if not parts:
        return _no_cells(both.select(keys)), 0
    cells = pl.concat(parts)
    return cells.sort([*keys, "__column"]).drop("__row", "__column"), cells["__row"].n_unique()


def _column_cells(
    before: pl.DataFrame, after: pl.DataFrame, both: pl.DataFrame, keys: list[str]
) -> Iterator[pl.DataFrame]:
    for position, (column, dtype) in enumerate(after.schema.items()):
        if column in keys or before.schema.get(column) != dtype:
            continue
        old, new = before[column].gather(both["__old"]), after[column].gather(both["__new"])
        moved = old.ne_missing(new)
        if not moved.any():
            continue
        old, new = old.filter(moved), new.filter(moved)
        size = (_number(new) - _number(old)).abs() if dtype.is_numeric() else None
        rows = both.filter(moved)
        yield rows.select(
            *keys,
            pl.lit(column).alias("column"),
            old.cast(pl.String).alias("old"),
            new.cast(pl.String).alias("new"),
            pl.lit(None, dtype=pl.Float64).alias("size") if size is None else size.alias("size"),
            pl.col("__new").alias("__row"),
            pl.lit(position, dtype=pl.UInt32).alias("__column"),
        )


def _number(values: pl.Series) -> pl.Series:
    return values.cast(pl.Float64).fill_null(0.0)
