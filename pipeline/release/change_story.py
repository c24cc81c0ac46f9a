"""The changes as they are told to people: sentences and short lists, the same for Markdown, pages and the terminal.

Plain text: who shows it escapes it. Facts are of the tables; words of articles are not repeated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.errors import cut
from pipeline.plain_words import DASH, amount, count, date_only, estimate, listing, number, sentence_case, span, verb
from pipeline.release.change_reasons import MEANING, reasons, row_counts, schema_sentence, shortened
from pipeline.release.change_size import by_size, key_columns
from pipeline.release.changes import Changes
from pipeline.release.event_changes import CORRECTED, EVENT_CHANGES, RETIRED
from pipeline.release.row_changes import CELL_COLUMNS, TableChanges
from pipeline.release.schema_changes import LEVELS, Level
from pipeline.release.version import next_version

Row = Mapping[str, Any]
Names = Mapping[str, str]
"""What names an event, by id."""
CHANGE_WORDS = {"added": "New", "removed": "Gone", "changed": "Changed"}
_WENT = {
    "merged": "was merged into {merged_into}",
    "split": "was split: what is left of its reports is of several events now",
    "withdrawn": "was withdrawn: none of its reports stands",
}
_CORRECTED = {
    "merge": "{event_id} and others are one event: {corrected_value}",
    "split": "{event_id} is several events: {corrected_value}",
    "withdraw": "{event_id} is not published",
    "confirm": "{event_id} was looked at and found right",
    "note": "{event_id} has a note",
}


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event that differs, in short texts."""

    event_id: str
    change: str
    """One of `CHANGE_WORDS`."""
    what: str
    where: str
    when: str
    before: str
    """Its tolls; empty of a new event."""
    after: str
    """Its tolls; empty of one that is gone."""
    also: str
    """Columns other than tolls in which it changed."""

    def sentence(self) -> str:
        """Return the whole line, without the id."""
        event = ", ".join(filter(None, (self.what, self.where, self.when)))
        if self.change == "New":
            return f"New: {event}: {self.after}."
        if self.change == "Gone":
            return f"Gone: {event}; it had {self.before}."
        tolls = "" if self.before == self.after else f"now {self.after}; before {self.before}"
        return f"{event}: {'; '.join(filter(None, (tolls, self.also)))}."


@dataclass(frozen=True, slots=True)
class TableStory:
    """A table that differs."""

    name: str
    sentence: str
    """How many rows it has, had, and how many were added, removed and changed."""
    columns: str
    """Where cells changed, with their number, most first; may be empty."""
    rows: tuple[Row, ...]
    """The largest changes: key, change (of `CHANGE_WORDS`), column, old, new, size, unit."""
    total: int
    """Rows added, rows removed and cells changed in all."""
    counts: TableChanges


@dataclass(frozen=True, slots=True)
class Story:
    """What changed, in words."""

    version: str | None
    previous_version: str | None
    level: Level
    summary: tuple[str, ...]
    """Sentences: what follows what, how large a step it is and why."""
    schema: tuple[tuple[Level, str], ...]
    """Level and sentence of each schema change, what asks most first."""
    events: tuple[EventLine, ...]
    events_total: int
    moves: tuple[str, ...]
    moves_total: int
    retired: tuple[str, ...]
    retired_total: int
    corrections: tuple[str, ...]
    corrections_total: int
    tables: tuple[TableStory, ...]
    """Those that differ, the most rows first."""


def tell(changes: Changes, version: str | None, *, shown: int) -> Story:
    """Return the story of ``changes`` up to ``version``, with at most ``shown`` entries in each list."""
    events = changes.told.get("events", EVENT_CHANGES.to_frame())
    retired = changes.told.get("retired_events", RETIRED.to_frame())
    corrected = changes.told.get("corrections", CORRECTED.to_frame())
    later = changes.previous_version is not None
    tables = sorted(changes.tables.values(), key=lambda table: -table.total)
    names = {row["event_id"]: _name(row) for row in events.iter_rows(named=True)}
    schema = sorted(changes.schema, key=lambda change: -LEVELS.index(change.level)) if later else []
    of_events = changes.tables.get("events")
    return Story(
        version=version,
        previous_version=changes.previous_version,
        level=changes.level,
        summary=tuple(summary(changes, version)),
        schema=tuple((change.level, sentence_case(schema_sentence(change)) + ".") for change in schema),
        events=tuple(event_line(row) for row in events.head(shown).iter_rows(named=True)),
        events_total=of_events.total if of_events and later else 0,
        moves=tuple(_move(row, names) for row in changes.moves.head(shown).iter_rows(named=True)),
        moves_total=changes.moves.height,
        retired=tuple(_retired(row, names) for row in retired.head(shown).iter_rows(named=True)),
        retired_total=retired.height,
        corrections=tuple(_correction(row, names) for row in corrected.head(shown).iter_rows(named=True)),
        corrections_total=corrected.height,
        tables=tuple(_table(table, shown if later else 0) for table in tables if table.total),
    )


def summary(changes: Changes, version: str | None) -> list[str]:
    """Return sentences: what follows what, how large a step it is, why, and what that means."""
    level = changes.level
    why = [] if level == "none" else list(reasons(changes))
    rows = [table.rows_after for table in changes.tables.values()]
    return summary_of(changes.previous_version, version, level, why, rows)


