"""Who did it, told after the deed: "X claimed responsibility", "the raids were carried out by Y".

Such a sentence tells no happening of its own: it names the side behind the one told last. Where nobody did so ("no
group has claimed the attack"), nothing is learned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.actor_standing import is_held, undecided
from pipeline.extract.actors import ActorSpan
from pipeline.extract.candidate import Candidate
from pipeline.extract.kinds import ATTACK, REMOTE_KINDS
from pipeline.extract.roles import Roles
from pipeline.extract.scene import Scene
from pipeline.extract.words import load_words

_WORDS = load_words("roles")
_CLAIMING = frozenset(_WORDS["claiming"]) | frozenset(_WORDS["taking"])
_DONE = frozenset(_WORDS["done"])
_NOBODY = frozenset(_WORDS["nobody"])
_DEEDS = REMOTE_KINDS | {ATTACK}
_NEAR = 6
"""Words between "claimed" and "responsibility"."""
_MEMORY = 12
"""Happenings looked back at, so that a long text stays linear in time."""
_BACK = 4
"""Sentences back to the deed that is claimed."""


def signs(told: list[Candidate], here: Sequence[Candidate], scene: Scene) -> bool:
    """Put the side that `scene` names behind the last deed of `told`; False where the scene tells something else."""
    if scene.means or any(c.places or c.dates or c.tolls or c.sub_event_type not in _DEEDS for c in here):
        return False
    by = claimant(scene)
    if by is None:
        return False
    near = range(len(told) - 1, max(-1, len(told) - 1 - _MEMORY), -1)
    deeds = (at for at in near if told[at].sub_event_type in _DEEDS and told[at].status == "reported")
    last = next(deeds, None)
    if last is None or scene.sentence.number - told[last].scene.sentence.number > _BACK:
        return False
    deed = told[last]
    if deed.roles.agent is not None and not _is_nobody(deed.roles.agent):
        return False
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
        if word in _CLAIMING and "responsibility" in words[at + 1 : at + _NEAR]:
            return next((a for a in reversed(scene.actors) if scene.last(a) < at and _can_act(scene, a)), None)
        if word == "by" and at and (words[at - 1] in _DONE or words[max(0, at - 2) : at] == ["carried", "out"]):
            return next((undecided(scene, a) for a in scene.actors if at < scene.first(a) <= at + 3), None)
    return None


def _can_act(scene: Scene, actor: ActorSpan) -> bool:
    return actor.bloc not in {"civilians", "unidentified"} and not is_held(scene, actor)
