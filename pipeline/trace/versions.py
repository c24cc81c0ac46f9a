"""What each release has of one thing: which versions hold it, and which of them changed its value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import JsonValue

from pipeline.errors import FieldledgerError
from pipeline.trace.cells import Cell, cell_values
from pipeline.trace.record import Change, Held, Values
from pipeline.trace.says import values_of
from pipeline.trace.subject import FileOf, Subject
from pipeline.trace.volume import Volume

GONE = {"events": "retired_events", "retired_events": "events"}
"""Where a row can be in another version, once its id is no longer, or not yet, in its table."""


def held(volumes: Sequence[Volume], subject: Subject) -> tuple[tuple[Held, ...], tuple[str, ...]]:
    """Return what each of ``volumes`` (newest first) has of ``subject``, newest first; and those that cannot tell."""
    found: list[Held] = []
    damaged: list[str] = []
    before: tuple[str, Values] | None = None
    for volume in reversed(volumes):
        try:
            here = _in(volume, subject)
        except FieldledgerError as error:
            damaged.append(str(error))
            continue
        changes = _changes(before, here)
        kind = here[0] if here else None
        found.append(Held(volume.version, volume.build_time, here is not None, kind, changes))
        before = here or before
    return tuple(reversed(found)), tuple(reversed(damaged))


def _in(volume: Volume, subject: Subject) -> tuple[str, Values] | None:
    """Return the kind and values of ``subject`` in a release, None where it does not have it."""
    if isinstance(subject, FileOf):
        record = volume.files.get(subject.path)
        return ("file", {"sha256": record["sha256"], "bytes": record["bytes"]}) if record else None
    if isinstance(subject, Cell):
        if not volume.has(subject.table) or subject.rows(volume.frame(subject.table)).is_empty():
            return None
        return subject.table, dict(cell_values(volume, subject))
    table, ident = subject
    for name in (table, GONE.get(table, table)):
        if volume.has(name) and (rows := volume.rows(name, volume.key(name)[0], [ident])):
            return name, values_of(rows[0])
    return None


def _changes(before: tuple[str, Values] | None, now: tuple[str, Values] | None) -> tuple[Change, ...]:
    """Return which values are others than before; of a row that went to another table, that it did."""
    if before is None or now is None:
        return ()
    if before[0] != now[0]:
        return (Change("table", before[0], now[0]),)
    old: Mapping[str, JsonValue] = before[1]
    names = dict.fromkeys([*old, *now[1]])
    return tuple(Change(name, old.get(name), now[1].get(name)) for name in names if old.get(name) != now[1].get(name))
