"""Which files there are to read, in which order, under which names. What is in them is read by ``records``.

Names of inputs are relative to the folder that each input given lies in, so that nothing depends on where that is.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import InputError
from pipeline.ingest.documents import Format

FORMATS: dict[str, Format] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".txt": "txt",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}
"""How a file is read, by its suffix."""
WITH_SIDECAR = ("txt", "html")
SIDECAR = ".json"
DEEPEST_FOLDER = 100


@dataclass(frozen=True, slots=True)
class Beside:
    """The file that holds the metadata of another: same stem, suffix `.json`."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Found:
    """A file that a reader takes."""

    name: str
    fmt: Format
    path: Path
    """Where its bytes lie, which may be the archive."""
    sidecar: Beside | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """What is no file that can be read."""

    name: str
    problem: str
    """What is wrong, and the remedy."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A file in a folder that is no article by its suffix."""

    name: str


Item = Found | Refused | Passed


def find_inputs(paths: Sequence[Path]) -> Iterator[Item]:
    """Yield what there is to read in ``paths``: files, and folders of files at any depth.

    Folders are walked in the order of their names; hidden entries are passed over, links are not followed save those
    given.

    Raises:
        InputError: an input is not there.
    """
    for path in paths:
        if not os.path.lexists(path):
            raise InputError(f"{path}: there is no such file or folder; give the path of an input that exists")
    for path, name in _named(paths):
        yield from _given(path, name)


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


def _given(path: Path, name: str) -> Iterator[Item]:
    """Yield what an input given by the user holds; a link given is followed."""
    if path.is_dir():
        yield from _folder(path, name)
    elif not path.is_file():
        yield Refused(name, "is no file or folder; give a regular file or a folder")
    elif (fmt := _format(path.name)) is None:
        yield Refused(name, f"is not of a kind that can be read; give {', '.join(FORMATS)} or a folder")
    else:
        beside = path.with_suffix(SIDECAR)
        yield _found(path, name, fmt, has_sidecar=beside.is_file())


def _folder(folder: Path, name: str) -> Iterator[Item]:
    if name.count("/") > DEEPEST_FOLDER:
        yield Refused(name, f"lies deeper than {DEEPEST_FOLDER} folders; move it up")
        return
    try:
        with os.scandir(folder) as scan:
            visible = [entry for entry in scan if not entry.name.startswith(".")]
    except OSError as error:
        yield Refused(name, unreadable(name, "folder", error))
        return
    siblings = frozenset(entry.name for entry in visible)
    for entry in sorted(visible, key=lambda entry: entry.name):
        below, path = f"{name}/{_printable(entry.name)}", folder / entry.name
        fmt = _format(entry.name)
        if entry.is_dir(follow_symlinks=False):
            yield from _folder(path, below)
        elif entry.is_file(follow_symlinks=False):
            if fmt is not None:
                yield _found(path, below, fmt, has_sidecar=path.with_suffix(SIDECAR).name in siblings)
            elif not _is_sidecar(entry.name, siblings):
                yield Passed(below)
        elif fmt is not None or entry.is_symlink():
            yield Refused(below, "is a link or no regular file; put the file itself there")
        else:
            yield Passed(below)


def _found(path: Path, name: str, fmt: Format, *, has_sidecar: bool) -> Found:
    if fmt not in WITH_SIDECAR or not has_sidecar:
        return Found(name, fmt, path)
    beside = path.with_suffix(SIDECAR)
    return Found(name, fmt, path, Beside("".join(name.rpartition("/")[:2]) + _printable(beside.name), beside))


def _format(name: str) -> Format | None:
    return FORMATS.get(os.path.splitext(name)[1].lower())


def _is_sidecar(name: str, siblings: frozenset[str]) -> bool:
    stem, suffix = os.path.splitext(name)
    return suffix == SIDECAR and any(stem + other in siblings for other, fmt in FORMATS.items() if fmt in WITH_SIDECAR)


def unreadable(name: str, kind: str, error: OSError) -> str:
    """Return what is wrong with a file or folder that the system does not let us read."""
    part = os.path.basename(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else ""
    which = "" if not part or name.endswith(part) else f" {part} beside it"
    reason = error.strerror or type(error).__name__
    return f"the {kind}{which} cannot be read ({reason}); check that it is there and its permissions"
