"""Coded mentions as they are measured, and the files they are read from: gold by people, codings by a program.

Both kinds of file hold JSON lines, one line a mention (with `article_id`) or one line an article (with `article_id` and
a list under `mentions`), names as in section 4 of the codebook; dates may be written `date_start` or
`event_date_start`, tolls `killed: [low, high]` or as a list of `casualties`. Nothing is scored here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.contracts import load_contract
from pipeline.errors import InputError, cut
from pipeline.ingest.jsonl import parse_json

Toll = tuple[int | None, int | None]
"""Low and high end of a count; None for an end that is open."""
Record = Mapping[str, Any]
REPORTED = "reported"
UNIDENTIFIED = "unidentified"
MEASURED_KEYS = (
    "sub_event_type", "status", "date_start", "actor1_bloc", "actor2_bloc", "place", "admin1", "killed", "injured",
    "civilian_targeting", "attributed_to", "evidence",
)  # fmt: skip
"""What a gold mention must state, be it null: a forgotten field would count as a fault of the program."""
_ALSO_WRITTEN = {"date_start": "event_date_start", "killed": "casualties", "injured": "casualties"}


@dataclass(frozen=True, slots=True)
class Coded:
    """One mention, in the fields that are compared. None says unknown."""

    article_id: str
    sub_event_type: str
    status: str
    date_start: date | None
    blocs: tuple[str, str]
    """Of both sides, sorted: who is named first does not count."""
    place: str | None
    admin1: str | None
    killed: Toll | None
    injured: Toll | None
    civilian_targeting: bool | None
    attributed_to: str | None
    evidence: str
    confidence: float | None
    line: int
    """Line of its file, from 1; 0 when it comes from no file."""


Codings = dict[str, list[Coded]]
"""The mentions of each article, articles in the order of the file; an article without any has an empty list."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place in a file, to begin a message with."""

    file: str
    line: int

    def error(self, field: str, value: object, remedy: str) -> InputError:
        shown = "" if value is None else f" {cut(value)}"
        return InputError(f"{self.file}, line {self.line}: {field}{shown}: {remedy}")


def read_gold(path: Path) -> Codings:
    """Read a gold file.

    Raises:
        InputError: the file cannot be read, holds no article, or a line is at fault; the message names file, line,
            field and remedy.
    """
    by_article: Codings = {}
    for spot, record in _lines(path):
        article_id, mentions = _article(spot, record)
        coded = by_article.setdefault(article_id, [])
        for mention in mentions:
            for key in MEASURED_KEYS:
                if key not in mention and _ALSO_WRITTEN.get(key) not in mention:
                    raise spot.error(key, None, "is missing; a gold mention states it, null where the text does not")
            coded.append(_coded(spot, article_id, mention))
    if not by_article:
        raise InputError(f"{path}: holds no article; write one JSON object on each line")
    return by_article


def unread_in(path: Path) -> frozenset[str]:
    """Return the ids of the articles that a gold file marks `unread`: kept from those who write the program.

    Raises:
        InputError: the file cannot be read, or `unread` is neither true nor false.
    """
    return frozenset(_article(spot, record)[0] for spot, record in _lines(path) if _flag(spot, record, "unread"))


def read_codings(path: Path) -> Codings:
    """Read what a program coded, as `fieldledger extract` writes it; an empty file says that it found nothing.

    Raises:
        InputError: as for `read_gold`, but fields left out count as unknown.
    """
    by_article: Codings = {}
    for spot, record in _lines(path):
        article_id, mentions = _article(spot, record)
        by_article.setdefault(article_id, []).extend(_coded(spot, article_id, mention) for mention in mentions)
    return by_article


def codings_of(records: Iterable[Record]) -> Codings:
    """Return the records of an extraction (`extract.jsonl.mention_record`) as codings."""
    by_article: Codings = {}
    for record in records:
        spot = _Spot("extraction", 0)
        by_article.setdefault(record["article_id"], []).append(_coded(spot, record["article_id"], record))
    return by_article


def _lines(path: Path) -> Iterator[tuple[_Spot, Record]]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); name a file of coded mentions") from None
    for number, line in enumerate(data.split(b"\n"), start=1):
        if not line.strip():
            continue
        spot = _Spot(str(path), number)
        try:
            record = parse_json(line.decode("utf-8-sig" if number == 1 else "utf-8"))
        except ValueError as error:
            raise spot.error("JSON", None, f"cannot be read ({cut(str(error))}); write one object on a line") from None
        if not isinstance(record, dict):
            raise spot.error("JSON", record, "is no object; write one object on a line")
        yield spot, record


