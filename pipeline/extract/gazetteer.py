"""What the region pack knows of the places that spans and mentions name: their kind, and which lies in which.

Finding and choosing places is the business of `places.py`; which of them is the scene of
a happening that of `setting.py`.
"""

from __future__ import annotations

from pipeline.extract.places import PlaceSpan, ResolvedPlace
from pipeline.regions.pack import RegionPack


class RegionGazetteer:
    """The gazetteer of a region, asked about spans and resolved places (implements `setting.Gazetteer`)."""

    def __init__(self, region: RegionPack) -> None:
        """Keep the region; nothing is built."""
        self._region = region

    def kind(self, span: PlaceSpan) -> str | None:
        """Give the place_kind of the likeliest place that a span names."""
        return self._region.place(span.candidates[0]).kind if span.candidates else None

    def names_governorate(self, span: PlaceSpan) -> bool:
        """Tell a governorate or the city that it is named after."""
        places = [self._region.place(place_id) for place_id in span.candidates]
        return any(place.kind == "governorate" or place.name == place.admin1 for place in places)

    def holds(self, wide: PlaceSpan, fine: PlaceSpan) -> bool:
        """Tell whether a place that one span may name contains the likeliest place of another."""
        if not wide.candidates or not fine.candidates or wide.candidates[0] == fine.candidates[0]:
            return False
        return any(self._region.within(fine.candidates[0], place_id) for place_id in wide.candidates)

    def contains(self, wide: ResolvedPlace, fine: ResolvedPlace) -> bool:
        """Tell whether one resolved place contains another, by the gazetteer or by the governorate."""
        if self._is_area(wide) and not self._is_area(fine) and wide.admin1 == fine.admin1:
            return True
        if wide.admin1 == fine.admin1 and fine.geo_precision == 1 and _is_named_after(fine.place, wide.place):
            return True
        if wide.place_id is not None and fine.place_id is not None:
            return self._region.within(fine.place_id, wide.place_id)
        if wide.place_id is not None and self._is_said_to_lie_in(fine, wide.place_id):
            return True
        return wide.geo_precision == 3 and wide.admin1 is not None and wide.admin1 == fine.admin1

    def _is_said_to_lie_in(self, fine: ResolvedPlace, place_id: str) -> bool:
        """ "X in the Y quarter": the gazetteer lacks X, but the text says that it is in Y."""
        within = fine.span.within if fine.span is not None else None
        return within is not None and any(self._region.within(inner, place_id) for inner in within.candidates)

    def _is_area(self, place: ResolvedPlace) -> bool:
        """ "north of Aleppo", "Aleppo countryside": a wide area named after the seat of its governorate."""
        named = self._region.place(place.place_id).name if place.place_id is not None else place.place
        return (
            (place.geo_precision or 1) > 1 and place.admin1 is not None and named.removesuffix(" city") == place.admin1
        )


def _is_named_after(site: str, town: str) -> bool:
    """Tell "Azaz crossing", which is at Azaz."""
    return site.lower().startswith(f"{town.lower()} ")
