"""The table `changes` of a release: every change since the release before, one row each, largest first.

It tells of the other tables and is told of by none: `changes.OF_CHANGES` is never compared.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from pipeline.contracts import load_contract
from pipeline.release.change_size import by_size, key_columns
from pipeline.release.changes import OF_CHANGES, Changes
from pipeline.release.retired import BALANCE
from pipeline.release.row_changes import TableChanges


def changes_table(changes: Changes) -> pl.DataFrame:
    """Return the table `changes`; of a first release, in which all is new, without rows."""
    table = load_contract().tables[OF_CHANGES]
    parts = [_table_part(part) for part in changes.tables.values() if part.entries]
    if changes.previous_version is None or not parts:
        return table.empty()
    # stable: among equals, tables as in the package
    order = ["__group", "__weight"]
    every = pl.concat(parts).sort(order, descending=[False, True], nulls_last=True, maintain_order=True).drop(order)
    return table.conform(every.with_row_index("change_rank", offset=1))


def _table_part(table: TableChanges) -> pl.DataFrame:
    return by_size(table).select(
        pl.lit(table.table).alias("table"),
        row_key(key_columns(table)).alias("row_key"),
        pl.col("change").alias("change_kind"),
        pl.col("column").alias("field"),
        pl.col("old").alias("old_value"),
        pl.col("new").alias("new_value"),
        pl.col("size").alias("change_size"),
        pl.col("unit").alias("size_unit"),
        "__group",
        "__weight",
    )


def row_key(keys: Sequence[str]) -> pl.Expr:
    """Return the key of a row as one text: its values parted by `|`; in them `\\` and `|` have a `\\` in front."""
    values = [pl.col(name).cast(pl.String).str.replace_all(r"([\\|])", r"\${1}") for name in keys]
    return pl.concat_str(values, separator="|", ignore_nulls=True)


def change_balances(changes: Changes, table: pl.DataFrame) -> pl.DataFrame:
    """Return the balances of the changes (columns of `BALANCE`): rows before and after, and every change told once."""
    told = table.group_by("table").len()
    counts = dict(told.iter_rows())
    sides = []
    for name, part in changes.tables.items():
        sides.append((f"{name}: rows before + added - removed = rows after",
                      part.rows_before + part.added.height - part.removed.height, part.rows_after))  # fmt: skip
        entries = part.entries if changes.previous_version else 0
        sides.append((f"{name}: changes = rows of {OF_CHANGES}", entries, counts.get(name, 0)))
    return pl.DataFrame([(*side, side[1] == side[2]) for side in sides], schema=BALANCE, orient="row")
