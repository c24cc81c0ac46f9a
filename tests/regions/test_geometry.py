"""The shapes of Syria fit the gazetteer; a geometry that contradicts itself or the pack is refused with one message."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import FieldledgerError
from pipeline.regions import RegionPack, load_region, read_region
from pipeline.regions.geometry import Area, Geometry, Point, load_geometry
from tests.regions.makers import write_region

MISFITS = {"sy-rif-dimashq-sab-abar", "sy-tartus-arwad"}
"""Sab Abar: its GeoNames point lies in Homs by Natural Earth's line. Arwad: an islet that was left out."""
SETTLED = ("town", "village", "neighbourhood", "camp")


@pytest.fixture(scope="module")
def syria() -> RegionPack:
    return load_region("syria")


@pytest.fixture(scope="module")
def geometry(syria: RegionPack) -> Geometry:
    return load_geometry(syria)


def km_off(area: Area, longitude: float, latitude: float) -> float:
    """Return how far outside of an area a point lies."""
    if area.holds(longitude, latitude):
        return 0.0
    east = 111.2 * math.cos(math.radians(latitude))
    flat = [[((x - longitude) * east, (y - latitude) * 111.2) for x, y in ring] for ring in area.rings]
    return min(_distance(one, two) for ring in flat for one, two in pairwise(ring))


def _distance(one: Point, two: Point) -> float:
    (x, y), (dx, dy) = one, (two[0] - one[0], two[1] - one[1])
    share = max(0.0, min(1.0, -(x * dx + y * dy) / ((dx * dx + dy * dy) or 1.0)))
    return math.hypot(x + share * dx, y + share * dy)


def test_every_populated_place_lies_in_its_governorate_or_within_the_error_of_its_coordinates(
    syria: RegionPack, geometry: Geometry
) -> None:
    found = {}
    for place in syria.places:
        area = geometry.governorate(place.admin1)
        if area is None or place.kind not in SETTLED or place.geo_precision != 1:
            continue
        off = km_off(area, place.longitude, place.latitude)
        if off > place.coordinate_error_km:
            found[place.place_id] = round(off, 1)
    assert found.keys() == MISFITS, found


def test_every_governorate_has_a_shape_and_the_pieces_do_not_overlap(syria: RegionPack, geometry: Geometry) -> None:
    assert [area.name for area in geometry.areas if area.kind == "governorate"] == sorted(syria.admin1)
    points = [(36 + x / 4, 32.5 + y / 4) for x in range(26) for y in range(20)]
    assert [p for p in points if sum(area.holds(*p) for area in geometry.areas) > 1] == []


def test_the_focus_holds_the_north_west(syria: RegionPack, geometry: Geometry) -> None:
    west = [p for p in syria.places if p.admin1 in {"Idlib", "Aleppo", "Latakia", "Hama"} and p.kind in SETTLED]
    outside = [p.place_id for p in west if not geometry.focus.holds(p.longitude, p.latitude)]
    assert len(outside) <= len(west) / 100, outside
    south, west_, north, east = syria.bounding_box
    assert geometry.region.holds(west_, south)
    assert geometry.region.holds(east, north)


def test_disputed_lines_are_apart_and_told(geometry: Geometry) -> None:
    told = {(line.kind, line.name): line.note for line in geometry.lines}
    assert set(told) == {("disputed", "Hatay"), ("disputed", "Golan"), ("ceasefire", "1974")}
    assert "claimed by Syria" in told["disputed", "Hatay"]
    assert "occupied by Israel" in told["disputed", "Golan"]
    assert len(geometry.notes) == 4, "the credit, and each note once"


def test_towns_have_the_names_and_places_of_the_gazetteer(syria: RegionPack, geometry: Geometry) -> None:
    known = {(place.name, place.longitude, place.latitude) for place in syria.places}
    assert {(town.name, town.longitude, town.latitude) for town in geometry.towns} <= known


def test_origin_and_licence_are_stated_in_the_file_and_beside_it(syria: RegionPack, geometry: Geometry) -> None:
    assert "public domain" in geometry.licence.lower()
    assert "Natural Earth" in geometry.source
    readme = (syria.directory / "README.md").read_text(encoding="utf-8")
    assert "geometry.geojson" in readme
    assert "Natural Earth" in readme


