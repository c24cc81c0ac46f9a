"""What the clauses of one sentence tell together: a verb takes the subject of the one before, a denial counts once.

Takes the candidates of a sentence, in text order, and gives those that stand. Candidates of different sentences are
brought together elsewhere (`inherit.py`, `merge.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.agency import is_passive
from pipeline.extract.candidate import Candidate
from pipeline.extract.kinds import (
    AIR,
    ATTACK,
    CHEMICAL,
    CLASH,
    CROWDED,
    DISPLACEMENT,
    LEVELLING,
    LOOTING,
    OVERTAKES,
    REGAINS,
    SHELLING,
    TERRITORY,
    TRANSFER,
    VIOLENT,
    territory_kind,
)
from pipeline.extract.record import replace
from pipeline.extract.roles import Roles
from pipeline.extract.words import load_words

_DISOWNED = frozenset(load_words("status")["disowned"])
_DISOWNING_REACH = 8
"""Words before a happening among which it is told that a part in it was denied."""


def read_together(told: Sequence[Candidate]) -> list[Candidate]:
    """Give the happenings that stand once the clauses are read together; beside a certain type, a default gives way."""
    if len(told) > 1:
        told = [_continued(candidate, told[at - 1] if at else None) for at, candidate in enumerate(told)]
    told = _denied_once([part for candidate in told if not _is_flight(candidate) for part in _disowned(candidate)])
    if any(c.sub_event_type in CROWDED for c in told):
        told = [c for c in told if c.certain or c.sub_event_type not in {ATTACK, CLASH}]
    if any(c.sub_event_type in LEVELLING for c in told):
        told = [c for c in told if not _is_its_damage(c, told)]
    if any(c.sub_event_type == CHEMICAL for c in told):
        told = _poisonous(told)
    if any(c.repelled for c in told):
        told = [c for c in told if c.sub_event_type != TRANSFER]  # whoever was beaten off fell back
    if any(c.sub_event_type == TRANSFER for c in told):
        told = [c for c in told if c.sub_event_type not in {REGAINS, OVERTAKES}]
    return told


def _continued(candidate: Candidate, before: Candidate | None) -> Candidate:
    """A second verb without a subject of its own has that of the first ("encircled the town and entered it")."""
    if before is None or candidate.roles.agent is not None or candidate.sub_event_type not in VIOLENT:
        return candidate
    first = before.roles
    if first.agent is None:
        return candidate
    tokens = candidate.scene.tokens
    at = candidate.scene.token_at(candidate.at)
    own_subject = any(token.head == at and token.dep.startswith("nsubj") for token in tokens)
    if not tokens[at].tag.startswith("VB") or is_passive(tokens, at) or own_subject:
        return candidate
    name = candidate.sub_event_type
    taker = territory_kind(first.agent) if name in TERRITORY else name  # now it is known who took the place
    return replace(candidate, sub_event_type=taker, roles=Roles(first.agent, candidate.roles.target or first.target))


def _disowned(candidate: Candidate) -> list[Candidate]:
    """ "X denied responsibility for the bomb that killed four": the bomb is told, and X denies that it was X."""
    if candidate.status != "denied" or not (candidate.tolls or candidate.dates):
        return [candidate]
    scene, at = candidate.scene, candidate.scene.token_at(candidate.at)
    words = [scene.lower(place) for place in range(max(0, at - _DISOWNING_REACH), at)]
    if _DISOWNED.isdisjoint(words):
        return [candidate]
    roles = Roles(None, candidate.roles.target)
    return [replace(candidate, status="reported", roles=roles), replace(candidate, tolls=(), shares={})]


def _denied_once(told: Sequence[Candidate]) -> list[Candidate]:
    """A sentence denies a happening once, however many of its clauses speak of it."""
    kept: list[Candidate] = []
    for candidate in told:
        again = any(c.status == "denied" and c.sub_event_type == candidate.sub_event_type for c in kept)
        if not (again and candidate.status == "denied"):
            kept.append(candidate)
    return kept


def _is_flight(candidate: Candidate) -> bool:
    """ "The attackers fled", "a bus transporting fighters", "expelled the militants": the armed are not displaced."""
    roles = candidate.roles
    if candidate.sub_event_type != DISPLACEMENT or (roles.agent is None and roles.target is None):
        return False
    return not any(actor.bloc == "civilians" for actor in candidate.scene.actors)


def _poisonous(told: Sequence[Candidate]) -> list[Candidate]:
    """ "Strikes hit the town, and doctors say that gas was used": where the gas has no place, it was in those."""
    gas = next(c for c in told if c.sub_event_type == CHEMICAL)
    carried = [c for c in told if c.sub_event_type in {AIR, SHELLING} and c.status == gas.status]
    if gas.places or gas.dates or len(carried) != 1:
        return list(told)
    typed = replace(carried[0], sub_event_type=CHEMICAL, trigger=gas.trigger, certain=gas.certain)
    return [typed if c is carried[0] else c for c in told if c is not gas]


def _is_its_damage(candidate: Candidate, told: Sequence[Candidate]) -> bool:
    """ "Jets bombed the town, setting fire to a market": what a bombardment destroyed, not who else destroyed it."""
    if candidate.sub_event_type != LOOTING:
        return False
    agent, places = candidate.roles.agent, {place.start for place in candidate.places}
    for other in told:
        if other.sub_event_type not in LEVELLING or other.status != candidate.status:
            continue
        alone = agent is None or other.roles.agent is None or agent == other.roles.agent
        if alone and places <= {place.start for place in other.places}:
            return True
    return False
