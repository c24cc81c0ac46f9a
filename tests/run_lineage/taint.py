"""Which inputs an output column follows: a stage is run on examples, and again with one input changed.

What a stage reads is found by what it does, not by what it says. A column of a table is changed in several ways (values
swapped for one another, rows mixed, moved, emptied); what lies outside the contract is changed as the example says.
Every output is compared with that of the unchanged example. What the contract says to it is found in `judged`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import polars as pl

from pipeline.column_lineage import SOURCES, TABLES
from pipeline.contracts import Table
from pipeline.errors import FieldledgerError

Given = Mapping[str, Any]
"""What a stage takes: frames by the name of their table, what lies outside the contract by the name of its source."""
Frames = Mapping[str, pl.DataFrame]
Tables = Mapping[str, Table]
Column = tuple[str, str]
"""Table and column."""
Change = Callable[[Any], Any]
_ID = r"\b([a-z])-([0-9a-f])([0-9a-f]{15})\b"
"""A hash as `ids.content_id` gives it; turned by a digit it is another one."""
_ALSO_NAME = {"casualties.shared_with": "mentions.mention_id", "sources.independent_of": "sources.source_id"}
"""Columns that refer to a key and are no foreign key in the contract, and the key."""


@dataclass(frozen=True, slots=True)
class Example:
    """What a stage is run on, and how what lies outside the contract can be changed."""

    given: Given
    changes: Mapping[str, Sequence[Change]] = field(default_factory=dict)
    """By the name of the source, or of a column that `CHANGES` do not do justice; each takes and returns its value."""


@dataclass(frozen=True, slots=True)
class Step:
    """A pure function of a stage, and what it is run on."""

    run: Callable[[Given], Frames]
    examples: Sequence[Example]
    outputs: tuple[str, ...]
    elsewhere: frozenset[str] = frozenset()
    """Columns that another step shows what follows them; here it is only seen that nothing else does."""


def swapped(values: pl.Series) -> pl.Series:
    """Return each distinct value exchanged for the next one, the last for the first."""
    known = values.drop_nulls().unique().sort()
    following = known.slice(1).extend(known.slice(0, 1)) if known.len() else known
    return values.replace(known, following)


def mixed(values: pl.Series) -> pl.Series:
    """Return the values moved down by a row, the last to the top."""
    return values.slice(values.len() - 1).extend(values.slice(0, values.len() - 1)) if values.len() else values


def moved(values: pl.Series) -> pl.Series:
    """Return numbers one higher, days one later (Mondays a week), booleans and ids turned, texts a letter longer."""
    if values.dtype == pl.Boolean:
        return ~values
    if values.dtype == pl.Date:
        return values + timedelta(days=7 if (values.dt.weekday() == 1).all() else 1)
    if values.dtype == pl.String:
        return values.str.replace_all(_ID, "${1}-${3}${2}").zip_with(
            values.str.contains(_ID).fill_null(value=False), values + "x"
        )
    return values + 1


def emptied(values: pl.Series) -> pl.Series:
    """Return nothing but null."""
    return pl.Series(values.name, [None] * values.len(), dtype=values.dtype)


CHANGES: Mapping[str, Callable[[pl.Series], pl.Series]] = {
    "moved": moved,
    "emptied": emptied,
    "mixed": mixed,
    "swapped": swapped,
}
"""In the order in which they are tried: the first tells what is carried, of the others the most telling comes first."""
ENOUGH = 2
"""Changes that every column goes through which does not decide on all rows, to see that nothing else follows."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change did to the outputs of a step."""

    rows: frozenset[str] = frozenset()
    """Outputs that have other rows."""
    fields: frozenset[Column] = frozenset()
    """Columns that hold other values: in a row that was there before; as a whole where there are as many rows, or none
    that was there; or such as the change brought in."""
    carried: frozenset[Column] = frozenset()
    """Of these, the columns in which values stand that the change brought in: they were in no row before."""