def summary_of(
    previous: str | None, version: str | None, level: Level, why: Sequence[str], rows: Sequence[int]
) -> list[str]:
    """Return the sentences of `summary`, from what `changes.json` tells.

    Args:
        previous: the version before; None of a first release.
        version: the later version, when it has one.
        level: of the step.
        why: `change_reasons.reasons`.
        rows: how many each table has.
    """
    now = version or "this version"
    if previous is None:
        filled = sum(1 for n in rows if n)
        return [
            f"Version {now} is the first: all of its {count(sum(rows), 'row')} in {count(filled, 'table')} are new."
        ]
    if level == "none":
        return [f"Version {now} holds the same rows, columns and rules as {previous}."]
    return [
        f"From {previous} to {now} is a {level} step, because {shortened(why)}.",
        f"{sentence_case(MEANING[level])}.",
    ]


def declared_sentence(previous: str | None, level: Level, version: str) -> str | None:
    """Return that ``version`` was declared higher than its changes ask for; None when it was not."""
    derived = next_version(previous, level)
    if derived == version:
        return None
    if level == "none":
        return f"The changes ask for no new version; the maintainers declared {version}."
    return f"The changes ask for {derived}; the maintainers declared {version}."


def event_line(row: Row) -> EventLine:
    """Return a row of `event_changes.EVENT_CHANGES` in short texts."""
    others = [name for name in row["columns"] or () if not name.startswith(("fatalities_", "injured_"))]
    return EventLine(
        event_id=row["event_id"],
        change=CHANGE_WORDS[row["change"]],
        what=row["sub_event_type"] or "event",
        where=_where(row["place_name"], row["admin1"]),
        when=_when(row),
        before="" if row["change"] == "added" else _toll(row, "before"),
        after="" if row["change"] == "removed" else _toll(row, "after"),
        also=f"{verb(len(others), 'another value', 'other values')} in {listing(others)}" if others else "",
    )


def _where(place: str | None, admin1: str | None) -> str:
    if place is None or place == admin1:
        return f"{admin1} governorate" if admin1 else "place not known"
    return f"{place} ({admin1})" if admin1 else place


def _when(row: Row) -> str:
    start, end = row["event_date_start"], row["event_date_end"]
    if start is None or end is None:
        return ""
    return date_only(start) if start == end else span(start, end, DASH, weekdays=False)


def _toll(row: Row, side: str) -> str:
    """Return "5 killed, injured not told": what an event tells of the dead and the injured."""
    killed = tuple(row[f"fatalities_{end}_{side}"] for end in ("low", "best", "high"))
    injured = tuple(row[f"injured_{end}_{side}"] for end in ("low", "high"))
    if {*killed, *injured} == {None}:
        return "no toll told"
    dead = "killed not told" if killed == (None,) * 3 else f"{estimate(*killed)} killed"
    hurt = "injured not told" if injured == (None,) * 2 else f"{amount(*injured)} injured"
    return f"{dead}, {hurt}"


def _name(row: Row) -> str:
    """Return what names an event beside its id: "Air/drone strike, Ariha (Idlib), 2 February 2021"."""
    place = _where(row["place_name"], row["admin1"])
    return ", ".join(filter(None, (row["sub_event_type"] or "event", place, _when(row))))


def _named(event_id: str | None, names: Names) -> str:
    known = names.get(event_id or "")
    return f"{event_id} ({known})" if known else str(event_id)


def _move(row: Row, names: Names) -> str:
    old, new = (_named(row[end], names) for end in ("from_event_id", "to_event_id"))
    how = "merged" if row["kind"] == "merge" else "split"
    return f"{count(row['reports'], 'report')} of {old} {verb(row['reports'], 'is', 'are')} of {new} now ({how})."


def _retired(row: Row, names: Names) -> str:
    went = _WENT.get(row["retirement_reason"], "went away").format(merged_into=_named(row["merged_into"], names))
    current = row["current_event_id"]
    leads = f"; it leads to {_named(current, names)} today" if current and current != row["merged_into"] else ""
    return f"{_named(row['event_id'], names)} {went}{leads}."


def _correction(row: Row, names: Names) -> str:
    event = _named(row["event_id"], names)
    if row["action"] == "override":
        old, new = (_value(row[name]) for name in ("original_value", "corrected_value"))
        said = f"{row['field']} of {event} is {new}, which the coding gives as {old}"
    else:
        said = _CORRECTED.get(row["action"], "{action} of {event_id}").format(**{**row, "event_id": event})
    who = ", ".join(filter(None, (row["corrected_by"], _day(row["corrected_on"]))))
    return f"{'' if row['applied'] else 'No longer applied: '}{said}{f' ({who})' if who else ''}."


def _day(day: Any) -> str:
    return date_only(day) if day else ""


def _value(value: str | None) -> str:
    return "empty" if value is None else cut(value)


def _table(table: TableChanges, shown: int) -> TableStory:
    keys = key_columns(table)
    again = " Its key is another one now, so that no row is found again." if table.rekeyed else ""
    had = f"{count(table.rows_after, 'row')}, before {number(table.rows_before)}"
    return TableStory(
        name=table.table,
        sentence=f"{sentence_case(had)}: {listing(row_counts(table))}.{again}",
        columns=", ".join(f"{column} {number(cells)}" for column, cells in table.columns.items()),
        rows=tuple(_row(row, keys) for row in by_size(table).head(shown).iter_rows(named=True)),
        total=table.entries,
        counts=table,
    )


def _row(row: Row, keys: list[str]) -> Row:
    key = " | ".join(cut(str(row[name])) for name in keys if row[name] is not None)
    told = {name: row[name] for name in CELL_COLUMNS}
    whole = row["change"] != "changed"
    values = {name: "" if whole else _value(row[name]) for name in ("old", "new")}
    return {**told, **values, "key": key, "change": CHANGE_WORDS[row["change"]], "unit": row["unit"]}
