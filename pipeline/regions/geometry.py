"""The shapes of a region for maps: governorates, neighbours, disputed lines, towns, and the frame that maps show.

Read from the pack's ``geometry.geojson`` (RFC 7946, WGS 84), which a region may do without: its maps then have a frame
and no boundaries. The file is for drawing only: where an event lies is said by the gazetteer, so the shapes are no part
of the pack's digest, and a better outline rebuilds no data.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from pipeline.errors import cut
from pipeline.regions.checks import Spot
from pipeline.regions.pack import RegionPack

FILE = "geometry.geojson"
AREAS = ("governorate", "neighbour")
LINES = ("disputed", "ceasefire")
_HEAD = ("type", "licence", "source", "credit", "region", "focus", "features")

Point = tuple[float, float]
"""Longitude and latitude in decimal degrees."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a map shows: a box in decimal degrees."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, longitude: float, latitude: float) -> bool:
        """Tell whether the point lies in the frame."""
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north


@dataclass(frozen=True, slots=True)
class Area:
    """A governorate or a neighbouring country: its rings, outer ones and holes alike, closed."""

    kind: str
    name: str
    rings: tuple[tuple[Point, ...], ...]

    def holds(self, longitude: float, latitude: float) -> bool:
        """Tell whether the point lies in the area (even-odd rule)."""
        return sum(_crossings(ring, longitude, latitude) for ring in self.rings) % 2 == 1


@dataclass(frozen=True, slots=True)
class Line:
    """A line to be drawn apart from plain borders, with what it is."""

    kind: str
    name: str
    note: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Town:
    """A place that a map labels where there is room."""

    name: str
    longitude: float
    latitude: float


@dataclass(frozen=True, slots=True, eq=False)
class Geometry:
    """All that a map of a region is drawn from; equal to itself only, so that caches find it in no time."""

    country: str
    region: Frame
    focus: Frame
    """The part that a week's map shows large; the region itself when the file names none."""
    areas: tuple[Area, ...] = ()
    lines: tuple[Line, ...] = ()
    towns: tuple[Town, ...] = ()
    """The most important first."""
    credit: str = ""
    licence: str = ""
    source: str = ""

    @property
    def notes(self) -> tuple[str, ...]:
        """What a page says below a map: whose boundaries these are, and what each line is that is no plain border."""
        return tuple(
            dict.fromkeys((*([self.credit] if self.credit else []), *(f"{line.note}." for line in self.lines)))
        )

    def governorate(self, name: str) -> Area | None:
        """Return the shape of a governorate, None when the geometry has none."""
        return next((area for area in self.areas if area.kind == "governorate" and area.name == name), None)


def load_geometry(region: RegionPack) -> Geometry:
    """Return the shapes of the region; only its frame when the pack has no geometry.

    Raises:
        FieldledgerError: the file contradicts itself or the pack; the message names file, record, field and remedy.
    """
    file = region.directory / FILE
    if not file.is_file():
        box = Frame(*region.bounding_box)
        return Geometry(region.country, box, box)
    return read_geometry(file, region)


def read_geometry(file: Path, region: RegionPack) -> Geometry:
    """Read and check one file; errors as for ``load_geometry``."""
    spot = Spot(f"{file.parent.name}/{file.name}")
    try:
        content = spot.mapping(json.loads(file.read_bytes().decode("utf-8")))
    except ValueError as error:
        raise spot.error("GeoJSON", cut(str(error)), "save it as JSON in UTF-8") from error
    spot.only(content, _HEAD)
    spot.choice(content, "type", ("FeatureCollection",))
    whole = _frame(spot, content, "region")
    features = [_feature(spot, number, one) for number, one in enumerate(spot.list(content, "features"), start=1)]
    areas = tuple(_area(here, *parts) for here, *parts in features if parts[0]["kind"] in AREAS)
    _check_names(spot, areas, region)
    return Geometry(
        country=region.country,
        region=whole,
        focus=_frame(spot, content, "focus") if "focus" in content else whole,
        areas=areas,
        lines=tuple(_line(here, *parts) for here, *parts in features if parts[0]["kind"] in LINES),
        towns=tuple(_town(here, *parts) for here, *parts in features if parts[0]["kind"] == "town"),
        credit=spot.text(content, "credit"),
        licence=spot.text(content, "licence"),
        source=spot.text(content, "source"),
    )


