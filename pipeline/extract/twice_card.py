"""Whether two happenings of an article are one that was told twice: a scorecard over a pair.

The rules put together what agrees in place, day and sides (`merge.py`). Of what they leave apart, some was told again
with a wider, vaguer or other name for its place, or told too far off. What speaks for and against it is weighed here;
the weights are fitted on hand-coded articles (`lexicon/twice.yaml`). Only happenings of one type, in one governorate
and on days that do not contradict come into question, and no two with a town of its own each (codebook section 3).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.extract.actors import ActorSpan
from pipeline.extract.drafts import Draft
from pipeline.extract.groups import Group
from pipeline.extract.kinds import VIOLENT
from pipeline.extract.likeness import same_place, same_sides, same_time
from pipeline.extract.merge import Contains
from pipeline.extract.places import ResolvedPlace
from pipeline.extract.tolls import unlike_tolls
from pipeline.extract.words import load_words

FEW = 2
MANY = 5
"""So many happenings of one type make a list, in which each is told for itself."""
_WIDE = 2
"""The geo_precision from which a place is an area."""
_ANSWERING = frozenset(load_words("roles")["answering"])
_CARD: Mapping[str, int] = load_words("twice")
"""The weight of each feature in hundredths of the log-odds."""


def odds(one: Group, other: Group, alike: int, contains: Contains) -> int:
    """Give the log-odds, in hundredths, that two groups tell one happening.

    `alike` is the number of reported happenings of their type in the article.
    """
    return sum(_CARD.get(name, 0) for name in features(one, other, alike, contains))


def comparable(one: Group, other: Group, contains: Contains) -> bool:
    """Tell whether two happenings may be one: of one type and governorate, on days that do not contradict.

    Nor may their dead, nor the sides, save in violence in one place that is told again further on: there each of the
    two is now told as the one who acts, now as the one who is hit. What is said to be another one is no other's
    telling, nor what answers it.
    """
    a, b = one.lead, other.lead
    if a.sub_event_type != b.sub_event_type or any(d.told.distinct for group in (one, other) for d in group.members):
        return False
    place = _place(a, b, contains)
    if place is None or not same_time(a, b) or unlike_tolls(a, b):
        return False
    return same_sides(a, b) or (place != "apart" and _may_be_swapped(one, other))


def _may_be_swapped(one: Group, other: Group) -> bool:
    a, b = one.lead, other.lead
    if a.sub_event_type not in VIOLENT or _gap(one, other) <= 1:
        return False
    return all(_ANSWERING.isdisjoint(draft.told.scene.vocabulary) for draft in (a, b))


def _gap(one: Group, other: Group) -> int:
    """How many sentences lie between the nearest two in which they are told."""
    there = {draft.sentence for draft in other.members}
    return min(abs(draft.sentence - number) for draft in one.members for number in there)


def features(one: Group, other: Group, alike: int, contains: Contains) -> Iterator[str]:
    """Yield what speaks for or against a pair being one happening."""
    a, b = one.lead, other.lead
    yield "base"
    if alike <= FEW:
        yield "only two"
    if alike >= MANY:
        yield "many"
    place = _place(a, b, contains)
    yield f"place {place}"
    if a.own_place and b.own_place:
        yield "both placed"
    yield from _days(a, b)
    yield from _sides(a, b)
    if _dead(a) & _dead(b):
        yield "same toll"
    yield from _telling(one, other)


def _place(one: Draft, other: Draft, contains: Contains) -> str | None:
    """How the places of two happenings stand to each other; None where they are two beyond doubt."""
    a, b = one.place, other.place
    if a is None or b is None:
        return "open"
    if same_place(a, b):
        return "same"
    if contains(a, b) or contains(b, a):
        return "within"
    towns = one.own_place and other.own_place and not (_is_wide(a) or _is_wide(b))
    return "apart" if a.admin1 is not None and a.admin1 == b.admin1 and not towns else None


def _is_wide(place: ResolvedPlace) -> bool:
    """Tell an area: the happening was somewhere in it, and may have been in the town that another sentence names."""
    return (place.geo_precision or _WIDE) >= _WIDE


def _days(one: Draft, other: Draft) -> Iterator[str]:
    own = one.own_date + other.own_date
    if _day(one) != _day(other):
        if own == 1:
            yield "days apart"
    elif own:
        yield "same day" if own == 2 else "day told once"


def _day(draft: Draft) -> tuple[object, object] | None:
    return (draft.interval.start, draft.interval.end) if draft.interval is not None else None


def _sides(one: Draft, other: Draft) -> Iterator[str]:
    agents = {_bloc(one.agent), _bloc(other.agent)}
    if agents == {None}:
        yield "no agent"
    elif len(agents) == 1:
        yield "same agent"
    hit = [_bloc(draft.target) or ("civilians" if draft.civil else None) for draft in (one, other)]
    if hit[0] is not None and hit[0] == hit[1]:
        yield "same target"
    if not same_sides(one, other):
        yield "unlike sides"


def _bloc(actor: ActorSpan | None) -> str | None:
    return actor.bloc if actor is not None and actor.bloc != "unidentified" else None


def _dead(draft: Draft) -> set[int]:
    return {toll.low for toll in draft.tolls if toll.kind == "killed" and toll.low}


def _telling(one: Group, other: Group) -> Iterator[str]:
    """How the two are told: how far from each other, how often, in which words."""
    a, b = one.lead, other.lead
    if (gap := _gap(one, other)) <= 1:
        yield "next sentence" if gap else "same sentence"
    if len(one.members) > 1 and len(other.members) > 1:
        yield "both told again"
    if a.certain and b.certain:
        yield "both certain"
    if a.typed_by.surface.lower() == b.typed_by.surface.lower():
        yield "same words"
    if a.weapon is not None and b.weapon is not None and a.weapon.surface.lower() != b.weapon.surface.lower():
        yield "unlike means"
