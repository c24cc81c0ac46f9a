"""The map of a week: events by type and size over the ground of the region, with what lies elsewhere and a key.

The large map shows the region's focus. Events outside of it are neither dropped nor moved to its edge: the small map of
the whole region below, which always shows where the large one lies, carries them. Symbols are drawn by Vega, all in one
call; the ground is drawn once a region.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any

from lxml import etree

from pipeline.charts import map_parts
from pipeline.charts.palette import LOOKS, OTHER, Look
from pipeline.charts.points import MapPoint, Mark, marks
from pipeline.charts.projection import WIDTH, View
from pipeline.charts.svg import Svg, element, number, picture, text
from pipeline.charts.vega import compiled, draw
from pipeline.regions.geometry import Geometry

INSET, GUTTER, ROW, LEAST_REACH = 176, 14, 17, 9.0
"""Width of the small map, room between parts, height of a row of the key, least reach of a pointer, in units."""
_CANVAS = 2000
LARGEST = 100
"""People killed from which on symbols grow no more."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol to be drawn at a place of the picture."""

    x: float
    y: float
    kind: str
    killed: int | None
    exact: bool = True
    count: int = 1

    @property
    def area(self) -> float:
        """Area in square units, in proportion to those killed; the least for none, and room for a number."""
        killed = 0 if self.killed is None else min(self.killed, LARGEST)
        area = 45.0 + 12.0 * killed if killed or self.killed is None else 30.0
        return max(area, 170.0) if self.count > 1 else area


def week_map(geometry: Geometry, points: Sequence[MapPoint], *, title: str, description: str, prefix: str) -> Svg:
    """Return the map of ``points``; their order does not change it, and every one is in it or counted under it.

    Symbols link to their events' pages for a pointer; readers without one have the table (``map_rows``).
    """
    large = View(geometry.focus, WIDTH)
    found = marks(points)
    inner = [mark for mark in found if geometry.focus.holds(mark.lon, mark.lat)]
    rest = [mark for mark in found if mark not in inner]
    outer = [mark for mark in rest if geometry.region.holds(mark.lon, mark.lat)]
    off = sum(len(mark.points) for mark in rest if mark not in outer)
    top = large.height + GUTTER
    small = View(geometry.region, INSET) if geometry.focus != geometry.region else None
    key = _key(found, (INSET + GUTTER + 6.0 if small else 8.0), top + 6)
    symbols = [_placed(mark, large, 0, 0) for mark in inner]
    symbols += [_placed(mark, small, 0, top) for mark in outer if small]
    drawn = _drawn([*symbols, *(symbol for symbol, _ in key)])
    body = [map_parts.framed(geometry, large, prefix, focus=True)]
    if small:
        body.append(map_parts.inset(geometry, small, prefix, top, sum(len(mark.points) for mark in outer)))
    body += [
        _linked(mark, symbol, shape) for mark, symbol, shape in zip([*inner, *outer], symbols, drawn, strict=False)
    ]
    body += drawn[len(symbols) :]
    body += [text(symbol.x + 16, symbol.y + 4, words) for symbol, words in key]
    height = max(top + (small.height + 16 if small else 0), key[-1][0].y + ROW if key else top)
    if off:
        body.append(text(0, height + 10, f"{off} more outside of the map"))
        height += ROW
    return picture(
        "".join(body), width=WIDTH, height=height, title=title, description=description, prefix=prefix, kind="map"
    )


def _placed(mark: Mark, view: View, left: float, top: float) -> Symbol:
    x, y = view.xy(mark.lon, mark.lat)
    return Symbol(x + left, y + top, mark.kind, mark.killed, mark.exact, len(mark.points))


