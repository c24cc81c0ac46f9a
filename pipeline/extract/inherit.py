"""What a happening takes over from those told before it: means, place, sides.

"A similar attack on ...", "five more were killed in ...", "clashes continued": the sentence leaves out what the
reader knows. Only gaps are filled, from the nearest happening that fits; what a sentence says itself always stands.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.actor_standing import can_do
from pipeline.extract.actors import ActorSpan
from pipeline.extract.drafts import NATIONWIDE, Draft
from pipeline.extract.enemies import fought, named_enemies, opposed
from pipeline.extract.groups import REACH, WINDOW, Group
from pipeline.extract.kinds import (
    ATTACK,
    BATTLES,
    CLASH,
    REMOTE,
    REMOTE_KINDS,
    SHELLING,
    SUICIDE,
    TERRITORY,
    VIOLENT,
    territory_kind,
)
from pipeline.extract.loose import mean
from pipeline.extract.older import day_of_news, of_its_time, recalls
from pipeline.extract.owners import owned
from pipeline.extract.places import ResolvedPlace
from pipeline.extract.record import replace
from pipeline.extract.words import load_words

_ANSWERING = frozenset(load_words("roles")["answering"])
_ALIKE = frozenset({"similar", "same"})
_NEXT = 1
_CLOSE = 3
"""Sentences over which the means of an attack are taken over; where the article tells of no other means, any number."""
_GROUND = frozenset(load_words("kinds")["ground"])
_SENDING = frozenset({"islamic_state", "hts"})
"""Groups that send suicide bombers."""
_HIDDEN = frozenset({REMOTE, SUICIDE})
"""Attacks whose authors hide: who set one off on one day need not have done so on another."""
_OPEN = frozenset({ATTACK, CLASH, SHELLING})
"""Types that, uncertain, may be another: "an attack on", "was struck", "rockets hit"."""


def adopted(draft: Draft, groups: Sequence[Group]) -> Draft:
    """Give an attack without means or attacker, told right after one with means, the means of that one."""
    if draft.certain or draft.sub_event_type not in _OPEN or draft.place is None or draft.status != "reported":
        return draft
    if not _GROUND.isdisjoint(draft.typed_by.surface.lower().split()):
        return draft
    if draft.agent is not None and _ALIKE.isdisjoint(draft.told.scene.vocabulary):
        return draft
    before = [
        g
        for g in groups
        if g.lead.sub_event_type in REMOTE_KINDS and g.lead.certain and g.lead.status in {"reported", "general"}
    ]
    alike = [g for g in before if _same_day(g.lead, draft)]
    near = [g for g in alike if 0 <= draft.sentence - g.members[-1].sentence <= _CLOSE]
    if not near and draft.sub_event_type != CLASH and len({g.lead.sub_event_type for g in alike}) == 1:
        near = alike
    if not near:
        return draft
    means = max(near, key=lambda g: g.members[-1].sentence).lead
    agent = draft.agent or means.agent
    return replace(draft, sub_event_type=means.sub_event_type, typed_by=means.typed_by, certain=True, agent=agent)


def _same_day(one: Draft, other: Draft) -> bool:
    """Nothing speaks against one day; what both say outright must agree."""
    if not (one.own_date and other.own_date) or one.interval is None or other.interval is None:
        return True
    return one.interval.start <= other.interval.end and other.interval.start <= one.interval.end


def inherit(groups: Sequence[Group], titled: ResolvedPlace | None) -> None:
    """Give a happening without place or sides those of the nearest one told before it.

    Else the place of the title.
    """
    mean(groups)
    news = day_of_news(groups)
    for at, group in enumerate(groups):
        before = [g for g in groups[max(0, at - WINDOW) : at] if group.lead.sentence - g.members[-1].sentence <= REACH][
            ::-1
        ]
        placeless = group.lead.place is None and group.lead.status == "reported"
        if placeless and group.lead.sub_event_type not in NATIONWIDE:
            recalled = recalls(group, news)
            told = [g for g in groups[max(0, at - WINDOW) : at] if not recalled or of_its_time(g.lead, group.lead)]
            others = (g.lead.place for g in before if g.lead.place is not None and (not recalled or g in told))
            near = _nearest_place(group, told) or next((place for place in others if not _is_abroad(place)), None)
            placed = near or (None if recalled else titled)
            group.lead = replace(group.lead, place=placed) if placed is not None else group.lead
        if group.lead.agent is not None:
            owner = owned(group.lead.agent, (g.lead.agent for g in before if g.lead.agent is not None))
            group.lead = replace(group.lead, agent=owner) if owner is not group.lead.agent else group.lead
        group.lead = _sided(group.lead, [g.lead for g in before])
    enemies, camps = fought(groups), named_enemies(groups)
    for group in groups:
        group.lead = _taken(opposed(group.lead, enemies, camps), group)


def _taken(lead: Draft, group: Group) -> Draft:
    """Whose gain it is that a place was taken, once the article has told who took it where its sentence does not."""
    taken = [d.told for d in group.members if d.told.sub_event_type in TERRITORY]
    if lead.sub_event_type not in TERRITORY or not taken:
        return lead
    if any(told.roles.agent is not None and territory_kind(told.roles.agent) == told.sub_event_type for told in taken):
        return lead
    return replace(lead, sub_event_type=territory_kind(lead.agent, lead.target))


def _nearest_place(group: Group, before: Sequence[Group]) -> ResolvedPlace | None:
    """The place that a happening was told to be in last before this one, whichever began first.

    One of the same type counts as a sentence nearer ("such attacks"); one abroad is handed on to the next sentence at
    most.
    """
    here, kind = group.lead.sentence, group.lead.sub_event_type
    told = [
        (draft.sentence + (g.lead.sub_event_type == kind), draft.number, g.lead.place)
        for g in before
        if g.lead.place is not None
        for draft in g.members
        if draft.own_place and draft.sentence <= here <= draft.sentence + (_NEXT if _is_abroad(g.lead.place) else REACH)
    ]
    return max(told, key=lambda entry: entry[:2])[2] if told else None


def _is_abroad(place: ResolvedPlace) -> bool:
    return place.span is not None and place.span.foreign


def _sided(lead: Draft, before: Sequence[Draft]) -> Draft:
    if lead.sub_event_type not in VIOLENT or lead.status != "reported":
        return lead
    if lead.agent is None and lead.sub_event_type != CLASH:
        alike = (d for d in before if d.sub_event_type == lead.sub_event_type and _may_do(lead, d.agent))
        like = next((d for d in alike if lead.sub_event_type not in _HIDDEN or _same_day(d, lead)), None)
        lead = replace(lead, agent=like.agent) if like else lead
    if lead.sub_event_type == SUICIDE and lead.agent is not None and _is_bomber(lead.agent):
        near = (d for d in before if d.agent is not None and d.agent.bloc in _SENDING and _same_day(d, lead))
        sender = next((d.agent for d in near if lead.sentence - d.sentence <= _CLOSE), None)
        lead = replace(lead, agent=sender) if sender is not None else lead
    if lead.sub_event_type in BATTLES and lead.target is not None and lead.target.bloc == "civilians":
        lead = replace(lead, target=None)  # whoever is hit beside a battle is no side of it
    if lead.target is None and lead.civil is None and lead.sub_event_type in REMOTE_KINDS and not lead.own_place:
        lead = _answered(lead, before)
    if lead.agent is not None and lead.target is None and lead.sub_event_type in BATTLES:
        lead = _faced(lead, before)
    if lead.agent is None and lead.target is None and lead.sub_event_type == CLASH:
        like = next((d for d in before if d.sub_event_type in BATTLES and d.agent is not None), None)
        lead = replace(lead, agent=like.agent, target=like.target) if like else lead
    return lead


def _is_bomber(agent: ActorSpan) -> bool:
    """Tell "suicide attackers" of whom nothing more is said: whoever attacked before sent them."""
    return agent.generic and agent.bloc == "unidentified"


def _may_do(lead: Draft, agent: ActorSpan | None) -> bool:
    """Tell whether whoever acted before can have done this as well: a group without aircraft bombs nothing from the
    air."""
    return agent is not None and can_do(lead.told.scene, lead.sub_event_type, agent)


def _answered(lead: Draft, before: Sequence[Draft]) -> Draft:
    """ "X responded with artillery": the fire goes to whoever struck before."""
    scene = lead.told.scene
    if lead.agent is None or _ANSWERING.isdisjoint(scene.vocabulary) or not scene.holds(lead.agent):
        return lead
    behind = range(scene.last(lead.agent) + 1, len(scene.tokens))
    if not any(scene.lower(at) in _ANSWERING for at in behind[:_CLOSE]):
        return lead
    struck = next((d.agent for d in before if d.agent is not None and d.agent.bloc != lead.agent.bloc), None)
    return replace(lead, target=struck) if struck is not None else lead


def _faced(lead: Draft, before: Sequence[Draft]) -> Draft:
    """The other side of a fight is the one that this side was fighting before."""
    for draft in before:
        if draft.agent is None or draft.target is None or lead.agent is None or draft.target.bloc == "civilians":
            continue
        if draft.agent.bloc == lead.agent.bloc:
            return replace(lead, target=draft.target)
        if draft.target.bloc == lead.agent.bloc:
            return replace(lead, target=draft.agent)
    return lead
