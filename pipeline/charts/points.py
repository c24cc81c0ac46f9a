"""What a week's map shows: events, those of one place as one mark, and the same as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.charts.palette import SEVERAL
from pipeline.charts.words import ENGLISH, MapWords


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

    def title(self, words: MapWords) -> str:
        """Return what a pointer on the mark is told."""
        first = self.points[0]
        if len(self.points) == 1:
            said = [f"{first.label}: {words.type(first.sub_event_type)}", words.toll(first.size)]
        else:
            lacking = self.killed is not None and any(point.size is None for point in self.points)
            toll = words.at_least.format(n=self.killed) if lacking else words.toll(self.killed)
            said = [first.label, words.events.format(n=len(self.points)), toll]
        return words.comma.join(said if self.exact else [*said, words.approximate])


def marks(points: Iterable[MapPoint]) -> tuple[Mark, ...]:
    """Return the marks of a map, those that may cover others first; the order of ``points`` does not matter.

    Events at the same coordinates are one mark: nothing is moved to make room.
    """
    places: dict[tuple[float, float], list[MapPoint]] = {}
    for point in sorted(points, key=lambda one: (one.event_type, one.label, one.href)):
        places.setdefault((point.lon, point.lat), []).append(point)
    found = [Mark(lon, lat, tuple(here)) for (lon, lat), here in places.items()]
    return tuple(sorted(found, key=lambda mark: (-(mark.killed or 0), -mark.lat, mark.lon)))


def map_rows(points: Sequence[MapPoint], words: MapWords = ENGLISH) -> tuple[tuple[str, str, str, str, str], ...]:
    """Return the map as a table, in the order of ``points``: place, type, killed, position, address of its page."""
    return tuple(
        (
            point.label,
            words.type(point.sub_event_type),
            words.toll(point.size),
            words.exact if point.precision == 1 else words.near if point.precision == 2 else words.governorate,
            point.href,
        )
        for point in points
    )