REFUSED = Effect()
"""A stage that refuses an input shows nothing of what it would make of it."""
_REFUSALS = (FieldledgerError, pl.exceptions.PolarsError, AttributeError, TypeError, ValueError, StopIteration)


def compared(table: Table, one: pl.DataFrame, other: pl.DataFrame, fresh: pl.Series | None) -> Effect:
    """Return what differs between two makings of ``table``; ``fresh`` are the values that a change brought in."""
    one, other = one.sort(table.primary_key), other.sort(table.primary_key)
    same_rows = one.select(table.primary_key).equals(other.select(table.primary_key))
    found = {name for name in one.columns if one.height == other.height and not _alike(one, other, name, same_rows)}
    if not same_rows:
        kept = one.join(other, on=table.primary_key, how="semi"), other.join(one, on=table.primary_key, how="semi")
        found |= {name for name in one.columns if not kept[0][name].equals(kept[1][name])}
        found |= {name for name in table.primary_key if not _alike(one, other, name, same_rows)}
    if not same_rows and not kept[0].height:
        found |= {name for name in one.columns if set(one[name]) != set(other[name])}
    carried = {name for name in one.columns if fresh is not None and _holds_fresh(one[name], other[name], fresh)}
    return Effect(
        frozenset() if same_rows else frozenset([table.name]),
        frozenset((table.name, name) for name in found | carried),
        frozenset((table.name, name) for name in carried),
    )


def _alike(one: pl.DataFrame, other: pl.DataFrame, name: str, same_rows: bool) -> bool:
    return one[name].equals(other[name]) if same_rows else one[name].sort().equals(other[name].sort())


def _holds_fresh(before: pl.Series, after: pl.Series, fresh: pl.Series) -> bool:
    if after.dtype != fresh.dtype or fresh.dtype == pl.Boolean:
        return False
    new = after.filter(~after.is_in(before.implode())).drop_nulls()
    return new.len() > 0 and bool(new.is_in(fresh.implode()).all())


@dataclass(frozen=True, slots=True)
class Trial:
    """One change of one example, and what it did."""

    origin: str
    """What was changed; several columns that were changed together are parted by commas."""
    effect: Effect

    @property
    def names(self) -> set[str]:
        """What the origin can be declared as: column by column, as a table, or as all tables."""
        columns = self.origin.split(",")
        tables = {name.partition(".")[0] for name in columns}
        return {*columns, *tables} | ({TABLES} if tables.isdisjoint(SOURCES) else set())


def trials(step: Step, tables: Tables) -> list[Trial]:
    """Run a step on its examples and with each of their inputs changed.

    Each column is changed until all has been seen that is declared of it, and at least `ENOUGH` times in the first
    example unless it decides on the rows of every output, and so may alter anything. Of a table that is declared as a
    whole, column after column is changed until then. Columns that nothing declares are changed all at once.
    """
    found: list[Trial] = []
    made = {name: tables[name] for name in step.outputs}
    for number, example in enumerate(step.examples):
        before = step.run(example.given)
        for origin, changes in example.changes.items():
            for otherwise in changes:
                given = _given_otherwise(example.given, origin, otherwise)
                found.append(Trial(origin, _effect(step, made, before, given, None)))
        free, named, whole = _columns(example, made)
        if not number:
            assert all(before[name].height for name in step.outputs), "an output without rows shows nothing"
        for group in [*([] if number else [free] * bool(free)), *_joined(example, tables)]:
            for change in CHANGES if group is free else ("moved",):
                found.append(Trial(",".join(group), _changed(step, made, example, before, group, change)))
        for origin, columns in [*((name, [name]) for name in named), *whole.items()]:
            wanted = wanted_of(made, origin) - shown_of(made, found, origin)
            everywhere = all({origin, origin.partition(".")[0]} & set(table.rows_from) for table in made.values())
            for column in columns:
                for tried, change in enumerate(CHANGES):
                    done = everywhere or number or origin in whole or tried >= ENOUGH
                    if done and (not wanted or origin in step.elsewhere):
                        break
                    effect = _changed(step, made, example, before, [column], change)
                    found.append(Trial(column, effect))
                    wanted -= shown_of(made, found[-1:], origin)
    return found


