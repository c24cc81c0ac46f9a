"""The parts of a map around its symbols: the ground in its frame, the small map of the region, the scale bar."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from pipeline.charts.labels import Box, names
from pipeline.charts.outline import STYLES, ground
from pipeline.charts.projection import View
from pipeline.charts.svg import element, number, text
from pipeline.charts.words import MapWords
from pipeline.regions.geometry import Geometry

_LENGTHS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


def framed(geometry: Geometry, view: View, prefix: str, symbols: Sequence[Box], words: MapWords) -> str:
    """Return ground, names and scale bar in the view's frame; names avoid the boxes of ``symbols`` where they can."""
    bar, room = scale_bar(view, words.kilometres, words.north)
    labels = names(geometry, view, (room,), symbols)
    return (
        f'<clipPath id="{prefix}-large">{_rectangle(view)}</clipPath>'
        f'<g clip-path="url(#{prefix}-large)">{ground(geometry, view)}{labels}</g>{bar}{_edge(view)}'
    )


def inset(geometry: Geometry, view: View, prefix: str, top: float, said: str) -> str:
    """Return the small map of the whole region, the focus marked on it, with ``said`` under it."""
    focus = geometry.focus
    left, upper = view.xy(focus.west, focus.north)
    right, lower = view.xy(focus.east, focus.south)
    part = element(
        "rect", x=left, y=upper, width=right - left, height=lower - upper, stroke="currentColor", stroke_width="1.5"
    )
    return (
        f'<g transform="translate(0 {number(top)})"><clipPath id="{prefix}-small">{_rectangle(view)}</clipPath>'
        f'<g clip-path="url(#{prefix}-small)">{ground(geometry, view)}{part}</g>{_edge(view)}'
        f"{text(0, view.height + 13, said)}</g>"
    )


@lru_cache(maxsize=16)
def line_key(geometry: Geometry, views: tuple[View, ...], top: float, *words: str) -> tuple[str, float]:
    """Return what dashes and dots mean (``words``), as far as the views show any, and where the key ends."""
    parts, y = [], top
    for kind, said in zip(("disputed", "ceasefire"), words, strict=True):
        lines = [line for line in geometry.lines if line.kind == kind]
        if any(view.frame.holds(*point) for line in lines for point in line.points for view in views):
            style = STYLES[kind]
            parts.append(element("path", d=f"M0 {number(y + 8)}h26", stroke="currentColor", **style))
            parts.append(text(32, y + 12, said))
            y += 16
    return "".join(parts), y + 4


@lru_cache(maxsize=16)
def scale_bar(view: View, kilometres: str, north: str) -> tuple[str, Box]:
    """Return the bar with its length, north above it, in the lower left corner, and the room that it takes."""
    length = max((km for km in _LENGTHS if view.units(km) <= view.width / 4), default=_LENGTHS[0])
    long, x, y = view.units(length), 8.0, view.height - 9
    bar = element(
        "path", d=f"M{number(x)} {number(y - 4)}v4h{number(long)}v-4", stroke="currentColor", stroke_width="1.2"
    )
    arrow = element("path", d=f"M{number(x + 4)} {number(y - 22)}v-16m-3.5 5l3.5-5 3.5 5", stroke="currentColor")
    words = text(x + 4, y - 8, kilometres.format(n=length)) + text(x + 12, y - 26, north)
    return bar + arrow + words, Box(0, y - 42, x + max(long, 48) + 4, view.height)


def _rectangle(view: View) -> str:
    return element("rect", width=view.width, height=number(view.height))


def _edge(view: View) -> str:
    return element("rect", width=float(view.width), height=view.height, stroke="currentColor", stroke_opacity="0.5")
