"""Every chart is one labelled image, without styles, safe to print as it stands, and small."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest
from lxml import etree

from pipeline.charts import (
    Geometry,
    MapPoint,
    Panel,
    Svg,
    load_geometry,
    place_map,
    small_multiples,
    trend,
    week_map,
)
from pipeline.charts.palette import LOOKS
from pipeline.regions import load_region

WEEKS = [date(2021, 1, 4) + timedelta(7 * n) for n in range(12)]
NAMES = [f"2021-W{n:02}" for n in range(1, 13)]
VALUES = [3, None, 0, 5, 2, None, 7, None, 1, 4, 4, 6]
HOSTILE = "<script>alert(1)</script>\" onload='x' &amp; ]]>"
Draw = Callable[..., Svg]


@pytest.fixture(scope="module")
def geometry() -> Geometry:
    return load_geometry(load_region("syria"))


def points() -> list[MapPoint]:
    """Return a busy week: fifty events of all types over the north-west, and some elsewhere."""
    kinds = [kind for kind in LOOKS if kind != "Several types"]
    many = [
        MapPoint(
            36 + n % 10 / 5,
            35 + n % 7 / 4,
            kinds[n % 6],
            "Attack",
            f"Place {n}",
            n % 9 or None,
            1 + n % 3,
            f"e-{n}.html",
        )
        for n in range(50)
    ]
    return [*many, MapPoint(40.1, 35.3, "Battles", "Armed clash", "Deir ez-Zor", 2, 1, "e-east.html")]


@pytest.fixture(scope="module", params=["map", "panels", "trend", "place"])
def draw(request: pytest.FixtureRequest, geometry: Geometry) -> Draw:
    match request.param:
        case "map":
            return partial(week_map, geometry, points())
        case "panels":
            return partial(small_multiples, NAMES, [Panel(name, VALUES) for name in ("Idlib", HOSTILE, "Hama")])
        case "trend":
            return partial(trend, WEEKS, VALUES, low=VALUES, high=[v and v + 3 for v in VALUES])
        case _:
            return partial(place_map, geometry, 36.63, 35.93, image="../assets/basemap.svg", error_km=12)


def parsed(svg: str) -> etree._Element:
    return etree.fromstring(svg.encode())


def test_a_chart_is_one_image_with_a_name_and_a_description(draw: Draw) -> None:
    root = parsed(draw(title=HOSTILE, description="What it shows.", prefix="one"))
    texts = {child.get("id"): child.text for child in root[:2]}
    assert texts == {root.get("aria-labelledby"): HOSTILE, root.get("aria-describedby"): "What it shows."}
    roles = Counter(node.get("role") for node in root.iter() if node.get("role"))
    assert roles in ({"img": 1}, {"group": 1})
    assert root[2].get("aria-hidden") == "true"
    assert len(root) == 3
    assert root.get("role") == "group" or not root.xpath("//*[local-name()='a']"), "an image holds no link"


def test_a_chart_has_no_style_script_handler_or_font_of_its_own(draw: Draw) -> None:
    root = parsed(draw(title=HOSTILE, description=HOSTILE, prefix="one"))
    names = {etree.QName(node).localname for node in root.iter()}
    assert not names & {"style", "script", "foreignObject"}
    attributes = {str(name) for node in root.iter() for name in node.attrib}
    assert not {name for name in attributes if name == "style" or name.startswith("on") or name == "font-family"}


def test_ids_begin_with_the_prefix_and_every_reference_is_met(draw: Draw) -> None:
    svg = draw(title="t", description="d", prefix="one")
    ids = [node.get("id") for node in parsed(svg).iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    assert all(name.startswith("one-") for name in ids)
    assert set(re.findall(r"url\(#([^)]*)\)", svg)) <= set(ids)


def test_numbers_have_one_decimal_at_most(draw: Draw) -> None:
    svg = draw(title="t", description="d", prefix="one")
    assert not re.findall(r'(?: d| x| y| transform)="[^"]*\.\d\d', svg)


def test_map_and_panels_of_a_busy_week_are_small(geometry: Geometry) -> None:
    drawn = week_map(geometry, points(), title="t", description="d", prefix="m")
    panels = small_multiples(
        NAMES, [Panel(f"Area {n}", VALUES) for n in range(6)], title="t", description="d", prefix="p"
    )
    assert len(drawn.encode()) + len(panels.encode()) < 80_000


def test_silent_weeks_are_hatched_and_a_line_does_not_cross_them() -> None:
    said = {"title": "t", "description": "d", "prefix": "t"}
    whole, broken = trend(WEEKS, [1] * 12, **said), trend(WEEKS, VALUES, **said)  # type: ignore[arg-type]
    lines = {
        name: parsed(svg).xpath("//*[@stroke-linejoin]/@d") for name, svg in (("whole", whole), ("broken", broken))
    }
    assert [line.count("M") for line in lines["whole"]] == [1]
    assert [line.count("M") for line in lines["broken"]] == [4], "a piece for each run of weeks"
    assert broken.count("url(#t-hatch)") == 3
    assert "url(#" not in whole


def test_a_silent_week_of_a_panel_is_hatched_and_none_is_an_empty_place() -> None:
    svg = small_multiples(NAMES, [Panel("Idlib", VALUES)], title="t", description="d", prefix="p")
    assert svg.count("url(#p-hatch)") == VALUES.count(None)
    assert ">6</text>" in svg, "the last value is written out"


@pytest.mark.parametrize("values", [[None] * 12, [0] * 12])
def test_weeks_without_anything_are_drawn(values: list[int | None]) -> None:
    svg = trend(WEEKS, values, title="t", description="d", prefix="t")
    assert ">4</text>" in svg, "an axis that begins at none and has room above"
    assert "NaN" not in svg


def test_series_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError, match="12 weeks"):
        trend(WEEKS, [1], title="t", description="d", prefix="t")
    with pytest.raises(ValueError, match="12 weeks"):
        small_multiples(NAMES, [Panel("Idlib", [1])], title="t", description="d", prefix="p")
    with pytest.raises(ValueError, match="0 weeks"):
        small_multiples([], [], title="t", description="d", prefix="p")


@pytest.mark.parametrize(
    ("weeks", "said"),
    [(1, "4 Jan 2021"), (12, "1 Feb 2021"), (60, "Apr 2021"), (260, "2022")],
)
def test_the_time_axis_names_days_months_or_years_and_always_a_year(weeks: int, said: str) -> None:
    mondays = [date(2021, 1, 4) + timedelta(7 * n) for n in range(weeks)]
    svg = trend(mondays, [1] * weeks, title="t", description="d", prefix="t")
    assert re.findall(r">([^<>]*20\d\d)</text>", svg)[0] == said


def test_the_axis_of_a_few_weeks_has_a_tick_for_each_and_none_between() -> None:
    svg = trend(WEEKS[:3], [1, 2, 3], title="t", description="d", prefix="t")
    assert re.findall(r">([^<>]*(?:Jan|Feb)[^<>]*)</text>", svg) == ["4 Jan 2021", "11 Jan", "18 Jan"]
