"""How the rows of one table changed, by key: rows added, rows removed, and every cell that is another one.

Differences of the columns themselves belong to `schema_changes`, which change counts as large to `change_size`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from pipeline.errors import FieldledgerError, cut
from pipeline.release.columns import Rows

SIZE = {"size": pl.Float64()}
CELL_COLUMNS = {"column": pl.String(), "old": pl.String(), "new": pl.String(), **SIZE}
"""What a changed cell tells beside the key: values as they stand in a CSV, and how far a number moved."""


@dataclass(frozen=True, eq=False)
class TableChanges:
    """How the rows of one table changed."""

    table: str
    keys: tuple[str, ...]
    """The primary key columns; of a table that is gone, those it had."""
    rows_before: int
    rows_after: int
    added: pl.DataFrame
    """The rows that are new: the primary key columns and `SIZE`, sorted by key."""
    removed: pl.DataFrame
    """The rows that are gone, likewise."""
    changed: pl.DataFrame
    """One row a changed cell: the primary key columns and `CELL_COLUMNS`, sorted by key, then in column order."""
    changed_rows: int
    units: Mapping[str, str]
    """Unit of each column that has one."""
    rekeyed: bool = False
    """Whether the key is another one, so that no row of one edition can be found in the other."""

    @property
    def total(self) -> int:
        """Rows added, removed or changed."""
        return self.added.height + self.removed.height + self.changed_rows

    @property
    def entries(self) -> int:
        """Rows added, rows removed and cells changed."""
        return self.added.height + self.removed.height + self.changed.height

    @cached_property
    def columns(self) -> dict[str, int]:
        """Number of changed cells by column, most first."""
        counts = self.changed.group_by("column", maintain_order=True).len("cells")
        return dict(counts.sort("cells", descending=True, maintain_order=True).iter_rows())


def compare_rows(name: str, old: Rows | None, new: Rows | None) -> TableChanges:
    """Return how the rows of the table ``name`` changed; an edition that has no such table gives None, not both.

    Only keys are joined, and of the other columns one at a time is set side by side.

    Raises:
        FieldledgerError: a key is twice in a table, or a column of the key bears a name that changes are told by.
    """
    known = new or old
    assert known is not None
    if taken := sorted({*CELL_COLUMNS, "change"} & {*known.keys}):
        raise FieldledgerError(f"table {name}: a key column named {taken[0]} cannot be compared; rename it")
    if old is None or new is None or not _same_keys(old, new):
        return _all_other(name, old, new)
    pairs = _pairs(name, old, new)
    both = pairs.drop_nulls().sort("__new")
    cells, changed = _changed_cells(old, new, both)
    added = _named(new, pairs.filter(pl.col("__old").is_null())["__new"].sort())
    removed = _named(old, pairs.filter(pl.col("__new").is_null())["__old"].sort()).select(added.columns)
    return TableChanges(
        table=name,
        keys=tuple(new.keys),
        rows_before=both.height + removed.height,
        rows_after=both.height + added.height,
        added=added,
        removed=removed if old.keys == new.keys else removed.sort(new.keys),
        changed=cells,
        changed_rows=changed,
        units=new.units,
    )


def _same_keys(old: Rows, new: Rows) -> bool:
    return {name: old.dtypes[name] for name in old.keys} == {name: new.dtypes[name] for name in new.keys}


def _named(rows: Rows, where: pl.Series | None = None) -> pl.DataFrame:
    """Return keys and `SIZE`, the most people that it tells of, of the rows at ``where`` (all when None)."""
    frame = rows.select([*rows.keys, *rows.people])
    size = pl.max_horizontal(rows.people) if rows.people else pl.lit(None)
    found = frame if where is None else frame[where]
    return found.select(*rows.keys, size.cast(pl.Float64).alias("size"))


def _all_other(name: str, old: Rows | None, new: Rows | None) -> TableChanges:
    """Return the changes of a table that only one edition has, or that is found by another key now."""
    known = new or old
    assert known is not None
    none = pl.DataFrame(schema={**{name: known.dtypes[name] for name in known.keys}, **SIZE})
    added, removed = (none if rows is None else _named(rows) for rows in (new, old))
    return TableChanges(
        table=name,
        keys=tuple(known.keys),
        rows_before=removed.height,
        rows_after=added.height,
        added=added,
        removed=removed,
        changed=_no_cells(known),
        changed_rows=0,
        units=known.units,
        rekeyed=old is not None and new is not None,
    )


def _no_cells(rows: Rows) -> pl.DataFrame:
    return pl.DataFrame(schema={**{name: rows.dtypes[name] for name in rows.keys}, **CELL_COLUMNS})


def _pairs(name: str, old: Rows, new: Rows) -> pl.DataFrame:
    """Return the positions of each key: `__old` and `__new`, null where an edition does not have it."""
    keys = new.keys
    before, after = (rows.select(keys).with_row_index(place) for rows, place in ((old, "__old"), (new, "__new")))
    for edition, frame in (("old", before), ("new", after)):
        if frame.height > frame.select(keys).n_unique():
            twice = frame.filter(frame.select(keys).is_duplicated()).select(keys).row(0)
            raise FieldledgerError(
                f"table {name} of the {edition} release has the key {cut('/'.join(map(str, twice)))} more than once: "
                "rows cannot be told apart; verify that release"
            )
    joined = before.join(after, on=keys, how="full", coalesce=True, nulls_equal=True)
    return joined.select("__old", "__new")


def _changed_cells(old: Rows, new: Rows, both: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """Return the changed cells of the rows in ``both``, and in how many rows they are.

    Columns that only one edition has, or has in another type, are the business of the schema comparison.
    """
    parts = list(_column_cells(old, new, both))
    if not parts:
        return _no_cells(new), 0
    places = pl.concat([places for places, _ in parts]).with_row_index("__at").sort("__new", "__column")
    cells = pl.concat([cells for _, cells in parts])[places["__at"]]
    keys = new.select(new.keys)[places["__new"]]
    return keys.hstack(cells), places["__new"].n_unique()


def _column_cells(old: Rows, new: Rows, both: pl.DataFrame) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """Yield for each column the places of its changed cells (row of ``new``, column) and the cells (`CELL_COLUMNS`)."""
    for position, (column, dtype) in enumerate(new.dtypes.items()):
        if column in new.keys or old.dtypes.get(column) != dtype:
            continue
        before, after = (
            rows.select([column])[column].gather(both[place]) for rows, place in ((old, "__old"), (new, "__new"))
        )
        moved = before.ne_missing(after)
        if not moved.any():
            continue
        before, after = before.filter(moved), after.filter(moved)
        size = (_number(after) - _number(before)).abs() if dtype.is_numeric() else None
        places = both.filter(moved).select("__new", pl.lit(position, dtype=pl.UInt32).alias("__column"))
        yield (
            places,
            places.select(
                pl.lit(column).alias("column"),
                before.cast(pl.String).alias("old"),
                after.cast(pl.String).alias("new"),
                pl.lit(size, dtype=pl.Float64 if size is None else None).alias("size"),
            ),
        )


def _number(values: pl.Series) -> pl.Series:
    """Return numbers to subtract: one that is missing leaves the other whole. It says nothing of what is unknown."""
    return values.cast(pl.Float64).fill_null(0.0)
