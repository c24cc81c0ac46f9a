"""Whom "the jihadists" and "the extremists" mean: the one group that the article names, where it names one alone.

"The Islamic State attacked the town on Monday ... the jihadists fired mortars": the loose word stands for the group. It
stays loose where the article names several such groups; rebels told of besides are called rebels.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.actors import ActorSpan
from pipeline.extract.groups import Group
from pipeline.extract.record import replace
from pipeline.extract.words import load_words

_LOOSE = frozenset(load_words("roles")["loose"])
_GROUPS = frozenset({"islamic_state", "hts"})
_OTHERS = frozenset({"opposition", "unidentified"})


def mean(groups: Sequence[Group]) -> None:
    """Give the loose words among the sides of an article the group that they mean, if it is told."""
    group = _only_group(groups)
    if group is None:
        return
    for one in groups:
        lead = one.lead
        one.lead = replace(lead, agent=_meant(lead.agent, group), target=_meant(lead.target, group))


def _only_group(groups: Sequence[Group]) -> ActorSpan | None:
    scenes = {draft.told.scene.offset: draft.told.scene for group in groups for draft in group.members}
    named = [a for _, scene in sorted(scenes.items()) for a in scene.actors if a.bloc in _GROUPS]
    return named[0] if len({a.bloc for a in named}) == 1 else None


def _meant(actor: ActorSpan | None, group: ActorSpan) -> ActorSpan | None:
    if actor is None or actor.bloc not in _OTHERS or not _is_loose(actor):
        return actor
    return replace(actor, actor_id=group.actor_id, bloc=group.bloc, kind=group.kind)


def _is_loose(actor: ActorSpan) -> bool:
    return actor.generic and not _LOOSE.isdisjoint(actor.surface.lower().split())
