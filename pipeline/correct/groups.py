"""Which mentions belong together after merges, splits and withdrawals. Pure sets; no table is touched here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.correct.declared import Correction

Mentions = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Group:
    """Mentions of one event, and the events that they were linked to before."""

    mentions: frozenset[str]
    came_from: frozenset[str]


def regrouped(corrections: Sequence[Correction], linked: Mentions, reports: Mentions) -> tuple[Group, ...]:
    """Return the groups that merges and splits make, in the order of their smallest mention.

    Args:
        corrections: that fit and do not contradict each other; those of other actions are passed over.
        linked: all mentions linked to each event.
        reports: those of them that report it.

    Merges that share an event make one of all of theirs. A split takes mentions out of an event; denials stay with the
    rest unless they are named, or with the first part where no report is left.
    """
    merged = [frozenset(c.events) for c in corrections if c.action == "merge"]
    groups = [Group(frozenset().union(*(linked[e] for e in events)), events) for events in _components(merged)]
    split: dict[str, set[frozenset[str]]] = {}
    for correction in corrections:
        if correction.action == "split":
            split.setdefault(correction.event, set()).add(correction.mentions)
    for event, leaving in split.items():
        parts = sorted(leaving, key=min)
        rest = linked[event] - frozenset().union(*parts)
        if rest & reports[event]:
            parts.append(rest)
        else:
            parts[0] |= rest
        groups += [Group(part, frozenset({event})) for part in parts]
    return tuple(sorted(groups, key=lambda group: min(group.mentions)))


def _components(sets: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """Join sets that share a member."""
    joined: list[frozenset[str]] = []
    for one in sets:
        meeting = [other for other in joined if other & one]
        joined = [other for other in joined if not other & one]
        joined.append(one.union(*meeting))
    return joined
