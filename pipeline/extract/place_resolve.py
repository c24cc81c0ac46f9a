"""Which place of the gazetteer a span means, by what it is called and by the places around it (codebook section 4,
"Places").

Weighs candidates: the place it is said to lie in first, then its sentence, its paragraph, its article. What the
context does not settle stays open: a wrong point is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.extract.place_circles import Circle
from pipeline.extract.place_distance import kilometres
from pipeline.extract.place_names import NameTable
from pipeline.extract.place_types import PlaceContext, PlaceSpan, ResolvedPlace

if TYPE_CHECKING:
    from pipeline.regions.pack import Place, RegionPack

_KINDS_OF_UNIT = {
    "governorate": {"governorate"},
    "city": {"town", "governorate"},
    "town": {"town", "village"},
    "village": {"village", "town"},
    "district": {"district", "subdistrict", "neighbourhood"},
    "neighbourhood": {"neighbourhood", "town"},
    "hill": {"hill"},
    "camp": {"camp"},
    "base": {"base"},
    "crossing": {"crossing"},
    "area": {"area", "district", "subdistrict", "neighbourhood"},
    "facility": {"facility"},
}
_WITHIN, _ELSEWHERE, _SENTENCE, _PARAGRAPH, _SECTION, _ARTICLE = 1000, 250, 100, 20, 14, 8
_UNIT = 30
_FAR = 100
"""Characters over which the weight of a place named nearby falls to a quarter."""
_RANK = {
    "governorate": 6,
    "town": 7,
    "district": 4,
    "area": 4,
    "subdistrict": 3,
    "village": 2,
    "camp": 2,
    "base": 2,
    "crossing": 2,
    "hill": 1,
    "neighbourhood": 1,
    "facility": 1,
}
_SETTLED_RANK = 4
"""A town, district or governorate is meant when nothing speaks for another bearer of its name; of two villages, none
is."""


_SMALL = frozenset({"village", "neighbourhood", "hill", "facility"})
"""Kinds of places whose names return in other governorates."""
_QUARTER_REACH = 10.0
"""Kilometres within which a place helps to find a quarter: it is in its own city."""
_CALLED_SMALL = frozenset({"village", "neighbourhood", "hill"})
"""What no town is called where the text means that town."""
_REACH = 60.0
"""Kilometres within which a town helps to find a place."""


def _is_another(other: PlaceSpan, span: PlaceSpan) -> bool:
    return bool(other.candidates) and other.name != span.name and other.start != span.start


class Resolver:
    """Chooses among candidates with the region's gazetteer."""

    def __init__(self, region: RegionPack, names: NameTable) -> None:
        """Keep the gazetteer and its names."""
        self._region = region
        self._names = names
        self._governorates: dict[tuple[object, ...], list[str]] = {}
        self._article: tuple[Sequence[PlaceSpan], Circle] = (), Circle((), self._admin1)

    def resolve(self, span: PlaceSpan, context: PlaceContext) -> ResolvedPlace:
        """Choose the place that `span` means; foreign places and wholly unknown ones have no admin1."""
        if span.foreign or self._is_abroad(span):
            return ResolvedPlace(None, span.surface, None, None, None, span)
        chosen = self._chosen(span, context)
        if chosen is None:
            admin1 = self._admin1_of_unknown(span, context)
            precision = None if admin1 is None else 2 if span.modifier else 1
            return ResolvedPlace(None, span.surface, admin1, None, precision, span)
        precision = self._precision(span, chosen)
        return ResolvedPlace(chosen.place_id, span.surface, chosen.admin1, chosen.admin2, precision, span)

    def _is_abroad(self, span: PlaceSpan) -> bool:
        """Tell a quarter or village that the text puts into a foreign place ("al-X neighbourhood in western Mosul")."""
        if span.within is None or not span.within.foreign:
            return False
        return all(self._region.place(place_id).kind in _SMALL for place_id in span.candidates)

    def _chosen(self, span: PlaceSpan, context: PlaceContext) -> Place | None:
        places = [self._region.place(place_id) for place_id in self._candidates(span)]
        places = [p for p in places if not self._too_far(span, p) and not self._out_of_the_way(span, p, context)]
        if len(places) < 2:
            return places[0] if places else None
        votes = self._votes(span, context)
        bonus = _UNIT if self._means_governorate(span, context) else 0
        scored = [
            (self._score(span, place, votes) + bonus * (place.kind == "governorate"), -number, place)
            for number, place in enumerate(places)
        ]
        best = max(scored, key=lambda entry: entry[:2])
        rivals = [place for score, _, place in scored if score == best[0] and place.admin1 != best[2].admin1]
        if rivals and _RANK.get(best[2].kind, 0) < _SETTLED_RANK:
            return None
        return best[2]

    def _means_governorate(self, span: PlaceSpan, context: PlaceContext) -> bool:
        """Tell what a bare name shared by a governorate and its seat means: the one the article names in full."""
        if span.unit is not None or span.modifier is not None or len(span.candidates) < 2:
            return False
        alike = self._of_article(context.article).named(span.name)
        city = any(other.unit in {"city", "town"} or other.modifier == "near" for other in alike)
        return not city and any(other.unit == "governorate" or other.modifier == "countryside" for other in alike)

    def _too_far(self, span: PlaceSpan, place: Place) -> bool:
        """Tell a bearer of the name far from the town or village that the text finds it by ("X, south of Y")."""
        if span.within is None:
            return False
        wider = [self._region.place(place_id) for place_id in span.within.candidates]
        if not wider or any(other.kind not in {"town", "village"} for other in wider):
            return False
        return all(kilometres(place, other) > _REACH for other in wider)

    def _out_of_the_way(self, span: PlaceSpan, place: Place, context: PlaceContext) -> bool:
        """Tell a village or quarter in another part of the country than all places that the article names around it.

        Many have a namesake that the gazetteer lacks: the context's governorate and the raw name are kept then.
        """
        small = place.kind in _SMALL or (place.kind == "town" and span.unit in _CALLED_SMALL)
        if not small or (span.within is not None and self._holds(span.within, place)):
            return False
        for circle in (context.sentence, context.paragraph, context.article):
            around = [other for other in circle if _is_another(other, span)]
            if around:
                break
        if not around or any(self._near(other, place) for other in around):
            return False
        if context.section is not None and place.admin1 in self._admin1(context.section):
            return False
        return not any(place.admin1 in self._admin1(other) for other in context.article if _is_another(other, span))

    def _near(self, other: PlaceSpan, place: Place) -> bool:
        named = [self._region.place(place_id) for place_id in other.candidates]
        reach = _QUARTER_REACH if place.kind == "neighbourhood" else _REACH
        return any(
            p.admin1 == place.admin1
            or (p.kind != "governorate" and kilometres(p, place) < reach + min(reach, p.coordinate_error_km))
            for p in named
        )

    def _is_town_or_village(self, span: PlaceSpan) -> bool:
        """Tell a name that a town shares with villages, where the text does not call it a village."""
        return span.unit != "village" and {self._region.place(p).kind for p in span.candidates} == {"town", "village"}

    def _holds(self, wide: PlaceSpan, place: Place) -> bool:
        return any(self._region.within(place.place_id, wider) for wider in wide.candidates)

    def _candidates(self, span: PlaceSpan) -> tuple[str, ...]:
        """The countryside of a city may be a place with a name of its own ("rural Damascus"), else is its
        governorate's."""
        if span.modifier == "countryside":
            for name in (f"{span.name} countryside", f"rural {span.name}"):
                if found := self._names.ids(name):
                    return found
        if span.modifier == "near" and (around := self._around(span)):
            return around
        if span.modifier in {"countryside", "part"} or span.unit == "governorate":
            named = (
                other for place_id in span.candidates for other in self._names.ids(self._region.place(place_id).name)
            )
            return tuple(dict.fromkeys((*span.candidates, *named)))
        return span.candidates

    def _around(self, span: PlaceSpan) -> tuple[str, ...]:
        """What lies near a city that is a governorate of its own lies in the one around it ("east of Damascus")."""
        inner = {self._region.place(place_id).admin1 for place_id in span.candidates}
        found = self._names.ids(f"rural {self._region.place(span.candidates[0]).name}") if span.candidates else ()
        return found if inner.isdisjoint(self._region.place(place_id).admin1 for place_id in found) else ()

    def _score(self, span: PlaceSpan, place: Place, votes: Mapping[str, int]) -> int:
        score = votes.get(place.admin1, 0) + _RANK.get(place.kind, 0)
        if span.unit is not None and place.kind in _KINDS_OF_UNIT.get(span.unit, set()):
            score += _UNIT
        wide = span.modifier in {"countryside", "part"} and not (span.modifier == "part" and span.unit == "city")
        if place.kind == "governorate" and wide:
            score += _UNIT
        if place.kind == "town" and votes.get(place.admin1) and self._is_town_or_village(span):
            # the town that all know, where its governorate is spoken of at all
            score += _SENTENCE + _PARAGRAPH + _ARTICLE
        if span.within is not None and self._holds(span.within, place):
            score += _WITHIN // 2
        return score

    def _votes(self, span: PlaceSpan, context: PlaceContext) -> dict[str, int]:
        """Count what speaks for each admin1; a vote of a wider circle never outweighs one of a narrower."""
        votes = dict.fromkeys(self._admin1(span.within), _WITHIN) if span.within is not None else {}
        if span.within is None and (told := self._told_elsewhere(span, context)) is not None:
            votes[told] = _ELSEWHERE
        circles = (*self._circles(context), self._of_article(context.article))
        for weight, circle in zip((_SENTENCE, _PARAGRAPH, _SECTION, _ARTICLE), circles, strict=True):
            for admin1, vote in self._circle(span, circle, weight).items():
                votes[admin1] = votes.get(admin1, 0) + vote
        return votes

    def _circle(self, span: PlaceSpan, circle: Circle, weight: int) -> dict[str, int]:
        found = circle.around(span)
        top = max(found.values(), default=0)
        return {admin1: max(1, weight * count // top) for admin1, count in found.items()}

    def _of_article(self, spans: Sequence[PlaceSpan]) -> Circle:
        """The places of an article, counted when the first of them is asked about."""
        if self._article[0] is not spans:
            self._article = spans, Circle(spans, self._admin1)
        return self._article[1]

    def _circles(self, context: PlaceContext) -> Iterator[Circle]:
        """What is named around a place, the narrowest first, without the article as a whole."""
        section = () if context.section is None else (context.section,)
        return (Circle(spans, self._admin1) for spans in (context.sentence, context.paragraph, section))

    def _admin1(self, span: PlaceSpan) -> list[str]:
        """The governorates that the candidates lie in; the governorate or town of the name settles it.

        Remembered for places of the gazetteer: each is asked about once for every other place of its article.
        """
        key = (span.candidates, span.name, span.modifier, span.unit)
        known = self._governorates.get(key)
        if known is None:
            known = self._told_by_candidates(span)
            if span.candidates:
                self._governorates[key] = known
        return known

    def _told_by_candidates(self, span: PlaceSpan) -> list[str]:
        places = [self._region.place(place_id) for place_id in self._candidates(span)]
        leading = [place for place in places if place.kind in {"governorate", "town"}] or places
        return sorted({place.admin1 for place in leading})

    def _told_elsewhere(self, span: PlaceSpan, context: PlaceContext) -> str | None:
        """The governorate that another sentence puts a place of this name in: one name is one place in an article."""
        told = {
            admin1
            for other in self._of_article(context.article).named(span.name)
            if other.within is not None
            for admin1 in self._admin1(other.within)
        }
        return told.pop() if len(told) == 1 else None

    def _admin1_of_unknown(self, span: PlaceSpan, context: PlaceContext) -> str | None:
        """Place an unknown name by what it lies in, else by the one governorate of the narrowest circle that names
        any, else by the places named nearest to it."""
        if span.within is not None:
            if not (span.within.candidates or span.within.foreign):
                return self._admin1_of_unknown(span.within, context)
            told = self._admin1(span.within)
            return told[0] if len(told) == 1 else None
        if (elsewhere := self._told_elsewhere(span, context)) is not None:
            return elsewhere
        for circle in self._circles(context):
            if found := self._circle(span, circle, 1000):
                best = [admin1 for admin1, weight in sorted(found.items()) if weight == 1000]
                return best[0] if len(best) == 1 else self._nearest(span, context.article, best)
        return self._nearest(span, context.article)

    def _nearest(self, span: PlaceSpan, spans: Sequence[PlaceSpan], among: Sequence[str] = ()) -> str | None:
        """The governorate spoken of most around a span, the more the nearer; a governorate by name counts twice."""
        weights: dict[str, float] = {}
        for other in spans:
            if other.foreign or other.name == span.name:
                continue
            admin1 = self._admin1(other)
            if len(admin1) == 1 and (not among or admin1[0] in among):
                weight = (1 + (other.unit == "governorate")) / (_FAR + abs(other.start - span.start)) ** 2
                weights[admin1[0]] = weights.get(admin1[0], 0.0) + weight
        return max(sorted(weights), key=weights.__getitem__) if weights else None

    def _precision(self, span: PlaceSpan, place: Place) -> int:
        if span.modifier == "countryside" and not span.directed and place.kind == "governorate":
            return 3
        if span.modifier is not None:
            return 2
        if place.kind == "governorate":
            return 3
        if place.kind in {"district", "subdistrict", "area"}:
            return 2
        return min(place.geo_precision, 2) if place.kind != "town" else 1
