"""JSON lines, read line by line in bounded memory: a bad line is rejected and the next one read.

Knows bytes, lines and JSON; what a record must hold is in ``fields``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn, Protocol

from pipeline.ingest.documents import Document, Limits, Rejection, reject
from pipeline.ingest.fields import KNOWN, document, type_name

DEEPEST = 100
"""Levels of nesting read. A fixed bound, because Python's own depends on how deep the caller stands."""

_SKIP_BYTES = 1 << 20
_BOM = b"\xef\xbb\xbf"


class LineReader(Protocol):
    """A binary stream of which one line can be read in pieces of at most ``size`` bytes."""

    def readline(self, size: int, /) -> bytes:
        """Return the rest of the line up to ``size`` bytes, its line feed included; b"" at the end."""
        ...


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    offset: int
    """Bytes of the file before the line."""
    data: bytes | None
    """Without a byte order mark; None when the line is longer than the limit."""
    ended: bool
    """Whether a line feed ends it."""


class _Object(dict[str, object]):
    """A JSON object that remembers which keys stand in it twice with different values."""

    __slots__ = ("repeated",)
    repeated: tuple[str, ...]


def read_jsonl(stream: LineReader, input_name: str, limits: Limits) -> Iterator[Document | Rejection]:
    """Yield one document or rejection for each line that is not blank, and one rejection if all are.

    Invalid UTF-8, broken or cut off JSON, too long a line, or a line that is no object costs that line only.
    """
    blank = True
    for line in _lines(stream, limits.max_line_bytes):
        if line.data is not None and not line.data.strip():
            continue
        blank = False
        yield _record(line, input_name, limits)
    if blank:
        yield reject(input_name, None, "empty_file", "the file holds no record; refill or remove it")


def _lines(stream: LineReader, limit: int) -> Iterator[_Line]:
    number = offset = 0
    while piece := stream.readline(limit + 1):
        number += 1
        start, size, data = offset, len(piece), piece.removesuffix(b"\n")
        while not piece.endswith(b"\n") and size > limit:
            piece = stream.readline(_SKIP_BYTES)
            size += len(piece)
            if not piece:
                break
        if number == 1 and data.startswith(_BOM):
            start, data = len(_BOM), data.removeprefix(_BOM)
        offset += size
        yield _Line(number, start, data if size <= limit + 1 and len(data) <= limit else None, piece.endswith(b"\n"))


def _record(line: _Line, input_name: str, limits: Limits) -> Document | Rejection:
    if line.data is None:
        problem = (
            f"the line is longer than {limits.max_line_bytes:,} bytes; split it or raise the limit in the settings"
        )
        return reject(input_name, line.number, "too_long", problem)
    try:
        text = line.data.decode("utf-8")
    except UnicodeDecodeError as error:
        if not line.ended and error.reason == "unexpected end of data":
            return _truncated(line, input_name)
        problem = f"byte {line.offset + error.start} of the file is not valid UTF-8; save the file as UTF-8"
        return reject(input_name, line.number, "invalid_utf8", problem, value=line.data[error.start : error.start + 8])
    try:
        value = parse_json(text)
    except ValueError as error:
        if not line.ended and text.lstrip().startswith("{"):
            return _truncated(line, input_name)
        problem = f"the line is not valid JSON ({error}); write one JSON object on each line"
        return reject(input_name, line.number, "invalid_json", problem, value=text.strip())
    if not isinstance(value, _Object):
        problem = f"the line holds {type_name(value)}, not an object; write one JSON object on each line"
        return reject(input_name, line.number, "wrong_type", problem, value=text.strip())
    if value.repeated:
        name = value.repeated[0]
        problem = f"{name} stands twice with different values; keep one"
        return reject(input_name, line.number, "invalid_json", problem, field=name, value=value[name])
    return document(value, input_name=input_name, input_record=line.number, fmt="jsonl", limits=limits)


def _truncated(line: _Line, input_name: str) -> Rejection:
    problem = "the last line ends in the middle of its record; transfer the file again"
    return reject(input_name, line.number, "truncated_record", problem, value=(line.data or b"")[-40:])


def parse_json(text: str) -> object:
    """Return the value of ``text``; objects are dicts that know their repeated known keys (``.repeated``).

    Raises:
        ValueError: not JSON by RFC 8259 (NaN and Infinity are not), or nested deeper than `DEEPEST`.
    """
    if text.count("[") + text.count("{") > DEEPEST and _depth(text) > DEEPEST:
        raise ValueError(f"nested deeper than {DEEPEST} levels")
    return json.loads(text, parse_constant=_no_constant, parse_int=_number, object_pairs_hook=_object)


def _depth(text: str) -> int:
    depth = deepest = 0
    quoted = escaped = False
    for char in text:
        if escaped:
            escaped = False
        elif quoted:
            quoted, escaped = char != '"', char == "\\"
        elif char == '"':
            quoted = True
        elif char in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif char in "]}":
            depth -= 1
    return deepest


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON value")


def _number(digits: str) -> float:
    return int(digits) if len(digits) <= 18 else float(digits)


def _object(pairs: list[tuple[str, object]]) -> _Object:
    found = _Object(pairs)
    found.repeated = ()
    if len(found) < len(pairs):
        found.repeated = tuple(
            name for name in KNOWN if any(key == name and value != found[name] for key, value in pairs)
        )
    return found
