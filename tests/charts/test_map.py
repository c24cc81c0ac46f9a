"""A week's map shows every event where it is, says what it does not know, and puts no name over another."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations

import pytest
from lxml import etree

from pipeline.charts import (
    Geometry,
    MapPoint,
    MapWords,
    Projection,
    basemap,
    load_geometry,
    map_rows,
    place_map,
    week_map,
)
from pipeline.charts.labels import labels
from pipeline.charts.map_parts import scale_bar
from pipeline.charts.points import marks
from pipeline.charts.projection import View
from pipeline.charts.symbols import LARGEST, Symbol
from pipeline.regions import load_region
from pipeline.regions.geometry import Frame

SAID = {"title": "Events of 2021-W05", "description": "d", "prefix": "m"}
IDLIB = MapPoint(36.6333, 35.9306, "Battles", "Armed clash", "Idlib", 3, 1, "../events/e-1.html")
HOMS = MapPoint(38.28, 34.56, "Protests", "Peaceful protest", "Palmyra", None, 3, "../events/e-2.html")


@pytest.fixture(scope="module")
def geometry() -> Geometry:
    return load_geometry(load_region("syria"))


def draw(geometry: Geometry, points: list[MapPoint], words: MapWords | None = None) -> str:
    given = {"words": words} if words else {}
    return week_map(geometry, points, **SAID, **given)  # type: ignore[arg-type]


def titles(svg: str) -> list[str]:
    return [
        str(text)
        for text in etree.fromstring(svg.encode()).xpath("//*[local-name()='g']//*[local-name()='title']/text()")
    ]


def test_each_event_is_drawn_where_it_is_and_links_to_its_page(geometry: Geometry) -> None:
    svg = draw(geometry, [IDLIB, HOMS])
    x, y = View(geometry.focus).xy(IDLIB.lon, IDLIB.lat)
    link = '<a href="../events/e-1.html" tabindex="-1"><title>Idlib: Armed clash, 3 killed</title>'
    assert f'{link}<g transform="translate({x} {y})">' in svg
    assert titles(svg) == [
        "Idlib: Armed clash, 3 killed",
        "Palmyra: Peaceful protest, number killed not known, position approximate",
    ]
    assert "Events elsewhere: 1<" in svg


def test_the_order_of_the_events_does_not_change_a_byte(geometry: Geometry) -> None:
    points = [
        IDLIB,
        HOMS,
        replace(IDLIB, event_type="Riots", href="e-3.html"),
        replace(HOMS, lat=35.1, href="e-4.html"),
    ]
    assert draw(geometry, points) == draw(geometry, points[::-1])


def test_events_at_one_place_are_one_mark_with_their_number(geometry: Geometry) -> None:
    points = [IDLIB, replace(IDLIB, size=None, href="e-3.html"), replace(IDLIB, size=2, href="e-4.html")]
    assert titles(draw(geometry, points)) == ["Idlib, events here: 3, at least 5 killed"]
    (mark,) = marks(points)
    assert (mark.kind, mark.killed, mark.exact) == ("Battles", 5, True)
    (mixed,) = marks([IDLIB, replace(IDLIB, event_type="Riots", size=None, precision=2)])
    assert (mixed.kind, mixed.killed, mixed.exact) == ("Several types", 3, False)
    (unknown,) = marks([replace(IDLIB, size=None)] * 2)
    assert unknown.killed is None


def test_an_event_beyond_the_frame_is_counted(geometry: Geometry) -> None:
    svg = draw(geometry, [IDLIB, replace(IDLIB, lon=50.0)])
    assert "Events beyond the map: 1<" in svg
    assert len(titles(svg)) == 1


def test_unknown_none_and_many_killed_look_different() -> None:
    none, unknown, one = (Symbol("Battles", killed) for killed in (0, None, 1))
    assert len({symbol.at(0, 0) for symbol in (none, unknown, one)}) == 3
    assert "fill=" not in unknown.at(0, 0), "hollow"
    assert [Symbol("Battles", n).area for n in (11, 21, 31)] == pytest.approx([225, 375, 525]), "in proportion"
    assert Symbol("Battles", LARGEST).at(0, 0) == Symbol("Battles", LARGEST * 9).at(0, 0)
    assert "stroke-dasharray" in Symbol("Battles", 1, exact=False).at(0, 0)
    assert "stroke-dasharray" not in one.at(0, 0)


def test_the_key_says_what_the_map_shows_and_no_more(geometry: Geometry) -> None:
    few, many = draw(geometry, [IDLIB]), draw(geometry, [IDLIB, HOMS, replace(IDLIB, event_type="Riots")])
    for words in (">Battles<", "10 killed<", "disputed border<", "ceasefire line<"):
        assert words in few
    for words in (">Protests<", "not known<", "approximate<", ">Several types<", "number of events"):
        assert words not in few
        assert words in many


def test_a_type_that_no_list_has_is_drawn_and_named(geometry: Geometry) -> None:
    assert ">Naval battles<" in draw(geometry, [replace(IDLIB, event_type="Naval battles")])


def test_words_of_another_language_take_the_place_of_all_of_ours(geometry: Geometry) -> None:
    ours = [name for name in MapWords.__slots__ if name != "types"]
    words = MapWords(**{name: f"§{name}§{{n}}" for name in ours}, types={"Battles": "§", "Armed clash": "§"})
    svg = draw(geometry, [IDLIB, replace(HOMS, event_type="Battles"), replace(IDLIB, size=90, lat=35.0)], words)
    texts = set(etree.fromstring(svg.encode()).xpath("//*[local-name()='text']/text()"))
    names = {town.name for town in geometry.towns} | {area.name for area in geometry.areas}
    assert all("§" in text for text in texts - names)


def test_the_table_says_what_the_map_says() -> None:
    assert map_rows([IDLIB, HOMS, replace(IDLIB, size=0, precision=2)]) == (
        ("Idlib", "Armed clash", "3 killed", "the place itself", "../events/e-1.html"),
        ("Palmyra", "Peaceful protest", "number killed not known", "the governorate only", "../events/e-2.html"),
        ("Idlib", "Armed clash", "none killed", "near the place, or its district", "../events/e-1.html"),
    )


@pytest.mark.parametrize(("longitude", "latitude"), [(None, None), (36.63, 35.93), (40.9, 36.5), (36.2, 32.7)])
def test_no_name_lies_over_another_or_over_the_scale(
    geometry: Geometry, longitude: float | None, latitude: float | None
) -> None:
    frame = geometry.focus
    if longitude is not None and latitude is not None:
        frame = Frame(latitude - 0.6, longitude - 0.8, latitude + 0.6, longitude + 0.8)
    view = View(frame)
    _, room = scale_bar(view, "{n} km", "N")
    found = labels(geometry, view, (room,))
    assert len(found) >= 3
    assert not [(a.name, b.name) for a, b in combinations(found, 2) if a.box.meets(b.box)]
    assert not [label.name for label in found if label.box.meets(room)]
    assert all(label.box.left >= 0 and label.box.right <= view.width for label in found)


def test_the_map_of_the_north_west_names_its_governorates_and_towns(geometry: Geometry) -> None:
    names = {label.name for label in labels(geometry, View(geometry.focus))}
    assert {"Aleppo", "Idlib", "Hama", "Latakia", "Maarat al-Numan", "Jisr al-Shughur", "Turkey"} <= names


def test_a_name_moves_out_of_the_way_of_symbols(geometry: Geometry) -> None:
    view = View(geometry.focus)
    before = next(label for label in labels(geometry, view) if label.kind == "governorate")
    after = next(label for label in labels(geometry, view, (), [before.box]) if label.name == before.name)
    assert not after.box.meets(before.box)


def test_the_projection_is_mercators_and_can_be_turned_round(geometry: Geometry) -> None:
    view = Projection(geometry)
    frame = geometry.region
    assert view.xy(frame.west, frame.north) == (0, 0)
    assert view.xy(frame.east, frame.south) == (view.width, round(view.height, 1))
    x, y = view.xy(36.63, 35.93)
    assert view.longitude(x) == pytest.approx(36.63, abs=0.001)
    assert view.latitude(y) == pytest.approx(35.93, abs=0.001)
    assert view.units(111.2, 35.93) == pytest.approx(view.xy(36.63, 35.43)[1] - view.xy(36.63, 36.43)[1], rel=0.01)


def test_the_marker_of_an_event_lies_on_its_place_of_the_basemap(geometry: Geometry) -> None:
    svg = place_map(geometry, 36.63, 35.93, **SAID, image="../assets/basemap.svg")  # type: ignore[arg-type]
    image = re.search(r'<image href="\.\./assets/basemap\.svg" x="([^"]*)" y="([^"]*)" width="([^"]*)"', svg)
    circle = re.search(r'<circle cx="(\d+)" cy="(\d+)" fill="#', svg)
    assert image
    assert circle
    x, y = Projection(geometry).xy(36.63, 35.93)
    assert float(image[3]) == Projection(geometry).width
    assert (float(circle[1]), float(circle[2])) == pytest.approx((float(image[1]) + x, float(image[2]) + y), abs=0.11)


def test_a_vague_place_has_a_ring_and_a_wider_window(geometry: Geometry) -> None:
    near, far = (
        place_map(geometry, 36.63, 35.93, **SAID, image="b.svg", error_km=km)  # type: ignore[arg-type]
        for km in (0, 140)
    )
    assert "stroke-dasharray" not in near
    assert "stroke-dasharray" in far
    ring = re.search(r' r="([\d.]+)" stroke="#', far)
    assert ring
    assert 100 < float(ring[1]) < 150, "it fits"


def test_the_basemap_is_an_image_that_shows_on_any_ground(geometry: Geometry) -> None:
    text = basemap(geometry).decode()
    assert "currentColor" not in text, "an image takes no colour from the page"
    assert "<text" not in text
    assert len(text) < 50_000
    etree.fromstring(text.encode())


def test_a_region_without_a_focus_has_one_map_with_the_key_of_its_lines(geometry: Geometry) -> None:
    svg = draw(replace(geometry, focus=replace(geometry.region)), [IDLIB, HOMS])
    assert "Events elsewhere" not in svg
    assert len(titles(svg)) == 2
    assert "disputed border<" in svg


def test_a_region_without_shapes_has_a_frame_and_its_events() -> None:
    box = Frame(30, 30, 40, 40)
    bare = Geometry("Testland", box, box)
    svg = draw(bare, [IDLIB])
    assert titles(svg) == ["Idlib: Armed clash, 3 killed"]
    assert "elsewhere" not in svg
    assert place_map(bare, 35, 35, **SAID, image="b.svg")  # type: ignore[arg-type]
