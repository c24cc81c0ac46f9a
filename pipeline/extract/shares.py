"""A toll that the text itself divides by place: "five in Tal Ward and one in Tal Noor", "1 in each of ...".

Only what is said: a toll over several places that is not divided stays whole (codebook section 4, Counts).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.extract.casualties import CasualtySpan
from pipeline.extract.places import PlaceSpan
from pipeline.extract.scene import Scene
from pipeline.extract.victim_nouns import NOT_VICTIMS
from pipeline.extract.words import load_words

_WORDS = load_words("shares")
_NUMBERS = {word: number for number, word in enumerate(_WORDS["numbers"])}
_SKIPPED = frozenset(_WORDS["skipped"])
_FILLING = frozenset(_WORDS["filling"])
_DESCRIBING = frozenset({"JJ", "VBN"})
_LINKING = frozenset(_WORDS["linking"])


def shares(
    scene: Scene, places: Sequence[PlaceSpan], tolls: Sequence[CasualtySpan]
) -> dict[int, tuple[CasualtySpan, ...]]:
    """Give the share of each place that has one, by the offset of the place.

    Empty when fewer than two places have.
    """
    main = next((toll for toll in tolls if toll.kind == "killed"), None)
    if main is None or len(places) < 2:
        return {}
    if divided := _alternating(places, tolls):
        return divided
    return {at: (figure,) for at, figure in _figures(scene, places, main).items()}


def _alternating(places: Sequence[PlaceSpan], tolls: Sequence[CasualtySpan]) -> dict[int, tuple[CasualtySpan, ...]]:
    """ "Nine died in Tal Ward and two others, a child among them, were killed in Tal Noor": each place has its toll.

    Tolls and places take turns, whichever comes first; where two places follow one toll, nobody divides it.
    """
    whole = [toll for toll in tolls if not toll.is_subtotal and not toll.is_total and toll.high != 0]
    killed = [toll for toll in whole if toll.kind == "killed"]
    turns = sorted([(toll.start, "toll") for toll in killed] + [(place.start, "place") for place in places])
    kinds = [kind for _, kind in turns]
    if len(killed) < 2 or len(killed) != len(places) or any(one == other for one, other in pairwise(kinds)):
        return {}
    ordered = sorted(places, key=lambda place: place.start)
    found: dict[int, tuple[CasualtySpan, ...]] = {}
    for toll in whole:
        if kinds[0] == "toll":
            own = next((place for place in ordered if place.start > toll.start), None)
        else:
            own = next((place for place in reversed(ordered) if place.start < toll.start), None)
        if own is not None:
            found[own.start] = (*found.get(own.start, ()), toll)
    return found


def _figures(scene: Scene, places: Sequence[PlaceSpan], main: CasualtySpan) -> dict[int, CasualtySpan]:
    """Figures right before "in" and a place, their verb told once."""
    found: dict[int, CasualtySpan] = {}
    each: int | None = None
    for place in places:
        number, at, for_each = _number_before(scene, place, places)
        if number is None and each is None:
            continue
        if number is not None:
            each = number if for_each else None
        value = number if number is not None else each
        if value is None:
            continue
        start = scene.offset + scene.tokens[at].start
        surface = scene.text[scene.tokens[at].start : place.end - scene.offset]
        found[place.start] = CasualtySpan(
            start,
            place.end,
            surface,
            main.kind,
            value,
            value,
            False,
            main.victims,
            main.victim_class,
            False,
            False,
            False,
            start,
        )
    if len(found) == 1 and (first := _counted_first(places, main)) is not None and first not in found:
        found[first] = main
    return found if len(found) > 1 else {}


def _counted_first(places: Sequence[PlaceSpan], main: CasualtySpan) -> int | None:
    """ "Thirty were killed near Tal Ward and another five outside Tal Noor": the place that the first figure is of."""
    if main.is_total or main.is_subtotal or main.high == 0:
        return None
    return min((place.start for place in places if place.start > main.start), default=None)


def _number_before(scene: Scene, place: PlaceSpan, places: Sequence[PlaceSpan]) -> tuple[int | None, int, bool]:
    """The number that stands before "in the town of X", its token.

    And whether it is one for each of several places.
    """
    at = scene.first(place) - 1
    each = linked = False
    while at >= 0:
        word = scene.tokens[at].lower
        if word == "each":
            each = True
        elif word in _LINKING:
            linked = True
        elif word.isdecimal() or word in _NUMBERS:
            value = int(word) if word.isdecimal() else _NUMBERS[word]
            if scene.tokens[at + 1].lower in NOT_VICTIMS:
                break  # "three villages in the X area": it is places that are counted
            return (value, at, each) if linked or scene.tokens[at + 1].lower in {"in", "and"} else (None, at, False)
        elif word not in _SKIPPED and word not in _FILLING and scene.tokens[at].tag not in _DESCRIBING:
            break
        at -= 1
    return None, scene.first(place), False
