"""Whether work grows with its input only as it must: a comparison of two runs, never a number of seconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

AT_MOST = 8
"""Four times the input takes four times as long when linear, sixteen times when quadratic; half-way is a verdict."""
TOO_SHORT_TO_TELL = 0.02
_TRIES = 3


def grows_linearly(work: Callable[[T], object], short: T, four_times: T) -> bool:
    """Tell whether ``work`` on an input four times as long takes clearly less than the square of that.

    A run can only be slowed by what else the machine does: the best of a few stands for the short input, and the
    long one, which is what costs, is tried again only when it took too long.
    """
    limit = AT_MOST * min(_taken(work, short) for _ in range(_TRIES)) + TOO_SHORT_TO_TELL
    return any(_taken(work, four_times) <= limit for _ in range(_TRIES))


def _taken(work: Callable[[T], object], given: T) -> float:
    start = time.process_time()
    work(given)
    return time.process_time() - start
