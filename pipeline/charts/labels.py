"""Names on a map, none over another: governorates in their own shape, towns beside their dot where there is room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.charts.projection import View
from pipeline.charts.svg import element, text
from pipeline.regions.geometry import Area, Geometry, Town

TOWN, AREA = 10.0, 11.0
"""Sizes of type in units."""
_WIDTH = 0.58
"""Width of a letter over its height: wide enough for the sans-serif faces of the page."""
_GAP = 1.5


@dataclass(frozen=True, slots=True)
class Box:
    """Room that something takes, in units."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Tell whether the two overlap."""
        return (
            self.left < other.right + _GAP
            and other.left < self.right + _GAP
            and self.top < other.bottom + _GAP
            and other.top < self.bottom + _GAP
        )


@dataclass(frozen=True, slots=True)
class Label:
    """A name with where it stands: ``x`` is its start, middle or end, ``y`` its base line."""

    name: str
    kind: str
    x: float
    y: float
    anchor: str
    box: Box


@lru_cache(maxsize=16)
def labels(geometry: Geometry, view: View, taken: tuple[Box, ...] = ()) -> tuple[Label, ...]:
    """Return the names that a view has room for, none over another, over a town's dot or over ``taken``."""
    towns = [(town.name, *view.xy(town.longitude, town.latitude)) for town in geometry.towns if _within(town, view)]
    dots = [Box(x - 2, y - 2, x + 2, y + 2) for _, x, y in towns]
    placed: list[Label] = []
    areas = [area for area in geometry.areas if area.kind == "governorate"]
    neighbours = [area for area in geometry.areas if area.kind == "neighbour"]
    for area in (*areas, *neighbours):
        _place(placed, [*taken, *dots], _area_spots(area, view), view)
    for (name, x, y), _ in zip(towns, dots, strict=True):
        _place(placed, [*taken, *dots], _town_spots(name, x, y), view)
    return tuple(placed)


def _place(placed: list[Label], taken: Sequence[Box], spots: Iterator[Label], view: View) -> None:
    edge = Box(3, 3, view.width - 3, view.height - 3)
    for spot in spots:
        box = spot.box
        fits = box.left >= edge.left and box.top >= edge.top and box.right <= edge.right and box.bottom <= edge.bottom
        if fits and not any(box.meets(other) for other in (*taken, *(label.box for label in placed))):
            placed.append(spot)
            return


def _town_spots(name: str, x: float, y: float) -> Iterator[Label]:
    long, up = len(name) * TOWN * _WIDTH, TOWN * 0.75
    for dx, dy, anchor in (
        (4.5, up / 2, "start"), (-4.5, up / 2, "end"), (0, -4.5, "middle"), (0, up + 4.5, "middle"),
        (3.5, -2.5, "start"), (3.5, up + 2.5, "start"), (-3.5, -2.5, "end"), (-3.5, up + 2.5, "end"),
    ):  # fmt: skip
        left = x + dx - {"start": 0, "middle": long / 2, "end": long}[anchor]
        yield Label(name, "town", x + dx, y + dy, anchor, Box(left, y + dy - up, left + long, y + dy + 2))


def _area_spots(area: Area, view: View) -> Iterator[Label]:
    """Return places for the name of an area, the roomiest first: it must lie within the area, all its length."""
    size = AREA if area.kind == "governorate" else AREA - 1
    long = len(area.name) * size * _WIDTH * 1.12
    rows = 24
    frame = view.frame
    grid = [
        (
            frame.west + (frame.east - frame.west) * (i + 0.5) / rows,
            frame.south + (frame.north - frame.south) * (j + 0.5) / rows,
        )
        for i in range(rows)
        for j in range(rows)
    ]
    inside = [point for point in grid if area.holds(*point)]
    if not inside:
        return
    xs, ys = sorted(p[0] for p in inside), sorted(p[1] for p in inside)
    middle = view.xy(xs[len(xs) // 2], ys[len(ys) // 2])
    spots = [(x, y) for x, y in (view.xy(*point) for point in inside) if _lies_in(area, view, x, y, long, size)]
    for x, y in sorted(spots, key=lambda s: (abs(s[0] - middle[0]) + abs(s[1] - middle[1]), s)):
        yield Label(area.name, area.kind, x, y, "middle", Box(x - long / 2, y - size * 0.8, x + long / 2, y + 2))


def _lies_in(area: Area, view: View, x: float, y: float, long: float, size: float) -> bool:
    frame = view.frame
    for dx in (-long / 2, long / 2):
        for dy in (0.0, -size * 0.8):
            share = (x + dx) / view.width, (y + dy) / view.height
            longitude = frame.west + share[0] * (frame.east - frame.west)
            latitude = frame.north - share[1] * (frame.north - frame.south)
            if not area.holds(longitude, latitude):
                return False
    return True


def _within(town: Town, view: View) -> bool:
    return view.frame.holds(town.longitude, town.latitude)


@lru_cache(maxsize=16)
def names(geometry: Geometry, view: View, taken: tuple[Box, ...] = ()) -> str:
    """Return the markup of the labels and of the towns' dots."""
    found = labels(geometry, view, taken)
    shown = {label.name for label in found if label.kind == "town"}
    dots = [
        element("circle", cx=x, cy=y, r="1.6", fill="currentColor")
        for town in geometry.towns
        if town.name in shown and _within(town, view)
        for x, y in [view.xy(town.longitude, town.latitude)]
    ]
    return "".join(dots) + "".join(_markup(label) for label in found)


def _markup(label: Label) -> str:
    match label.kind:
        case "town":
            return text(label.x, label.y, label.name, text_anchor=label.anchor, font_size="10")
        case "governorate":
            return text(label.x, label.y, label.name, text_anchor="middle", letter_spacing="1", font_weight="600")
        case _:
            return text(label.x, label.y, label.name, text_anchor="middle", font_size="10", font_style="italic")
