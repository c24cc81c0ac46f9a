"""Places named in a text and which place of the gazetteer each one means (codebook section 4, "Places").

The door to `place_names.py` (where names stand), `place_phrases.py` (what surrounds them), `place_unknown.py` (names
that no gazetteer has) and `place_resolve.py` (which of several is meant). Which place belongs to which happening is
decided elsewhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.outlet_names import OutletNames
from pipeline.extract.place_names import Name, NameTable
from pipeline.extract.place_phrases import Phrase, is_body_or_person, made, phrase
from pipeline.extract.place_resolve import Resolver
from pipeline.extract.place_types import PlaceContext, PlaceSpan, ResolvedPlace
from pipeline.extract.place_unknown import unknown_names
from pipeline.extract.place_words import Word, cut
from pipeline.extract.record import replace
from pipeline.extract.words import load_words

if TYPE_CHECKING:
    from pipeline.regions.pack import RegionPack

__all__ = ["PlaceContext", "PlaceIndex", "PlaceSpan", "ResolvedPlace"]

_CHAIN = frozenset(load_words("places_words")["chain"])
_CHAIN_NEEDS = frozenset(load_words("places_words")["chain_needs"])
_PARTED = frozenset(load_words("places_words")["parted"])
_DISTANCE = re.compile(r"\(?\d{1,3}(?:\.\d)?-?(?:km|kms|kilometers?|kilometres?|miles?)?\)?", re.IGNORECASE)
"""A number in "50 km east of", with its unit or without."""
_SIDE = re.compile(r"[\w-]{4,12} (?:parts?|sides?|half|sectors?|outskirts) of ", re.IGNORECASE)
_CHAIN_REACH = 60
"""Characters between a place and the wider one that it is said to lie in, at most."""
_FINE = frozenset({"neighbourhood", "district", "village", "town"})
_INSIDE = frozenset(f" {unit} in{the}" for unit in load_words("places_words")["parted"] for the in (" ", " the "))
"""Between a place and the foreign one that it lies in: "al-X district in"."""
_WIDER = frozenset({"governorate", "city", "district"})


class PlaceIndex:
    """The region's gazetteer, ready to scan text in linear time."""

    def __init__(self, region: RegionPack) -> None:
        """Index the names of the region's places; about a second for 50,000 of them."""
        self._region = region
        self._outlets = OutletNames(region)
        self._names = NameTable(region, self._outlets)
        self._resolver = Resolver(region, self._names)

    def find(self, text: str, offset: int = 0) -> list[PlaceSpan]:
        """Find place expressions, left to right, none overlapping; offsets are into `text` plus `offset`."""
        parted = cut(text)
        words = parted.words
        if not words:
            return []
        mixed = any(word.capital for word in words) and any(word.text[-1].islower() for word in words)
        named = self._names.find(words, mixed)
        names = [name for name in named if not is_body_or_person(words, name)]
        phrases: list[tuple[Phrase, Name | None]] = [(phrase(words, name.first, name.end), name) for name in names]
        if mixed:
            taken = _taken(words, phrases, named)
            for at in self._outlets.taken(words):
                taken[at] = True
            known = [(found.first, found.end) for found, name in phrases if name is not None and not name.foreign]
            phrases += [(_plain(words, first, end), None) for first, end in unknown_names(words, taken, known)]
        spans = [
            made(parted, found, name) for found, name in sorted(phrases, key=lambda pair: (pair[0].first, pair[0].end))
        ]
        tied = self._chained(text, _apart([self._whole(text, span) for span in spans]))
        longer = [(name, parted.ends[name.end - 1 - words[name.end - 2].article - 1]) for name in names if name.base]
        for name, end in longer:
            tied = [_beside(text, span, name.base, end) if span.start < end < span.end else span for span in tied]
        return [_moved(span, offset) for span in tied]

    def resolve(self, span: PlaceSpan, context: PlaceContext) -> ResolvedPlace:
        """Choose the place that `span` means by the places around it; see `place_resolve.py`."""
        return self._resolver.resolve(span, context)

    def _chained(self, text: str, spans: list[PlaceSpan]) -> list[PlaceSpan]:
        """Tie each place to the wider one that the text names right behind it, or before it with a possessive."""
        tied: list[PlaceSpan] = []
        for span in reversed(spans):
            after = tied[0] if tied else None
            if after is not None and self._holds(text, span, after):
                tied[0] = replace(after, within=span)
            elif after is not None and self._lies_in(text, span, after):
                span = replace(span, within=after)
            elif (
                after is not None
                and after.within is None
                and text[span.end : after.start] in {" ", "s ", "'s ", "’s "}
                and (self._is_wide(span) if text[span.end] != " " else self._is_seat(span))
            ):
                tied[0] = replace(after, within=span)
            tied.insert(0, span)
        return _shared_within(text, tied)

    def _holds(self, text: str, outer: PlaceSpan, inner: PlaceSpan) -> bool:
        """Read "the X suburb of Y", "the X town of Y": Y lies in X, a city or governorate."""
        told = f"{outer.surface.removeprefix(outer.name)}{text[outer.end : inner.start]}".lower().split()
        wide = self._kind(outer) in {"governorate", "town"} and outer.modifier is None
        if self._is_head(inner) and not self._is_head(outer):
            return False  # "the X neighbourhood of Y": the seat of a governorate is no suburb of a town
        return wide and len(told) == 2 and told[0] in _PARTED and told[1] == "of" and inner.name != outer.name

    def _lies_in(self, text: str, inner: PlaceSpan, outer: PlaceSpan) -> bool:
        gap = text[inner.end : outer.start]
        if outer.foreign and not inner.foreign:
            return inner.unit in _FINE and gap in _INSIDE
        if not inner.candidates and gap in _INSIDE:
            return True
        if len(gap) > _CHAIN_REACH or not self._is_wide(outer) or inner.name == outer.name:
            return False
        parts = gap.replace(",", " ").split()
        if not all(part.lower().strip("()") in _CHAIN or _DISTANCE.fullmatch(part) for part in parts):
            return False
        told = any(part.lower() in _CHAIN_NEEDS for part in parts)
        return (
            told
            or ("," in gap and (outer.unit in _WIDER or self._kind(outer) == "governorate"))
            or (not parts and outer.unit == "governorate")
        )

    def _is_wide(self, span: PlaceSpan) -> bool:
        """Tell whether other places lie in it: a governorate, a city, a district, a countryside."""
        return not span.foreign and (
            span.unit in _WIDER
            or span.modifier in {"countryside", "part"}
            or self._kind(span) in {"governorate", "district", "town", "area", "subdistrict"}
        )

    def _is_seat(self, span: PlaceSpan) -> bool:
        """Tell a place whose bare name may stand before a place in it ("Homs Zahra"): two towns in a row are a list."""
        return self._is_wide(span) and (span.modifier is not None or self._kind(span) == "governorate")

    def _whole(self, text: str, span: PlaceSpan) -> PlaceSpan:
        """Take "the western side of" off a village or a hill: coders name those whole; of a city it is an area."""
        if span.modifier != "part" or span.foreign or self._is_head(span) or not _SIDE.match(span.surface):
            return span
        start = span.start + span.surface.rfind(span.name)
        return replace(span, start=start, surface=text[start : span.end])

    def _is_head(self, span: PlaceSpan) -> bool:
        """Tell a governorate or the city it is named after."""
        places = [self._region.place(place_id) for place_id in span.candidates]
        return any(place.kind == "governorate" or place.name == place.admin1 for place in places)

    def _kind(self, span: PlaceSpan) -> str | None:
        kinds = {self._region.place(place_id).kind for place_id in span.candidates}
        return next(
            (kind for kind in ("governorate", "town", "district", "area", "subdistrict") if kind in kinds), None
        )


