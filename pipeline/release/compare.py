"""Two releases side by side, for `fieldledger diff OLD NEW`: the changes, and how they read to people.

What a change is, and the machine-readable form, belong to `changes`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.errors import cut
from pipeline.release.changes import CELL_COLUMNS, Changes, TableChanges, compare_editions
from pipeline.release.reader import open_release

SHOWN = 20
"""Lines shown of each kind of change in a table."""


def diff_releases(old: Path, new: Path) -> Changes:
    """Return what changed from the release in the folder ``old`` to the one in ``new``.

    Raises:
        InputError: one of them is no release.
        FieldledgerError: a table cannot be read.
    """
    return compare_editions(open_release(old), open_release(new))


def render_changes(changes: Changes, shown: int = SHOWN) -> str:
    """Return the changes as plain text, the table and the cell that changed most first; empty when nothing did."""
    lines: list[str] = []
    if changes.schema:
        lines.append("Schema")
        lines += _first(_schema_lines(changes), len(changes.schema), shown)
    if changes.moves.height:
        lines.append(f"Reports that moved to another event: {changes.moves['reports'].sum()}")
        lines += _first(_move_lines(changes), changes.moves.height, shown)
    for table in sorted(changes.tables.values(), key=lambda table: (-table.total, table.table)):
        if table.total:
            lines += _table_lines(table, shown)
    if lines:
        lines.append(f"In all a {changes.level} change.")
    return "".join(f"{line}\n" for line in lines)


def _schema_lines(changes: Changes) -> Iterator[str]:
    order = {"major": 0, "minor": 1, "patch": 2, "none": 3}
    for change in sorted(changes.schema, key=lambda change: order[change.level]):
        where = change.table if change.column is None else f"{change.table}.{change.column}"
        step = "" if change.old == change.new else f": {_value(change.old)} -> {_value(change.new)}"
        yield f"  {change.level:5}  {where} {change.kind.replace('_', ' ')}{step}"


def _move_lines(changes: Changes) -> Iterator[str]:
    for row in changes.moves.iter_rows(named=True):
        yield f"  {row['kind']:5}  {row['from_event_id']} -> {row['to_event_id']}: {row['reports']}"


def _table_lines(table: TableChanges, shown: int) -> Iterator[str]:
    yield (
        f"{table.table}: {table.rows_before} rows before, {table.rows_after} after; "
        f"{table.added.height} added, {table.removed.height} removed, {table.changed_rows} changed"
    )
    if table.changed.height:
        yield "  changed cells: " + ", ".join(f"{column} {cells}" for column, cells in table.columns.items())
    cells = (
        f"  ~ {_key(row)}  {row['column']}: {_value(row['old'])} -> {_value(row['new'])}"
        for row in table.largest_cells().head(shown).iter_rows(named=True)
    )
    yield from _first(cells, table.changed.height, shown)
    for sign, rows in (("+", table.added), ("-", table.removed)):
        yield from _first(
            (f"  {sign} {_key(row)}" for row in rows.head(shown).iter_rows(named=True)), rows.height, shown
        )


def _first(lines: Iterator[str], total: int, shown: int) -> Iterator[str]:
    for _, line in zip(range(shown), lines, strict=False):
        yield line
    if total > shown:
        yield f"    and {total - shown} more"


def _key(row: dict[str, Any]) -> str:
    return " | ".join(cut(str(value)) for name, value in row.items() if name not in CELL_COLUMNS)


def _value(value: str | None) -> str:
    return "empty" if value is None else cut(value)
