"""Air and ground fire told in one breath: "air strikes and artillery fire", "hit with barrel bombs and mortars".

Planes and guns are two means, and so two happenings of one place and day (codebook section 3); the one verb or noun of
the sentence gives only one of them. Here is told whether the other stands beside it; which of them a single word tells
is settled in `kinds.py`.
"""

from __future__ import annotations

from itertools import pairwise

from pipeline.extract.actors import ActorSpan
from pipeline.extract.kinds import AIR, SHELLING
from pipeline.extract.passages import Passage
from pipeline.extract.scene import Scene
from pipeline.extract.words import load_words

_WORDS = load_words("kinds")
_AIRBORNE = frozenset(_WORDS["airborne"])
_GUNS = frozenset(_WORDS["guns"])
_JOINING = frozenset(_WORDS["joining"])
_PARTING = frozenset({"or", "nor", "not", "but", "than"})
_ARMS = frozenset({AIR, SHELLING})
_GAP = 6
"""Words between the two means at most."""

_Arm = tuple[int, int, str]


def other_arm(scene: Scene, passage: Passage, name: str, agent: ActorSpan | None) -> str | None:
    """Give the type of the other means where planes and guns are joined in a passage that tells `name`, else None."""
    if name not in _ARMS or not (_JOINING & scene.vocabulary):
        return None
    arms = _arms(scene, passage)
    for first, second in pairwise(arms):
        if first[2] != second[2] and _joined(scene, first, second) and _fired_below(scene, first, second, arms, agent):
            return SHELLING if name == AIR else AIR
    return None


def _arms(scene: Scene, passage: Passage) -> list[_Arm]:
    """The words for planes and for guns, left to right."""
    used = [m for m in (*passage.means, *passage.matches) if m.trigger.sub_event_type in _ARMS]
    found = {(m.start, m.end, m.trigger.sub_event_type or "") for m in used if m.trigger.part == "noun"}
    taken = {at for start, end, _ in found for at in range(start, end)}
    found |= {(at, at + 1, AIR) for at in passage.span if at not in taken and scene.lower(at) in _AIRBORNE}
    return sorted(found)


def _joined(scene: Scene, first: _Arm, second: _Arm) -> bool:
    """ "jets and howitzers"; "aerial artillery and missile bombardment" has lost a comma."""
    between = scene.tokens[first[1] : second[0]]
    if not between:
        return first[2] == AIR and scene.lower(first[0]) in _AIRBORNE and scene.lower(second[0]) in _GUNS
    if len(between) > _GAP or any(t.tag.startswith("VB") or t.tag == "MD" for t in between):
        return False
    words = {t.lower for t in between}
    return not _JOINING.isdisjoint(words) and _PARTING.isdisjoint(words)


def _fired_below(scene: Scene, first: _Arm, second: _Arm, arms: list[_Arm], agent: ActorSpan | None) -> bool:
    """A gun stands on the ground; a rocket may come from the jets that act, or are told of besides."""
    gun = first if first[2] == SHELLING else second
    if any(scene.lower(at) in _GUNS for at in range(gun[0], gun[1])):
        return True
    from_above = agent is not None and agent.means == "air"
    return not from_above and not any(arm[2] == AIR and arm not in {first, second} and arm[0] > gun[0] for arm in arms)
