"""One publisher at a time in a folder of releases, held by the operating system: no lock outlives its process."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.errors import FieldledgerError
from pipeline.release.files import NO_PROGRAM, is_folder, sync_folder

LOCK = ".lock"
"""An empty file that stays; removing it while a publisher is at work would let a second one in."""


@contextmanager
def publisher_lock(folder: Path) -> Iterator[None]:
    """Hold ``folder``, made when missing, for one publisher; the lock ends with the process, however it ends.

    Raises:
        FieldledgerError: another process holds it.
        OSError: the folder cannot be written to.
    """
    _make_folder(folder)
    descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, NO_PROGRAM)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise FieldledgerError(
                f"{folder}: another publisher is at work here; wait until it is done, then run again"
            ) from error
        yield
    finally:
        os.close(descriptor)


def _make_folder(folder: Path) -> None:
    """Make ``folder`` and those above it that are missing, durably; one that is there is fine."""
    missing: list[Path] = []
    while not is_folder(folder):
        missing.append(folder)
        folder = folder.parent
    for path in reversed(missing):
        with suppress(FileExistsError):  # another publisher was quicker
            os.mkdir(path)
        sync_folder(path.parent)
