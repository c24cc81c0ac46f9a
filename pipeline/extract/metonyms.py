"""Names of capitals that mean a government: "accused Damascus", "the regime in Damascus", "Damascus denied it".

Such a place is no scene of anything. Everything else about scenes is in `setting.py`.
"""

from __future__ import annotations

from pipeline.extract.places import PlaceSpan
from pipeline.extract.scene import Scene
from pipeline.extract.words import load_words

_WORDS = load_words("setting")
_ADDRESSED = frozenset(_WORDS["addressed"])
_BLAMED = frozenset(_WORDS["blamed"])
_SEATED = frozenset(_WORDS["seated"])
_GOVERNING = frozenset(_WORDS["governing"])
_ALLIED = frozenset(_WORDS["allied"])
_DOING = frozenset(_WORDS["doing"])
_ON = frozenset({"on", "to", "with"})
_REACH = 8
"""Words between "blames" and "on X", at most."""


def is_government(scene: Scene, place: PlaceSpan) -> bool:
    """Tell a bare name that stands for who rules there."""
    if place.unit is not None or place.modifier is not None:
        return False
    first, last = scene.first(place), scene.last(place)
    before = scene.lower(first - 1) if first else ""
    after = scene.lower(last + 1) if last + 1 < len(scene.tokens) else ""
    if before in _ADDRESSED or after in _ALLIED or (before == "the" and after in _GOVERNING):
        return True
    if before == "in" and first > 1 and scene.lower(first - 2) in _SEATED:
        return True
    if before in _ON and any(scene.lower(at) in _BLAMED for at in range(max(0, first - _REACH), first - 1)):
        return True
    return after in _DOING and before not in {"in", "at", "near", "of", "from"}
