"""Against whom a side fights, where the sentence names that side alone.

"The army recaptured the town", "the rebels repelled the assault": the reader knows the other side from the rest of
the article. It is the one that the article tells to fight this side, or else the only one of the other camp that it
names at all ("the rebel-held district").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeGuard

from pipeline.extract.actors import ActorSpan
from pipeline.extract.allies import are_allied
from pipeline.extract.drafts import Draft
from pipeline.extract.groups import Group
from pipeline.extract.hits import names_post
from pipeline.extract.kinds import (
    BATTLES,
    CLASH,
    REGAINS,
    REMOTE_KINDS,
    STATE_BLOCS,
    TERRITORY,
    VIOLENT,
    territory_kind,
)
from pipeline.extract.record import replace

_STATE = frozenset({"syrian_government", "russia", "iran_allies"})
_ARMED = frozenset({"opposition", "hts", "islamic_state"})
_REBELS = frozenset({"opposition", "hts"})
"""Groups told under one word ("the rebels, among them the Front"): the word stands for both."""

_BETWEEN_SIDES = BATTLES | {"Disrupted weapons use"}
"""Types that one side does to the other: whoever suffered, its enemy did it."""
_PARTNERS = frozenset({"turkey", "us_coalition"})
"""Told side by side, they are no enemies."""

Sides = Mapping[str, ActorSpan]
"""For a bloc, its enemy."""


def fought(groups: Sequence[Group]) -> Sides:
    """For each bloc that the article tells to fight one other bloc alone, that one."""
    met: dict[str, dict[str, ActorSpan]] = {}
    for lead in (group.lead for group in groups):
        one, two = lead.agent, lead.target
        if lead.sub_event_type not in VIOLENT or not (_is_side(one) and _is_side(two)):
            continue
        if one.bloc != two.bloc and {one.bloc, two.bloc} != _PARTNERS and not are_allied(one.bloc, two.bloc):
            met.setdefault(one.bloc, {}).setdefault(two.bloc, two)
            met.setdefault(two.bloc, {}).setdefault(one.bloc, one)
    return {bloc: next(iter(others.values())) for bloc, others in met.items() if len(others) == 1}


def named_enemies(groups: Sequence[Group]) -> Sides:
    """For either camp of the war, the one bloc of the other camp that the sentences of the article name."""
    first: dict[str, ActorSpan] = {}
    scenes = {draft.told.scene.offset: draft.told.scene for group in groups for draft in group.members}
    for _, scene in sorted(scenes.items()):
        for actor in scene.actors:
            first.setdefault(actor.bloc, actor)
    armed = first.keys() & _ARMED
    if armed == _REBELS:
        armed = {"opposition"}
    enemies: dict[str, ActorSpan] = {}
    if len(armed) == 1:
        enemies.update(dict.fromkeys(_STATE, first[next(iter(armed))]))
    if "syrian_government" in first and not first.keys() & {"sdf", "turkey", "us_coalition"} and len(armed) == 1:
        enemies.update(dict.fromkeys(_REBELS, first["syrian_government"]))
    return enemies


def opposed(lead: Draft, enemies: Sides, camps: Sides) -> Draft:
    """Give a battle told of one side alone the enemy whom that side has in the article."""
    if lead.status != "reported":
        return lead
    if lead.sub_event_type in REMOTE_KINDS and _is_side(lead.agent) and _hits_somebody(lead):
        foe = enemies.get(lead.agent.bloc) or camps.get(lead.agent.bloc)
        return replace(lead, target=foe) if foe is not None else lead
    if lead.sub_event_type not in _BETWEEN_SIDES:
        return lead
    if lead.sub_event_type == REGAINS and lead.agent is None and _is_side(lead.target):
        lead = replace(lead, agent=lead.target, target=None) if lead.target.bloc in STATE_BLOCS else lead
    if lead.agent is None and _is_side(lead.target) and not _is_downed(lead):
        foe = enemies.get(lead.target.bloc) or camps.get(lead.target.bloc)
        return replace(lead, agent=foe) if foe is not None and _can_take(lead.sub_event_type, foe) else lead
    if lead.sub_event_type not in BATTLES:
        return lead
    if lead.target is not None or not _is_side(lead.agent) or (lead.sub_event_type == CLASH and lead.civil is not None):
        return lead
    return replace(lead, target=enemies.get(lead.agent.bloc) or camps.get(lead.agent.bloc))


def _is_downed(lead: Draft) -> bool:
    """ "a helicopter was shot down": by whom, not even the owner may know."""
    return lead.sub_event_type == CLASH and lead.target is not None and lead.target.means == "air"


def _can_take(name: str, side: ActorSpan) -> bool:
    """Tell whether a side fits the type of a place that was taken; any fits a clash."""
    return name not in TERRITORY or territory_kind(side) == name


def _hits_somebody(lead: Draft) -> bool:
    """ "bombed the post", "shelled the militants": armed people are hit, and nothing says whose."""
    if lead.target is None:
        scene = lead.told.scene
        return lead.civil is None and names_post(scene, range(len(scene.tokens)))
    return lead.target.generic and lead.target.bloc == "unidentified"


def _is_side(actor: ActorSpan | None) -> TypeGuard[ActorSpan]:
    return actor is not None and actor.bloc not in {"civilians", "unidentified"}
