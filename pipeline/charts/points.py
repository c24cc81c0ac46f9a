"""What a week's map shows: events, those of one place as one mark, and the same as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.charts.palette import SEVERAL


@dataclass(frozen=True, slots=True)
class MapPoint:
    """An event on a map."""

    lon: float
    lat: float
    event_type: str
    sub_event_type: str
    label: str
    """The place, and the day if the caller wants it said."""
    size: int | None
    """Best estimate of people killed; None when it is not known."""
    precision: int
    """Code list ``geo_precision``: 1 the place, 2 near it or its district, 3 the governorate only."""
    href: str
    """The event's page, relative to the page that shows the map."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The events at one point, drawn as one symbol."""

    lon: float
    lat: float
    points: tuple[MapPoint, ...]

    @property
    def kind(self) -> str:
        """The type of its events, or that there are several."""
        kinds = {point.event_type for point in self.points}
        return kinds.pop() if len(kinds) == 1 else SEVERAL

    @property
    def killed(self) -> int | None:
        """People killed in those of its events whose toll is known; None when none is."""
        known = [point.size for point in self.points if point.size is not None]
        return sum(known) if known else None

    @property
    def exact(self) -> bool:
        """Whether every event is at the point itself, not somewhere around it."""
        return all(point.precision == 1 for point in self.points)

    @property
    def title(self) -> str:
        """What a pointer on the mark is told."""
        if len(self.points) == 1:
            point = self.points[0]
            return f"{point.label}: {point.sub_event_type}, {toll(point.size)}{_where(point.precision)}"
        known, lacking = self.killed, any(point.size is None for point in self.points)
        killed = toll(known) if known is None or not lacking else f"at least {known} killed"
        return f"{self.points[0].label} and others: {len(self.points)} events, {killed}{'' if self.exact else _VAGUE}"


_VAGUE = ", position approximate"


def marks(points: Iterable[MapPoint]) -> tuple[Mark, ...]:
    """Return the marks of a map, those that may cover others first; the order of ``points`` does not matter.

    Events at the same coordinates are one mark: nothing is moved to make room.
    """
    places: dict[tuple[float, float], list[MapPoint]] = {}
    for point in sorted(points, key=lambda one: (one.event_type, one.label, one.href)):
        places.setdefault((point.lon, point.lat), []).append(point)
    found = [Mark(lon, lat, tuple(here)) for (lon, lat), here in places.items()]
    return tuple(sorted(found, key=lambda mark: (-(mark.killed or 0), -mark.lat, mark.lon)))


def map_rows(points: Sequence[MapPoint]) -> tuple[tuple[str, str, str, str, str], ...]:
    """Return the map as a table, in the order of ``points``: place, type, killed, position, address of the event's page."""
    return tuple(
        (
            point.label,
            point.sub_event_type,
            toll(point.size),
            _POSITIONS.get(point.precision, "approximate"),
            point.href,
        )
        for point in points
    )


_POSITIONS = {1: "the place itself", 2: "near the place, or its district", 3: "the governorate only"}


def toll(killed: int | None) -> str:
    """Return the people killed in words; unknown is not none."""
    if killed is None:
        return "number killed not known"
    return f"{killed} killed" if killed else "none killed"


def _where(precision: int) -> str:
    return "" if precision == 1 else _VAGUE
