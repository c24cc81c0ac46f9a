"""Which input columns an output column follows: a stage is run on real frames, and again with one column changed.

What a stage reads is found by what it does, not by what it says: a column is changed in several ways (values swapped
for one another, rows mixed, moved, emptied), and every output is compared with that of the unchanged frames.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

import polars as pl

from pipeline.contracts import Table
from pipeline.errors import FieldledgerError

Frames = Mapping[str, pl.DataFrame]
Column = tuple[str, str]
"""Table and column."""


@dataclass(frozen=True, slots=True)
class Step:
    """A pure function of a stage, on frames by the name of their table."""

    run: Callable[[Frames], Frames]
    inputs: Frames
    tables: Mapping[str, Table]
    """The outputs, with what they declare."""


def swapped(values: pl.Series) -> pl.Series:
    """Return each distinct value exchanged for the next one, the last for the first."""
    known = values.drop_nulls().unique().sort()
    following = known.slice(1).extend(known.slice(0, 1)) if known.len() else known
    return values.replace(known, following)


def mixed(values: pl.Series) -> pl.Series:
    """Return the values moved down by a row, the last to the top."""
    return values.slice(values.len() - 1).extend(values.slice(0, values.len() - 1)) if values.len() else values


def moved(values: pl.Series) -> pl.Series:
    """Return numbers one higher, days one later, booleans turned, texts with a letter more."""
    if values.dtype == pl.Boolean:
        return ~values
    if values.dtype == pl.Date:
        return values + timedelta(days=1)
    return values + "x" if values.dtype == pl.String else values + 1


def emptied(values: pl.Series) -> pl.Series:
    """Return nothing but null."""
    return pl.Series(values.name, [None] * values.len(), dtype=values.dtype)


CHANGES: Mapping[str, Callable[[pl.Series], pl.Series]] = {
    "mixed": mixed,
    "moved": moved,
    "emptied": emptied,
    "swapped": swapped,
}


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change of columns did to the outputs of a step."""

    rows: frozenset[str]
    """Outputs that have other rows, or none because the stage refused the input."""
    fields: frozenset[Column]
    """Columns of the other outputs that hold other values."""


def effect(step: Step, before: Frames, columns: Iterable[Column], change: str) -> Effect:
    """Run ``step`` with ``columns`` changed, and compare with ``before``."""
    changed = dict(step.inputs)
    for table, column in columns:
        changed[table] = changed[table].with_columns(CHANGES[change](changed[table][column]).alias(column))
    try:
        after = step.run(changed)
    except (FieldledgerError, pl.exceptions.PolarsError, AttributeError, TypeError, ValueError):
        return Effect(frozenset(step.tables), frozenset())
    rows, fields = set(), set()
    for name, made in step.tables.items():
        one, other = before[name].sort(made.primary_key), after[name].sort(made.primary_key)
        if one.select(made.primary_key).equals(other.select(made.primary_key)):
            fields |= {(name, column) for column in one.columns if not one[column].equals(other[column])}
        else:
            rows.add(name)
    return Effect(frozenset(rows), frozenset(fields))


def undeclared(step: Step) -> list[Column]:
    """Return the columns of the inputs that no output declares."""
    named = {name for table in step.tables.values() for name in origins(table)}
    return [(t, c) for t, frame in step.inputs.items() for c in frame.columns if f"{t}.{c}" not in named]


def origins(table: Table) -> set[str]:
    """Return all that the table declares."""
    return {*table.rows_from, *(name for field in table.fields for name in field.derived_from)}


def faults(step: Step, columns: Iterable[Column]) -> Iterator[str]:
    """Yield where what is declared of ``columns`` and what the code does with them differ.

    A column that is declared for a field must, changed in one way or another, alter the field or the rows; in a table
    whose rows it does not decide on, it must alter no other field.
    """
    before = step.run(step.inputs)
    for column in columns:
        name = ".".join(column)
        waited = {(t.name, f.name) for t in step.tables.values() for f in t.fields if name in f.derived_from}
        direct, decides = set(waited), {t.name for t in step.tables.values() if name in t.rows_from}
        pending = set(decides)
        for change in CHANGES:
            if not waited and not pending:
                break
            found = effect(step, before, [column], change)
            for table, field in sorted(found.fields - direct):
                if table not in decides:
                    yield f"{table}.{field} follows {name}, which it does not declare"
            for table in sorted(found.rows - decides - {table for table, _ in direct}):
                yield f"the rows of {table} follow {name}, which it does not declare"
            waited -= found.fields | {(t, f) for t, f in waited if t in found.rows}
            pending -= found.rows | {table for table, _ in found.fields}
        yield from (f"{table}.{field} declares {name}, but does not follow it" for table, field in sorted(waited))
        yield from (f"the rows of {table} declare {name}, but do not follow it" for table in sorted(pending))


def without(frames: Frames, column: Column) -> Frames:
    """Return ``frames`` without one column."""
    table, name = column
    return {**frames, table: frames[table].drop(name)}


def relieved(table: Table, field: str, origin: str) -> Table:
    """Return the table with one declared origin of a field taken away."""
    fields = tuple(
        replace(f, derived_from=tuple(o for o in f.derived_from if o != origin)) if f.name == field else f
        for f in table.fields
    )
    return replace(table, fields=fields)
