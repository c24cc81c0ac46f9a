"""Who did it, told after the deed: "X claimed responsibility", "the raids were carried out by Y".

Such a sentence tells no happening of its own: it names the side behind the one told last. Where nobody did so ("no
group has claimed the attack"), nothing is learned.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.actor_standing import is_held, undecided
from pipeline.extract.actors import ActorSpan
from pipeline.extract.candidate import Candidate
from pipeline.extract.kinds import ATTACK, REMOTE_KINDS
from pipeline.extract.record import replace
from pipeline.extract.roles import Roles
from pipeline.extract.scene import Scene
from pipeline.extract.words import load_words

_WORDS = load_words("roles")
_CLAIMING = frozenset(_WORDS["claiming"]) | frozenset(_WORDS["taking"])
_DONE = frozenset(_WORDS["done"])
_DOUBTS = frozenset(_WORDS["doubts"])
_NOBODY = frozenset(_WORDS["nobody"])
_RESPONSIBILITY = "responsibil"
_IT_WAS = (["it", "was"], ["they", "were"])
_DEEDS = REMOTE_KINDS | {ATTACK}
_NEAR = 6
"""Words between "claimed" and "responsibility"."""
_MEMORY = 12
"""Happenings looked back at, so that a long text stays linear in time."""
_BACK = 4
"""Sentences back to the deed that is claimed."""


def signs(told: list[Candidate], here: Sequence[Candidate], scene: Scene) -> bool:
    """Put the side that `scene` names behind the last deed of `told`; False where the scene tells something else."""
    if any(c.places or c.tolls for c in here):
        return False
    doubted = open_between(scene)
    if doubted is not None:
        return _put(told, scene, doubted, replacing=False)
    if scene.means or any(c.dates or (c.certain and c.sub_event_type not in _DEEDS) for c in here):
        return False
    by = claimant(scene)
    return by is not None and _put(told, scene, by, replacing=True)


def _put(told: list[Candidate], scene: Scene, by: ActorSpan, *, replacing: bool) -> bool:
    """Put a side behind the last deed told; a side without a name gives way only where `replacing`."""
    near = range(len(told) - 1, max(-1, len(told) - 1 - _MEMORY), -1)
    deeds = (at for at in near if told[at].sub_event_type in _DEEDS and told[at].status == "reported")
    last = next(deeds, None)
    if last is None or scene.sentence.number - told[last].scene.sentence.number > _BACK:
        return False
    deed = told[last]
    if deed.roles.agent is not None and not (replacing and _is_nobody(deed.roles.agent)):
        return not replacing
    for at in near:
        if told[at].scene is deed.scene and told[at].sub_event_type == deed.sub_event_type:
            told[at] = replace(told[at], roles=Roles(by, told[at].roles.target))
    return True


def _is_nobody(agent: ActorSpan) -> bool:
    """Tell "gunmen" and "terrorists" from a side with a name."""
    return agent.generic and agent.bloc in {"unidentified", "opposition"}


def claimant(scene: Scene) -> ActorSpan | None:
    """Give the side that a sentence names behind a deed told before."""
    words = [token.lower for token in scene.tokens]
    if _NOBODY & set(words):
        return None
    for at, word in enumerate(words):
        if word in _CLAIMING and any(w.startswith(_RESPONSIBILITY) for w in words[at + 1 : at + _NEAR]):
            return next((a for a in reversed(scene.actors) if scene.last(a) < at and _can_act(scene, a)), None)
        if word == "behind" and words[max(0, at - 2) : at] in _IT_WAS:
            return next((a for a in reversed(scene.actors) if scene.last(a) < at and _can_act(scene, a)), None)
        if word == "by" and at and (words[at - 1] in _DONE or words[max(0, at - 2) : at] == ["carried", "out"]):
            return next((undecided(scene, a) for a in scene.actors if at < scene.first(a) <= at + 3), None)
    return None


def open_between(scene: Scene) -> ActorSpan | None:
    """Give, as one side without a name, those of whom nobody can tell which did it: "it was not clear whether the
    strikes were carried out by X or by Y planes"."""
    if _DOUBTS.isdisjoint(scene.vocabulary) or "or" not in scene.vocabulary or _NOBODY.isdisjoint(scene.vocabulary):
        return None
    words = [token.lower for token in scene.tokens]
    for at, word in enumerate(words):
        if word != "by" or not at or not (words[at - 1] in _DONE or words[max(0, at - 2) : at] == ["carried", "out"]):
            continue
        sides = [a for a in scene.actors if scene.first(a) > at and a.bloc != "civilians"]
        if sides and "or" in words[at : scene.last(sides[-1]) + 1]:
            first, last = sides[0], sides[-1]
            said = scene.text[first.start - scene.offset : last.end - scene.offset]
            return replace(
                first, end=last.end, surface=said, actor_id=None, bloc="unidentified", kind="unknown", means="air",
                associate_id=None, generic=True,
            )  # fmt: skip
    return None


def _can_act(scene: Scene, actor: ActorSpan) -> bool:
    return actor.bloc not in {"civilians", "unidentified"} and not is_held(scene, actor)
