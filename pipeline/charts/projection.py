"""Where a point of the earth lies on a map: Mercator's projection, in the units of the map's drawing.

Over a region of five degrees its scale varies by some percent; a scale bar holds for the middle of the map.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from pipeline.regions.geometry import Frame, Geometry

WIDTH = 400
"""Width of a map in its own units, about CSS pixels on a phone."""
BASEMAP_WIDTH = 1800
"""So that a window of 400 units shows some 140 km, with lines of the weight that they are drawn with."""
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
    def height(self) -> float:
        """Height of the frame in units."""
        return self.scale * (_northing(self.frame.north) - _northing(self.frame.south))

    def xy(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return the point in units from the top left, to a tenth."""
        x = self.scale * math.radians(longitude - self.frame.west)
        y = self.scale * (_northing(self.frame.north) - _northing(latitude))
        return round(x, 1), round(y, 1)

    def longitude(self, x: float) -> float:
        """Return the degrees of longitude at ``x`` units from the left."""
        return self.frame.west + math.degrees(x / self.scale)

    def latitude(self, y: float) -> float:
        """Return the degrees of latitude at ``y`` units from the top."""
        return math.degrees(2 * math.atan(math.exp(_northing(self.frame.north) - y / self.scale)) - math.pi / 2)

    def units(self, kilometres: float, latitude: float | None = None) -> float:
        """Return the length of ``kilometres`` at a latitude, the middle of the frame when none is given."""
        middle = (self.frame.south + self.frame.north) / 2 if latitude is None else latitude
        return self.scale * kilometres / (_EARTH_KM * math.cos(math.radians(middle)))


class Projection(View):
    """The view of ``basemap.svg``: the whole region."""

    __slots__ = ()

    def __init__(self, geometry: Geometry) -> None:
        """Take the region's frame."""
        super().__init__(geometry.region, BASEMAP_WIDTH)


def _northing(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
