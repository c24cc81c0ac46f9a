"""Every chart is one labelled image, without styles, and the same bytes for the same input."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pipeline.charts import Geometry, MapPoint, Panel, Svg, load_geometry, small_multiples, trend, week_map
from pipeline.regions import load_region

SAID = {"title": "Events of 2021-W05", "description": "Two events <b>in</b> Idlib & Homs."}


@pytest.fixture(scope="module")
def geometry() -> Geometry:
    return load_geometry(load_region("syria"))


def test_a_map_shows_each_event_and_links_to_it(geometry: Geometry) -> None:
    points = [
        MapPoint(36.63, 35.93, "Battles", "Armed clash", "Idlib", 3, 1, "../events/e-1.html"),
        MapPoint(36.72, 34.73, "Protests", "Peaceful protest", "Homs", None, 3, "../events/e-2.html"),
    ]
    svg = week_map(geometry, points, prefix="map", **SAID)
    assert isinstance(svg, Svg)
    assert [f'href="../events/e-{n}.html"' in svg for n in (1, 2)] == [True, True]
    assert week_map(geometry, points[::-1], prefix="map", **SAID) == svg


def test_silent_weeks_are_hatched() -> None:
    weeks = [date(2021, 1, 4) + timedelta(7 * n) for n in range(6)]
    assert "url(#t-hatch)" in trend(weeks, [1, None, 3, 4, None, 2], prefix="t", **SAID)
    assert "url(#t-hatch)" not in trend(weeks, [1, 2, 3, 4, 5, 2], prefix="t", **SAID)
    names = [f"2021-W0{n}" for n in range(1, 7)]
    assert "url(#p-hatch)" in small_multiples(names, [Panel("Idlib", [1, None, 2, 3, 4, 5])], prefix="p", **SAID)
