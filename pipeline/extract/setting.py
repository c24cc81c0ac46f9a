"""Where a happening is told to be: which of the places of a sentence are its scene.

Places that say where shells came from, where a source sits, who holds a town or what a place lies in are no scenes.
Choosing the gazetteer entry is done by `places.py`; sharing out the places among several happenings is done by
`frames.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from pipeline.extract.metonyms import is_capital, is_government, is_speakers
from pipeline.extract.places import PlaceSpan
from pipeline.extract.scene import Scene
from pipeline.extract.stretches import is_stretch
from pipeline.extract.words import load_words

_WORDS = load_words("setting")
_POSITIONED = frozenset(_WORDS["positioned"])
_ORIGIN = frozenset({"from"})
_WIDE = frozenset({"country", "governorate", "district", "subdistrict", "area"})
_CHAIN = frozenset(_WORDS["chain"])
_TAKEN = frozenset(_WORDS["taken"])
_LOCATING = frozenset(_WORDS["locating"])
_REPORTED = frozenset({"reported", "reports", "report"})
_PERCEIVED = frozenset(_WORDS["perceived"])
_AIMED = frozenset(_WORDS["aimed"])
_DESTINATION = frozenset({"to", "into", "towards", "toward", "for"})
_HELD_AFTER = frozenset({"based", "born", "led", "backed"})
_LINK = frozenset(_WORDS["link"])
_APART = frozenset(_WORDS["apart"])
_PASSED = _LINK | _AIMED | {"-", ","}
"""Words between a place and what tells whether shells came from there."""
_NEAR = frozenset(_WORDS["near"])
_DIRECTIONS = frozenset(_WORDS["directions"])
_TOWNS = frozenset({"city", "town", "village"})
_NO_SCENES = frozenset(_WORDS["no_scenes"])
_CALLING = frozenset({"of", "and", "on", "across"})
_ROADS = frozenset(_WORDS["roads"])
_PARTS = frozenset({"countryside", "part"})
_SECOND_END = frozenset(_WORDS["second_end"])


class Gazetteer(Protocol):
    """What is known of the places that spans name."""

    def kind(self, span: PlaceSpan) -> str | None:
        """Give the place_kind, None for a place that is not known."""
        ...

    def holds(self, wide: PlaceSpan, fine: PlaceSpan) -> bool:
        """Tell whether the first place contains the second."""
        ...

    def names_governorate(self, span: PlaceSpan) -> bool:
        """Tell a governorate or the city that it is named after."""
        ...


def scene_places(scene: Scene, blocked: Sequence[tuple[int, int]], gazetteer: Gazetteer) -> list[PlaceSpan]:
    """Give the places of a sentence that can be the scene of a happening, left to right.

    `blocked` are token ranges (sources of the news, actors). Containers of other places are left out.
    """
    if not scene.places:
        return []
    free = _free(scene, blocked) or [
        p
        for p in scene.places
        if _in_range(scene, p, blocked)
        and _word_before(scene, p) in {"in", "at"}
        and not (p.foreign and _is_origin(scene, p))
    ]
    stretches = {one.start for one, other in pairwise(free) if is_stretch(scene, one, other)}
    free = [p for p in free if p.start not in stretches]
    containers = {
        (p.within.start, p.within.end)
        for p in free
        if p.within is not None and (_is_wider(p.within, p, gazetteer) or _is_of(scene, p.within, p))
    }
    if len(free) < 2 and not containers:
        return [p for p in free if _is_scene(scene, p)]
    containers |= {
        (wide.start, wide.end)
        for fine, wide in pairwise(free)
        if _chained(scene, fine, wide)
        and not _lies_in(wide, fine)
        and not (gazetteer.names_governorate(fine) and _is_beside(scene, fine))
    }
    for one, other in pairwise(free):
        chained = (one.start, one.end) in containers
        if (end := _other_end(scene, one, other, gazetteer, chained=chained)) is not None:
            containers.add(end)
    return [p for p in free if (p.start, p.end) not in containers and _is_scene(scene, p)]


def _is_scene(scene: Scene, place: PlaceSpan) -> bool:
    """A foreign country is the scene only where the sentence says "in": else it is who acts, or is talked to.

    A foreign town that is called one ("hit the border city of X") is a scene.
    """
    if not place.foreign:
        return True
    if place.name.lower() in _NO_SCENES:
        return False
    if place.unit in _TOWNS:
        return True
    if is_capital(place) and _word_before(scene, place) in _CALLING:
        return False  # "the planes of Moscow", "Paris and London"
    first = scene.first(place)
    if first > 1 and scene.lower(first - 1) == "and" and not _is_in_place(scene, first - 2):
        return False  # "fighting the group in its country and Y"
    return _word_before(scene, place) in _LOCATING


def _free(scene: Scene, blocked: Sequence[tuple[int, int]]) -> list[PlaceSpan]:
    """The places that name nobody and no source; those after "from" only when there is no other."""
    armed = [(scene.first(actor), scene.last(actor) + 1) for actor in scene.actors]
    ranges = [*blocked, *armed]
    named = [p for p in scene.places if not _in_range(scene, p, ranges)]
    free = [p for p in named if not (_is_epithet(scene, p) or is_government(scene, p) or is_speakers(scene, p))]
    origins = [p for p in free if _is_origin(scene, p) or _is_road_end(scene, p)]
    return [p for p in free if p not in origins] or [
        p for p in origins if _word_before(scene, p) in _ORIGIN or _is_road_end(scene, p)
    ]


def _is_of(scene: Scene, wide: PlaceSpan, fine: PlaceSpan) -> bool:
    """ "the Homs suburb of X": the place before "of" is wider."""
    return wide.end <= fine.start and scene.lower(scene.first(fine) - 1) == "of"


def _lies_in(fine: PlaceSpan, wide: PlaceSpan) -> bool:
    """ "the Homs suburb of X": X is the finer one although it comes last."""
    return fine.within is not None and (fine.within.start, fine.within.end) == (wide.start, wide.end)


def _is_wider(wide: PlaceSpan, fine: PlaceSpan, gazetteer: Gazetteer) -> bool:
    """Side by side with a lost comma, two towns are two towns; a street and its town are one place."""
    if gazetteer.kind(wide) in _WIDE or gazetteer.holds(wide, fine):
        return True
    return not fine.candidates or not wide.candidates


def _chained(scene: Scene, fine: PlaceSpan, wide: PlaceSpan) -> bool:
    """ "Cinema Street in the Old Town": the second says where the first lies."""
    between = [t.lower for t in scene.tokens[scene.last(fine) + 1 : scene.first(wide)]]
    return (
        0 < len(between) <= 5
        and between[-1] not in {"and", ","}
        and bool({"in", "of"} & set(between))
        and set(between) <= _CHAIN
    )


def _other_end(
    scene: Scene, one: PlaceSpan, other: PlaceSpan, gazetteer: Gazetteer, *, chained: bool
) -> tuple[int, int] | None:
    """Give which of two neighbours only helps to find the other, by its span; None when each is a scene of its own.

    "Nubl, northern Aleppo countryside" is Nubl, and so is "Nubl, northwest of Aleppo"; "the M4 highway near Ariha" is
    near Ariha; a spot "on the road between Palmyra and al-Sukhnah" is one spot, told by the first-named. `chained`
    tells that the first only helps to find one before it.
    """
    between = [t.lower for t in scene.tokens[scene.last(one) + 1 : scene.first(other)]]
    wider = gazetteer.kind(other) in _WIDE and (chained or gazetteer.kind(one) not in _WIDE)
    if between and wider and set(between) <= _APART:
        return (other.start, other.end)
    if between[-1:] == ["of"] and bool(set(between) & _DIRECTIONS) and set(between) <= _DIRECTIONS | {",", "of", "the"}:
        return (other.start, other.end)
    if (
        between[-1:] == ["in"]
        and set(between) <= {"city", ",", "in"}
        and _is_beside(scene, one)
        and gazetteer.names_governorate(one)
        and not wider
    ):
        return (one.start, one.end)  # "a mosque north of X in Y"
    if gazetteer.kind(one) == "facility" and between and set(between) <= _NEAR:
        return (one.start, one.end)
    if not {"near", "beside"}.isdisjoint(between) and set(between) <= _NEAR | {",", "beside"}:
        return (other.start, other.end)
    if "and" in between and set(between) <= _SECOND_END and _word_before(scene, one) == "between":
        return (other.start, other.end)
    return None


def _is_beside(scene: Scene, place: PlaceSpan) -> bool:
    """ "north of X": not X itself."""
    at = scene.first(place) - 1
    while at > 1 and scene.lower(at) in {"the", "city", "town"}:
        at -= 1
    return at > 0 and scene.lower(at) == "of" and scene.lower(at - 1) in _DIRECTIONS


def left_places(scene: Scene, places: Sequence[PlaceSpan]) -> list[PlaceSpan]:
    """Give the places that people left, of all those named: what is after "from", else what they did not move to."""
    left = [p for p in places if _word_before(scene, p) in _ORIGIN]
    return left or [p for p in places if _word_before(scene, p) not in _DESTINATION and not p.foreign]


def finest(places: Sequence[PlaceSpan], gazetteer: Gazetteer) -> list[PlaceSpan]:
    """Keep only the finest level among the places of one happening: a village is not beside its province."""
    if len(places) < 2:
        return list(places)
    coarse = {"country", "governorate"}
    inner = [
        p for p in places if not any(q is not p and gazetteer.holds(p, q) and not gazetteer.holds(q, p) for q in places)
    ]
    fine = [p for p in inner if not p.foreign and gazetteer.kind(p) not in coarse]
    near = [p for p in inner if not p.foreign and p.modifier is not None and gazetteer.kind(p) == "governorate"]
    part = [p for p in near if p.modifier in _PARTS] or near
    whole = [p for p in inner if gazetteer.kind(p) == "governorate"]
    return fine or part or whole or list(inner)


def _in_range(scene: Scene, place: PlaceSpan, blocked: Sequence[tuple[int, int]]) -> bool:
    first, last = scene.first(place), scene.last(place)
    for start, end in blocked:  # noqa: SIM110 - asked of every place and actor: any() takes twice the time
        if start <= first and last < end:
            return True
    return False


def _is_origin(scene: Scene, place: PlaceSpan) -> bool:
    """ "fired by terrorists positioned in Binnish", "from Lebanon": where it came from."""
    if scene.last(place) + 1 in {match.start for match in scene.triggers if match.trigger.part == "noun"}:
        return False  # "the dead from the Azaz blast": it was in Azaz
    at = scene.first(place) - 1
    aimed = False
    for _ in range(12):
        if at < 0:
            return False
        word = scene.tokens[at].lower
        aimed = aimed or word in _AIMED
        if word in _PERCEIVED:
            return True
        if word in _POSITIONED:
            return (
                (scene.tokens[at].tag in {"VBN", "VBG", "VBD", "JJ"} or word == "fortify")
                and scene.tokens[at + 1].lower in {"in", "at", "on", "from", "near"}
                and (word not in {"fired", "launched"} or scene.tokens[at + 1].lower == "from")
            )
        if word in _ORIGIN and at and scene.tokens[at - 1].lower in _REPORTED:
            return False  # "clashes were reported from X"
        if word in _ORIGIN or (word == "to" and at and scene.tokens[at - 1].lower in _TAKEN):
            return True
        inside = _is_in_place(scene, at)
        if aimed if inside else word not in _PASSED:
            return False  # "from X at Y" is aimed at Y
        at -= 1
    return False


def _is_road_end(scene: Scene, place: PlaceSpan) -> bool:
    """ "on the road to X": how far from X nobody says, so any other place tells more."""
    first = scene.first(place)
    return first > 1 and scene.lower(first - 1) == "to" and scene.lower(first - 2) in _ROADS


def _is_in_place(scene: Scene, at: int) -> bool:
    start = scene.offset + scene.tokens[at].start
    for place in scene.places:  # noqa: SIM110 - asked of each word before a place: any() takes twice the time
        if place.start <= start < place.end:
            return True
    return False


def _is_epithet(scene: Scene, place: PlaceSpan) -> bool:
    """ "the Raqqa-based group", "Aleppo Police Command": the place only names somebody."""
    first, last = scene.first(place), scene.last(place)
    if first == last and place.unit is None and place.modifier is None:
        token = scene.tokens[first]
        if (token.tag == "JJ" and token.dep == "amod") or (
            token.text.isupper() and len(token.text) > 2 and not scene.text.isupper()
        ):
            return True
    if "-" not in scene.vocabulary:
        return False
    if _on_road(scene, first, last):
        return True
    after = [t.lower for t in scene.tokens[last + 1 : last + 3]]
    return after[:1] == ["-"] and len(after) > 1 and after[1] in _HELD_AFTER


def _on_road(scene: Scene, first: int, last: int) -> bool:
    """ "the Homs-Hama road" is neither Homs nor Hama."""
    near = [t.lower for t in scene.tokens[max(0, first - 1) : last + 5]]
    return "-" in (near[0], *near[last - first + 1 : last - first + 3]) and bool({"road", "highway"} & set(near))


def _word_before(scene: Scene, place: PlaceSpan) -> str:
    at = scene.first(place) - 1
    while at >= 0 and scene.tokens[at].lower in _LINK - {"in", "at", "and"}:
        at -= 1
    return scene.tokens[at].lower if at >= 0 else ""
