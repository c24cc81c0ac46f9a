"""Where a point of the earth lies on a map: Mercator's projection, in the units of the map's drawing.

The same as Vega's ``mercator`` with its scale and translation, so that what Vega draws lies on what is drawn here. Over
a region of five degrees its scale varies by some percent; a scale bar holds for the middle of the map.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from pipeline.regions.geometry import Frame, Geometry

WIDTH = 400
"""Width of a map in its own units, about CSS pixels on a phone."""
_EARTH_KM = 6371.0088


@dataclass(frozen=True, slots=True)
class View:
    """A frame drawn at a width: ``xy`` gives units from its top left."""

    frame: Frame
    width: float = WIDTH

    @property
    def scale(self) -> float:
        """Units to a radian of longitude."""
        return self.width / math.radians(self.frame.east - self.frame.west)

    @property
    def translate(self) -> tuple[float, float]:
        """What Vega adds to its own coordinates."""
        return -self.scale * math.radians(self.frame.west), self.scale * _northing(self.frame.north)

    @property
    def height(self) -> float:
        """Height of the frame in units."""
        return self.scale * (_northing(self.frame.north) - _northing(self.frame.south))

    def xy(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return the point in units from the top left, to a tenth."""
        east, south = self.translate
        x = self.scale * math.radians(longitude) + east
        y = south - self.scale * _northing(latitude)
        return round(x, 1), round(y, 1)

    def units(self, kilometres: float, latitude: float | None = None) -> float:
        """Return the length of ``kilometres`` at a latitude, the middle of the frame when none is given."""
        middle = (self.frame.south + self.frame.north) / 2 if latitude is None else latitude
        return self.scale * kilometres / (_EARTH_KM * math.cos(math.radians(middle)))


class Projection(View):
    """The view of ``basemap.svg``: the whole region."""

    def __init__(self, geometry: Geometry) -> None:
        """Take the region's frame."""
        super().__init__(geometry.region, BASEMAP_WIDTH)


BASEMAP_WIDTH = 800


def _northing(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
