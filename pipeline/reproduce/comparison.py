"""A release and what was made again of it, file by file and byte by byte, in the order in which they are made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from pipeline.errors import FieldledgerError, cut
from pipeline.release.files import FileRecord, listing, read_file, record_of
from pipeline.release.reader import open_release
from pipeline.reproduce.alike import SameContent, Swap, json_differences, same_but_for
from pipeline.reproduce.rows import first_difference
from pipeline.reproduce.steps import place_of, step_of, table_of

Records = Mapping[str, FileRecord]


@dataclass(frozen=True, slots=True)
class FileDifference:
    """A file that came out differently."""

    path: str
    step: str
    """The stage that makes it."""
    says: str
    """Where the two part."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of all files of a release."""

    identical: tuple[str, ...]
    """Files that are the same byte for byte."""
    alike: Mapping[str, str]
    """Files that hold the same in other bytes, each with the reason."""
    different: tuple[FileDifference, ...]
    """The file that is made first comes first."""

    @property
    def holds(self) -> bool:
        """Whether the release was reproduced."""
        return not self.different


def records_of(release: Path) -> Records:
    """Return the record of every file below the folder of a release, by path.

    Raises:
        OSError: a file cannot be read.
    """
    return {path: record_of(release, path) for path in listing(release).files}


def compare(
    there: Records,
    here: Records,
    there_at: Path | None,
    here_at: Path,
    kinds: Mapping[str, SameContent] | None = None,
) -> Comparison:
    """Compare a release with what was made again.

    Args:
        there: the files of the release.
        here: those made again.
        there_at: the folder of the release; None when only its records are known, so that nothing tells rows.
        here_at: the folder of what was made again.
        kinds: kinds of files that may hold the same in other bytes, by suffix, from `alike.kinds_alike`.

    Raises:
        OSError: a file that differs cannot be read.
    """
    paths = sorted({*there, *here}, key=place_of)
    other = [path for path in paths if there.get(path) != here.get(path)]
    alike: dict[str, str] = {}
    swaps: list[Swap] = []
    different: list[FileDifference] = []
    for path in other:
        if path in there and path in here and there_at is not None:
            reason = _alike(path, there_at, here_at, kinds or {}, swaps)
            if reason is not None:
                alike[path] = reason
                swaps.append(Swap(there[path], here[path]))
                continue
        says = _says(path, there, here, there_at, here_at)
        different.append(FileDifference(path, step_of(path), says))
    return Comparison(tuple(path for path in paths if path not in other), alike, tuple(different))


def _alike(path: str, there_at: Path, here_at: Path, kinds: Mapping[str, SameContent], swaps: list[Swap]) -> str | None:
    ending = PurePosixPath(path).suffix
    same = kinds.get(ending) or (partial(same_but_for, swaps=swaps) if ending == ".json" and swaps else None)
    return same(read_file(there_at, path), read_file(here_at, path)) if same else None


def _says(path: str, there: Records, here: Records, there_at: Path | None, here_at: Path) -> str:
    if path not in here:
        return "was not made again"
    if path not in there:
        return "was made, but the release has no such file"
    if there_at is None:
        return f"SHA-256 is {there[path].sha256[:16]} there, {here[path].sha256[:16]} here"
    if path.endswith(".csv") and (table := table_of(path)) is not None:
        return _rows(table, there_at, here_at)
    return where_bytes_part(read_file(there_at, path), read_file(here_at, path), path)


def _rows(table: str, there: Path, here: Path) -> str:
    try:
        return first_difference(open_release(there), open_release(here), table) or "the same rows, in other bytes"
    except (FieldledgerError, KeyError) as error:
        return f"its rows cannot be compared ({cut(str(error))})"


def where_bytes_part(there: bytes, here: bytes, path: str) -> str:
    """Return in words where two files part: the place in a JSON document, the line of a text, or the byte."""
    try:
        if path.endswith(".json"):
            place, one, other = next(json_differences(json.loads(there), json.loads(here)))
            return f"{place or 'the whole'} is {cut(one)} there, {cut(other)} here"
        one_text, other_text = there.decode("utf-8").splitlines(), here.decode("utf-8").splitlines()
        number = next(n for n, pair in enumerate(zip(one_text, other_text, strict=False)) if pair[0] != pair[1])
        return f"line {number + 1} is {cut(one_text[number])!r} there, {cut(other_text[number])!r} here"
    except (ValueError, StopIteration):
        common = next((n for n, pair in enumerate(zip(there, here, strict=False)) if pair[0] != pair[1]), None)
        at = min(len(there), len(here)) if common is None else common
        return f"byte {at:,} is the first that differs ({len(there):,} bytes there, {len(here):,} here)"
