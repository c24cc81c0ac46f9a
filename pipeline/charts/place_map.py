"""Where one event happened: a window on the region's ground with a marker, light enough for every event's page.

The ground is one file (``basemap``) that all pages share as an image; only the window, the marker and the names in it are in
the page. No chart library is called.
"""

from __future__ import annotations

from html import escape

from pipeline.charts.labels import names
from pipeline.charts.map_parts import scale_bar
from pipeline.charts.outline import ground
from pipeline.charts.projection import WIDTH, Projection, View
from pipeline.charts.svg import Svg, element, number, picture
from pipeline.regions.geometry import Frame, Geometry

_INK = "#7d7d7d"
"""An image takes no ink from the page: this grey shows on light and on dark grounds."""
REACH_KM = 70.0
"""Half the width of the window."""


def basemap(geometry: Geometry) -> bytes:
    """Return ``basemap.svg``: the ground of the whole region, in the units of ``Projection``."""
    view = Projection(geometry)
    size = f"{number(view.width)} {number(view.height)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" width="{number(view.width)}" '
        f'height="{number(view.height)}" fill="none">{ground(geometry, view, _INK)}</svg>\n'
    ).encode()


def place_map(
    geometry: Geometry,
    longitude: float,
    latitude: float,
    *,
    title: str,
    description: str,
    prefix: str,
    image: str,
    error_km: float = 0.0,
) -> Svg:
    """Return the window around a point; ``image`` is the address of ``basemap.svg`` from the page.

    ``error_km`` is how far off the point may be (``coordinate_error_km``): a dashed ring of that radius says so.
    """
    whole = Projection(geometry)
    window = View(_around(geometry.region, longitude, latitude), WIDTH)
    zoom = window.scale / whole.scale
    left, top = whole.xy(window.frame.west, window.frame.north)
    x, y = window.xy(longitude, latitude)
    bar, room = scale_bar(window)
    ring = window.units(error_km, latitude)
    parts = [
        f'<clipPath id="{prefix}-window">{element("rect", width=number(WIDTH), height=number(window.height))}</clipPath>',
        f'<g clip-path="url(#{prefix}-window)">',
        f'<image href="{escape(image)}" x="{number(-left * zoom)}" y="{number(-top * zoom)}" '
        f'width="{number(whole.width * zoom)}" height="{number(whole.height * zoom)}"/>',
        names(geometry, window, (room,)),
        element("circle", cx=x, cy=y, r=ring, stroke="#c2410c", stroke_width="1.5", stroke_dasharray="4 3")
        if ring > 8
        else "",
        element("circle", cx=x, cy=y, r="6", fill="#c2410c", stroke="currentColor"),
        f"</g>{bar}",
    ]
    return picture(
        "".join(parts),
        width=WIDTH,
        height=window.height,
        title=title,
        description=description,
        prefix=prefix,
        kind="place",
    )


def _around(region: Frame, longitude: float, latitude: float) -> Frame:
    return Frame(latitude - 0.5, longitude - 0.8, latitude + 0.5, longitude + 0.8)