def test_the_shapes_are_no_part_of_the_packs_digest(tmp_path: Path) -> None:
    """A better outline rebuilds no data."""
    directory = write_region(tmp_path)
    before = read_region(directory).digest()
    (directory / "geometry.geojson").write_text("{}", encoding="utf-8")
    assert read_region(directory).digest() == before


def test_a_region_may_do_without(tmp_path: Path) -> None:
    region = read_region(write_region(tmp_path))
    geometry = load_geometry(region)
    assert geometry.region == geometry.focus
    assert (geometry.region.south, geometry.region.west) == region.bounding_box[:2]
    assert (geometry.areas, geometry.lines, geometry.towns, geometry.credit) == ((), (), (), "")


def square(kind: str, name: str, west: float, **more: object) -> dict[str, Any]:
    ring = [[west, 30], [west + 5, 30], [west + 5, 40], [west, 40], [west, 30]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"kind": kind, "name": name, **more}, "geometry": shape}


def content() -> dict[str, Any]:
    line = {"type": "LineString", "coordinates": [[35, 30], [35, 40]]}
    return {
        "type": "FeatureCollection",
        "licence": "CC0",
        "source": "made up",
        "credit": "Nobody",
        "region": {"south": 30, "west": 30, "north": 40, "east": 40},
        "features": [
            square("governorate", "North", 30),
            square("governorate", "South", 35),
            {"properties": {"kind": "disputed", "name": "Line", "note": "claimed"}, "geometry": line},
        ],
    }


def test_a_small_file_is_read(tmp_path: Path) -> None:
    geometry = read(tmp_path, content())
    assert geometry.focus == geometry.region
    north = geometry.governorate("North")
    assert north
    assert (north.holds(31, 35), north.holds(36, 35)) == (True, False)
    assert geometry.lines[0].points == ((35.0, 30.0), (35.0, 40.0))
    assert geometry.notes == ("Nobody", "claimed.")


def read(tmp_path: Path, file: dict[str, Any]) -> Geometry:
    directory = write_region(tmp_path)
    (directory / "geometry.geojson").write_text(json.dumps(file), encoding="utf-8")
    return load_geometry(read_region(directory))


Change = Callable[[dict[str, Any]], object]
FAULTS: dict[str, tuple[Change, str]] = {
    "unknown field": (lambda file: file.update(license="x"), "license is 'x'; there is no such field"),
    "no licence": (lambda file: file.pop("licence"), "licence is missing"),
    "frame upside down": (lambda file: file["region"].update(south=50), "give south below north"),
    "missing governorate": (lambda file: file["features"].pop(0), "add a feature for North"),
    "misspelt governorate": (
        lambda file: file["features"][0]["properties"].update(name="Nort"),
        "governorate is 'Nort'; name each governorate once",
    ),
    "twice": (lambda file: file["features"].append(square("governorate", "North", 30)), "once"),
    "unknown kind": (lambda file: file["features"][0]["properties"].update(kind="lake"), "use one of governorate"),
    "open ring": (
        lambda file: file["features"][0]["geometry"]["coordinates"][0].pop(),
        "feature number 1 (North): coordinates is '(30.0, 40.0)'; close each ring",
    ),
    "swapped": (
        lambda file: file["features"][2]["geometry"]["coordinates"].append([35, 135]),
        "feature number 3 (Line): coordinates is '[35, 135]'; write [longitude, latitude]",
    ),
    "wrong shape": (
        lambda file: file["features"][2]["geometry"].update(type="Polygon"),
        "type is 'Polygon'; use one of LineString",
    ),
    "line without a note": (lambda file: file["features"][2]["properties"].pop("note"), "note is missing"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_with_its_place_and_remedy(tmp_path: Path, fault: str) -> None:
    change, message = FAULTS[fault]
    file = content()
    change(file)
    with pytest.raises(FieldledgerError) as raised:
        read(tmp_path, file)
    assert message in str(raised.value)
    assert "/geometry.geojson" in str(raised.value)


def test_what_is_no_json_is_refused(tmp_path: Path) -> None:
    directory = write_region(tmp_path)
    (directory / "geometry.geojson").write_bytes(b"\xff{")
    with pytest.raises(FieldledgerError, match="save it as JSON"):
        load_geometry(read_region(directory))
