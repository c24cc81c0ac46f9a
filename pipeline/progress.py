"""Telling how far work has come. Stages report to whoever watches; what the watcher shows is its own business."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

Advance = Callable[[int], None]


class Progress(Protocol):
    """Somebody who watches."""

    def task(self, label: str, total: int) -> AbstractContextManager[Advance]:
        """Begin a task of ``total`` pieces; call what the context gives with each number of pieces done."""
        ...


class Unwatched:
    """Nobody watches: for tests, workers and Dagster's own processes."""

    @contextmanager
    def task(self, label: str, total: int) -> Iterator[Advance]:
        """Take reports and show nothing."""
        yield lambda pieces: None
