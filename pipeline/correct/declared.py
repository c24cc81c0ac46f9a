"""Corrections as they are declared: files in, records out, each held to `schemas/corrections.schema.json`.

A record that is not written as a correction becomes a fault with a message; the others of its file stand. What a
correction does to the tables is `apply`'s.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import polars as pl
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from pipeline.contracts import SCHEMAS
from pipeline.correct.yaml_records import NotPlain, plain_data
from pipeline.errors import cut
from pipeline.ids import content_id

SCHEMA_FILE = SCHEMAS / "corrections.schema.json"
REMEDY = f"see schemas/{SCHEMA_FILE.name}"
MOST = 10_000_000_000
"""No count of people or code is higher."""
Value = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: file, relative to the folder of corrections, and number from 1 (None: the whole file)."""

    file: str
    record: int | None = None

    def __str__(self) -> str:
        return self.file if self.record is None else f"{self.file}, record {self.record}"


@dataclass(frozen=True, slots=True)
class Correction:
    """One well-formed record."""

    place: Place
    content: str
    """What it says, in one way to write it: two records of one content are one correction."""
    action: str
    event: str
    others: tuple[str, ...]
    """Of a merge: the events that join."""
    mentions: frozenset[str]
    """Of a split: the mentions that leave."""
    sets: Mapping[str, Value]
    """Of an override: field to right value; dates as ISO text."""
    note: str | None
    reason: str
    who: str
    day: date
    members: frozenset[str] | None
    """Mentions that are expected to report the event, None when nothing is said of them."""
    values: Mapping[str, Value]
    """Field to expected value."""

    @property
    def events(self) -> tuple[str, ...]:
        """The events that it names."""
        return (self.event, *self.others)


@dataclass(frozen=True, slots=True)
class Fault:
    """A record (or file) that is no correction; `raw` is what could be read of it."""

    place: Place
    field: str | None
    value: str | None
    says: str
    raw: Mapping[str, Any]

    @property
    def content(self) -> str:
        """What the fault is known by."""
        return json.dumps([self.place.file, self.place.record, self.field, self.says])

    @property
    def message(self) -> str:
        """Where it is, what is wrong and what to do."""
        at = f"{self.field}: " if self.field else ""
        return f"{self.place}: {at}{self.says}"


@dataclass(frozen=True, slots=True)
class Declared:
    """All that the files say; ``repeated`` counts records whose content another one has, which are left out."""

    corrections: tuple[Correction, ...]
    faults: tuple[Fault, ...]
    repeated: int

    @property
    def records(self) -> int:
        """Records that came in; a file that cannot be read is one."""
        return len(self.corrections) + len(self.faults) + self.repeated


@lru_cache(maxsize=1)
def corrections_schema() -> dict[str, Any]:
    """Return the published JSON Schema of a file of corrections."""
    schema: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return schema


@lru_cache(maxsize=1)
def _validator() -> Draft202012Validator:
    schema = corrections_schema()
    of_record = {"$defs": schema["$defs"], "$ref": "#/$defs/correction"}
    return Draft202012Validator(of_record, format_checker=Draft202012Validator.FORMAT_CHECKER)


def declared(files: pl.DataFrame) -> Declared:
    """Return the corrections in ``files`` (columns `files.FILES`), sorted by content, and what is wrong with others."""
    found = [record for row in files.sort("input_name").iter_rows(named=True) for record in _records(row)]
    once: dict[str, Correction] = {}
    for record in found:
        if isinstance(record, Correction):
            once.setdefault(record.content, record)
    faults = tuple(record for record in found if isinstance(record, Fault))
    corrections = tuple(once[content] for content in sorted(once))
    return Declared(corrections, faults, len(found) - len(faults) - len(corrections))


def _records(file: Mapping[str, Any]) -> Iterator[Correction | Fault]:
    place = Place(file["input_name"])
    if file["fault"]:
        yield Fault(place, None, None, file["fault"], {})
        return
    try:
        content = plain_data(file["text"])
    except NotPlain as error:
        yield Fault(place, None, None, str(error), {})
        return
    if content is None:
        return
    if not isinstance(content, dict) or not isinstance(content.get("corrections"), list):
        yield Fault(place, None, None, f"holds no list `corrections:`; {REMEDY}", {})
        return
    for name in sorted(set(map(str, content)) - {"corrections"}):
        yield Fault(place, cut(name), None, f"is not known beside `corrections`; remove it ({REMEDY})", {})
    for number, raw in enumerate(content["corrections"], 1):
        yield _record(Place(place.file, number), raw)


