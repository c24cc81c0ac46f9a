"""One record's fields, checked: from a mapping of whatever types to a document or to one rejection.

The same for every input format: a JSON line, a text file with its sidecar, a page. Field names are those of the input
(``id, title, text, source``, and if known ``published_at, url, language, invented``). The first fault found decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from pipeline.contracts import load_contract
from pipeline.ingest.documents import Document, Format, Limits, Rejection, clean, reject
from pipeline.ingest.published import published_date

KNOWN = ("id", "title", "text", "source", "published_at", "url", "language", "invented")
_LENGTHS = {
    "id": ("articles", "external_id"),
    "title": ("articles", "title"),
    "source": ("sources", "source_name"),
    "url": ("articles", "url"),
    "published_at": ("articles", "published_at"),
}
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]|(?:^|[/\\])\.\.(?:[/\\]|$)")
_TYPES = {type(None): "null", bool: "a boolean", int: "a number", float: "a number", str: "text", list: "a list"}


class _FaultError(Exception):
    """A field breaks a rule: what `reject` needs to say so."""

    def __init__(self, field: str, rule: str, problem: str, value: object = None) -> None:
        super().__init__(field, rule, problem)
        self.field, self.rule, self.problem, self.value = field, rule, problem, value


def document(
    record: Mapping[str, object], *, input_name: str, input_record: int, fmt: Format, limits: Limits
) -> Document | Rejection:
    """Return the record as a document, or the rejection of its first fault. Keys other than `KNOWN` are ignored."""
    try:
        external_id = _required(record, "id")
        if _UNSAFE.search(external_id):
            raise _FaultError("id", "unsafe_id", "holds path steps or control characters; use a plain id", external_id)
        return Document(
            input_name=input_name,
            input_record=input_record,
            external_id=external_id,
            title=" ".join(clean(_required(record, "title", empty=None)).split()),  # wire flashes have an empty one
            raw=clean(_required(record, "text", empty="empty_text")),
            source_name=" ".join(clean(_required(record, "source")).split()),
            published_at=_published(record, limits),
            url=_optional(record, "url"),
            language=_optional(record, "language"),
            invented=_invented(record),
            fmt=fmt,
        )
    except _FaultError as fault:
        return reject(input_name, input_record, fault.rule, fault.problem, field=fault.field, value=fault.value)


def type_name(value: object) -> str:
    """Return the JSON type of ``value`` in words."""
    return _TYPES.get(type(value), "an object")


def _required(record: Mapping[str, object], name: str, empty: str | None = "missing_field") -> str:
    """Return the text of a field that must be there; ``empty`` is the rule that an empty one breaks, None for none."""
    text = _text(record, name)
    if text is None:
        raise _FaultError(name, "missing_field", f"{name} is required and is not there; add it to the record")
    if empty is not None and not text.strip():
        raise _FaultError(name, empty, f"{name} is empty; supply it")
    return text


def _optional(record: Mapping[str, object], name: str) -> str | None:
    text = _text(record, name)
    return clean(text).strip() or None if text is not None else None


def _text(record: Mapping[str, object], name: str) -> str | None:
    value = record.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise _FaultError(name, "wrong_type", f"{name} is {type_name(value)}; write it as text in quotes", value)
    longest = _longest(name)
    if longest is not None and len(value) > longest:
        problem = f"{name} has {len(value):,} characters, {longest:,} are allowed; shorten it"
        raise _FaultError(name, "out_of_range", problem, value)
    return value


@lru_cache(maxsize=len(KNOWN))
def _longest(name: str) -> int | None:
    if name not in _LENGTHS:
        return None
    table, column = _LENGTHS[name]
    longest = load_contract().tables[table].field(column).constraints.get("maxLength")
    return None if longest is None else int(longest)


def _published(record: Mapping[str, object], limits: Limits) -> str | None:
    given = _optional(record, "published_at")
    if given is None:
        return None
    day = published_date(given)
    if day is None:
        problem = "is no ISO 8601 or RFC 2822 date; write it like 2022-10-04T18:30:00+03:00, or leave it out"
        raise _FaultError("published_at", "bad_date", problem, given)
    if limits.first_date is not None and day < limits.first_date:
        problem = f"lies before {limits.first_date}, where the region begins; correct the date, or leave it out"
        raise _FaultError("published_at", "absurd_date", problem, given)
    if limits.latest is not None and day > limits.latest:
        problem = f"lies after {limits.latest}, the last date believed; correct the date, or leave it out"
        raise _FaultError("published_at", "absurd_date", problem, given)
    return given


def _invented(record: Mapping[str, object]) -> bool:
    value = record.get("invented")
    if value is None or isinstance(value, bool):
        return bool(value)
    raise _FaultError("invented", "wrong_type", f"invented is {type_name(value)}; write true or false", value)
