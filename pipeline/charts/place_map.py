"""Where one event happened: a window on the region's ground with a marker, light enough for every event's page.

The ground is one file (``basemap``) that all pages share as an image; only the window, the marker and the names in it
are in the page. No chart library is called.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape

from pipeline.charts.labels import Box, names
from pipeline.charts.map_parts import scale_bar
from pipeline.charts.outline import ground
from pipeline.charts.projection import WIDTH, Projection, View
from pipeline.charts.svg import Svg, element, number, picture
from pipeline.charts.words import ENGLISH, MapWords
from pipeline.regions.geometry import Frame, Geometry

HEIGHT = 300
"""Height of the window in units; its width is that of the other maps."""
_INK = "#7d7d7d"
"""An image takes no ink from the page: this grey shows on light and on dark grounds."""
_MARK = "#c2410c"


@lru_cache(maxsize=8)
def basemap(geometry: Geometry) -> bytes:
    """Return ``basemap.svg``: the ground of the whole region, in the units of ``Projection``."""
    view = Projection(geometry)
    size = f"{number(view.width)} {number(view.height)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" width="{number(view.width)}" '
        f'height="{number(view.height)}" fill="none">{ground(geometry, view, _INK, strength=1.5)}</svg>\n'
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
    words: MapWords = ENGLISH,
) -> Svg:
    """Return the window around a point; ``image`` is the address of ``basemap.svg`` from the page.

    ``error_km`` is how far off the point may be (``coordinate_error_km``): a dashed ring of that radius says so, and
    the window widens until the ring fits.
    """
    body = _window(geometry, longitude, latitude, error_km, prefix, image, words.kilometres, words.north)
    return picture(body, width=WIDTH, height=HEIGHT, title=title, description=description, prefix=prefix, kind="place")


@lru_cache(maxsize=8192)
def _window(
    geometry: Geometry,
    longitude: float,
    latitude: float,
    error_km: float,
    prefix: str,
    image: str,
    kilometres: str,
    north: str,
) -> str:
    """Return what is drawn of a place: many events share one."""
    whole = Projection(geometry)
    zoom = min(1.0, HEIGHT / 2.2 / max(whole.units(error_km, latitude), 1.0))
    x, y = whole.xy(longitude, latitude)
    left, top = x - WIDTH / 2 / zoom, y - HEIGHT / 2 / zoom
    south, east = whole.latitude(top + HEIGHT / zoom), whole.longitude(left + WIDTH / zoom)
    window = View(Frame(south, whole.longitude(left), whole.latitude(top), east), WIDTH)
    bar, room = scale_bar(window, kilometres, north)
    middle = Box(WIDTH / 2 - 6, HEIGHT / 2 - 6, WIDTH / 2 + 6, HEIGHT / 2 + 6)
    ring = window.units(error_km, latitude)
    parts = [
        f'<clipPath id="{prefix}-window"><rect width="{WIDTH}" height="{HEIGHT}"/></clipPath>',
        f'<g clip-path="url(#{prefix}-window)">',
        f'<image href="{escape(image)}" x="{number(-left * zoom)}" y="{number(-top * zoom)}" '
        f'width="{number(whole.width * zoom)}" height="{number(whole.height * zoom)}"/>',
        names(geometry, window, (room, middle)),
        _circle(ring, stroke=_MARK, stroke_width="1.5", stroke_dasharray="4 3") if ring > 8 else "",
        _circle(5.0, fill=_MARK, stroke="currentColor"),
        f'</g>{bar}<rect width="{WIDTH}" height="{HEIGHT}" stroke="currentColor" stroke-opacity=".5"/>',
    ]
    return "".join(parts)


def _circle(radius: float, **attributes: str) -> str:
    return element("circle", cx=str(WIDTH // 2), cy=str(HEIGHT // 2), r=radius, **attributes)
