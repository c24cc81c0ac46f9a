"""Happenings of an article that are more likely one told twice than two: the scorecard's word is put in place.

What the rules of `merge.py` put together stays together; here more is (`twice_card.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.extract.fuse import fused
from pipeline.extract.groups import Group
from pipeline.extract.merge import Contains
from pipeline.extract.twice_card import comparable, odds

LEAST = 40
"""Hundredths of the log-odds, three to two: a happening that is lost costs more than one that stands twice."""
NEAR = 20
"""Happenings of one type among which one looks for its like, so that a text of thousands stays linear in time."""
_Pair = tuple[Group, Group, int]


def told_once(groups: Sequence[Group], contains: Contains) -> list[Group]:
    """Put together reported happenings that are likely one, the likeliest pair first; in the order of the first told.

    Each pair is weighed as the rules left it. What was put together before only bars what contradicts it now.
    """
    likely = [(odds(*pair, contains), pair) for pair in pairs(groups, contains)]
    home: dict[int, Group] = {}
    for score, (one, other, _) in sorted(likely, key=lambda entry: -entry[0]):
        if score < LEAST:
            break
        first, second = _home(one, home), _home(other, home)
        if first is second or not comparable(first, second, contains):
            continue  # an area may be any of three towns in it, but never all of them
        if second.lead.number < first.lead.number:
            first, second = second, first
        first.twice.append(second.lead.typed_by)
        first.twice.extend(second.twice)
        first.members.extend(second.members)
        first.shared.extend(second.shared)
        first.lead = fused(first.lead, second.lead)
        home[id(second)] = first
    return [group for group in groups if id(group) not in home]


def pairs(groups: Sequence[Group], contains: Contains) -> Iterator[_Pair]:
    """Yield the pairs of reported happenings that may be one, each with how many there are of its type."""
    alike: dict[str, list[Group]] = {}
    for group in groups:
        if group.lead.status == "reported":
            alike.setdefault(group.lead.sub_event_type, []).append(group)
    for kind in alike.values():
        for at, one in enumerate(kind):
            for other in kind[at + 1 : at + 1 + NEAR]:
                if comparable(one, other, contains):
                    yield one, other, len(kind)


def _home(group: Group, home: dict[int, Group]) -> Group:
    """The group that one was put into, itself where it stands."""
    while (into := home.get(id(group))) is not None:
        group = into
    return group
