"""Clusters: pairs that join become events, every member being compatible with every other (complete linkage).

So a report that names only the governorate cannot chain two towns together. Where a loose report fits two events that
are not one, it stays by itself: a missed merge is better than a wrong one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

_Edge = tuple[int, int, int]


class _Grouping:
    """Nodes in groups; a group is named by its smallest node."""

    def __init__(self, size: int, compatible: Iterable[tuple[int, int]]) -> None:
        self.of = list(range(size))
        self._members: dict[int, list[int]] = {}
        self._size = size
        self._compatible = {i * size + j for i, j in compatible}

    def members(self, group: int) -> Sequence[int]:
        return self._members.get(group, (group,))

    def can_join(self, one: int, other: int) -> bool:
        """Tell whether each node of one group is compatible with each of the other."""
        return all(
            (a * self._size + b if a < b else b * self._size + a) in self._compatible
            for a in self.members(one)
            for b in self.members(other)
        )

    def join(self, one: int, other: int) -> None:
        kept, gone = (one, other) if one < other else (other, one)
        moved = self.members(gone)
        for node in moved:
            self.of[node] = kept
        self._members[kept] = [*self.members(kept), *moved]
        self._members.pop(gone, None)


def cluster(size: int, pairs: pl.DataFrame) -> list[int]:
    """Return for each node the smallest node of its cluster.

    Args:
        size: how many nodes there are, numbered from 0 in an order that does not depend on the input's.
        pairs: from `judgement.judge`.

    Tight pairs join first, the most alike before others, wherever all members are compatible. Loose ones join two
    clusters only when neither has a rival that fits as well and could not be the same event.
    """
    grouping = _Grouping(size, pairs.select("i", "j").iter_rows())
    joining = pairs.filter("joins")
    tight = joining.filter("tight").sort(
        "score", "closeness", "i", "j", descending=[True, True, False, False], maintain_order=True
    )
    for i, j in tight.select("i", "j").iter_rows():
        one, other = grouping.of[i], grouping.of[j]
        if one != other and grouping.can_join(one, other):
            grouping.join(one, other)
    loose = list(joining.filter(~pl.col("tight")).select("i", "j", "score").iter_rows())
    while _join_clear_cases(grouping, loose):
        loose = [edge for edge in loose if grouping.of[edge[0]] != grouping.of[edge[1]]]
    return grouping.of


def _join_clear_cases(grouping: _Grouping, edges: Sequence[_Edge]) -> bool:
    """Join the clusters that have no rival, each at most once; tell whether any were joined."""
    scores: dict[tuple[int, int], int] = {}
    for i, j, score in edges:
        one, other = sorted((grouping.of[i], grouping.of[j]))
        scores[one, other] = max(score, scores.get((one, other), score))
    links = {pair: score for pair, score in scores.items() if grouping.can_join(*pair)}
    partners: dict[int, list[tuple[int, int]]] = {}
    for (one, other), score in links.items():
        partners.setdefault(one, []).append((score, other))
        partners.setdefault(other, []).append((score, one))

    def rival(group: int, partner: int, score: int) -> bool:
        return any(
            strength >= score and third != partner and not grouping.can_join(partner, third)
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
