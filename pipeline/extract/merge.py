"""One happening, one mention: drafts of an article that tell the same one merge (codebook section 3).

Three passes: same place (or none of its own) into the one told before; a wider place into the single finer one it
sums up; a lead that sums up several finer ones gives them its toll, shared, and goes. Events across articles are none
of this room's business.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.extract.drafts import Draft
from pipeline.extract.fuse import fused
from pipeline.extract.groups import REACH, WINDOW, Group
from pipeline.extract.inherit import adopted, inherit
from pipeline.extract.kinds import (
    AIR,
    ATTACK,
    CHEMICAL,
    REMOTE_KINDS,
    SHELLING,
    TERRITORY,
)
from pipeline.extract.likeness import same_kind, same_place, same_sides, same_time, same_victims
from pipeline.extract.places import ResolvedPlace
from pipeline.extract.record import replace
from pipeline.extract.same_side import better
from pipeline.extract.tolls import same_toll, unlike_tolls

Contains = Callable[[ResolvedPlace, ResolvedPlace], bool]
"""Tells whether the first place is, or holds, the second."""
_ATTACKS = frozenset({"attack", "attacks", "assault", "massacre", "shooting", "bombing", "bombings", "bombardment"})
_CARRYING = frozenset({AIR, SHELLING})
"""How toxic agents are delivered."""


def merge(drafts: Sequence[Draft], contains: Contains, titled: ResolvedPlace | None = None) -> list[Group]:
    """Merge the drafts of one article, in text order, into groups in the order of their first draft.

    `titled` is the one place that the article's title names, if it names one.
    """
    groups: list[Group] = []
    for draft in (adopted(draft, groups) for draft in drafts):
        home = _home(draft, groups[-WINDOW:])
        if home is None:
            groups.append(Group(draft, [draft]))
        else:
            if draft.place is None and draft.tolls and home.lead.siblings:
                draft = replace(draft, shared=True, siblings=(home.lead.number, *home.lead.siblings))
            home.members.append(draft)
            home.lead = fused(home.lead, draft)
            _tell_siblings(home.lead, draft, groups[-WINDOW:])
    _poisoned(groups, contains)
    kept = [group for group in _summed(groups, contains) if _stands(group.lead)]
    inherit(kept, titled)
    return _told_again(kept, contains)


def _told_again(groups: Sequence[Group], contains: Contains) -> list[Group]:
    """Put a happening that names no place of its own with its like at the place that it inherited.

    It was told too far from the other to join it at once. One that is counted for itself ("another strike", a toll
    unlike the other's) stays.
    """
    gone: set[int] = set()
    for at, group in enumerate(groups):
        if group.lead.own_place or group.lead.place is None or group.lead.status != "reported":
            continue
        first = max(0, at - WINDOW)
        near = [g for n, g in enumerate(groups[first : at + WINDOW], first) if n != at and n not in gone]
        home = next((g for g in near if _is_told_in(group, g, contains)), None)
        if home is not None:
            home.members.extend(group.members)
            home.lead = fused(home.lead, group.lead)
            gone.add(at)
    return [group for at, group in enumerate(groups) if at not in gone]


def _is_told_in(group: Group, home: Group, contains: Contains) -> bool:
    a, b = group.lead, home.lead
    if a.sub_event_type != b.sub_event_type or a.status != b.status or a.place is None or b.place is None:
        return False
    if any(draft.told.distinct for draft in group.members) or not (b.own_place or same_place(a.place, b.place)):
        return False
    if not (same_place(a.place, b.place) or contains(a.place, b.place) or contains(b.place, a.place)):
        return False
    return same_time(a, b) and same_sides(a, b) and same_victims(a, b) and not unlike_tolls(a, b)


def _poisoned(groups: Sequence[Group], contains: Contains) -> None:
    """Shelling that is told, in one breath, as a chemical attack is that wherever in its place the shells fell."""
    for gas in [g for g in groups if g.lead.sub_event_type == CHEMICAL and g.lead.certain]:
        told_as = {match.trigger.sub_event_type for match in gas.lead.told.scene.triggers} & _CARRYING
        for group in groups[:WINDOW] if told_as else ():
            lead = group.lead
            if lead.sub_event_type not in told_as or lead.place is None or gas.lead.place is None:
                continue
            if lead.weapon is not None and lead.weapon.surface not in lead.typed_by.surface:
                continue  # "helicopters dropped barrels on": told for itself
            inside = same_place(gas.lead.place, lead.place) or contains(gas.lead.place, lead.place)
            if inside and lead.status == gas.lead.status and same_time(lead, gas.lead) and same_sides(lead, gas.lead):
                group.lead = replace(lead, sub_event_type=CHEMICAL, typed_by=gas.lead.typed_by, certain=True)


def _tell_siblings(lead: Draft, draft: Draft, groups: Sequence[Group]) -> None:
    """Who was hit in several towns, told for all of them together, was hit in each."""
    if draft.civil is None or not draft.shared:
        return
    for group in groups:
        if group.lead.number in lead.siblings and group.lead.target is None and group.lead.civil is None:
            group.lead = replace(group.lead, civil=draft.civil)


def _stands(lead: Draft) -> bool:
    """Something must tell the happening from any other.

    Its type in words, a place of its own, or who did harm to whom.
    """
    if lead.status == "reported" and lead.told.harm_only and not lead.told.tolls and lead.agent is None:
        return False  # "hospitals struggle with casualties"
    if lead.told.harm_only and lead.agent is None and not lead.certain:
        return lead.own_place and bool(lead.told.scene.classes["armed"])
    if lead.certain or (lead.sub_event_type in REMOTE_KINDS and lead.own_place and lead.tolls):
        return True
    if lead.status in {"denied", "prospective"}:
        return lead.own_place or lead.agent is not None
    if lead.sub_event_type == ATTACK and lead.own_place and lead.tolls and lead.typed_by.surface.lower() in _ATTACKS:
        return True  # "an attack on trucks killed eight": somebody did it
    armed = lead.agent is not None or lead.weapon is not None or bool(lead.told.scene.classes["armed"])
    return armed and (lead.own_place or bool(lead.tolls or lead.target or lead.civil))


def _home(draft: Draft, groups: Sequence[Group]) -> Group | None:
    if draft.told.distinct and draft.place is not None:
        return None
    fitting = [g for g in groups if same_kind(g.lead, draft) and same_time(g.lead, draft) and same_sides(g.lead, draft)]
    if draft.place is not None:
        same = [g for g in fitting if g.lead.place is not None and same_place(g.lead.place, draft.place)]
        if same:
            return same[-1]
        return next((g for g in reversed(fitting) if g.lead.place is None and _in_reach(g, draft)), None)
    rare = [g for g in fitting if g.lead.sub_event_type == draft.sub_event_type == CHEMICAL]
    if len(rare) == 1:
        return rare[0]  # the one gas attack of an article is meant wherever it is named again
    near = [g for g in fitting if _in_reach(g, draft) and same_victims(g.lead, draft)]
    exact = [g for g in near if g.lead.sub_event_type == draft.sub_event_type]
    return max(exact or near, key=lambda g: g.members[-1].number) if near else None


def _in_reach(group: Group, draft: Draft) -> bool:
    last = group.members[-1]
    if draft.status != "reported" and draft.paragraph != last.paragraph:
        return False  # threats and denials are told in passing: the next speaker's are others
    return draft.sentence - last.sentence <= REACH


def _summed(groups: list[Group], contains: Contains) -> list[Group]:
    """Settle what is told of a wider place beside finer ones: one finer place takes it in, several share its toll."""
    gone: set[int] = set()
    for at, group in enumerate(groups):
        if group.lead.place is None:
            continue
        near = [
            (n, g)
            for n, g in enumerate(groups[max(0, at - WINDOW) : at + WINDOW], max(0, at - WINDOW))
            if n not in gone
        ]
        finer = [g for n, g in near if n != at and _covers(group, g, contains)]
        if len(finer) == 1:
            finer[0].members.extend(group.members)
            both = fused(finer[0].lead, group.lead)
            finer[0].lead = replace(both, place=_finer_name(group.lead, finer[0].lead), own_place=True)
            gone.add(at)
        elif len(finer) > 1:
            for g in finer:
                if group.lead.certain and not g.lead.certain:
                    typed = group.lead
                    g.lead = replace(g.lead, sub_event_type=typed.sub_event_type, typed_by=typed.typed_by, certain=True)
                g.lead = replace(
                    g.lead, agent=better(g.lead.agent, group.lead.agent), target=g.lead.target or group.lead.target
                )
            if group.lead.tolls:
                finer[0].shared.append((group.lead.tolls, tuple(g.lead.number for g in finer[1:])))
            gone.add(at)
    return [group for at, group in enumerate(groups) if at not in gone]


def _finer_name(wide: Draft, fine: Draft) -> ResolvedPlace | None:
    """The finer place; of two parts of one governorate ("western Aleppo", "the countryside") the longer name."""
    if wide.place is None or fine.place is None or (wide.place.geo_precision or 9) != fine.place.geo_precision:
        return fine.place
    if fine.place.geo_precision == 1:
        return fine.place
    return max((fine.place, wide.place), key=lambda place: (-(place.geo_precision or 9), len(place.place)))


def _covers(wide: Group, fine: Group, contains: Contains) -> bool:
    a, b = wide.lead, fine.lead
    if a.status in {"prospective", "denied"}:
        return False
    if a.place is None or b.place is None or not same_kind(a, b):
        return False
    if a.sub_event_type in TERRITORY and b.told.harm_only:
        return False  # "took most of the countryside": whoever was killed in a village of it died of something else
    # the dearest test last: in a text of hundreds of happenings most pairs are told apart by their days
    if not same_time(a, b) or not same_sides(a, b) or same_place(a.place, b.place):
        return False
    return contains(a.place, b.place) or same_toll(a, b)
