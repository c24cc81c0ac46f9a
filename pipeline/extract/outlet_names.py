"""The names of a region's outlets in a text: "the Olive Hill Press" is no hill."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.place_words import Word
from pipeline.regions.folding import plain

if TYPE_CHECKING:
    from pipeline.regions.pack import RegionPack

_LONGEST = 5
"""Words of an outlet's name."""


class OutletNames:
    """Every name of the region's outlets, by its plain key and by its first two words."""

    def __init__(self, region: RegionPack) -> None:
        """Index the outlets of `region`."""
        self._names = frozenset(
            plain(name) for outlet in region.outlets for name in (outlet.name, *outlet.alternatives)
        )
        self._second: dict[str, set[str]] = {}
        for first, second, *_ in (name.split() for name in self._names if " " in name):
            self._second.setdefault(first, set()).add(second)

    def bears(self, name: str) -> bool:
        """Tell whether an outlet bears this plain name."""
        return name in self._names

    def taken(self, words: list[Word]) -> set[int]:
        """Return which words are part of an outlet's name of several words."""
        found: set[int] = set()
        second = self._second
        for at in [at for at, word in enumerate(words[:-1]) if word.capital and word.lower in second]:
            if words[at + 1].lower not in second[words[at].lower]:
                continue
            for end in range(at + 2, min(at + _LONGEST, len(words)) + 1):
                if " ".join([word.lower for word in words[at:end]]) in self._names:
                    found.update(range(at, end))
        return found
