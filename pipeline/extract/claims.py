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
_BACK = 4
"""Sentences back to the deed that is claimed."""


def told_of(told: list[Candidate], here: Sequence[Candidate], scene: Scene) -> list[Candidate] | None:
    """Give `told` with the side that `scene` names behind its last deed; None where the scene tells something else."""
    if scene.means or any(c.places or c.dates or c.tolls or c.sub_event_type not in _DEEDS for c in here):
        return None
    by = claimant(scene)
    if by is None:
        return None
    for at in range(len(told) - 1, -1, -1):
        deed = told[at]
        if scene.sentence.number - deed.scene.sentence.number > _BACK:
            return None
        if deed.sub_event_type in _DEEDS and deed.status == "reported":
            return _signed(told, deed, by)
    return None


def _signed(told: list[Candidate], deed: Candidate, by: ActorSpan) -> list[Candidate] | None:
    """The deeds of one sentence that nobody named did, as done by `by`."""
    agent = deed.roles.agent
    if agent is not None and not (agent.generic and agent.bloc in {"unidentified", "opposition"}):
        return None
    number = deed.scene.sentence.number
    return [
        replace(c, roles=Roles(by, c.roles.target))
        if c.scene.sentence.number == number and c.sub_event_type == deed.sub_event_type and c.roles.agent == agent
        else c
        for c in told
    ]


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
