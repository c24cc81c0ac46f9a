"""Whether two drafts can tell one happening: their kind, day, place, sides and victims must not contradict.

Which drafts of an article are put together is decided in `merge.py`.
"""

from __future__ import annotations

from pipeline.extract.actors import ActorSpan
from pipeline.extract.drafts import Draft
from pipeline.extract.kinds import (
    ATTACK,
    CLASH,
    DISPERSED,
    EXCESSIVE,
    MOVEMENT,
    OVERTAKES,
    PEACEFUL,
    REGAINS,
    REMOTE,
    REMOTE_KINDS,
    RIOT,
    SUICIDE,
    VIOLENT,
)
from pipeline.extract.places import ResolvedPlace
from pipeline.extract.same_side import alike

SPREAD = (EXCESSIVE, RIOT, DISPERSED, PEACEFUL)
"""The types of a protest, the gravest first: it names what several sentences tell of one."""
_AT_ONCE = frozenset({REMOTE, SUICIDE})
"""One blast hits whoever is near."""


def same_victims(one: Draft, other: Draft) -> bool:
    """A strike on fighters is not the one on civilians that another sentence tells, where no place says so."""
    kinds = {one.sub_event_type, other.sub_event_type}
    if not kinds <= REMOTE_KINDS or kinds <= _AT_ONCE:
        return True
    armed, unarmed = ({d.number for d in (one, other) if test(d)} for test in (_hits_fighters, _hits_civilians))
    return not (armed and unarmed and armed != unarmed)


def _hits_fighters(draft: Draft) -> bool:
    return draft.target is not None and draft.target.bloc != "civilians"


def _hits_civilians(draft: Draft) -> bool:
    return not _hits_fighters(draft) and draft.civil is not None


def same_place(one: ResolvedPlace, other: ResolvedPlace) -> bool:
    """Tell whether two resolved places are one: the same entry and kind of area, or the same unknown name."""
    if one.place_id is not None or other.place_id is not None:
        return one.place_id == other.place_id and (one.geo_precision == other.geo_precision or one.place_id is not None)
    return one.place.lower() == other.place.lower()


def same_kind(one: Draft, other: Draft) -> bool:
    """Tell equal types, or one that a loose word for the other may mean."""
    if one.status != other.status:
        return False
    a, b = one.sub_event_type, other.sub_event_type
    if a == b:
        return True
    if {a, b} <= VIOLENT and not (one.certain and other.certain):
        loose = b if one.certain else a
        return loose in {ATTACK, CLASH, *REMOTE_KINDS}
    if {a, b} == {REMOTE, SUICIDE} and one.sentence != other.sentence:
        return any(d.sub_event_type == REMOTE and d.weapon is None for d in (one, other))  # "the blast"
    return {a, b} <= set(SPREAD) or {a, b} in ({CLASH, REGAINS}, {CLASH, OVERTAKES})


def same_time(one: Draft, other: Draft) -> bool:
    """Tell days that meet; one that is inherited may be off by a fortnight.

    What is told of some day of a month ("earlier this month") is not what another sentence dates to the day, unless
    both name one place.
    """
    if one.interval is None or other.interval is None:
        return True
    loosely = {one.interval.precision, other.interval.precision} == {1, 3} and one.own_date and other.own_date
    if loosely and one.own_place != other.own_place:
        return False
    if one.own_date and other.own_date:
        return one.interval.start <= other.interval.end and other.interval.start <= one.interval.end
    gap = abs((one.interval.start - other.interval.start).days)
    return gap <= 14 or (one.interval.start <= other.interval.end and other.interval.start <= one.interval.end)


def same_sides(one: Draft, other: Draft) -> bool:
    """Known agents must not contradict; in a clash either side may be named first."""
    if one.sub_event_type == other.sub_event_type == MOVEMENT and {_means(one), _means(other)} == {"air", "ground"}:
        return False
    if one.agent is not None and other.agent is not None and CLASH not in {one.sub_event_type, other.sub_event_type}:
        return alike(one.agent, other.agent)
    a = {actor.bloc for actor in _actors(one)} - {"civilians", "unidentified"}
    b = {actor.bloc for actor in _actors(other)} - {"civilians", "unidentified"}
    if not a or not b or bool(a & b) or any(alike(x, y) for x in _actors(one) for y in _actors(other)):
        return True
    return one.sub_event_type in REMOTE_KINDS and (one.target is None or other.target is None)


def _means(draft: Draft) -> str | None:
    return draft.agent.means if draft.agent is not None else None


def _actors(draft: Draft) -> list[ActorSpan]:
    return [actor for actor in (draft.agent, draft.target) if actor is not None]
