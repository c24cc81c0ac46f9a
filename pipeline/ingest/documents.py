"""What the readers hand on: a document as it came in, a rejection of what could not come in, and the limits of both.

Also the two repairs that every reader makes alike: characters that no text file may hold, and dates that no article can
bear. Reading itself is in ``jsonl``, ``textfiles`` and ``pages``; ``records`` chooses among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl

from pipeline.contracts import load_contract
from pipeline.errors import InputError, cut
from pipeline.ids import content_id

Format = Literal["jsonl", "txt", "html"]

STAGE = "ingest"
UNKNOWN_SOURCE = "Unknown source"
"""Outlet of a bare text or page that does not say where it was published."""

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Limits:
    """How large an input may be and how far from the region's time a date."""

    max_line_bytes: int = 10 * 1024 * 1024
    """Bytes of one JSON line, one text file, one page."""
    first_date: date | None = None
    """Earliest publication believed, as a rule the region's ``first_date``."""
    latest: date | None = date(2100, 1, 1)
    """Last publication believed. A setting and not today's date: the same input gives the same tables tomorrow."""


@dataclass(frozen=True, slots=True)
class Document:
    """One article as its input gives it. Every text can be encoded as UTF-8; ``raw`` may still be empty."""

    input_name: str
    """Path from the folder that holds the input given, with slashes, so that it does not depend on where that lies."""
    input_record: int
    """Number of the record in its file, from 1 (the line in JSON lines)."""
    external_id: str
    title: str
    raw: str
    source_name: str
    published_at: str | None
    """As given; readable by ``published.published_date`` and within the limits, or None."""
    url: str | None
    language: str | None
    """As declared, not as found."""
    invented: bool
    fmt: Format


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a record was not taken: the columns of the table `rejections`, without its id and stage."""

    input_name: str
    input_record: int | None
    """None when the file or folder as a whole is meant."""
    rule: str
    """Code of schemas/codelists/rejection_rules.csv."""
    message: str
    field: str | None = None
    value: str | None = None
    """The value at fault, cut to 80 characters."""
    table: str = "articles"

    @property
    def record(self) -> str:
        """The place in the input: ``file:line``, or the file alone."""
        return self.input_name if self.input_record is None else f"{self.input_name}:{self.input_record}"


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What came out of the inputs: records read = documents + rejections of records."""

    documents: tuple[Document, ...]
    rejections: tuple[Rejection, ...]
    digest_by_input: Mapping[str, str]
    """SHA-256 of the bytes of every file read, by input name."""
    skipped: tuple[str, ...]
    """Names of files in folders that are no articles by their suffix."""


class NothingReadError(InputError):
    """No document came out of any input; ``rejections`` says why."""

    def __init__(self, message: str, rejections: tuple[Rejection, ...]) -> None:
        """Keep the rejections beside the message, so that they can still be written down."""
        super().__init__(message)
        self.rejections = rejections


def reject(
    input_name: str,
    input_record: int | None,
    rule: str,
    problem: str,
    *,
    field: str | None = None,
    value: object = None,
) -> Rejection:
    """Return a rejection whose message names file, record, field, value cut short, then ``problem`` and its remedy."""
    place = input_name if input_record is None else f"{input_name}, record {input_record}"
    shown = None if value is None else cut(value)
    what = " ".join(part for part in (field, shown and f"'{shown}'") if part)
    told = ": ".join(part for part in (place, what, problem) if part)
    return Rejection(input_name, input_record, rule, told, field, shown)


def clean(text: str) -> str:
    """Return ``text`` with every character that UTF-8 or XML cannot carry replaced by U+FFFD, one for one.

    Lone surrogates (half an emoji), NUL and the other control characters except tab, line feed and carriage return.
    Offsets into the result are offsets into the text as given.
    """
    return _UNFIT.sub("\ufffd", text)


def rejections_frame(rejections: Iterable[Rejection]) -> pl.DataFrame:
    """Return the rejections as a valid frame of the table `rejections`, sorted by id.

    The id is a hash over stage, input, record, rule and field, and a count where these are the same more than once.
    """
    seen: dict[tuple[object, ...], int] = {}
    rows = []
    for item in rejections:
        key = (item.input_name, item.input_record, item.rule, item.field)
        seen[key] = occurrence = seen.get(key, 0) + 1
        rows.append(
            {
                "rejection_id": content_id(
                    "r", STAGE, item.input_name, item.input_record, item.rule, item.field, occurrence
                ),
                "stage": STAGE,
                "table": item.table,
                "record": item.record,
                "field": item.field,
                "rule": item.rule,
                "value": item.value,
                "message": item.message,
                "input_name": item.input_name,
                "input_record": item.input_record,
            }
        )
    table = load_contract().tables["rejections"]
    return table.conform(pl.DataFrame(rows, schema=table.polars_schema()))