def _columns(example: Example, made: Tables) -> tuple[list[str], list[str], dict[str, list[str]]]:
    """Return the columns that no output names, those that one does, and those of tables that one names as a whole."""
    frames = {name: frame for name, frame in example.given.items() if name not in SOURCES}
    columns = [f"{name}.{column}" for name, frame in frames.items() for column in frame.columns]
    declared = {name for table in made.values() for name in origins(table)}
    whole = {name: [f"{name}.{column}" for column in frame.columns] for name, frame in frames.items()}
    free = [name for name in columns if not declared & {name, name.partition(".")[0]}]
    named = [name for name in columns if name in declared]
    return free, named, {name: columns for name, columns in whole.items() if name in declared}


def _joined(example: Example, tables: Tables) -> Iterator[list[str]]:
    """Yield the keys of the example with the columns that refer to them: ids go by another name all over."""
    there = [tables[name] for name in example.given if name in tables]
    names: dict[str, list[str]] = {}
    for table in there:
        for key in table.foreign_keys:
            if key.parent in example.given:
                names.setdefault(f"{key.parent}.{key.parent_field}", []).append(f"{table.name}.{key.field}")
        for column, parent in _ALSO_NAME.items():
            if column.partition(".")[0] == table.name and parent in names:
                names[parent].append(column)
    for parent, columns in names.items():
        yield [parent, *dict.fromkeys(column for column in columns if column != parent)]


def _changed(step: Step, made: Tables, example: Example, before: Frames, columns: Sequence[str], change: str) -> Effect:
    given = dict(example.given)
    fresh = None
    for name in columns:
        table, _, column = name.partition(".")
        values = CHANGES[change](given[table][column])
        if len(columns) == 1 and change == "moved":
            fresh = values.filter(~values.is_in(given[table][column].implode())).drop_nulls().unique()
        given[table] = given[table].with_columns(values.alias(column))
    return _effect(step, made, before, given, fresh)


def _given_otherwise(given: Given, origin: str, change: Change) -> Given:
    table, _, column = origin.partition(".")
    value = given[table].with_columns(change(given[table][column])) if column else change(given[table])
    return {**given, table: value}


def _effect(step: Step, made: Tables, before: Frames, given: Given, fresh: pl.Series | None) -> Effect:
    try:
        after = step.run(given)
    except _REFUSALS:
        return REFUSED
    parts = [compared(table, before[name], after[name], fresh) for name, table in made.items()]
    return Effect(
        frozenset().union(*(part.rows for part in parts)),
        frozenset().union(*(part.fields for part in parts)),
        frozenset().union(*(part.carried for part in parts)),
    )


def origins(table: Table) -> set[str]:
    """Return all that the table declares."""
    return {*table.rows_from, *(name for field in table.fields for name in field.derived_from)}


def wanted_of(tables: Tables, origin: str) -> set[tuple[str, str | None]]:
    """Return what must follow ``origin``: columns that declare it, and tables (column None) whose rows do."""
    columns = {(t.name, f.name) for t in tables.values() for f in t.fields if origin in f.derived_from}
    return columns | {(t.name, None) for t in tables.values() if origin in t.rows_from}


def shown_of(tables: Tables, found: Iterable[Trial], origin: str) -> set[tuple[str, str | None]]:
    """Return what of this was seen: rows follow what alters them, or a column that is not made of it."""
    shown: set[tuple[str, str | None]] = set()
    direct = wanted_of(tables, origin)
    for trial in found:
        if origin in trial.names:
            shown |= trial.effect.fields
            shown |= {(name, None) for name in trial.effect.rows}
            shown |= {(name, None) for name, column in trial.effect.fields if (name, column) not in direct}
    return shown
