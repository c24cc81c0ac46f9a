"""Which of the places of a sentence was taken: the object of the verb, not where those who took it fight or sit."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.places import PlaceSpan
from pipeline.extract.scene import Scene
from pipeline.extract.words import load_words

_OBJECT = frozenset(load_words("setting")["object"])


def taken_places(scene: Scene, head: int, places: Sequence[PlaceSpan]) -> list[PlaceSpan]:
    """Give the places that are the object of a verb of taking; all of them where none is.

    "Troops fighting in the X region seized the town of Y": what was taken is Y.
    """
    at = [p for p in places if _object_of(scene, head, p)]
    if not at:
        return list(places)
    return [p for p in places if scene.first(p) > head]


def _object_of(scene: Scene, head: int, place: PlaceSpan) -> bool:
    before = scene.first(place) - 1
    while before > head and scene.lower(before) in _OBJECT:
        before -= 1
    return before == head
