"""What changed between two releases: the schemas, the rows of every table by key, and what became of events.

An edition is a release on disk (`reader.Release`) or a set of tables about to become one (`plan.Draft`); the two
compare alike. How rows are compared belongs to `row_changes`, the files that tell of the changes to `change_files`,
which version number follows to `version`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import polars as pl

from pipeline.release.columns import Edition, Rows, rows_of
from pipeline.release.event_changes import event_changes, newly_corrected, newly_retired
from pipeline.release.event_moves import event_moves, no_moves
from pipeline.release.row_changes import TableChanges, compare_rows
from pipeline.release.schema_changes import Level, SchemaChange, compare_schemas, highest

OF_CORRECTIONS = ("corrections",)
"""Tables that account for what people corrected: rows of theirs bring nothing new to the others."""
OF_CHANGES = "changes"
"""The table that tells of the changes. Its rows are of one release alone: they are no data to compare with others."""


Teller = Callable[[Rows | None, Rows | None, TableChanges], pl.DataFrame]
"""Tells what the changes of a table mean, given its rows before and after (None where it is not there)."""
TELLERS: Mapping[str, Teller] = MappingProxyType(
    {
        "events": event_changes,
        "event_mentions": event_moves,
        "retired_events": newly_retired,
        "corrections": newly_corrected,
    }
)


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """Everything that differs between two editions."""

    previous_version: str | None
    """None for a first release, in which all is new."""
    schema: tuple[SchemaChange, ...]
    tables: Mapping[str, TableChanges]
    """By name, every table of either edition but `OF_CHANGES`, in the order of the package."""
    told: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    """What `TELLERS` tell, by table; of a first release, and of tables that neither edition has, nothing."""

    @property
    def moves(self) -> pl.DataFrame:
        """Reports that moved from one event to another, from `event_moves.event_moves`."""
        return self.told.get("event_mentions", no_moves())

    @property
    def level(self) -> Level:
        """What the version must show: major for what breaks programs, minor for new rows, patch for corrections."""
        return highest(iter((*(change.level for change in self.schema), *map(level_of_rows, self.tables.values()))))

    @property
    def entries(self) -> int:
        """Rows of the table `OF_CHANGES`: rows added, rows removed and cells changed; in a first release none."""
        return 0 if self.previous_version is None else sum(table.entries for table in self.tables.values())


def level_of_rows(table: TableChanges) -> Level:
    """Return what the rows of a table ask of the version."""
    if table.added.height and table.table not in OF_CORRECTIONS:
        return "minor"
    return "patch" if table.total else "none"


def compare_editions(old: Edition | None, new: Edition) -> Changes:
    """Return what is different in ``new``; with no ``old``, everything is.

    Of one table at a time the keys are held in memory, and one column at a time is set side by side.

    Raises:
        FieldledgerError: a table cannot be read, or its rows cannot be told apart.
    """
    before = old.resources if old else {}
    names = [*new.resources, *(name for name in before if name not in new.resources)]
    tables, told = {}, {}
    for name in names:
        if name == OF_CHANGES:
            continue
        was, now = rows_of(old, name), rows_of(new, name)
        tables[name] = compare_rows(name, was, now)
        if old is not None and name in TELLERS:
            told[name] = TELLERS[name](was, now, tables[name])
    version = old.version if old else None
    return Changes(version, compare_schemas(before, new.resources), tables, told)
