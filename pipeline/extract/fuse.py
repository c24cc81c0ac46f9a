"""Two drafts that tell one happening made one: which of them leads, and what the other adds.

Whether they tell one is decided in `merge.py` and `told_twice.py`.
"""

from __future__ import annotations

from pipeline.extract.drafts import Draft
from pipeline.extract.kinds import OVERTAKES, REGAINS, SUICIDE
from pipeline.extract.likeness import SPREAD, same_place
from pipeline.extract.places import ResolvedPlace
from pipeline.extract.record import replace
from pipeline.extract.same_side import better


def weight(draft: Draft) -> int:
    """How much a draft tells: the heavier of two leads."""
    return (
        5 * bool(draft.tolls and not draft.shared) + 3 * draft.own_place + 2 * draft.own_date + 2 * draft.certain
        + bool(draft.agent) + bool(draft.target or draft.civil) + bool(draft.weapon) - 3 * draft.told.harm_only
    )  # fmt: skip


def fused(lead: Draft, other: Draft) -> Draft:
    """Fill the gaps of the weightier draft from the other one; finer, own and certain values win."""
    best, rest = (lead, other) if weight(lead) >= weight(other) else (other, lead)
    territory = next((d for d in (best, rest) if d.sub_event_type in {REGAINS, OVERTAKES}), None)
    apart = lead.sentence != other.sentence
    crowd = next((d for kind in SPREAD for d in (best, rest) if apart and d.sub_event_type == kind), None)
    bomber = next((d for d in (best, rest) if d.sub_event_type == SUICIDE and d.certain), None)
    typed = territory or crowd or bomber or next((d for d in (best, rest) if d.certain), best)
    dated = best if best.own_date or not rest.own_date else rest
    placed = _placed(best, rest)
    return replace(
        best,
        sub_event_type=typed.sub_event_type,
        typed_by=typed.typed_by,
        certain=best.certain or rest.certain,
        interval=dated.interval,
        own_date=dated.own_date,
        place=placed.place,
        own_place=placed.own_place,
        agent=better(best.agent, rest.agent),
        target=better(best.target, rest.target),
        civil=best.civil or rest.civil,
        weapon=best.weapon or rest.weapon,
        tolls=best.tolls or rest.tolls,
        shared=best.shared if best.tolls else rest.shared,
        siblings=best.siblings or rest.siblings,
    )


def _placed(best: Draft, rest: Draft) -> Draft:
    """Give the one of two drafts whose place stands: a place of its own, of two ways to name it the finer one.

    What a loose word tells of may have been anywhere in the place: it makes none finer.
    """
    if best.place is None or (rest.own_place and not best.own_place):
        return rest
    sure = best.sub_event_type == rest.sub_event_type or (best.certain and rest.certain)
    if sure and best.own_place and rest.place is not None and same_place(best.place, rest.place):
        return max((best, rest), key=lambda draft: _precise(draft.place))
    return best


def _precise(place: ResolvedPlace | None) -> tuple[int, int]:
    """Of two ways to name a place in general, the finer and longer one says more ("western countryside of ...")."""
    return (
        (-(place.geo_precision or 9), len(place.place) if (place.geo_precision or 0) > 1 else 0) if place else (-9, 0)
    )