def _frame(spot: Spot, content: Mapping[str, Any], field: str) -> Frame:
    box = spot.mapping(content.get(field), field)
    spot.only(box, ("south", "west", "north", "east"))
    frame = Frame(*(spot.number(box, side) for side in ("south", "west", "north", "east")))
    if not (-85 <= frame.south < frame.north <= 85 and -180 <= frame.west < frame.east <= 180):
        raise spot.error(field, box, "give south below north and west below east, in degrees")
    return frame


def _feature(spot: Spot, number: int, feature: object) -> tuple[Spot, Mapping[str, Any], Mapping[str, Any]]:
    record = spot.mapping(feature, f"feature number {number}")
    properties = spot.mapping(record.get("properties"), f"properties of feature number {number}")
    here = Spot(spot.file, f"feature number {number} ({properties.get('name')})")
    here.only(properties, ("kind", "name", "note"))
    here.choice(properties, "kind", (*AREAS, *LINES, "town"))
    here.text(properties, "name")
    return here, properties, here.mapping(record.get("geometry"), "geometry")


def _area(spot: Spot, properties: Mapping[str, Any], shape: Mapping[str, Any]) -> Area:
    kind = spot.choice(shape, "type", ("Polygon", "MultiPolygon"))
    polygons = [shape.get("coordinates")] if kind == "Polygon" else spot.list(shape, "coordinates")
    rings = tuple(_points(spot, ring) for polygon in polygons for ring in _sequence(spot, polygon))
    for ring in rings:
        if len(ring) < 4 or ring[0] != ring[-1]:
            raise spot.error("coordinates", ring[-1], "close each ring: its last point is its first")
    return Area(properties["kind"], properties["name"], rings)


def _line(spot: Spot, properties: Mapping[str, Any], shape: Mapping[str, Any]) -> Line:
    spot.choice(shape, "type", ("LineString",))
    return Line(properties["kind"], properties["name"], spot.text(properties, "note"), _coordinates(spot, shape))


def _town(spot: Spot, properties: Mapping[str, Any], shape: Mapping[str, Any]) -> Town:
    spot.choice(shape, "type", ("Point",))
    return Town(properties["name"], *_points(spot, [shape.get("coordinates")])[0])


def _coordinates(spot: Spot, shape: Mapping[str, Any]) -> tuple[Point, ...]:
    return _points(spot, shape.get("coordinates"))


def _points(spot: Spot, points: object) -> tuple[Point, ...]:
    return tuple(_read_points(spot, _sequence(spot, points)))


def _read_points(spot: Spot, points: Sequence[Any]) -> Iterator[Point]:
    for point in points:
        match point:
            case [int() | float() as longitude, int() | float() as latitude] if (
                abs(longitude) <= 180 and abs(latitude) <= 85
            ):
                yield float(longitude), float(latitude)
            case _:
                raise spot.error("coordinates", repr(point), "write [longitude, latitude] in degrees")


def _sequence(spot: Spot, value: object) -> Sequence[Any]:
    if not isinstance(value, list) or not value:
        raise spot.error("coordinates", repr(value), "write a list of points as GeoJSON has them")
    return value


def _check_names(spot: Spot, areas: Sequence[Area], region: RegionPack) -> None:
    names = [area.name for area in areas if area.kind == "governorate"]
    for name in names:
        if name not in region.admin1 or names.count(name) > 1:
            raise spot.error("governorate", name, "name each governorate once, as admin1 in region.yaml spells it")
    for name in region.admin1:
        if name not in names:
            raise spot.error("governorate", None, f"add a feature for {name}")


def _crossings(ring: Sequence[Point], x: float, y: float) -> int:
    return sum(
        1 for (x1, y1), (x2, y2) in pairwise(ring) if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
    )
