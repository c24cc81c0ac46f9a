"""Inputs on disk into documents: files and folders, whatever state they are in.

The only module of the room that touches the disk. Each kind of file has a reader of its own (``jsonl``, ``textfiles``,
``pages``); what a fault costs is at most its own record. Books: every record found is a document or a rejection.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import InputError
from pipeline.ingest.documents import Document, Limits, NothingReadError, ReadResult, Rejection, reject
from pipeline.ingest.jsonl import read_jsonl
from pipeline.ingest.pages import page_document
from pipeline.ingest.textfiles import sidecar_fields, text_document

__all__ = ["Document", "Limits", "NothingReadError", "ReadResult", "Rejection", "read_inputs"]

JSON_LINES = (".jsonl", ".ndjson")
PAGES = (".html", ".htm", ".xhtml")
TEXTS = (".txt",)
SIDECAR = ".json"
DEEPEST_FOLDER = 100
_CHUNK_BYTES = 1 << 20

WholeFileReader = Callable[[bytes, Mapping[str, object], str, Limits], Document | Rejection]


def read_inputs(paths: Sequence[Path], limits: Limits | None = None) -> ReadResult:
    """Read every input: a file of JSON lines, a text file, a page, or a folder of these at any depth.

    Names of inputs are relative to the folder that each input given lies in, so the result does not depend on where
    that is. Folders are read in the order of their names; hidden entries are passed over, links are not followed.

    Raises:
        InputError: an input is not there.
        NothingReadError: not one document came out; carries the rejections.
    """
    for path in paths:
        if not os.path.lexists(path):
            raise InputError(f"{path}: there is no such file or folder; give the path of an input that exists")
    reading = _Reading(limits or Limits())
    for path, name in _named(paths):
        reading.take(path, name)
    result = reading.result()
    if not result.documents:
        reasons = "".join(f"\n  {item.message}" for item in result.rejections[:5])
        more = f"\n  and {len(result.rejections) - 5:,} more" if len(result.rejections) > 5 else ""
        names = ", ".join(str(path) for path in paths) or "no input given"
        raise NothingReadError(f"{names}: no article could be read.{reasons}{more}", result.rejections)
    return result


def _named(paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """Yield each input once, with its last name; inputs of the same name are told apart by a number."""
    taken: dict[str, int] = {}
    for path in dict.fromkeys(Path(os.path.abspath(path)) for path in paths):
        name = _printable(path.name) or "root"
        taken[name] = count = taken.get(name, 0) + 1
        yield path, name if count == 1 else f"{name}#{count}"


def _printable(name: str) -> str:
    """Return a file name that is valid UTF-8, bytes that are not written as ``\\udcff`` escapes."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


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

    def take(self, path: Path, name: str) -> None:
        """Read an input given by the user; a link given is followed."""
        if path.is_dir():
            self._folder(path, name)
        elif not path.is_file():
            self._add(reject(name, None, "unreadable", "is no file or folder; give a regular file or a folder"))
        elif not self._file(path, name, frozenset()):
            kinds = ", ".join((*JSON_LINES, *TEXTS, *PAGES))
            self._add(reject(name, None, "unreadable", f"is not of a kind that can be read; give {kinds} or a folder"))

    def _folder(self, folder: Path, name: str) -> None:
        if name.count("/") > DEEPEST_FOLDER:
            self._add(reject(name, None, "unreadable", f"lies deeper than {DEEPEST_FOLDER} folders; move it up"))
            return
        try:
            with os.scandir(folder) as scan:
                visible = [entry for entry in scan if not entry.name.startswith(".")]
        except OSError as error:
            self._add(_unreadable(name, "folder", error))
            return
        siblings = frozenset(entry.name for entry in visible)
        for entry in sorted(visible, key=lambda entry: entry.name):
            below = f"{name}/{_printable(entry.name)}"
            if entry.is_dir(follow_symlinks=False):
                self._folder(folder / entry.name, below)
            elif entry.is_file(follow_symlinks=False):
                if not self._file(folder / entry.name, below, siblings) and not _is_sidecar(entry.name, siblings):
                    self.skipped.append(below)
            elif _suffix(entry.name) in (*JSON_LINES, *TEXTS, *PAGES) or entry.is_symlink():
                self._add(reject(below, None, "unreadable", "is a link or no regular file; put the file itself there"))
            else:
                self.skipped.append(below)

    def _file(self, path: Path, name: str, siblings: frozenset[str]) -> bool:
        """Read a file by its suffix; False when no reader takes that suffix."""
        suffix = _suffix(path.name)
        try:
            if suffix in JSON_LINES:
                with open(path, "rb") as stream:
                    hashing = _HashingStream(stream)
                    for item in read_jsonl(hashing, name, self.limits):
                        self._add(item)
                self.digests[name] = hashing.digest()
            elif suffix in TEXTS:
                self._whole(path, name, siblings, text_document)
            elif suffix in PAGES:
                self._whole(path, name, siblings, page_document)
            else:
                return False
        except OSError as error:
            self._add(_unreadable(name, "file", error))
        return True

    def _whole(self, path: Path, name: str, siblings: frozenset[str], read: WholeFileReader) -> None:
        data = self._bytes(path, name)
        if isinstance(data, Rejection):
            self._add(data)
            return
        sidecar: Mapping[str, object] | Rejection = {}
        beside = path.with_suffix(SIDECAR)
        if beside.name in siblings or (not siblings and beside.is_file()):
            sidecar_name = "".join(name.rpartition("/")[:2]) + _printable(beside.name)
            metadata = self._bytes(beside, sidecar_name)
            sidecar = metadata if isinstance(metadata, Rejection) else sidecar_fields(metadata, name, sidecar_name)
        self._add(sidecar if isinstance(sidecar, Rejection) else read(data, sidecar, name, self.limits))

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


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].lower()


def _is_sidecar(name: str, siblings: frozenset[str]) -> bool:
    stem, suffix = os.path.splitext(name)
    return suffix == SIDECAR and any(stem + other in siblings for other in (*TEXTS, *PAGES))


def _unreadable(name: str, kind: str, error: OSError) -> Rejection:
    part = os.path.basename(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else ""
    which = "" if not part or name.endswith(part) else f" {part} beside it"
    reason = error.strerror or type(error).__name__
    problem = f"the {kind}{which} cannot be read ({reason}); check that it is there and its permissions"
    return reject(name, None, "unreadable", problem)
