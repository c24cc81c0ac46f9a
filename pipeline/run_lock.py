"""One run at a time in a data directory, held by the operating system: no lock outlives its process.

Two runs would not harm a release (publishers keep each other out) but would do the same work twice and write each
other's current values. Whoever only reads (verify, trace, diff, serve, Dagster's UI) asks for no lock.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pipeline.errors import InputError

LOCK = ".run.lock"
"""Stays when a run ends: removing it while another waits would let two in. It says who held it last."""
_PAUSE = 0.1
_HELD: dict[str, tuple[int, int]] = {}
"""The open lock of each data directory that this process holds, and how often: a run may ask again for what it has."""


@contextmanager
def only_run(data_dir: Path, wait: float = 0.0, tell: Callable[[str], object] | None = None) -> Iterator[None]:
    """Hold ``data_dir``, which is there, for one run; the lock ends with the process, however it ends.

    Args:
        data_dir: the data directory.
        wait: seconds to wait for another run to end; by a clock that nobody can set.
        tell: is told once who is at work, where it has to wait.

    Raises:
        InputError: another run holds it still, or the folder cannot be written to.
    """
    folder = os.path.realpath(data_dir)
    descriptor, times = _HELD.get(folder, (-1, 0))
    if not times:
        descriptor = _taken(data_dir, wait, tell)
    _HELD[folder] = (descriptor, times + 1)
    try:
        yield
    finally:
        descriptor, times = _HELD.pop(folder)
        if times > 1:
            _HELD[folder] = (descriptor, times - 1)
        else:
            os.close(descriptor)


def at_work(data_dir: Path) -> bool:
    """Return whether the process that took ``data_dir`` last is still alive, as far as this machine can tell.

    The lock itself is not asked for: a run that begins meanwhile would take that for another run.
    """
    try:
        said = json.loads((data_dir / LOCK).read_bytes())
        if said["host"] != socket.gethostname():
            return True
        os.kill(int(said["pid"]), 0)
    except PermissionError:  # of the process: it is somebody else's, and lives
        return True
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return True


def _taken(data_dir: Path, wait: float, tell: Callable[[str], object] | None) -> int:
    """Return the open file that holds the lock, with who holds it written into it."""
    path = data_dir / LOCK
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}); give permission, then run again") from None
    try:
        _wait_for(descriptor, data_dir, wait, tell)
        said = {"pid": os.getpid(), "host": socket.gethostname(), "since": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"}
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(said).encode(), 0)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _wait_for(descriptor: int, data_dir: Path, wait: float, tell: Callable[[str], object] | None) -> None:
    until = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            left = until - time.monotonic()
            if left <= 0:
                raise InputError(
                    f"{data_dir}: another run is at work here ({_holder(descriptor)}); wait until it is done, or let "
                    "this one wait with --wait SECONDS"
                ) from None
            if tell is not None:
                tell(f"{data_dir}: another run is at work here ({_holder(descriptor)}); waiting for it to end")
                tell = None
            time.sleep(min(_PAUSE, left))


def _holder(descriptor: int) -> str:
    """Return who holds the lock, in words."""
    try:
        said = json.loads(os.pread(descriptor, 1000, 0))
        return f"process {said['pid']} on {said['host']}, since {said['since']}"
    except (OSError, ValueError, KeyError, TypeError):  # it has the lock, and has not said so yet
        return "it started just now"
