"""Files of the site on the disk: each appears by rename, whole; what has its bytes already is left alone.

Until a first build is finished nothing here is read, and new files are written in place: a half one that a build leaves
behind is known to no state, and the next build compares it and makes it whole.

Nothing is synced file by file: a site can be made anew, and its state, which says what is finished, is written last. A
file whose size is not the one in the state is made again.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Literal

from pipeline.errors import FieldledgerError, InputError
from pipeline.release import files
from pipeline.site.state import State, Written, read_state, state_file, write_state

_TEMPORARY = ".writing-"


@contextmanager
def opened_folder(out: Path) -> Iterator[State]:
    """Give the state of the site in the folder ``out``, made when missing, and keep other builds out meanwhile.

    A folder that holds something and was not made by this program is refused: what a site does not hold is removed.

    Raises:
        InputError: ``out`` is such a folder, or no folder.
        FieldledgerError: it cannot be made, or another build is at work there.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(out, os.O_RDONLY | os.O_DIRECTORY)
    except (FileExistsError, NotADirectoryError) as error:
        raise InputError(f"{out}: is no folder; name another with --out") from error
    except OSError as error:
        raise _explained(error, out) from error
    try:
        _keep_others_out(descriptor, out)
        yield _known_state(out)
    finally:
        os.close(descriptor)


def _keep_others_out(descriptor: int, out: Path) -> None:
    """Lock the folder; the lock ends with the process, however it ends."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        why = "another build is at work here; wait until it is done, then run again"
        raise FieldledgerError(f"{out}: {why}") from error


def _known_state(out: Path) -> State:
    known = read_state(state_file(out))
    try:
        strange = known is None and any(out.iterdir())
    except OSError as error:
        raise _explained(error, out) from error
    if strange:
        raise InputError(
            f"{out}: holds files, and {state_file(out).name} beside it, which says that they are a site, is missing; "
            "name an empty folder with --out, or remove this one"
        )
    if known is None:
        write_state(state_file(out), State())  # from now on the folder is known as a site, whatever dies when
    return known or State()


def is_there(out: Path | str, path: str, written: Written) -> bool:
    """Tell whether a file lies there with the size that the state has of it."""
    try:
        return os.stat(f"{out}/{path}").st_size == written.bytes
    except OSError:
        return False


def put(out: Path, path: str, data: bytes, *, unseen: bool = False) -> Written:
    """Let the file at ``path`` hold ``data``.

    Args:
        out: folder of the site.
        path: relative to it.
        data: all that the file is to hold.
        unseen: no site is finished here that anybody could read. A file that is not there yet is then written where it
            belongs, which takes the disk half as long as a rename.

    Raises:
        FieldledgerError: it cannot be written, or the path leads elsewhere.
    """
    if fault := files.path_fault(path):
        raise FieldledgerError(f"site: {path!r} {fault}; a page cannot be there")
    target = f"{out}/{path}"
    folder, _, name = target.rpartition("/")
    written = Written(len(data))
    try:
        if (unseen and _written_first(folder, target, data)) or _holds(target, data):
            return written
        fresh = f"{folder}/{_TEMPORARY}{os.getpid()}-{name}"
        _write(folder, fresh, data, "wb")
        os.replace(fresh, target)
    except OSError as error:
        raise _explained(error, Path(target)) from error
    return written


def _written_first(folder: str, target: str, data: bytes) -> bool:
    """Write a file that is not there; False where it is."""
    try:
        _write(folder, target, data, "xb")
    except FileExistsError:
        return False
    return True


def _write(folder: str, path: str, data: bytes, mode: Literal["wb", "xb"]) -> None:
    """Write a file in a folder, which is made when missing: most often it is there."""
    try:
        with open(path, mode) as file:
            file.write(data)
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)
        with open(path, mode) as file:
            file.write(data)


def put_all(out: Path, contents: Mapping[str, bytes]) -> dict[str, Written]:
    """Let files hold ``contents``, by path."""
    return {path: put(out, path, data) for path, data in contents.items()}


def _holds(target: str, data: bytes) -> bool:
    try:
        return os.stat(target).st_size == len(data) and Path(target).read_bytes() == data
    except FileNotFoundError:
        return False


def prune(out: Path, kept: Collection[str], apart: str) -> int:
    """Remove every file that is not among the paths ``kept``, and folders left empty; return how many files.

    The folder ``apart`` is left alone.

    Raises:
        FieldledgerError: a file cannot be removed.
    """
    strangers = list(_strangers(out, frozenset(kept), apart))
    try:
        for path in strangers:
            os.unlink(out / path)
        for folder in sorted(
            {parent for path in strangers for parent in PurePosixPath(path).parents[:-1]}, reverse=True
        ):
            with suppress(OSError):  # it holds other pages
                os.rmdir(out / folder)
    except OSError as error:
        raise _explained(error, out) from error
    return len(strangers)


def _strangers(out: Path, kept: frozenset[str], apart: str) -> Iterator[str]:
    waiting = [""]
    while waiting:
        prefix = waiting.pop()
        with os.scandir(out / prefix) as entries:
            for entry in list(entries):
                path = prefix + entry.name
                if entry.is_dir(follow_symlinks=False):
                    if path != apart:
                        waiting.append(f"{path}/")
                elif path not in kept:
                    yield path


def _explained(error: OSError, path: Path) -> FieldledgerError:
    return files.explain(error, path)
