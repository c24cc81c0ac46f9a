"""Decisions turned into corrections: a filled-in sheet (or what the page wrote) in, a file of corrections out.

Each row says in `decision` what to do with its event; what its author saw stands in the row (`seen`), and becomes what
the correction expects, so that a decision never falls on a coding that nobody looked at. A row without a decision says
nothing. Nothing is written as long as one row is wrong.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from pipeline.contracts import load_contract
from pipeline.correct.declared import declared
from pipeline.correct.files import FILES
from pipeline.errors import InputError, cut
from pipeline.review.sheet import OTHER_SEEN, SEEN, unguarded

ACTIONS = ("override", "merge", "split", "withdraw", "confirm", "note")
WHAT_A_NOTE_EXPECTS = ("sub_event_type", "event_date_start", "admin1")
"""A note stays as long as the event is of this kind, on this day, in this governorate."""
HEAD = "# Written by `fieldledger review --apply {name}`.\n"

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    """Line of the sheet as a spreadsheet counts it: the heading is 1."""
    cells: Mapping[str, str]
    seen: Mapping[str, Any]
    others: Mapping[str, Mapping[str, Any]]
    """What was seen of every event of the sheet."""

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def ids(self, column: str) -> list[str]:
        return [part.strip() for part in self[column].split(";") if part.strip()]


def corrections_of(path: Path, who: str | None, day: str | None) -> list[Record]:
    """Return the corrections that the decisions in a sheet ask for, each well-formed.

    Args:
        path: a CSV as `sheet.sheet` makes it, with decisions filled in.
        who: who decides, where the column `who` is empty.
        day: the day (ISO), where the column `date` is empty.

    Raises:
        InputError: the file cannot be read, or a decision cannot be taken; names the row, the column and the remedy.
    """
    rows = list(_rows(path))
    records = [
        (row.number, record)
        for row in rows
        for record in _records(row, {"who": row["who"] or who, "date": row["date"] or day}, path)
    ]
    if not records:
        raise InputError(f"{path}: holds no decision; write one of {', '.join(ACTIONS)} in the column decision")
    said = declared(_as_file(path.name, [record for _, record in records]))
    if said.faults:
        first = said.faults[0]
        number = records[(first.place.record or 1) - 1][0]
        more = f" (and {len(said.faults) - 1:,} more rows are wrong)" if len(said.faults) > 1 else ""
        raise InputError(f"{path}, row {number}: {_column(first.field)}: {first.says}{more}; nothing was written")
    return [record for _, record in records]


def _column(field: str | None) -> str:
    """Return the column of the sheet that a field of a record comes from."""
    name = (field or "decision").split(".")[0]
    return {"action": "decision", "set": "value", "with": "merge_with", "event": SEEN, "expect": SEEN}.get(name, name)


def _as_file(name: str, records: Sequence[Record]) -> pl.DataFrame:
    return pl.DataFrame([(name, "", json.dumps({"corrections": records}), None)], schema=FILES, orient="row")


def _rows(path: Path) -> Iterator[_Row]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise InputError(
            f"{path}: cannot be read ({reason}); name a sheet that `review --csv` or its page wrote"
        ) from None
    head = text.partition("\n")[0]
    try:
        delimiter = ";" if head.count(";") > head.count(",") else ","  # as spreadsheets write it in half of Europe
        cells = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise InputError(f"{path}: not CSV ({error}); save the sheet as CSV again") from None
    missing = [name for name in ("decision", SEEN) if not cells or name not in cells[0]]
    if missing:
        raise InputError(f"{path}: has no column {missing[0]}, or no row; take a sheet that `review --csv` wrote")
    clean = [{k: unguarded((v or "").strip()) for k, v in row.items() if isinstance(k, str)} for row in cells]
    told = [(_seen(row[SEEN], path, n), _seen(row.get(OTHER_SEEN, ""), path, n)) for n, row in enumerate(clean, 2)]
    others = {seen["event"]: seen for pair in told for seen in pair if seen}
    for number, (row, (seen, _)) in enumerate(zip(clean, told, strict=True), 2):
        if row["decision"]:
            if not seen:
                raise InputError(f"{path}, row {number}: {SEEN}: is empty; copy it from the row of the event")
            yield _Row(number, row, seen, others)


def _seen(text: str, path: Path, number: int) -> Mapping[str, Any]:
    if not text:
        return {}
    try:
        seen = json.loads(text)
        if isinstance(seen["event"], str) and isinstance(seen["members"], list) and isinstance(seen["values"], dict):
            return dict(seen)
    except (ValueError, KeyError, TypeError):
        pass
    raise InputError(
        f"{path}, row {number}: {SEEN}: {cut(text)!r} was changed; copy it from the sheet as it was written"
    )


def _records(row: _Row, author: Mapping[str, str | None], path: Path) -> Iterator[Record]:
    """Yield the corrections of one row: one, or two where a pair is confirmed as two events."""
    action = row["decision"].lower()
    if action not in ACTIONS:
        given = cut(row["decision"])
        raise InputError(f"{path}, row {row.number}: decision: {given!r} is none of {', '.join(ACTIONS)}; correct it")
    said = {name: value for name, value in {"reason": row["reason"], **author}.items() if value}
    if missing := [name for name in ("reason", "who", "date") if name not in said]:
        option = "" if missing[0] == "reason" else f", or give --{missing[0]}"
        raise InputError(f"{path}, row {row.number}: {missing[0]}: must be given; fill it in{option}")
    if action == "confirm" and row["other_event_id"]:
        for event in (row.seen["event"], row["other_event_id"]):
            yield _record("confirm", event, said, {"members": _seen_of(row, event, path)["members"]})
        return
    yield _of_action(action, row, said, path)


def _record(action: str, event: str, said: Mapping[str, Any], expect: Mapping[str, Any], **more: Any) -> Record:
    return {"action": action, "event": event, **more, "expect": dict(expect), **said}


def _of_action(action: str, row: _Row, said: Mapping[str, Any], path: Path) -> Record:
    event, members, values = row.seen["event"], row.seen["members"], row.seen["values"]
    match action:
        case "override":
            sets = dict(_sets(row, path))
            return _record(action, event, said, {"values": {name: values.get(name) for name in sets}}, set=sets)
        case "merge":
            others = row.ids("merge_with")
            if not others:
                raise InputError(f"{path}, row {row.number}: merge_with: must name an event; write its id")
            joined = {m for other in others for m in _seen_of(row, other, path)["members"]} | set(members)
            return _record(action, event, said, {"members": sorted(joined)}, **{"with": others})
        case "split":
            return _record(action, event, said, {"members": members}, mentions=row.ids("mentions"))
        case "confirm":
            return _record(action, event, said, {"members": members, "values": values})
        case "note":
            expected = {name: values[name] for name in WHAT_A_NOTE_EXPECTS if name in values}
            return _record(action, event, said, {"values": expected}, note=row["note"])
        case _:
            return _record(action, event, said, {"members": members})


def _seen_of(row: _Row, event: str, path: Path) -> Mapping[str, Any]:
    if event not in row.others:
        raise InputError(
            f"{path}, row {row.number}: merge_with: {cut(event)} is not in the sheet, so that it is unknown what was "
            "seen of it; write the correction by hand"
        )
    return row.others[event]


def _sets(row: _Row, path: Path) -> Iterator[tuple[str, Any]]:
    """Yield each field with its right value in the contract's type; several are parted by semicolons in both."""
    fields = row.ids("field")
    values = [row["value"]] if len(fields) == 1 else [part.strip() for part in row["value"].split(";")]
    if not fields or len(fields) != len(values):
        says = "must name a field" if not fields else f"names {len(fields)} fields for {len(values)} values"
        raise InputError(f"{path}, row {row.number}: field: {says}; part several by semicolons, in field and in value")
    table = load_contract().tables["events"]
    kinds = {name: table.field(name).type for name in table.correctable}
    for name, value in zip(fields, values, strict=True):
        yield name, _typed(value, kinds.get(name, "string"))


def _typed(text: str, kind: str) -> Any:
    """Return a cell in the type of its field; what does not fit stays text, which the schema refuses."""
    if text == "":
        return None
    if kind == "boolean":
        return {"true": True, "false": False}.get(text.lower(), text)
    if kind == "integer" and text.removeprefix("-").isdecimal():
        return int(text)
    return text


def corrections_yaml(records: Sequence[Record], name: str) -> str:
    """Return a file of corrections; ``name`` is that of the sheet it was made of."""
    body = yaml.safe_dump({"corrections": list(records)}, sort_keys=False, allow_unicode=True, width=120)
    return HEAD.format(name=cut(name)) + body
