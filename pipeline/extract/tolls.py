"""The toll of one happening, from what several sentences say of it (codebook section 4, Counts).

Figures of one sentence stand side by side (three soldiers and two civilians); figures of different sentences for the
same thing make a range. Subtotals and running totals add nothing. A toll over several places is given once, shared,
and never divided.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extract.casualties import CasualtySpan
from pipeline.extract.drafts import Draft
from pipeline.extract.groups import Group

_SIDES = {
    "combatant-government": frozenset(
        {"syrian_government", "russia", "iran_allies", "turkey", "us_coalition", "israel"}
    ),
    "combatant-opposition": frozenset({"opposition", "hts", "islamic_state", "sdf", "unidentified"}),
    "combatant-other": frozenset({"islamic_state", "sdf", "other", "unidentified", "hts"}),
}


@dataclass(frozen=True, slots=True)
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
    telling = [draft for draft in group.members if not draft.shared]
    latest = [draft for draft in telling if not _is_earlier(draft)]
    own = [_counted(draft.tolls, draft) for draft in (latest if any(draft.tolls for draft in latest) else telling)]
    found: list[Figure] = []
    for kind in ("killed", "injured", "captured", "displaced"):
        parts = {t.low for draft in group.members for t in draft.told.tolls if t.is_subtotal and t.kind == kind}
        tellings = [[f for f in telling if f.kind == kind] for telling in own]
        whole = [telling for telling in tellings if telling and not (len(telling) == 1 and telling[0].low in parts)]
        tellings = whole or tellings
        found.extend(_settled([telling for telling in tellings if telling]))
    covered = [
        (draft.told.tolls, draft.siblings, draft)
        for draft in group.members
        if draft.shared and (draft.number < min(draft.siblings) or not draft.own_place)
    ]
    for tolls, others, draft in [*covered, *((t, o, group.lead) for t, o in group.shared)]:
        found.extend(replace(figure, covers=others) for figure in _counted(tolls, draft))
    return found


def _is_earlier(draft: Draft) -> bool:
    """ "Earlier, five people were killed": a toll that a later one in the article replaces."""
    return bool(draft.told.scene.tokens) and draft.told.scene.tokens[0].lower == "earlier"


def _counted(tolls: Sequence[CasualtySpan], draft: Draft) -> list[Figure]:
    whole = draft.status == "general"
    totals = {toll.kind for toll in tolls if toll.is_total}
    tolls = [toll for toll in tolls if toll.is_total or toll.kind not in totals]
    return [
        Figure(t, t.kind, _party(t, draft), t.low, t.high, t.approximate, ())
        for t in tolls
        if not t.is_subtotal and (whole or not t.cumulative)
    ]


def _settled(tellings: Sequence[Sequence[Figure]]) -> list[Figure]:
    """Choose among what several sentences say: the fullest telling, widened where another one differs in its sum."""
    if not tellings:
        return []
    best = max(tellings, key=len)
    sums = [(_total([f.low for f in telling]), _total([f.high for f in telling])) for telling in tellings]
    if len(best) > 1 or len(set(sums)) == 1:
        return list(best)
    closed = [(low, high) for low, high in sums if low is not None and high is not None]
    lows = [low for low, _ in closed or sums if low is not None]
    highs = [high for _, high in sums if high is not None]
    low, high = min(lows, default=None), max(highs, default=None)
    if low is not None and high is not None and high < low:
        high = None
    return [replace(best[0], low=low, high=high)]


def _total(ends: Sequence[int | None]) -> int | None:
    known = [end for end in ends if end is not None]
    return sum(known) if len(known) == len(ends) else None


def _party(toll: CasualtySpan, draft: Draft) -> str:
    if toll.victim_class == "civilian":
        return "civilians"
    side = _SIDES.get(toll.victim_class)
    if side is not None:
        if draft.target is not None and draft.target.bloc in side:
            return "actor2"
        if draft.agent is not None and draft.agent.bloc in side:
            return "actor1"
    return "unknown"
