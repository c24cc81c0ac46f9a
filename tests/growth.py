"""Whether work grows with its input only as it must: a comparison of two runs, never a number of seconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

AT_MOST = 8
"""Four times the input takes four times as long when linear, sixteen times when quadratic; half-way is a verdict."""
TOO_SHORT_TO_TELL = 0.02


def grows_linearly(work: Callable[[T], object], short: T, four_times: T) -> bool:
    """Tell whether ``work`` on an input four times as long takes clearly less than the square of that."""
    return _best(work, four_times) <= AT_MOST * _best(work, short) + TOO_SHORT_TO_TELL


def _best(work: Callable[[T], object], given: T) -> float:
    times = []
    for _ in range(3):
        start = time.process_time()
        work(given)
        times.append(time.process_time() - start)
    return min(times)
