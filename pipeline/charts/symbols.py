"""Symbols of events, drawn by Vega: shape and colour by type, area by people killed, outline by what is not known.

A symbol is drawn once and put where it is needed: in ten years of weeks, the same few hundred come again and again.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline.charts.labels import Box
from pipeline.charts.palette import LOOKS, OTHER, Look
from pipeline.charts.svg import number
from pipeline.charts.vega import INK, compiled, draw, markup

LARGEST = 50
"""People killed from which on symbols grow no more."""
_NONE, _LEAST, _MORE, _COUNTED = 36.0, 60.0, 15.0, 190.0
"""Areas in square units: nobody killed, the least with somebody or unknown, more for each killed, with a number."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """What one looks like."""

    kind: str
    """The type of event; empty for a symbol of the key that stands for any."""
    killed: int | None
    exact: bool = True
    count: int = 1

    @property
    def area(self) -> float:
        """Area in square units (Vega's: of the square around a circle), in proportion to those killed."""
        killed = min(self.killed or 0, LARGEST)
        area = _NONE if self.killed == 0 else _LEAST + _MORE * killed
        return max(area, _COUNTED) if self.count > 1 else area

    @property
    def radius(self) -> float:
        """Half of its width."""
        return math.sqrt(self.area) / 2

    def box(self, x: float, y: float) -> Box:
        """Return the room that it takes at a place, with the ring of an approximate position."""
        reach = self.radius + (0 if self.exact else 4)
        return Box(x - reach, y - reach, x + reach, y + reach)

    def at(self, x: float, y: float) -> str:
        """Return its markup at a place: the ring of an approximate position, its shape, the number of events."""
        same = Symbol(self.kind, self.killed and min(self.killed, LARGEST), self.exact, self.count)
        return f'<g transform="translate({number(x)} {number(y)})">{_drawn(same)}</g>'


@lru_cache(maxsize=4096)
def _drawn(symbol: Symbol) -> str:
    look = LOOKS.get(symbol.kind, OTHER) if symbol.kind else Look("circle", INK)
    hollow = symbol.killed is None
    row = {
        "origin": 0,
        "shape": look.shape,
        "colour": look.colour,
        "fill": "transparent" if hollow else look.colour,
        "edge": look.colour if hollow else INK,
        "weight": 2 if hollow else 0.6,
        "area": symbol.area,
        "ring": (2 * symbol.radius + 7) ** 2,
        "exact": symbol.exact,
        "count": str(symbol.count),
        "several": symbol.count > 1,
        "number": INK if hollow else "#ffffff",
    }
    return markup(draw(_design(), {"symbol": [row]}))


@lru_cache(maxsize=1)
def _design() -> Mapping[str, Any]:
    """Return the design of a symbol around the origin: the ring below, the shape, the number above."""
    import altair as alt

    scale = alt.Scale(domain=[0, 1], nice=False)
    base = alt.Chart(alt.NamedData("symbol")).encode(
        x=alt.X("origin:Q", axis=None, scale=scale),
        y=alt.Y("origin:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False, reverse=True)),
    )
    ring = (
        base.transform_filter("!datum.exact")
        .mark_point(shape="circle", filled=False, strokeDash=[2, 2], strokeWidth=1.2, opacity=1)
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
    return compiled(alt.layer(ring, shape, count).properties(width=1, height=1, autosize="none"))
