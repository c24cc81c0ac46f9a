"""Lines with the points left out that nobody would miss."""

from __future__ import annotations

from collections.abc import Sequence

Spot = tuple[float, float]


def simplified(points: Sequence[Spot], tolerance: float) -> list[Spot]:
    """Return a line through some of ``points``, its ends among them, that none of them is further from than
    ``tolerance`` (Douglas and Peucker)."""
    if not points:
        return []
    kept = {0, len(points) - 1}
    waiting = [(0, len(points) - 1)]
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:
            continue
        far, at = max((_distance(points[at], points[first], points[last]), at) for at in range(first + 1, last))
        if far > tolerance**2:
            kept.add(at)
            waiting += [(first, at), (at, last)]
    return [points[at] for at in sorted(kept)]


def _distance(spot: Spot, one: Spot, two: Spot) -> float:
    """Return the square of the distance of a spot from the line between two others."""
    x, y = two[0] - one[0], two[1] - one[1]
    dx, dy = spot[0] - one[0], spot[1] - one[1]
    length = x * x + y * y
    along = min(max((dx * x + dy * y) / length, 0.0), 1.0) if length else 0.0
    return (dx - along * x) ** 2 + (dy - along * y) ** 2
