"""Why a change is as large as it is, in words: the schema changes and new rows that ask most of the version.

Plain text without markup, so that messages, pages and the terminal say the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from pipeline.errors import cut
from pipeline.plain_words import count, listing, number, verb
from pipeline.release.changes import Changes, level_of_rows
from pipeline.release.row_changes import TableChanges
from pipeline.release.schema_changes import Kind, Level, SchemaChange

MEANING: Mapping[Level, str] = {
    "major": "programs that read the tables may need a change",
    "minor": "rows, tables or columns are new, and programs go on working",
    "patch": "rows were corrected or withdrawn, and none is new",
    "none": "no row, column or rule differs",
}
_SAYS: Mapping[Kind, str] = {
    "table_added": "table {where} is new",
    "table_removed": "table {where} is gone",
    "primary_key_changed": "the key of {where} is {new}, no longer {old}",
    "foreign_key_added": "{where} has a further foreign key: {new}",
    "foreign_key_removed": "{where} has a foreign key less: {old}",
    "check_added": "{where} keeps to a further rule: {new}",
    "check_removed": "{where} keeps no longer to the rule {old}",
    "column_added": "column {where} is new",
    "column_removed": "column {where} is gone",
    "column_moved": "column {where} stands in another place",
    "type_changed": "column {where} has the type {new}, no longer {old}",
    "unit_changed": "column {where} is in {new}, no longer in {old}",
    "constraint_tightened": "column {where} allows less: {new}, before {old}",
    "constraint_loosened": "column {where} allows more: {new}, before {old}",
    "words_changed": "{where} is described in other words",
}


def schema_sentence(change: SchemaChange) -> str:
    """Return what changed: "column mentions.weapon is gone"."""
    where = change.table if change.column is None else f"{change.table}.{change.column}"
    return _SAYS[change.kind].format(where=where, old=_plain(change.old), new=_plain(change.new))


def _plain(value: str | None) -> str:
    """Return a value of a schema, given as JSON, for people: lists with commas, names without quotes."""
    if value is None:
        return "nothing"
    read = json.loads(value)
    if isinstance(read, dict) and "reference" in read:  # a foreign key
        other = read["reference"]
        return f"{', '.join(read['fields'])} names {other['resource'] or 'itself'}.{', '.join(other['fields'])}"
    if isinstance(read, dict) and len(read) == 1:  # a constraint
        ((name, limit),) = read.items()
        return f"{name} {'none' if limit is None else cut(_words(limit), 120)}"
    return cut(_words(read), 120)


def _words(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_words(entry) for entry in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def reasons(changes: Changes) -> Iterator[str]:
    """Yield what asks for the level of ``changes``, schema changes first, then tables by their rows."""
    level = changes.level
    yield from (schema_sentence(change) for change in changes.schema if change.level == level)
    fresh = {change.table for change in changes.schema if change.kind == "table_added"}
    tables = [t for t in changes.tables.values() if level_of_rows(t) == level and t.table not in fresh]
    for table in sorted(tables, key=lambda table: -_weight(table, level)):
        yield _rows_sentence(table, level)


def because(changes: Changes, most: int = 3) -> str:
    """Return up to ``most`` reasons in one clause: "column mentions.weapon is gone and 2 changes more"."""
    return shortened([] if changes.level == "none" else list(reasons(changes)), most)


def shortened(every: Sequence[str], most: int = 3) -> str:
    """Return the first ``most`` reasons in one clause, and how many more there are."""
    more = [f"{count(len(every) - most, 'change')} more"] if len(every) > most else []
    return listing([*every[:most], *more])


def _weight(table: TableChanges, level: Level) -> int:
    return table.added.height if level == "minor" else table.total


def _rows_sentence(table: TableChanges, level: Level) -> str:
    if level == "minor":
        return f"{count(table.added.height, 'row')} of {table.table} {verb(table.added.height, 'is', 'are')} new"
    return f"{listing(row_counts(table))} of {table.table}" if table.total else ""


def row_counts(table: TableChanges) -> list[str]:
    """Return how many rows were added, removed and changed, zeros left out: ["2 rows added", "1 changed"]."""
    counts = ((table.added.height, "added"), (table.removed.height, "removed"), (table.changed_rows, "changed"))
    told = [(n, what) for n, what in counts if n]
    return [f"{count(n, 'row') if not at else number(n)} {what}" for at, (n, what) in enumerate(told)]
