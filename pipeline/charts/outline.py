"""The ground of a map: land and sea, borders by kind, drawn from a region's shapes without a chart library.

Borders are taken from the areas: an edge that two of them share is drawn once, as what it is. Edges of a declared line
(disputed, ceasefire) are drawn as that line and not as a border.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from pipeline.charts.projection import View
from pipeline.charts.simplified import simplified
from pipeline.charts.svg import element, path
from pipeline.regions.geometry import Frame, Geometry, Point

Edge = tuple[Point, Point]
TOLERANCE = 0.4
"""Units that a drawn line may be off: half a pixel at the width that a map has on a screen."""
STYLES: dict[str, dict[str, str | float]] = {
    "coast": {"stroke_width": 0.6, "stroke_opacity": 0.55},
    "governorate": {"stroke_width": 0.7, "stroke_opacity": 0.5},
    "border": {"stroke_width": 1.3, "stroke_opacity": 0.75},
    "disputed": {"stroke_width": 1.3, "stroke_opacity": 0.75, "stroke_dasharray": "5 3"},
    "ceasefire": {"stroke_width": 1.0, "stroke_opacity": 0.75, "stroke_dasharray": "1 2"},
}
"""How each kind of line is drawn: by weight and dash, in the ink of the page."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A run of edges of one kind."""

    kind: str
    points: tuple[Point, ...]


@lru_cache(maxsize=8)
def strokes(geometry: Geometry) -> tuple[Stroke, ...]:
    """Return every border once, as runs of points, and the declared lines."""
    kinds = _edge_kinds(geometry)
    declared = {edge for line in geometry.lines for edge in _edges(line.points)}
    drawn: set[Edge] = set(declared)
    runs = [run for area in geometry.areas for ring in area.rings for run in _runs(ring, kinds, drawn)]
    return (*runs, *(Stroke(line.kind, line.points) for line in geometry.lines))


def _edge_kinds(geometry: Geometry) -> dict[Edge, str]:
    owners: dict[Edge, list[str]] = {}
    for area in geometry.areas:
        for ring in area.rings:
            for edge in _edges(ring):
                owners.setdefault(edge, []).append(area.kind)
    names = {("governorate", "governorate"): "governorate"}
    return {
        edge: "coast" if len(kinds) == 1 else names.get((kinds[0], kinds[1]), "border")
        for edge, kinds in owners.items()
    }


def _runs(ring: Sequence[Point], kinds: dict[Edge, str], drawn: set[Edge]) -> Iterator[Stroke]:
    run: list[Point] = []
    kind = ""
    for one, two in pairwise(ring):
        edge = _edge(one, two)
        if run and (edge in drawn or kinds[edge] != kind):
            yield Stroke(kind, tuple(run))
            run = []
        if edge not in drawn:
            drawn.add(edge)
            kind = kinds[edge]
            run = [*(run or [one]), two]
    if run:
        yield Stroke(kind, tuple(run))


def _edges(points: Sequence[Point]) -> Iterator[Edge]:
    return (_edge(one, two) for one, two in pairwise(points))


def _edge(one: Point, two: Point) -> Edge:
    return (one, two) if one < two else (two, one)


@lru_cache(maxsize=16)
def ground(geometry: Geometry, view: View, ink: str = "currentColor", strength: float = 1.0) -> str:
    """Return the markup of land and lines that show in the view, in its units; ``strength`` deepens a grey ink."""
    near = _around(view.frame)
    parts = [
        element("path", d=d, fill=ink, fill_opacity=shade, fill_rule="evenodd")
        for kind, shade in (("neighbour", f"{0.07 * strength:.2f}"), ("governorate", f"{0.14 * strength:.2f}"))
        if (d := _land(geometry, kind, view))
    ]
    for kind, style in STYLES.items():
        lines = [stroke.points for stroke in strokes(geometry) if stroke.kind == kind]
        d = "".join(
            path(simplified([view.xy(*point) for point in run], TOLERANCE))
            for line in lines
            for run in _inside(line, near)
        )
        if d:
            opacity = f"{min(1.0, float(style['stroke_opacity']) * strength):.2f}"
            look = {**style, "stroke_opacity": opacity}
            parts.append(element("path", d=d, stroke=ink, stroke_linejoin="round", **look))
    return "".join(parts)


def _land(geometry: Geometry, kind: str, view: View) -> str:
    rings = [ring for area in geometry.areas if area.kind == kind for ring in area.rings]
    cut = (_clipped(ring, _around(view.frame)) for ring in rings)
    return "".join(
        path(simplified([view.xy(*point) for point in ring], TOLERANCE)[:-1], closed=True)
        for ring in cut
        if len(ring) > 3
    )


def _around(frame: Frame) -> Frame:
    """Return the frame with a margin wide enough that no cut edge shows."""
    margin = (frame.east - frame.west) / 50
    return Frame(frame.south - margin, frame.west - margin, frame.north + margin, frame.east + margin)


def _clipped(ring: Sequence[Point], frame: Frame) -> list[Point]:
    """Return the ring cut to the frame (Sutherland and Hodgman), closed."""
    points = list(ring[:-1])
    for axis, limit, sign in ((0, frame.west, 1), (0, frame.east, -1), (1, frame.south, 1), (1, frame.north, -1)):
        points = list(_half(points, axis, limit, sign))
    return [*points, points[0]] if points else []


def _half(points: Sequence[Point], axis: int, limit: float, sign: int) -> Iterator[Point]:
    for one, two in zip([*points[-1:], *points[:-1]], points, strict=True):
        before, after = ((point[axis] - limit) * sign >= 0 for point in (one, two))
        if before != after:
            share = (limit - one[axis]) / (two[axis] - one[axis])
            yield one[0] + share * (two[0] - one[0]), one[1] + share * (two[1] - one[1])
        if after:
            yield two


def _inside(line: Iterable[Point], frame: Frame) -> Iterator[list[Point]]:
    """Return the runs of a line that touch the frame, with the point before and after each."""
    run: list[Point] = []
    last: Point | None = None
    for point in line:
        if frame.holds(*point):
            if not run and last is not None:
                run.append(last)
            run.append(point)
        elif run:
            yield [*run, point]
            run = []
        last = point
    if run:
        yield run