def _beside(text: str, span: PlaceSpan, base: tuple[str, ...], end: int) -> PlaceSpan:
    """Let "X al-Gharbiya" lie where X does, which ends at `end`, unless the text says where."""
    if span.within is not None or span.candidates:
        return span
    inner = replace(span, end=end, surface=text[span.start : end], candidates=base, modifier=None, unit=None)
    return replace(span, within=inner)


def _shared_within(text: str, spans: list[PlaceSpan]) -> list[PlaceSpan]:
    """Let "A, B and C in Idlib province" all lie in Idlib."""
    shared = list(spans)
    for place in range(len(shared) - 2, -1, -1):
        here, after = shared[place], shared[place + 1]
        gap = text[here.end : after.start].replace(",", " ").split()
        listed = all(part.lower() in {"and", "as", "well", "towns", "villages", "or"} for part in gap)
        if (
            here.within is None
            and after.within is not None
            and listed
            and after.within.start > after.start
            and here.name != after.within.name
        ):
            shared[place] = replace(here, within=after.within)
    return shared


def _taken(words: list[Word], phrases: list[tuple[Phrase, Name | None]], named: list[Name]) -> list[bool]:
    """Mark the words of known places, and of names that turned out to be a body's or a person's."""
    taken = [False] * len(words)
    for first, end in [
        *((found.first, found.end) for found, _ in phrases),
        *((name.first, name.end) for name in named),
    ]:
        taken[first:end] = [True] * (end - first)
    return taken


def _plain(words: list[Word], first: int, end: int) -> Phrase:
    """Make the phrase of an unknown name; a name with its facility word inside keeps it."""
    found = phrase(words, first, end)
    return found if found.end >= end else Phrase(first, end, first, end, found.modifier, found.directed, found.unit)


def _apart(spans: list[PlaceSpan]) -> list[PlaceSpan]:
    """Drop what overlaps the span before it, the known place winning over the unknown."""
    kept: list[PlaceSpan] = []
    for span in spans:
        if kept and span.start < kept[-1].end:
            if kept[-1].candidates or not span.candidates:
                continue
            kept.pop()
        kept.append(span)
    return kept


def _moved(span: PlaceSpan, offset: int) -> PlaceSpan:
    if not offset:
        return span
    within = _moved(span.within, offset) if span.within else None
    return replace(span, start=span.start + offset, end=span.end + offset, within=within)