def _article(spot: _Spot, record: Record) -> tuple[str, Sequence[Record]]:
    article_id = record.get("article_id")
    if isinstance(article_id, bool) or not isinstance(article_id, (str, int)) or article_id == "":
        raise spot.error("article_id", article_id, "must be the id that the article bears in the file of articles")
    if "mentions" not in record:
        return str(article_id), [record]
    mentions = record["mentions"]
    if not isinstance(mentions, list) or not all(isinstance(mention, dict) for mention in mentions):
        raise spot.error("mentions", mentions, "must be a list of objects, one a mention")
    return str(article_id), mentions


def _coded(spot: _Spot, article_id: str, record: Record) -> Coded:
    first, second = (_code(spot, record, f"actor{side}_bloc", "blocs") or UNIDENTIFIED for side in (1, 2))
    return Coded(
        article_id=article_id,
        sub_event_type=_required(spot, record, "sub_event_type", "event_types"),
        status=_code(spot, record, "status", "mention_status") or REPORTED,
        date_start=_day(spot, record),
        blocs=(min(first, second), max(first, second)),
        place=_text(spot, record, "place"),
        admin1=_text(spot, record, "admin1"),
        killed=_toll(spot, record, "killed"),
        injured=_toll(spot, record, "injured"),
        civilian_targeting=_flag(spot, record, "civilian_targeting"),
        attributed_to=_text(spot, record, "attributed_to"),
        evidence=_text(spot, record, "evidence") or _no_evidence(spot),
        confidence=_share(spot, record, "confidence"),
        line=spot.line,
    )


def _no_evidence(spot: _Spot) -> str:
    raise spot.error("evidence", None, "is missing; quote the sentence that the mention rests on")


def _required(spot: _Spot, record: Record, field: str, codelist: str) -> str:
    code = _code(spot, record, field, codelist)
    if code is None:
        raise spot.error(field, None, f"is missing; write a code of schemas/codelists/{codelist}.csv")
    return code


def _code(spot: _Spot, record: Record, field: str, codelist: str) -> str | None:
    code = _text(spot, record, field)
    if code is not None and code not in _codes(codelist):
        raise spot.error(field, code, f"is no code of schemas/codelists/{codelist}.csv; write one of them")
    return code


@lru_cache(maxsize=8)
def _codes(codelist: str) -> frozenset[str]:
    codes = load_contract().codelists[codelist]
    return frozenset(codes[codes.columns[0]])


def _text(spot: _Spot, record: Record, field: str) -> str | None:
    value = record.get(field)
    if value is not None and not isinstance(value, str):
        raise spot.error(field, value, "must be a text or null")
    return value or None


def _flag(spot: _Spot, record: Record, field: str) -> bool | None:
    value = record.get(field)
    if value is not None and not isinstance(value, bool):
        raise spot.error(field, value, "must be true, false or null")
    return value


def _share(spot: _Spot, record: Record, field: str) -> float | None:
    value = record.get(field)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise spot.error(field, value, "must be a number from 0 to 1, or null")
    return float(value)


def _day(spot: _Spot, record: Record) -> date | None:
    field = "event_date_start" if record.get("event_date_start") else "date_start"
    value = record.get(field)
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise spot.error(field, value, "must be a day as YYYY-MM-DD, or null") from None


def _toll(spot: _Spot, record: Record, kind: str) -> Toll | None:
    """Return a toll; one given as `casualties` adds up the rows of its kind that no other mention shares."""
    if kind in record:
        return None if record[kind] is None else _ends(spot, kind, record[kind])
    rows = record.get("casualties") or []
    if not isinstance(rows, list) or not all(isinstance(row, dict) and "kind" in row for row in rows):
        raise spot.error("casualties", rows, "must be a list of objects with kind, low and high")
    own = [
        _ends(spot, f"casualties {kind}", [row.get("low"), row.get("high")])
        for row in rows
        if row["kind"] == kind and not row.get("shared")
    ]
    if not own:
        return None
    lows, highs = zip(*own, strict=True)
    return _sum(lows), _sum(highs)


def _ends(spot: _Spot, field: str, value: object) -> Toll:
    remedy = "must be [low, high]: whole numbers from 0, low not above high, null for an open end"
    if not isinstance(value, list) or len(value) != 2:
        raise spot.error(field, value, remedy)
    low, high = value
    for end in (low, high):
        if end is not None and (isinstance(end, bool) or not isinstance(end, int) or end < 0):
            raise spot.error(field, value, remedy)
    if low is None and high is None:
        raise spot.error(field, value, "says nothing; write null for a toll that is not known")
    if low is not None and high is not None and low > high:
        raise spot.error(field, value, remedy)
    return low, high


def _sum(ends: Sequence[int | None]) -> int | None:
    known = [end for end in ends if end is not None]
    return sum(known) if len(known) == len(ends) else None
