"""Tolls of a text in short, for tests of what is counted."""

from __future__ import annotations

from pipeline.extract.casualties import find_casualties

Toll = tuple[str, int | None, int | None]


def tolls(text: str) -> list[Toll]:
    """Give kind, low and high of each toll, subtotals left out, sorted."""
    return sorted(
        ((c.kind, c.low, c.high) for c in find_casualties(text) if not c.is_subtotal),
        key=lambda t: (t[0], t[1] or 0, t[2] or 0),
    )
