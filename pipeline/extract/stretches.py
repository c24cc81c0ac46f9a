"""Stretches of country named in front of what lies in them: "the X valley town of Y", "the X region's village of Y".

They only help to find the town: nothing is told of the rest of the valley.
"""

from __future__ import annotations

from pipeline.extract.places import PlaceSpan
from pipeline.extract.scene import Scene
from pipeline.extract.words import load_words

_WORDS = load_words("setting")
_SETTLED = frozenset(_WORDS["settled"])
_LYING = frozenset({*_SETTLED, *_WORDS["lands"], "of", "'s"})


def is_stretch(scene: Scene, one: PlaceSpan, other: PlaceSpan) -> bool:
    """ "the X valley town of Y": Y is where it was."""
    first, last = scene.last(one) + 1, scene.first(other)
    if last - first < len(("town", "of")) or scene.lower(last - 1) != "of" or scene.lower(last - 2) not in _SETTLED:
        return False
    return all(scene.lower(at) in _LYING for at in range(first, last))
