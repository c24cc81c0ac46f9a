"""Clusters: pairs that join become events, every member being compatible with every other (complete linkage).

So a report that names only the governorate cannot chain two towns together. Where a loose report fits two events that
are not one, it stays by itself: a missed merge is better than a wrong one. Pairs that nothing but a far-off toll, or
one article that tells both, keeps apart do not stand between clusters that agree in their tolls.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import polars as pl

from pipeline.resolve import rules

_Edge = tuple[int, int, int]


class _Grouping:
    """The nodes of one component in groups; a group is named by its smallest node."""

    def __init__(self, compatible: dict[tuple[int, int], bool]) -> None:
        self._apart = compatible
        self._of: dict[int, int] = {}
        self._members: dict[int, list[int]] = {}

    def of(self, node: int) -> int:
        return self._of.get(node, node)

    def moved(self) -> Iterable[tuple[int, int]]:
        """Return each node that is not the smallest of its group, with that one."""
        return self._of.items()

    def members(self, group: int) -> Sequence[int]:
        return self._members.get(group, (group,))

    def can_join(self, one: int, other: int, score: int = 0) -> bool:
        """Tell whether each node of one group is compatible with each of the other, given what speaks for it."""
        agreed = score >= rules.TOLLS_AGREE
        for a in self.members(one):
            for b in self.members(other):
                apart = self._apart.get((a, b) if a < b else (b, a))
                if apart is None or (apart and not agreed):
                    return False
        return True

    def join(self, one: int, other: int) -> None:
        kept, gone = (one, other) if one < other else (other, one)
        moved = self.members(gone)
        for node in moved:
            self._of[node] = kept
        self._members[kept] = [*self.members(kept), *moved]
        self._members.pop(gone, None)


def cluster(size: int, pairs: pl.DataFrame) -> list[int]:
    """Return for each node the smallest node of its cluster.

    Args:
        size: how many nodes there are, numbered from 0 in an order that does not depend on the input's.
        pairs: from `judgement.judge`.

    Tight pairs join first, the most alike before others, wherever all members are compatible. Loose ones join two
    clusters only when neither has a rival that fits as well and could not be the same event. Each component of pairs
    that join is worked through by itself, so that what is looked up lies close together.
    """
    of = list(range(size))
    for component in _components(size, pairs):
        grouping = _Grouping({(i, j): apart for i, j, _, _, apart, _ in component})
        for i, j, joins, tight, _, score in component:
            if not (joins and tight):
                continue
            one, other = grouping.of(i), grouping.of(j)
            if one != other and grouping.can_join(one, other, score):
                grouping.join(one, other)
        loose = [(i, j, score) for i, j, joins, tight, _, score in component if joins and not tight]
        while loose and _join_clear_cases(grouping, loose):
            loose = [edge for edge in loose if grouping.of(edge[0]) != grouping.of(edge[1])]
        for node, group in grouping.moved():
            of[node] = group
    return of


_Pair = tuple[int, int, bool, bool, bool, int]


def _components(size: int, pairs: pl.DataFrame) -> Iterator[list[_Pair]]:
    """Yield the pairs among nodes that pairs that join connect, the most alike first."""
    root = list(range(size))

    def find(node: int) -> int:
        while root[node] != node:
            root[node] = node = root[root[node]]
        return node

    for i, j in pairs.filter("joins").select("i", "j").iter_rows():
        one, other = find(i), find(j)
        root[max(one, other)] = min(one, other)
    roots = pl.Series([find(node) for node in range(size)], dtype=pl.UInt32)
    within = pairs.with_columns(component=roots.gather(pairs["i"]), other=roots.gather(pairs["j"])).filter(
        pl.col("component") == pl.col("other")
    )
    order = ["component", "score", "closeness", "i", "j"]
    rows = within.sort(order, descending=[False, True, True, False, False]).select(
        "component", "i", "j", "joins", "tight", "apart", "score"
    )
    component: list[_Pair] = []
    current = -1
    for of, *pair in rows.iter_rows():
        if of != current and component:
            yield component
            component = []
        current = of
        component.append(tuple(pair))
    if component:
        yield component


def _join_clear_cases(grouping: _Grouping, edges: Sequence[_Edge]) -> bool:
    """Join the clusters that have no rival, each at most once; tell whether any were joined."""
    scores: dict[tuple[int, int], int] = {}
    for i, j, score in edges:
        a, b = grouping.of(i), grouping.of(j)
        pair = (a, b) if a < b else (b, a)
        scores[pair] = max(score, scores.get(pair, score))
    links = {pair: score for pair, score in scores.items() if grouping.can_join(*pair, score)}
    partners: dict[int, list[tuple[int, int]]] = {}
    for (one, other), score in links.items():
        partners.setdefault(one, []).append((score, other))
        partners.setdefault(other, []).append((score, one))

    def rival(group: int, partner: int, score: int) -> bool:
        told = len(grouping.members(partner))
        return any(
            strength >= score
            and third != partner
            and rules.TOLD_FAR_MORE * len(grouping.members(third)) > told
            and not grouping.can_join(partner, third, score)
            for strength, third in partners[group]
        )

    clear = [
        (score, one, other)
        for (one, other), score in links.items()
        if not rival(one, other, score) and not rival(other, one, score)
    ]
    joined: set[int] = set()
    for _, one, other in sorted(clear, key=lambda link: (-link[0], link[1], link[2])):
        if one not in joined and other not in joined:
            grouping.join(one, other)
            joined |= {one, other}
    return bool(joined)
