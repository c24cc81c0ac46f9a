"""Names of capitals that mean a government ("accused Damascus", "Damascus denied it", "Moscow and Damascus").

And places that only say where somebody spoke ("told reporters in Ankara").

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
_CAPITALS = frozenset(_WORDS["capitals"])
_JOINING = frozenset({"and", "or", ",", "/"})
_LOCATING = frozenset({"in", "at", "near", "inside", "around", "from"})
_SAYING = frozenset(_WORDS["saying"])
_SPOKE = frozenset(_WORDS["spoke"])
_TALKING = frozenset(_WORDS["talking"])
_BEFORE_NAME = frozenset(_WORDS["before_name"])
_SPEECH = 3
"""Words between "said" and "in X", at most."""
_TELLING = frozenset({"that", "how", "when", "after"})
_TALK = 8
"""Words between "speaking" and "in X", at most."""
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
    if _is_paired(scene, first, last):
        return True
    if before in _ON and any(scene.lower(at) in _BLAMED for at in range(max(0, first - _REACH), first - 1)):
        return True
    return after in _DOING and before not in {"in", "at", "near", "of", "from"}


def is_capital(place: PlaceSpan) -> bool:
    """Tell the bare name of a foreign capital."""
    return place.unit is None and place.modifier is None and place.name.lower() in _CAPITALS


def _is_paired(scene: Scene, first: int, last: int) -> bool:
    """ "criticism of Moscow and Damascus": beside another capital that nothing happens in."""
    behind = scene.tokens[last + 1 : last + 4]
    if len(behind) > 1 and behind[0].lower in _JOINING and behind[1].lower in _CAPITALS:
        longer = len(behind) > 2 and behind[2].text[0].isupper()  # "X and Baghdad Street"
        return not longer and (first == 0 or scene.lower(first - 1) not in _LOCATING)
    at = first - 1
    paired = False
    while at > 0 and scene.lower(at) in _JOINING and scene.lower(at - 1) in _CAPITALS:
        paired, at = True, at - 2
    return paired and (at < 0 or scene.lower(at) not in _LOCATING)


def _talks(scene: Scene, at: int) -> bool:
    """Tell talk shortly before "in", with nothing told between: "in an interview that the raid in X ..." is in X."""
    for before in range(at - 1, max(0, at - _TALK) - 1, -1):
        if scene.lower(before) in _TALKING:
            return True
        if scene.lower(before) in _TELLING or any(match.head == before for match in scene.triggers):
            return False
    return False


def is_speakers(scene: Scene, place: PlaceSpan) -> bool:
    """Tell where somebody spoke: "said in Ankara", "speaking by telephone from X", "told reporters in the city of X".

    Of places in the region only what speech is made of tells it: "said in X two men were killed" is about X.
    """
    behind = scene.last(place) + 1
    if place.foreign and behind < len(scene.tokens) and scene.lower(behind) in _SPOKE:
        return scene.tokens[behind].tag in {"VBD", "VBZ"}  # "a doctor in X described ..."
    if _TALKING.isdisjoint(scene.vocabulary) and (not place.foreign or _SAYING.isdisjoint(scene.vocabulary)):
        return False
    at = scene.first(place) - 1
    while at > 0 and scene.lower(at) in _BEFORE_NAME:
        at -= 1
    if at < 1 or scene.lower(at) not in _LOCATING:
        return False
    if _talks(scene, at):
        return True
    said = range(max(0, at - _SPEECH), at)
    return place.foreign and any(scene.lower(before) in _SAYING for before in said)