def _key(found: Sequence[Mark], x: float, y: float) -> list[tuple[Symbol, str]]:
    """Return the rows of the key: the kinds that the map shows, then what size and outline say where it matters."""
    kinds = {mark.kind for mark in found}
    rows: list[tuple[str, int | None, bool, int, str]] = [
        (kind, 5, True, 1, kind) for kind in (*LOOKS, *sorted(kinds - LOOKS.keys())) if kind in kinds
    ]
    plain = ""
    said = (
        (plain, 0, True, 1, "none killed", any(mark.killed == 0 for mark in found)),
        (plain, 10, True, 1, "10 killed", any(mark.killed for mark in found)),
        (plain, LARGEST, True, 1, f"{LARGEST} or more killed", any((mark.killed or 0) > 20 for mark in found)),
        (plain, None, True, 1, "number killed not known", any(mark.killed is None for mark in found)),
        (plain, 5, False, 1, "position approximate", not all(mark.exact for mark in found)),
        (plain, 5, True, 3, "events at one place", any(len(mark.points) > 1 for mark in found)),
    )
    rows += [row[:5] for row in said if row[5]]
    placed = []
    for kind, killed, exact, count, words in rows:
        step = ROW + (16 if killed == LARGEST else 0)
        symbol = Symbol(x + 4, y + step / 2, kind, killed, exact, count)
        placed.append((symbol, words))
        y += step
    return placed


def _linked(mark: Mark, symbol: Symbol, shape: str) -> str:
    reach = max(LEAST_REACH, (symbol.area / 3.14) ** 0.5)
    target = element("circle", cx=symbol.x, cy=symbol.y, r=number(reach), fill="none", pointer_events="all")
    href = mark.points[0].href if len(mark.points) == 1 else ""
    inside = f"<title>{escape(mark.title)}</title>{shape}{target}"
    return f'<a href="{escape(href)}" tabindex="-1">{inside}</a>' if href else f"<g>{inside}</g>"


def _drawn(symbols: Sequence[Symbol]) -> list[str]:
    """Return the markup of each symbol: its ring when the position is approximate, its shape, its number."""
    if not symbols:
        return []
    rows = [_row(symbol) for symbol in symbols]
    shapes = iter(draw(_design(), {"symbols": rows}))
    rings = [next(shapes) if not symbol.exact else None for symbol in symbols]
    bodies = [next(shapes) for _ in symbols]
    counts = [next(shapes) if symbol.count > 1 else None for symbol in symbols]
    if next(shapes, None) is not None:
        raise AssertionError("Vega drew more than the map asked for")
    return [
        "".join(_text(part) for part in parts if part is not None) for parts in zip(rings, bodies, counts, strict=True)
    ]


def _text(part: etree._Element) -> str:
    return etree.tostring(part, encoding="unicode")


def _row(symbol: Symbol) -> Mapping[str, Any]:
    look = LOOKS.get(symbol.kind, OTHER) if symbol.kind else Look("circle", "currentColor")
    hollow = symbol.killed is None
    return {
        "x": symbol.x,
        "y": symbol.y,
        "shape": look.shape,
        "colour": look.colour,
        "fill": "transparent" if hollow else look.colour,
        "edge": look.colour if hollow else "currentColor",
        "weight": 2 if hollow else 0.6,
        "area": symbol.area,
        "ring": (symbol.area**0.5 + 8) ** 2,
        "exact": symbol.exact,
        "count": str(symbol.count),
        "several": symbol.count > 1,
        "number": "currentColor" if hollow else "#ffffff",
    }


@lru_cache(maxsize=1)
def _design() -> Mapping[str, Any]:
    """Return the symbols' design, in units of the picture: rings below, shapes, numbers above."""
    import altair as alt

    scale = {"domain": [0, _CANVAS], "nice": False, "zero": False}
    base = alt.Chart(alt.NamedData("symbols")).encode(
        x=alt.X("x:Q", axis=None, scale=alt.Scale(**scale)),
        y=alt.Y("y:Q", axis=None, scale=alt.Scale(**scale, reverse=True)),
    )
    ring = (
        base.transform_filter("!datum.exact")
        .mark_point(shape="circle", filled=False, strokeDash=[2, 2], strokeWidth=1.2)
        .encode(size=alt.Size("ring:Q", scale=None), stroke=alt.Stroke("colour:N", scale=None))
    )
    shape = base.mark_point(opacity=1).encode(
        size=alt.Size("area:Q", scale=None),
        shape=alt.Shape("shape:N", scale=None),
        fill=alt.Fill("fill:N", scale=None),
        stroke=alt.Stroke("edge:N", scale=None),
        strokeWidth=alt.StrokeWidth("weight:Q", scale=None),
    )
    count = (
        base.transform_filter("datum.several")
        .mark_text(fontSize=9, fontWeight="bold", baseline="middle")
        .encode(text="count:N", color=alt.Color("number:N", scale=None))
    )
    return compiled(alt.layer(ring, shape, count).properties(width=_CANVAS, height=_CANVAS))
