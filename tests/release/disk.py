"""A disk that can be told to fail: every call of the release room to the operating system, counted and broken at will.

It takes the place of `os` in the modules that touch the disk, so that the calls are the real ones and so is the folder.
"""

from __future__ import annotations

import fcntl
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from pipeline.ids import sha256_bytes
from pipeline.release import exclusive, files, publisher_lock, swap

READING = frozenset({"open", "read", "close", "stat", "lstat", "fstat", "scandir", "readlink"})
CHANGING = frozenset({"mkdir", "rename", "replace", "rmdir", "symlink", "unlink"})
"""Operations that change names: one may report a failure although it was carried out, as over a network."""
COUNTED = READING | CHANGING | {"write", "fsync", "flock"}


class Crash(BaseException):
    """The process is gone: nothing after this moment reaches the disk."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One call to the operating system."""

    name: str
    path: str
    """Of the file or folder; empty for one that is reached by a number alone."""
    target: str = ""
    """The new name, of a rename."""


Fault = Callable[[int, str], BaseException | None]
"""From the number of an operation, counted from 0, and its name: what to raise there, None to let it through."""


class Disk:
    """The real disk, with a journal of what was asked of it."""

    def __init__(
        self, fault: Fault = lambda number, name: None, *, late: bool = False, short: bool = False, first: int = 0
    ) -> None:
        """Fail where ``fault`` says so.

        Args:
            fault: is asked before every operation.
            late: whether what fails fails only once the work is done.
            short: whether one byte is written at a time.
            first: number of the first operation, where others went before.
        """
        self.fault, self.late, self.short, self.first = fault, late, short, first
        self.journal: list[Operation] = []
        self._open: dict[int, str] = {}

    @contextmanager
    def mounted(self) -> Iterator[Disk]:
        """Let the release room use this disk."""
        with ExitStack() as stack:
            for module in (files, publisher_lock, swap):
                stack.enter_context(patch.object(module, "os", _Proxy(self, os)))
            stack.enter_context(patch.object(publisher_lock, "fcntl", _Proxy(self, fcntl)))
            stack.enter_context(patch.object(files, "rename_new", self.counted("rename", exclusive.rename_new)))
            yield self

    def counted(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            number = self.first + len(self.journal)
            what = arguments[0]
            path = self._open.get(what, "") if isinstance(what, int) else str(what)
            self.journal.append(Operation(name, path, str(arguments[1]) if name in ("rename", "replace") else ""))
            if error := self.fault(number, name):
                self._half(name, real, arguments, options)
                self.strike(error)
            if name == "fsync":  # what a test writes need not outlive a power cut
                return None
            if name == "write" and self.short:
                return real(what, arguments[1][:1])
            result = real(*arguments, **options)
            if name == "open":
                self._open[result] = path
            return result

        return call

    def _half(self, name: str, real: Callable[..., Any], arguments: tuple[Any, ...], options: dict[str, Any]) -> None:
        """Do what is done of an operation that fails."""
        if name == "write":  # a disk that is full takes what it can
            real(arguments[0], arguments[1][: len(arguments[1]) // 2])
        elif name == "close" or self.late:  # a file is closed, and a lock let go, also where closing it fails
            real(*arguments, **options)

    def strike(self, error: BaseException) -> None:
        """Let the operation fail; where this returns, the operation is done after all."""
        raise error


class _Proxy:
    """A module of the standard library, the counted functions of it taken over by a disk."""

    def __init__(self, disk: Disk, module: Any) -> None:
        self._disk, self._module = disk, module

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._module, name)
        return self._disk.counted(name, real) if name in COUNTED else real


class SleepingDisk(Disk):
    """A disk that stops the process, until it is told to go on, where another one would report an error."""

    def _half(self, *call: Any) -> None:
        """Nothing is half done: the operation is carried out whole once the process goes on."""

    def strike(self, error: BaseException) -> None:
        os.kill(os.getpid(), signal.SIGSTOP)


class DeadlyDisk(Disk):
    """A disk that kills the process where another one would report an error."""

    def strike(self, error: BaseException) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


def once(at: int, error: BaseException) -> Fault:
    """Fail at operation ``at``, and never again."""
    return lambda number, name: error if number == at else None


def for_good(at: int, error: BaseException) -> Fault:
    """Fail at operation ``at`` and at every later one."""
    return lambda number, name: error if number >= at else None


def contents(folder: Path) -> dict[str, str]:
    """Return what lies in ``folder``: relative path to hash of a file, target of a link, or `/` for a folder."""
    found: dict[str, str] = {}
    waiting = [""]
    while waiting:
        prefix = waiting.pop()
        for entry in os.scandir(folder / prefix) if folder.is_dir() else ():
            if entry.is_symlink():
                found[prefix + entry.name] = f"-> {os.readlink(entry.path)}"
            elif entry.is_dir():
                found[prefix + entry.name] = "/"
                waiting.append(f"{prefix}{entry.name}/")
            else:
                found[prefix + entry.name] = sha256_bytes(Path(entry.path).read_bytes())
    return dict(sorted(found.items()))
