"""Inputs on disk into documents, whatever state they are in.

Each kind of file has a reader of its own (``jsonl``, ``textfiles``, ``pages``); which files there are is ``found``'s.
What a fault costs is at most its own record. Books: every record found is a document or a rejection.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from pipeline.ingest.documents import Document, Limits, NothingReadError, ReadResult, Rejection, reject
from pipeline.ingest.found import Found, Item, Refused, find_inputs, unreadable
from pipeline.ingest.jsonl import read_jsonl
from pipeline.ingest.pages import page_document
from pipeline.ingest.textfiles import sidecar_fields, text_document

__all__ = ["Document", "Limits", "NothingReadError", "ReadResult", "Rejection", "read_found", "read_inputs"]

_CHUNK_BYTES = 1 << 20

WholeFileReader = Callable[[bytes, Mapping[str, object], str, Limits], Document | Rejection]


def read_inputs(paths: Sequence[Path], limits: Limits | None = None) -> ReadResult:
    """Read every input: a file of JSON lines, a text file, a page, or a folder of these at any depth.

    Raises:
        InputError: an input is not there.
        NothingReadError: not one document came out; carries the rejections.
    """
    return read_found(find_inputs(paths), limits or Limits(), ", ".join(map(str, paths)))


def read_found(items: Iterable[Item], limits: Limits, given: str) -> ReadResult:
    """Read what was found, in its order; ``given`` names the inputs to whoever reads an error.

    Raises:
        NothingReadError: not one document came out; carries the rejections.
    """
    reading = _Reading(limits)
    for item in items:
        reading.take(item)
    result = reading.result()
    if not result.documents:
        reasons = "".join(f"\n  {item.message}" for item in result.rejections[:5])
        more = f"\n  and {len(result.rejections) - 5:,} more" if len(result.rejections) > 5 else ""
        names = given or "no input given"
        raise NothingReadError(f"{names}: no article could be read.{reasons}{more}", result.rejections)
    return result


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    limits: Limits
    documents: list[Document] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)

    def result(self) -> ReadResult:
        digests = dict(sorted(self.digests.items()))
        return ReadResult(tuple(self.documents), tuple(self.rejections), digests, tuple(self.skipped))

    def take(self, item: Item) -> None:
        """Read a file, or note why there is nothing to read."""
        if isinstance(item, Refused):
            self._add(reject(item.name, None, "unreadable", item.problem))
        elif isinstance(item, Found):
            try:
                self._file(item)
            except OSError as error:
                self._add(reject(item.name, None, "unreadable", unreadable(item.name, "file", error)))
        else:
            self.skipped.append(item.name)

    def _file(self, found: Found) -> None:
        if found.fmt == "jsonl":
            with open(found.path, "rb") as stream:
                hashing = _HashingStream(stream)
                for item in read_jsonl(hashing, found.name, self.limits):
                    self._add(item)
            self.digests[found.name] = hashing.digest()
        else:
            self._whole(found, text_document if found.fmt == "txt" else page_document)

    def _whole(self, found: Found, read: WholeFileReader) -> None:
        data = self._bytes(found.path, found.name)
        if isinstance(data, Rejection):
            self._add(data)
            return
        sidecar: Mapping[str, object] | Rejection = {}
        if (beside := found.sidecar) is not None:
            metadata = self._bytes(beside.path, beside.name)
            sidecar = metadata if isinstance(metadata, Rejection) else sidecar_fields(metadata, found.name, beside.name)
        self._add(sidecar if isinstance(sidecar, Rejection) else read(data, sidecar, found.name, self.limits))

    def _bytes(self, path: Path, name: str) -> bytes | Rejection:
        """Return a file's bytes and note their digest, or reject a file that is empty or too long."""
        limit = self.limits.max_line_bytes
        with open(path, "rb") as stream:
            hashing = _HashingStream(stream)
            data = hashing.read(limit + 1)
            while hashing.read(_CHUNK_BYTES):
                pass
        self.digests[name] = hashing.digest()
        if len(data) > limit:
            problem = f"the file is longer than {limit:,} bytes; split it or raise the limit in the settings"
            return reject(name, None, "too_long", problem)
        if not data.strip():
            return reject(name, None, "empty_file", "the file holds nothing; refill or remove it")
        return data

    def _add(self, item: Document | Rejection) -> None:
        if isinstance(item, Document):
            self.documents.append(item)
        else:
            self.rejections.append(item)


class _HashingStream:
    """A binary stream that hashes what is read from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._hash = hashlib.sha256()

    def readline(self, size: int, /) -> bytes:
        piece = self._stream.readline(size)
        self._hash.update(piece)
        return piece

    def read(self, size: int, /) -> bytes:
        piece = self._stream.read(size)
        self._hash.update(piece)
        return piece

    def digest(self) -> str:
        return self._hash.hexdigest()
