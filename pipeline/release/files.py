"""The only place in the release room that touches the disk, `swap` beside it: write and sync, read, hash, list.

Every function does one step through the functions of `os`, so that a test can make any of them fail. What the steps
add up to is `publish`; whose turn it is, `publisher_lock`.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import ClassVar

from pydantic import ConfigDict

from pipeline.errors import FieldledgerError, cut
from pipeline.release.exclusive import rename_new
from pipeline.release.json_records import STRICT

_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}")
NO_PROGRAM = 0o666
"""Mode of a new file, less what the umask takes: data are not run."""
_READ_BYTES = 1 << 20
NOT_PLAIN = "is a link or device, not a file"


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


@contextmanager
def named(path: Path) -> Iterator[None]:
    """Let an error say which file it is about, also where the system was only told a number."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(path)) from error


def write_file(folder: Path, path: str, chunks: Iterable[bytes]) -> FileRecord:
    """Write a new file below ``folder``, which is there, through to the disk; return the record of the bytes meant.

    Raises:
        OSError: the file is there already, or cannot be written; its `filename` names it.
    """
    size, digest = 0, hashlib.sha256()
    with named(folder / path):
        for parent in reversed(PurePosixPath(path).parents[:-1]):
            if not is_folder(folder / parent):
                os.mkdir(folder / parent)
        descriptor = os.open(folder / path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, NO_PROGRAM)
        try:
            for chunk in chunks:
                put(descriptor, chunk)
                digest.update(chunk)
                size += len(chunk)
            os.fsync(descriptor)
            _forget_cached(descriptor)
        finally:
            os.close(descriptor)
    return FileRecord(path, size, digest.hexdigest())


def put(descriptor: int, chunk: bytes) -> None:
    """Write one piece, in as many calls as the system asks for. Every byte of a release passes here."""
    left = memoryview(chunk)
    while left:
        left = left[os.write(descriptor, left) :]


def _forget_cached(descriptor: int) -> None:
    """Ask for what is written to be read back from the disk, not from memory, where the system takes such advice."""
    if hasattr(os, "posix_fadvise"):
        with suppress(OSError):
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` durable."""
    with named(folder):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def new_folder(folder: Path) -> None:
    """Make ``folder``, which may not be there yet; its parent is."""
    with named(folder):
        os.mkdir(folder)


def is_folder(path: Path) -> bool:
    """Tell whether ``path`` is a folder, or a link to one; False when nothing is there.

    Raises:
        OSError: it cannot be told.
    """
    try:
        return stat.S_ISDIR(os.stat(path).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False


def is_link(path: Path) -> bool | None:
    """Tell whether ``path`` itself is a symbolic link; None when nothing is there.

    Raises:
        OSError: it cannot be told.
    """
    try:
        return stat.S_ISLNK(os.lstat(path).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return None


@contextmanager
def _opened(folder: Path, path: str) -> Iterator[int]:
    """Open a plain file below ``folder`` to read it; no link below ``folder`` is followed, no device opened."""
    with named(folder / path):
        for parent in reversed(PurePosixPath(path).parents[:-1]):
            if is_link(folder / parent):
                raise OSError(errno.ELOOP, NOT_PLAIN)
        try:
            descriptor = os.open(folder / path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError as error:
            linked = error.errno == errno.ELOOP
            raise OSError(errno.ELOOP, NOT_PLAIN) if linked else error from None
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise OSError(errno.ELOOP, NOT_PLAIN)
            yield descriptor
        finally:
            os.close(descriptor)


def _chunks(descriptor: int) -> Iterator[bytes]:
    while chunk := os.read(descriptor, _READ_BYTES):
        yield chunk


def read_file(folder: Path, path: str) -> bytes:
    """Return the content of a plain file below ``folder``.

    Raises:
        OSError: it is missing, a link, a device, behind a link, or cannot be read; its `filename` names it.
    """
    with _opened(folder, path) as descriptor:
        return b"".join(_chunks(descriptor))


def record_of(folder: Path, path: str) -> FileRecord:
    """Return size and hash of a plain file as it lies on the disk, read in pieces.

    Raises:
        OSError: as `read_file`.
    """
    size, digest = 0, hashlib.sha256()
    with _opened(folder, path) as descriptor:
        for chunk in _chunks(descriptor):
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
    waiting = [""]
    while waiting:
        prefix = waiting.pop()
        with os.scandir(folder / prefix) as entries:
            for entry in entries:
                path = prefix + entry.name
                if entry.is_dir(follow_symlinks=False):
                    folders.append(path)
                    waiting.append(f"{path}/")
                else:
                    (files if entry.is_file(follow_symlinks=False) else others).append(path)
    return Listing(tuple(sorted(files)), tuple(sorted(folders)), tuple(sorted(others)))


def subfolders(folder: Path) -> tuple[str, ...]:
    """Return the sorted names of the folders right below ``folder``, links left out.

    Raises:
        OSError: the folder cannot be read.
    """
    with os.scandir(folder) as entries:
        return tuple(sorted(entry.name for entry in entries if entry.is_dir(follow_symlinks=False)))


def clear(path: Path) -> None:
    """Remove what lies at ``path``, whatever it is; nothing there is fine."""
    try:
        mode = os.lstat(path).st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISDIR(mode):
        os.unlink(path)
        return
    found = listing(path)
    for name in (*found.files, *found.others):
        os.unlink(path / name)
    for name in reversed(found.folders):  # what is in a folder sorts behind it
        os.rmdir(path / name)
    os.rmdir(path)


def rename(source: Path, target: Path) -> None:
    """Rename within one folder, in one step; what is at ``target`` already is never replaced.

    Raises:
        FileExistsError: something is there, were it an empty folder.
        OSError: the rename failed; its `filename` is ``target``.
    """
    with named(target):
        rename_new(source, target)


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
