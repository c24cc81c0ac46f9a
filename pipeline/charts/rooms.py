"""Where an area has room for its name: how far it stretches east and west, at parallels a twentieth of a degree apart.

Measured once a region, so that a map of any window finds its labels in a moment.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from pipeline.charts.projection import View
from pipeline.regions.geometry import Area, Geometry, Point

STEP = 0.05
"""Degrees of latitude from row to row."""
Span = tuple[float, float]
"""West and east, in degrees."""
Rows = dict[int, tuple[Span, ...]]
"""Spans within an area by row; row ``n`` is the parallel ``n * STEP``."""


@lru_cache(maxsize=8)
def rows_of(geometry: Geometry) -> tuple[tuple[Area, Rows], ...]:
    """Return each area with its spans."""
    return tuple((area, _rows(area)) for area in geometry.areas)


def _rows(area: Area) -> Rows:
    crossings: dict[int, list[float]] = {}
    for ring in area.rings:
        for one, two in pairwise(ring):
            for row, longitude in _crossed(one, two):
                crossings.setdefault(row, []).append(longitude)
    spans = {row: sorted(found) for row, found in crossings.items()}
    return {row: tuple(zip(found[::2], found[1::2], strict=True)) for row, found in sorted(spans.items())}


def _crossed(one: Point, two: Point) -> Iterator[tuple[int, float]]:
    (x1, y1), (x2, y2) = sorted((one, two), key=lambda point: point[1])
    for row in range(math.ceil(y1 / STEP), math.ceil(y2 / STEP)):
        yield row, x1 + (x2 - x1) * (row * STEP - y1) / (y2 - y1)


def room(rows: Rows, view: View, long: float, high: float) -> Iterator[Point]:
    """Yield where in the view a name of that size may have its middle and base line, in units, the roomiest first."""
    frame = view.frame
    first, last = math.ceil(frame.south / STEP), math.floor(frame.north / STEP)
    if not rows or next(iter(rows)) > last or next(reversed(rows)) < first:
        return
    wide = long / view.width * (frame.east - frame.west)
    tall = max(1, math.ceil(high / view.height * (frame.north - frame.south) / STEP))
    found: list[tuple[float, float, float]] = []
    for row in range(first, last - tall + 1, max(1, (last - first) // 24)):
        spans: Sequence[Span] = ((frame.west, frame.east),)
        for above in range(row, row + tall + 1):
            if not (spans := _common(spans, rows.get(above, ()))):
                break
        for west, east in spans:
            slack = east - west - wide
            found += [(slack, (west + east) / 2 + slack / 2 * share, row * STEP) for share in _SHARES if slack > 0]
    for _, longitude, latitude in sorted(_preferred(found)):
        yield view.xy(longitude, latitude)


_SHARES = (0.0, -0.6, 0.6)


def _preferred(found: Sequence[tuple[float, float, float]]) -> Iterator[tuple[float, float, float]]:
    """Rank places by their distance from the middle of all places with room, weighted by the room that they have."""
    weight = sum(slack for slack, _, _ in found) or 1.0
    x = sum(slack * longitude for slack, longitude, _ in found) / weight
    y = sum(slack * latitude for slack, _, latitude in found) / weight
    for slack, longitude, latitude in found:
        yield round(math.hypot(longitude - x, latitude - y) - slack / 4, 6), longitude, latitude


def _common(some: Sequence[Span], others: Sequence[Span]) -> Sequence[Span]:
    return [(max(a, c), min(b, d)) for a, b in some for c, d in others if a < d and c < b]
