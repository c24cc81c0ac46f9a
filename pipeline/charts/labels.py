"""Names on a map, none over another: areas within their own shape, towns beside their dot, where there is room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from pipeline.charts.projection import View
from pipeline.charts.rooms import Rows, room, rows_of
from pipeline.charts.svg import element, text
from pipeline.regions.geometry import Area, Geometry, Town

SIZES = {"governorate": 11.0, "neighbour": 10.0, "town": 10.0}
"""Sizes of type in units."""
_WIDTHS = {"governorate": 0.72, "neighbour": 0.56, "town": 0.58}
"""Width of a letter over its height: wide enough for the sans-serif faces that a page may have, and for spacing."""
_RISE, _DROP, _GAP, _EDGE = 0.76, 2.0, 1.5, 3.0
_TRIED = 16
"""Spots of a name that are tried at most."""


@dataclass(frozen=True, slots=True)
class Box:
    """Room that something takes, in units."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Tell whether the two overlap, or nearly."""
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


def labels(geometry: Geometry, view: View, taken: Sequence[Box] = (), symbols: Sequence[Box] = ()) -> tuple[Label, ...]:
    """Return the names that the view has room for: none over another, over a town's dot, or over what is ``taken``.

    ``symbols`` may lie on a name, but only when it has no other place. Governorates come first, then towns by
    importance, then neighbours.
    """
    placed: list[Label] = []
    for spots in _choices(geometry, view, tuple(taken)):
        best: tuple[int, Label] | None = None
        for spot in spots:
            if any(spot.box.meets(label.box) for label in placed):
                continue
            hidden = sum(spot.box.meets(symbol) for symbol in symbols)
            if best is None or hidden < best[0]:
                best = hidden, spot
            if hidden == 0:
                break
        if best:
            placed.append(best[1])
    return tuple(placed)


@lru_cache(maxsize=16)
def _choices(geometry: Geometry, view: View, taken: tuple[Box, ...]) -> tuple[tuple[Label, ...], ...]:
    """Return for each name, the most important first, its spots that are free of dots and of what is taken."""
    towns = [(town, *view.xy(town.longitude, town.latitude)) for town in _towns(geometry, view)]
    fixed = (*taken, *(Box(x - 2, y - 2, x + 2, y + 2) for _, x, y in towns))
    areas = [(area.kind, _area_spots(area, rows, view)) for area, rows in rows_of(geometry)]
    choices = (
        *(spots for kind, spots in areas if kind == "governorate"),
        *(_town_spots(town.name, x, y) for town, x, y in towns),
        *(spots for kind, spots in areas if kind == "neighbour"),
    )
    return tuple(tuple(islice((s for s in spots if _fits(s.box, view, fixed)), _TRIED)) for spots in choices)


def _towns(geometry: Geometry, view: View) -> Iterator[Town]:
    return (town for town in geometry.towns if view.frame.holds(town.longitude, town.latitude))


def _fits(box: Box, view: View, others: Iterable[Box]) -> bool:
    inside = box.left >= _EDGE and box.top >= _EDGE and box.right <= view.width - _EDGE
    return inside and box.bottom <= view.height - _EDGE and not any(box.meets(other) for other in others)


def _town_spots(name: str, x: float, y: float) -> Iterator[Label]:
    size = SIZES["town"]
    long, up = len(name) * size * _WIDTHS["town"], size * _RISE
    for dx, dy, anchor in (
        (4.5, up / 2, "start"), (-4.5, up / 2, "end"), (0, -4.5, "middle"), (0, up + 4.5, "middle"),
        (3.5, -2.5, "start"), (3.5, up + 2.5, "start"), (-3.5, -2.5, "end"), (-3.5, up + 2.5, "end"),
    ):  # fmt: skip
        left = x + dx - {"start": 0, "middle": long / 2, "end": long}[anchor]
        yield Label(name, "town", x + dx, y + dy, anchor, Box(left, y + dy - up, left + long, y + dy + _DROP))


def _area_spots(area: Area, rows: Rows, view: View) -> Iterator[Label]:
    size = SIZES[area.kind]
    half, up = len(area.name) * size * _WIDTHS[area.kind] / 2, size * _RISE
    for x, y in room(rows, view, 2 * half, size):
        yield Label(area.name, area.kind, x, y, "middle", Box(x - half, y - up, x + half, y + _DROP))


def names(geometry: Geometry, view: View, taken: Sequence[Box] = (), symbols: Sequence[Box] = ()) -> str:
    """Return the markup of the labels and of the dots of those towns that have one."""
    found = labels(geometry, view, taken, symbols)
    named = {label.name for label in found if label.kind == "town"}
    dots = (
        element("circle", cx=x, cy=y, r="1.6", fill="currentColor")
        for town in _towns(geometry, view)
        if town.name in named
        for x, y in [view.xy(town.longitude, town.latitude)]
    )
    return "".join((*dots, *map(_markup, found)))


def _markup(label: Label) -> str:
    match label.kind:
        case "town":
            return text(label.x, label.y, label.name, text_anchor=label.anchor, font_size="10")
        case "governorate":
            return text(label.x, label.y, label.name, text_anchor="middle", letter_spacing="1", font_weight="600")
        case _:
            return text(label.x, label.y, label.name, text_anchor="middle", font_size="10", font_style="italic")
