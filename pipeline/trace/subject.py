"""What a text asks for: a figure, a file of the release, or a row by its id; and what is near what is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl
from rapidfuzz import fuzz, process

from pipeline.errors import FieldledgerError, InputError, cut
from pipeline.trace.cells import Cell, cell_of
from pipeline.trace.volume import Volume
from pipeline.trace.walk import Key

KINDS = (
    "an id of an article (a-...), a mention (m-...), an event (e-..., living or retired), a toll in a text (c-...), a "
    "shared toll (t-...), an account (v-...), a rejected record (r-...), an actor, a place or an outlet; a weekly "
    "figure (2022-W40/Idlib/Air/drone strike/fatalities_best, 2022-W40/Idlib/total_fatalities_best, 2022-W40/events); "
    "or a file of a release (data/events.csv)"
)
_NEAR, _ALIKE = 3, 60.0
_NAMES = (("actors", "actor_name"), ("places", "place_name"), ("sources", "source_name"))
"""Columns by which people call what has an id."""


@dataclass(frozen=True, slots=True)
class FileOf:
    """A file of a release."""

    path: str


Subject = Cell | FileOf | Key


def subject_of(volume: Volume, asked: str) -> Subject | str | None:
    """Return what ``asked`` names in a release; None for nothing; why there is no such figure."""
    if asked in volume.files:
        return FileOf(asked)
    if (cell := cell_of(volume, asked)) is not None:
        return cell
    table, _, rest = asked.partition("/")
    named = table in volume.joins.subjects and rest
    for name in (table,) if named else volume.joins.subjects:
        ident = rest if named else asked
        if _can_be(volume, name, ident) and volume.rows(name, volume.key(name)[0], [ident]):
            return name, ident
    return None


def _can_be(volume: Volume, table: str, ident: str) -> bool:
    """Tell whether ``ident`` has the form of an id of the table, before the table is read."""
    pattern = volume.release.tables[table].field(volume.key(table)[0]).constraints.get("pattern")
    return pattern is None or re.fullmatch(pattern, ident) is not None


def find(volumes: Sequence[Volume], asked: str) -> tuple[Volume, Subject]:
    """Return the first of ``volumes`` that has what ``asked`` names, and what it is there.

    Raises:
        InputError: none has it; the message says what can be asked for, and what is near.
    """
    reason = None
    for volume in volumes:
        try:
            found = subject_of(volume, asked)
        except FieldledgerError:
            if volume is volumes[0]:
                raise
            continue  # the tables of an old release are damaged; `verify` tells of it
        if isinstance(found, str):
            reason = reason or found
        elif found is not None:
            return volume, found
    near = nearest(volumes[0], asked)
    meant = f"; near it: {', '.join(near)}" if near else ""
    where = f"version {volumes[0].version}" if len(volumes) == 1 else f"any of {len(volumes)} versions"
    if reason:
        raise InputError(f"{cut(asked)}: {reason}{meant}")
    raise InputError(f"{cut(asked)}: is in no table of {where}{meant}. A trace takes {KINDS}")


def nearest(volume: Volume, asked: str) -> list[str]:
    """Return the ids that ``asked`` is most like, or whose name it is most like."""
    said = {text.casefold(): ident for ident, text in _candidates(volume, asked)}
    found = process.extract(
        asked.casefold(), list(said), scorer=fuzz.ratio, limit=4 * _NEAR, score_cutoff=_ALIKE
    )  # fmt: skip
    in_turn = sorted(found, key=lambda match: (-match[1], match[0]))
    return list(dict.fromkeys(said[text] for text, _, _ in in_turn))[:_NEAR]


def _candidates(volume: Volume, asked: str) -> Iterator[tuple[str, str]]:
    """Yield ids with what they are called, of the tables whose ids begin as ``asked`` does, or have names."""
    for table in volume.joins.subjects:
        column = volume.key(table)[0]
        patterned = volume.release.tables[table].field(column).constraints.get("pattern")
        if patterned is None or str(patterned)[:2] == asked[:2].lower():
            yield from ((ident, ident) for ident in volume.frame(table)[column])
    for table, name in _NAMES:
        key = volume.key(table)[0]
        yield from volume.frame(table).select(key, name).filter(pl.col(name).is_not_null()).iter_rows()
    yield from ((path, path) for path in volume.files if "/" in path or "." in asked)
