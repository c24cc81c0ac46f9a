"""The toll of one happening, from what several sentences say of it (codebook section 4, Counts).

Figures of one sentence stand side by side (three soldiers and two civilians); figures of different sentences for the
same thing make a range. Subtotals and running totals add nothing. A toll over several places is given once, shared,
and never divided.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from pipeline.extract.actors import ActorSpan
from pipeline.extract.casualties import CasualtySpan
from pipeline.extract.drafts import Draft
from pipeline.extract.groups import Group
from pipeline.extract.kinds import CLASH, OVERTAKES, REGAINS
from pipeline.extract.record import record, replace

_SIDES = {
    "combatant-government": frozenset(
        {"syrian_government", "russia", "iran_allies", "turkey", "us_coalition", "israel"}
    ),
    "combatant-opposition": frozenset({"opposition", "hts", "islamic_state", "sdf", "unidentified"}),
    "combatant-other": frozenset({"islamic_state", "sdf", "other", "unidentified", "hts", "opposition", "iran_allies"}),
}
_COUNTED = re.compile(r"\b(?:at least|minimum of|(?:no|not) (?:less|fewer) than)\b", re.IGNORECASE)
_RISEN = re.compile(r"\b(?:rose|risen|rises|climbed|jumped|increased|went up) to\b", re.IGNORECASE)
_EVERYONE = frozenset({"people", "persons"})
_AT_ODDS = 1.5
"""Two counts of the same dead differ by no more: a much higher one is of more places."""
_PROPORTION = 2
"""Counts of the same dead differ by no greater factor, early and late ones, of friend and foe."""
_GAVE = r"(?:\w+\s+)?(?:announced|counted|documented|estimated|gave|given|put|recorded|reported|said|spoken?|told)\b"
_AT_FIRST = re.compile(
    rf"\b(?:had|have|has)\s+(?:\w+\s+)?(?:earlier|first)\s+{_GAVE}"
    rf"|\b(?:initially|previously|originally|at first)\s+{_GAVE}"
)
_FIRST = frozenset({"earlier", "first", "initially", "previously", "originally"})
"""Without any of these words nothing was said at first."""
_UNMISTAKABLE = 25
"""So many dead are of one happening, however its place is told."""
_TELLING = 8
_ATTACKERS = re.compile(r"\b(?:attackers?|assailants?|infiltrators?|raiders)\b", re.IGNORECASE)


@record
class Figure:
    """One figure of a toll and the numbers of the other drafts it covers (empty when it is the happening's own)."""

    span: CasualtySpan
    kind: str
    party: str
    low: int | None
    high: int | None
    approximate: bool
    covers: tuple[int, ...]


def figures(group: Group) -> list[Figure]:
    """Give the figures of a group, own ones first, in text order."""
    if not group.shared and not any(draft.tolls or draft.told.tolls for draft in group.members):
        return []
    divided = {_divided(draft) for draft in group.members} - {None}
    telling = [draft for draft in group.members if not draft.shared and not (divided and _is_sum(draft, divided))]
    latest = [draft for draft in telling if not _is_earlier(draft)]
    own = [
        _counted(draft.tolls, draft, group.lead)
        for draft in (latest if any(draft.tolls for draft in latest) else telling)
    ]
    found: list[Figure] = []
    for kind in ("killed", "injured", "captured", "displaced"):
        tellings = [[f for f in telling if f.kind == kind] for telling in own]
        if not any(tellings):
            continue
        parts = {t.low for draft in group.members for t in draft.told.tolls if t.is_subtotal and t.kind == kind}
        whole = [telling for telling in tellings if telling and not (len(telling) == 1 and telling[0].low in parts)]
        tellings, wholes = whole or tellings, _wholes(whole or tellings)
        tellings = [telling for telling in tellings if not _is_within(telling, wholes)]
        best = _told_best(group.lead, kind)
        for side in _by_side(tellings):
            found.extend(_settled(_of_one_thing([telling for telling in side if telling], best)))
    covered = [
        (draft.told.tolls, draft.siblings, draft)
        for draft in group.members
        if draft.shared and (draft.number < min(draft.siblings) or not draft.own_place)
    ]
    for tolls, others, draft in [*covered, *((t, o, group.lead) for t, o in group.shared)]:
        found.extend(replace(figure, covers=others) for figure in _counted(tolls, draft, group.lead))
    return found


def _divided(draft: Draft) -> int | None:
    """The dead of all places together, where a sentence says how many died in each."""
    dead = [toll.low for share in draft.told.shares.values() for toll in share if toll.kind == "killed"]
    return _total(dead) if dead else None


def _is_sum(draft: Draft, divided: Set[int | None]) -> bool:
    """ "At least 35 were killed", and below "30 in X and five in Y": the toll of both places, not of one."""
    dead = [toll.low for toll in draft.tolls if toll.kind == "killed" and not toll.is_subtotal]
    return not draft.told.shares and len(dead) == 1 and dead[0] in divided


def same_toll(wide: Draft, fine: Draft) -> bool:
    """Tell whether a lead and what follows it give a part of a governorate and a place in it the same number of dead.

    "Killing 20 in a district of northern X ... 20 people were killed in the attacks on Y".
    """
    if wide.place is None or fine.place is None or wide.place.admin1 is None:
        return False
    coarser = (wide.place.geo_precision or 0) > (fine.place.geo_precision or 0)
    if not coarser or wide.number > fine.number or wide.shared:
        return False
    alike = _dead(wide) & _dead(fine)
    if wide.place.admin1 != fine.place.admin1:
        return not fine.shared and any(low >= _UNMISTAKABLE for low in alike)
    return bool(alike)


def unlike_tolls(one: Draft, other: Draft) -> bool:
    """Tell two happenings that each have their dead, and not the same number of them."""
    a, b = ([t for t in draft.tolls if t.kind == "killed" and not t.is_subtotal] for draft in (one, other))
    return bool(a) and bool(b) and {t.low for t in a}.isdisjoint({t.low for t in b})


def _dead(draft: Draft) -> frozenset[int]:
    """The numbers of dead that tell one happening from another; small ones are met by chance."""
    whole = (toll.low for toll in draft.tolls if toll.kind == "killed" and not toll.is_subtotal)
    return frozenset(low for low in whole if low is not None and low >= _TELLING)


def _by_side(tellings: Sequence[Sequence[Figure]]) -> list[list[list[Figure]]]:
    """Part what is told of different sides: the losses of one are no other count of those of the other.

    A figure that may be of any side keeps them together, for it may be the sum.
    """
    sides = list(dict.fromkeys(f.party for telling in tellings for f in telling))
    if "unknown" in sides:
        return [[list(telling) for telling in tellings]]
    return [[[f for f in telling if f.party == side] for telling in tellings] for side in sides]


def _is_earlier(draft: Draft) -> bool:
    """ "Earlier, five people were killed", "had first spoken of five": a toll that another one replaces."""
    scene = draft.told.scene
    if scene.vocabulary.isdisjoint(_FIRST):
        return False
    return scene.tokens[0].lower == "earlier" or (bool(draft.tolls) and _AT_FIRST.search(scene.text) is not None)


def _told_best(lead: Draft, kind: str) -> int | None:
    """The toll of the sentence that tells most of a happening."""
    return _total([t.low for t in lead.tolls if t.kind == kind and not t.is_subtotal and not t.approximate])


def _of_one_thing(tellings: list[list[Figure]], best: int | None) -> list[list[Figure]]:
    """Leave out what counts others than the whole: parts that add up to it, and figures out of all proportion to the
    best one ("at least 30 were killed ... another six died in a hospital")."""
    sums = [_total([figure.low for figure in telling]) for telling in tellings]
    known = [low for low in sums if low]
    top = max(known, default=0)
    parts = [low for low in known if low < top]
    if len(parts) > 1 and sum(parts) == top:
        return [telling for telling, low in zip(tellings, sums, strict=True) if low == top or not low]
    if not best or best not in known:
        return tellings
    return [
        telling
        for telling, low in zip(tellings, sums, strict=True)
        if not low or _is_like(low, best) or any(figure.approximate for figure in telling)
    ]


def _is_like(one: int, other: int) -> bool:
    return max(one, other) <= _PROPORTION * min(one, other)


def _counted(tolls: Sequence[CasualtySpan], draft: Draft, lead: Draft) -> list[Figure]:
    whole = draft.status == "general"
    totals = {toll.kind for toll in tolls if toll.is_total}
    tolls = _once([toll for toll in tolls if toll.is_total or toll.kind not in totals])
    return [
        Figure(t, t.kind, _party(t, draft, lead), t.low, t.high, t.approximate, ())
        for t in tolls
        if not t.is_subtotal and (whole or not t.cumulative)
    ]


def _wholes(tellings: Sequence[Sequence[Figure]]) -> tuple[int, int]:
    """The highest toll that is said to have risen so far, and the highest "at least so many people" (0: none)."""
    alone = [figures[0] for figures in tellings if len(figures) == 1]
    risen = (f.low or 0 for f in alone if _RISEN.search(f.span.surface) is not None)
    everyone = (f.low or 0 for f in alone if _is_counted(f) and _named(f.span) in _EVERYONE)
    return max(risen, default=0), max(everyone, default=0)


def _is_within(telling: Sequence[Figure], wholes: tuple[int, int]) -> bool:
    """ "98 evacuees" where "at least 126 people" were killed: a part of them. A toll that rose replaces a lower one."""
    if len(telling) != 1 or telling[0].low is None:
        return False
    risen, everyone = wholes
    return telling[0].low < risen or (telling[0].low < everyone and _named(telling[0].span) not in _EVERYONE)


def _named(toll: CasualtySpan) -> str:
    """The first word for those who are counted, "people" where only a figure stands."""
    return (toll.victims or "people").lower().split()[0]


def _once(tolls: Sequence[CasualtySpan]) -> list[CasualtySpan]:
    """A figure told twice in one sentence (a headline ran into it) counts the same people."""
    seen: set[tuple[str, int | None, int | None]] = set()
    kept = []
    for toll in tolls:
        told = toll.kind, toll.low, toll.high
        if told not in seen or (toll.low or 0) < _TELLING:
            kept.append(toll)
        seen.add(told)
    return kept


def _settled(tellings: Sequence[Sequence[Figure]]) -> list[Figure]:
    """Choose among what several sentences say: the fullest telling, widened where another one differs in its sum."""
    if not tellings:
        return []
    best = max(tellings, key=len)
    sums = [(_total([f.low for f in telling]), _total([f.high for f in telling])) for telling in tellings]
    if len(best) > 1 or len(set(sums)) == 1:
        return list(best)
    rounded = {_total([f.low for f in telling]) for telling in tellings if any(f.approximate for f in telling)}
    opened = {low for low, high in sums if high is None} & rounded
    closed = [(low, high) for low, high in sums if low is not None and high is not None and low not in opened]
    exact = [(low, high) for low, high in sums if low not in opened]
    lows = [low for low, _ in closed or exact or sums if low is not None]
    lows += [
        f.low for telling in tellings for f in telling if len(telling) == 1 and f.low is not None and _is_counted(f)
    ]
    highs = [high for _, high in closed]
    top = max(highs, default=0)
    highs += [low for low, high in sums if high is None and low is not None and top < low <= top * _AT_ODDS]
    low, high = min(lows, default=None), max(highs, default=None)
    again = len({low for low, _ in sums}) == 1 and any(_is_counted(f) for telling in tellings for f in telling)
    if again or (low is not None and high is not None and high < low):
        high = None  # "at least 48 were killed ... the 48 were shot": so many so far
    return [replace(best[0], low=low, high=high)]


def _is_counted(figure: Figure) -> bool:
    """ "At least 16" counts the dead so far, "more than 30" rounds a figure that another sentence gives."""
    return figure.high is None and _COUNTED.search(figure.span.surface) is not None


def _total(ends: Sequence[int | None]) -> int | None:
    known = [end for end in ends if end is not None]
    return sum(known) if len(known) == len(ends) else None


def _party(toll: CasualtySpan, draft: Draft, lead: Draft) -> str:
    """Tell the side of the victims as the mention names it: sentences may tell the sides the other way round."""
    if toll.victim_class == "civilian":
        return "civilians"
    side = _side(toll, draft)
    if side is None:
        return "unknown"
    first, second = (actor is not None and actor.bloc == side.bloc for actor in (lead.agent, lead.target))
    if first and second:
        return "actor1" if side is draft.agent else "actor2"
    return "actor1" if first else "actor2" if second else "unknown"


def _side(toll: CasualtySpan, draft: Draft) -> ActorSpan | None:
    """The side of a happening, as its sentence tells it, whose people a toll counts."""
    named = toll.surface
    if named.lower().endswith("of them"):
        before = [actor for actor in draft.told.scene.actors if actor.end <= toll.start and actor.bloc != "civilians"]
        if not before:
            return None
        same = (actor for actor in (draft.target, draft.agent) if actor is not None and actor.bloc == before[-1].bloc)
        named = before[-1].surface
        if (side := next(same, None)) is not None:
            return side
    if _ATTACKERS.search(named):
        return draft.target if draft.told.repelled else draft.agent
    blocs = _SIDES.get(toll.victim_class, frozenset())
    if draft.target is not None and draft.target.bloc in blocs:
        return draft.target
    fought = draft.sub_event_type in {CLASH, REGAINS, OVERTAKES}
    return draft.agent if fought and draft.agent is not None and draft.agent.bloc in blocs else None
