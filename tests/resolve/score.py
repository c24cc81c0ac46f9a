"""How well events that were found meet those that there were: pairwise and B-cubed agreement."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Score:
    """How well a clustering of mentions meets the truth."""

    pair_precision: float
    pair_recall: float
    cubed_precision: float
    """B-cubed: averaged over mentions, the share of a mention's cluster that belongs there."""
    cubed_recall: float

    @property
    def pair_f1(self) -> float:
        return _mean(self.pair_precision, self.pair_recall)

    @property
    def cubed_f1(self) -> float:
        return _mean(self.cubed_precision, self.cubed_recall)


def _mean(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0


def score(found: Mapping[str, str], truth: Mapping[str, int]) -> Score:
    """Compare ``found`` (mention to event id) with ``truth`` (mention to event number), over the mentions of both."""
    both: Counter[tuple[str, int]] = Counter()
    by_found, by_truth = defaultdict[str, int](int), defaultdict[int, int](int)
    for mention_id, event_id in found.items():
        both[event_id, truth[mention_id]] += 1
        by_found[event_id] += 1
        by_truth[truth[mention_id]] += 1
    right = _pairs(both.values())
    total = sum(both.values())
    return Score(
        right / max(1, _pairs(by_found.values())),
        right / max(1, _pairs(by_truth.values())),
        sum(n * n / by_found[event_id] for (event_id, _), n in both.items()) / total,
        sum(n * n / by_truth[number] for (_, number), n in both.items()) / total,
    )


def _pairs(sizes: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes)
