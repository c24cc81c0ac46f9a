"""How far two places lie from each other."""

from __future__ import annotations

from math import cos, hypot, radians
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.regions.pack import Place


def kilometres(one: Place, other: Place) -> float:
    """Give the distance on a plane that touches the globe at the places: right to a per cent up to 500 km."""
    north = one.latitude - other.latitude
    east = (one.longitude - other.longitude) * cos(radians((one.latitude + other.latitude) / 2))
    return 111.2 * hypot(north, east)
