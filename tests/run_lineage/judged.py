"""What the contract declares held to what changed inputs did: what is missing in it, and what is too much.

Judging changes nothing and costs nothing, so that a declaration can be broken on purpose to see it found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.contracts import Table
from tests.run_lineage.taint import Tables, Trial, origins, shown_of, wanted_of


def follows_undeclared(tables: Tables, found: Iterable[Trial]) -> Iterator[str]:
    """Yield what follows an input that it does not declare."""
    for trial in found:
        names = trial.names
        for table, column in sorted(
            trial.effect.fields & {(t.name, f.name) for t in tables.values() for f in t.fields}
        ):
            decides = not names.isdisjoint(tables[table].rows_from) and (table, column) not in trial.effect.carried
            if not decides and names.isdisjoint(tables[table].field(column).derived_from):
                yield f"{table}.{column} follows {trial.origin}, which it does not declare"
        for table in sorted(trial.effect.rows & tables.keys()):
            keys = {name for key in tables[table].primary_key for name in tables[table].field(key).derived_from}
            if names.isdisjoint(keys | set(tables[table].rows_from)):
                yield f"the rows of {table} follow {trial.origin}, which they do not declare"


def declares_unfollowed(table: Table, found: Sequence[Trial]) -> Iterator[str]:
    """Yield what a table declares and nothing shows; ``found`` are the trials of all steps that make it."""
    for origin in sorted(origins(table)):
        tables = {table.name: table}
        for _, column in sorted(wanted_of(tables, origin) - shown_of(tables, found, origin), key=str):
            what = f"the rows of {table.name}" if column is None else f"{table.name}.{column}"
            yield f"{what} declares {origin}, but does not follow it"


def relieved(table: Table, column: str | None, origin: str) -> Table:
    """Return the table with one declared origin of a column (of the rows: None) taken away."""
    return _with(table, column, lambda names: tuple(name for name in names if name != origin))


def burdened(table: Table, column: str | None, origin: str) -> Table:
    """Return the table with one more origin declared."""
    return _with(table, column, lambda names: (*names, origin))


def _with(table: Table, column: str | None, change: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Table:
    if column is None:
        return replace(table, rows_from=change(table.rows_from))
    fields = (replace(f, derived_from=change(f.derived_from)) if f.name == column else f for f in table.fields)
    return replace(table, fields=tuple(fields))
