"""What was found out about words, kept: the common ones return in every text, and a look-up is all that they cost."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")
MOST_WORDS = 65_536
"""Different words remembered in one place."""


class Remembered(dict[K, V]):
    """A dictionary that makes what is asked for and not there; once it holds as much as it may, it starts anew."""

    def __init__(self, make: Callable[[K], V], most: int = MOST_WORDS) -> None:
        """Make values by `make` from their keys, and hold `most` of them."""
        super().__init__()
        self._make, self._most = make, most

    def __missing__(self, key: K) -> V:
        if len(self) >= self._most:
            self.clear()
        value = self[key] = self._make(key)
        return value