def _record(place: Place, raw: Any) -> Correction | Fault:
    known = raw if isinstance(raw, dict) else {}
    errors = sorted(_validator().iter_errors(raw), key=lambda error: (len(error.path), str(error.path), error.message))
    if errors:
        field, value, says = _told(errors[0])
        return Fault(place, field, value, f"{says}; {REMEDY}", known)
    made = Correction(
        place=place,
        content=json.dumps(_in_order(raw), sort_keys=True, ensure_ascii=True),
        action=raw["action"],
        event=raw["event"],
        others=tuple(sorted(raw.get("with", ()))),
        mentions=frozenset(raw.get("mentions", ())),
        sets=_values(raw.get("set", {})),
        note=raw.get("note"),
        reason=raw["reason"],
        who=raw["who"],
        day=date.fromisoformat(raw["date"]),
        members=_members(raw),
        values=_values(raw.get("expect", {}).get("values", {})),
    )
    return _senseless(made, raw) or made


def _members(raw: Mapping[str, Any]) -> frozenset[str] | None:
    told = raw.get("expect", {}).get("members")
    return None if told is None else frozenset(told)


def _values(told: Mapping[str, Any]) -> dict[str, Value]:
    """Return values as the tables hold them: 7.0 is a whole number to a JSON Schema, and 7 here."""
    return {field: int(value) if isinstance(value, float) else value for field, value in told.items()}


def _in_order(value: Any) -> Any:
    """Sort lists, which are all of ids: their order says nothing."""
    if isinstance(value, dict):
        return {key: _in_order(part) for key, part in value.items()}
    return sorted(value) if isinstance(value, list) else value


def _senseless(made: Correction, raw: Mapping[str, Any]) -> Fault | None:
    """Return what a JSON Schema cannot say is wrong with a record."""
    if missing := sorted(set(made.sets) - set(made.values)):
        says = f"says nothing of {missing[0]}, which is set; write what the field said when you looked"
        return Fault(made.place, "expect.values", None, says, raw)
    if made.event in made.others:
        return Fault(made.place, "with", made.event, f"names the event itself ({made.event}); name the others", raw)
    if made.members is not None and not made.members - made.mentions:
        return Fault(made.place, "mentions", None, "leaves no report with the event; name those that leave", raw)
    for field, value in made.sets.items():
        if isinstance(value, int) and value > MOST:
            return Fault(made.place, f"set.{field}", cut(str(value)), f"is above {MOST:,}; correct it", raw)
        if value == made.values[field] and type(value) is type(made.values[field]):
            return Fault(made.place, f"set.{field}", cut(str(value)), "is what is expected already; remove it", raw)
    return None


def _told(error: ValidationError) -> tuple[str | None, str | None, str]:
    """Return field, value and fault of a record, in words."""
    path = ".".join(str(step) for step in error.absolute_path)
    shown = cut(json.dumps(error.instance, ensure_ascii=False, default=str))
    match error.validator:
        case "required":
            (name, *_) = [name for name in error.validator_value if name not in error.instance]
            return f"{path}.{name}" if path else name, None, "must be given"
        case "additionalProperties":
            (name, *_) = sorted(set(map(str, error.instance)) - set(error.schema["properties"]))
            return f"{path}.{name}" if path else name, None, f"is no field that can stand here: {_some(error.schema)}"
        case "enum" if error.path and error.parent is None:
            codes = ", ".join("null" if code is None else str(code) for code in error.validator_value)
            return path, shown, cut(f"is {shown}, must be one of {codes}", 300)
        case "pattern" | "format" if path == "date" or "event_date" in path:
            return path, shown, f"is {shown}, must be a day, as in 2021-03-01"
        case "type":
            kinds = [error.validator_value] if isinstance(error.validator_value, str) else error.validator_value
            return path or None, shown, f"is {shown}, must be {' or '.join(kinds)}"
        case _:
            return path or None, shown, _plainly(error, shown)


def _some(schema: Mapping[str, Any]) -> str:
    return ", ".join(sorted(schema["properties"]))


def _plainly(error: ValidationError, shown: str) -> str:
    if "propertyNames" in error.absolute_schema_path:
        return f"{cut(str(error.instance))} does not belong to this action"
    return cut(f"is {shown}: {error.message}", 300)


def correction_id(content: str, field: str | None) -> str:
    """Return the id of the row of a correction (or fault) in the table, by what it says."""
    return content_id("k", content, field)
