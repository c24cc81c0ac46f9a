"""A toll that the text itself divides by place: "five in Tal Ward and one in Tal Noor", "1 in each of ...".

Only what is said: a toll over several places that is not divided stays whole (codebook section 4, Counts).
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.casualties import CasualtySpan
from pipeline.extract.places import PlaceSpan
from pipeline.extract.scene import Scene
from pipeline.extract.words import load_words

_WORDS = load_words("shares")
_NUMBERS = {word: number for number, word in enumerate(_WORDS["numbers"])}
_SKIPPED = frozenset(_WORDS["skipped"])
_FILLING = frozenset(_WORDS["filling"])


def shares(scene: Scene, places: Sequence[PlaceSpan], tolls: Sequence[CasualtySpan]) -> dict[int, CasualtySpan]:
    """Give the share of each place that has one, by the offset of the place.

    Empty when fewer than two places have.
    """
    main = next((toll for toll in tolls if toll.kind == "killed"), None)
    if main is None or len(places) < 2:
        return {}
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
    return found if len(found) > 1 else {}


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
        elif word in {"in", "at"}:
            linked = True
        elif word.isdecimal() or word in _NUMBERS:
            value = int(word) if word.isdecimal() else _NUMBERS[word]
            return (value, at, each) if linked or scene.tokens[at + 1].lower in {"in", "and"} else (None, at, False)
        elif word not in _SKIPPED and word not in _FILLING:
            break
        at -= 1
    return None, scene.first(place), False
