"""The only place in the release room that changes the disk: write and sync, lock, hash, list, swap.

Every function does one durable step, so that a test can make any step fail. What the steps add up to is `publish`.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import re
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, ClassVar

from pydantic import ConfigDict

from pipeline.errors import FieldledgerError, cut

_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}")
_READ_BYTES = 1 << 20
STRICT = ConfigDict(extra="forbid", strict=True)
"""For records that are read back from JSON: no other keys, no other types."""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file of a release: path below its folder (with `/`), size in bytes, SHA-256 in hex."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What lies in a folder, as sorted relative paths with `/`."""

    files: tuple[str, ...]
    folders: tuple[str, ...]
    others: tuple[str, ...]
    """Symbolic links, pipes, devices: anything that is neither a plain file nor a folder. They are never opened."""


def path_fault(path: str) -> str | None:
    """Return what is wrong with ``path`` as the name of a file inside a release, None when nothing is.

    Allowed are ASCII letters, digits, `.`, `_` and `-`, in parts that begin with a letter or digit, joined by `/`: no
    step up, no absolute or hidden name, nothing that any file system reads differently.
    """
    if path.startswith("/") or "\\" in path or ".." in path.split("/"):
        return "leads out of the release"
    if not all(_PART.fullmatch(part) for part in path.split("/")):
        return "is not made of letters, digits, '.', '_' and '-'"
    return None


def write_file(folder: Path, path: str, chunks: Iterable[bytes]) -> FileRecord:
    """Write a new file below ``folder`` through to the disk, and return the record of the bytes meant.

    Raises:
        OSError: the file is there already, or cannot be written; its `filename` names it.
    """
    target = folder / path
    size, digest = 0, hashlib.sha256()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as handle:
            for chunk in chunks:
                put(handle, chunk)
                digest.update(chunk)
                size += len(chunk)
            handle.flush()
            os.fsync(handle.fileno())
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(target)) from error
    return FileRecord(path, size, digest.hexdigest())


def put(handle: BinaryIO, chunk: bytes) -> None:
    """Write one piece. Every byte of a release passes here."""
    handle.write(chunk)


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def record_of(folder: Path, path: str) -> FileRecord:
    """Return size and hash of a file as it lies on the disk, read in pieces."""
    size, digest = 0, hashlib.sha256()
    with (folder / path).open("rb") as handle:
        while chunk := handle.read(_READ_BYTES):
            digest.update(chunk)
            size += len(chunk)
    return FileRecord(path, size, digest.hexdigest())


def listing(folder: Path) -> Listing:
    """Return everything below ``folder``. Symbolic links are named, not followed.

    Raises:
        OSError: a folder cannot be read.
    """
    files: list[str] = []
    folders: list[str] = []
    others: list[str] = []

    def walk(directory: Path, prefix: str) -> None:
        for entry in os.scandir(directory):
            path = prefix + entry.name
            mode = entry.stat(follow_symlinks=False).st_mode
            if stat.S_ISDIR(mode):
                folders.append(path)
                walk(directory / entry.name, f"{path}/")
            elif stat.S_ISREG(mode):
                files.append(path)
            else:
                others.append(path)

    walk(folder, "")
    return Listing(tuple(sorted(files)), tuple(sorted(folders)), tuple(sorted(others)))


def clear(path: Path) -> None:
    """Remove what lies at ``path``, whatever it is; nothing there is fine."""
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)


def rename(source: Path, target: Path) -> None:
    """Rename within one folder, in one step, and make it durable."""
    os.rename(source, target)
    sync_folder(target.parent)


def point(link: Path, target: str) -> None:
    """Let the symbolic link ``link`` lead to ``target``, in one step: readers see the old target or the new one."""
    if link.is_symlink() and os.readlink(link) == target:
        return
    fresh = link.with_name(f".{link.name}-next")
    clear(fresh)
    os.symlink(target, fresh)
    try:
        os.replace(fresh, link)
    except OSError:
        with suppress(OSError):
            fresh.unlink()
        raise
    sync_folder(link.parent)


@contextmanager
def publisher_lock(folder: Path) -> Iterator[None]:
    """Hold ``folder`` for one publisher; the lock ends with the process, however it ends.

    Raises:
        FieldledgerError: another process holds it.
        OSError: the folder cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / ".lock"
    with path.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise FieldledgerError(
                f"{folder}: another publisher is at work here; wait until it is done, then run again"
            ) from error
        yield


def explain(error: OSError, folder: Path) -> FieldledgerError:
    """Return the message for the user: which path, what happened, what to do."""
    where = error.filename or str(folder)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        remedy = "free some space, or choose another place with --data-dir"
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        remedy = "make the folder writable, or choose another place with --data-dir"
    else:
        remedy = "check the disk and the folder"
    return FieldledgerError(f"{where}: {cut(error.strerror or str(error))}: {remedy}, then run again")
