"""Governorates spoken of around a place: how often each is named in a stretch of text, the place itself left out.

Counted once for a whole article, however many of its places ask: a text of hundreds of names stays linear in time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from pipeline.extract.place_types import PlaceSpan

Governorates = Callable[[PlaceSpan], Sequence[str]]
"""The governorates that a name may lie in."""


class Circle:
    """The places named in a stretch of text, counted by governorate; names that may lie in several tell nothing."""

    def __init__(self, spans: Iterable[PlaceSpan], governorates: Governorates) -> None:
        """Count `spans`, foreign ones left out."""
        self._counts: Counter[str] = Counter()
        self._of_name: dict[str, list[tuple[PlaceSpan, str | None]]] = {}
        self._at: dict[tuple[int, int], list[tuple[PlaceSpan, str | None]]] = {}
        for span in spans:
            if span.foreign:
                continue
            found = governorates(span)
            admin1 = found[0] if len(found) == 1 else None
            self._of_name.setdefault(span.name, []).append((span, admin1))
            self._at.setdefault((span.start, span.end), []).append((span, admin1))
            if admin1 is not None:
                self._counts[admin1] += 1

    def around(self, span: PlaceSpan) -> Mapping[str, int]:
        """Give how often each governorate is named by other places, with other names, than `span`."""
        same = [admin1 for _, admin1 in self._of_name.get(span.name, ())]
        same += [admin1 for other, admin1 in self._at.get((span.start, span.end), ()) if other.name != span.name]
        left = {admin1 for admin1 in same if admin1 is not None}
        if not left:
            return self._counts
        taken = Counter(same)
        counted = ((admin1, count - taken[admin1]) for admin1, count in self._counts.items())
        return {admin1: count for admin1, count in counted if count}

    def named(self, name: str) -> list[PlaceSpan]:
        """Give the places of a name."""
        return [span for span, _ in self._of_name.get(name, ())]
