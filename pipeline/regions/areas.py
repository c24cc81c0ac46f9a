"""In which governorate and district of the region a supplied place lies.

What its file says comes first; where it is silent, the curated places around it tell. Nothing is guessed across a
border: a place whose neighbours disagree has no governorate.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Protocol

from pipeline.regions.candidates import Candidate
from pipeline.regions.folding import fold
from pipeline.regions.pack import Place, RegionPack

NEIGHBOURS = 3
NEAR_KM = 15.0
ENOUGH_VOTES = 200
_KM_A_DEGREE = 111.2
_AREAS = ("subdistrict", "area", "district", "governorate")
_SETTLED = ("town", "village")
"""Kinds by which neighbours are told: the quarters of a city add nothing to the city."""
_OFFICE = frozenset(map(fold, ("governorate", "province", "muhafazat", "muhafazah")))


class Point(Protocol):
    """Anything with coordinates in decimal degrees."""

    @property
    def latitude(self) -> float:
        """Degrees north."""

    @property
    def longitude(self) -> float:
        """Degrees east."""


def km(one: Point, two: Point) -> float:
    """Return the distance of two points of one region in kilometres, good to a percent."""
    north = (one.latitude - two.latitude) * _KM_A_DEGREE
    east = (one.longitude - two.longitude) * _KM_A_DEGREE * math.cos(math.radians(one.latitude))
    return math.hypot(north, east)


class Areas:
    """The governorates and districts of a region, and what lies near a point."""

    def __init__(self, region: RegionPack) -> None:
        """Index the region's governorates and districts by name, its precise places by position."""
        self._box = region.bounding_box
        self._governorates = {place.admin1: place for place in region.places if place.kind == "governorate"}
        self._districts = {(p.admin1, p.admin2): p for p in region.places if p.kind == "district"}
        self._admin1 = {_bare(name): name for name in region.admin1}
        for place in self._governorates.values():
            for name in place.names:
                self._admin1.setdefault(_bare(name), place.admin1)
        self._admin2 = {(p.admin1, fold(n)): p for p in self._districts.values() for n in (p.admin2 or "", *p.names)}
        self._east = _KM_A_DEGREE * math.cos(math.radians((self._box[0] + self._box[2]) / 2))
        self._cells: dict[tuple[int, int], list[tuple[float, float, Place]]] = {}
        for place in region.places:
            if place.geo_precision == 1 and place.admin2 is not None and place.kind in _SETTLED:
                north, east = self._flat(place)
                self._cells.setdefault(_cell(north, east), []).append((north, east, place))

    def codes(self, candidates: Iterable[Candidate]) -> Mapping[str, str]:
        """Return what each code of a governorate means that no row explains: where most of its places lie."""
        votes: dict[str, Counter[str]] = {}
        for candidate in candidates:
            if not candidate.admin1_code or self._told(candidate) is not None:
                continue
            count = votes.setdefault(candidate.admin1_code, Counter())
            if count.total() < ENOUGH_VOTES and (near := self._near(candidate)):
                count[near[0].admin1] += 1
        tops = {code: count.most_common(1)[0] for code, count in votes.items() if count}
        return {code: admin1 for code, (admin1, most) in tops.items() if most * 2 > votes[code].total()}

    def place(self, candidate: Candidate, codes: Mapping[str, str]) -> Place | None:
        """Return the candidate as a place of the region; None when it lies outside of it or of its governorate."""
        south, west, north, east = self._box
        if not (south <= candidate.latitude <= north and west <= candidate.longitude <= east):
            return None
        admin1 = self._told(candidate)
        if admin1 is None and not candidate.admin1:
            admin1 = codes.get(candidate.admin1_code) or self._around(candidate)
        governorate = self._governorates.get(admin1 or "")
        if governorate is None or km(candidate, governorate) > governorate.coordinate_error_km:
            return None
        district = self._district(candidate, governorate.admin1)
        return Place(
            place_id=candidate.place_id,
            name=candidate.names[0],
            name_ar=candidate.name_ar,
            alternatives=candidate.names[1:],
            kind=candidate.kind,
            admin1=governorate.admin1,
            admin2=district.admin2 if district else None,
            latitude=round(candidate.latitude, 5),
            longitude=round(candidate.longitude, 5),
            geo_precision=2 if candidate.kind in _AREAS else 1,
            coordinate_source=candidate.coordinate_source,
            coordinate_error_km=candidate.coordinate_error_km,
            parent=(district or governorate).place_id,
        )

    def _told(self, candidate: Candidate) -> str | None:
        return next((self._admin1[key] for name in candidate.admin1 if (key := _bare(name)) in self._admin1), None)

    def _around(self, point: Point) -> str | None:
        near = {place.admin1 for place in self._near(point)}
        return near.pop() if len(near) == 1 else None

    def _district(self, candidate: Candidate, admin1: str) -> Place | None:
        for name in candidate.admin2:
            if (admin1, fold(name)) in self._admin2:
                return self._admin2[admin1, fold(name)]
        near = next((place for place in self._near(candidate) if place.admin1 == admin1), None)
        return self._districts.get((admin1, near.admin2)) if near else None

    def _near(self, point: Point) -> list[Place]:
        """Return the nearest precise places of the pack, nearest first, none farther than NEAR_KM."""
        north, east = self._flat(point)
        row, column = _cell(north, east)
        around = [(row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
        found = sorted(
            ((n - north) ** 2 + (e - east) ** 2, place.place_id, place)
            for cell in around
            for n, e, place in self._cells.get(cell, ())
        )
        return [place for square, _, place in found[:NEIGHBOURS] if square <= NEAR_KM**2]

    def _flat(self, point: Point) -> tuple[float, float]:
        """Return kilometres north and east, good to some percent all over the region: enough to find neighbours."""
        return point.latitude * _KM_A_DEGREE, point.longitude * self._east


def _cell(north: float, east: float) -> tuple[int, int]:
    return math.floor(north / NEAR_KM), math.floor(east / NEAR_KM)


@lru_cache(maxsize=1_024)
def _bare(name: str) -> str:
    """Return the key of a governorate's name, with or without the word for it."""
    words = fold(name).split()
    return " ".join([word for word in words if word not in _OFFICE] or words)
