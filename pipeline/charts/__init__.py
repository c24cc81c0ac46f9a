"""Charts and maps as inline SVG for the site, and the ground that event pages put a marker on.

Altair designs them, Vega (in vl-convert) draws them. They need no script, no style sheet and no network, take ink and
type from the page, are one labelled image each to a screen reader, and are the same bytes for the same input. What is
counted and what is said about it is the caller's.
"""

from __future__ import annotations

from pipeline.charts.line import trend
from pipeline.charts.panels import Panel, small_multiples
from pipeline.charts.place_map import basemap, place_map
from pipeline.charts.points import MapPoint, map_rows
from pipeline.charts.projection import Projection
from pipeline.charts.svg import Svg
from pipeline.charts.weekly_map import week_map
from pipeline.charts.words import MapWords
from pipeline.regions.geometry import Geometry, load_geometry

__all__ = [
    "Geometry",
    "MapPoint",
    "MapWords",
    "Panel",
    "Projection",
    "Svg",
    "basemap",
    "load_geometry",
    "map_rows",
    "place_map",
    "small_multiples",
    "trend",
    "week_map",
]
