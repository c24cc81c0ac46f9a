"""Which mention of a coding answers to which mention of the gold: the assignment in which they agree in most.

Rules of comparison and the assignment for one article; counting over articles is ``measures``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.evaluate.gold import REPORTED, Coded, Codings

DEPTHS = ("type", "when", "where", "who")
"""How far two mentions agree, each step on top of the one before: sub-event type; start dates at most a day apart;
governorate; the blocs of both sides."""
WHERE = DEPTHS.index("where") + 1
SAME_WORDS = 0.6
"""Two quotes are of one passage when they share this part of the words of the shorter one."""
_ARTICLES = frozenset(["the", "al", "el", "an", "ar", "as", "at", "az", "ad", "ash"])
_TOP = 10.0
"""More than any two mentions can weigh."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a mention: a pair, a gold mention without answer (missed), or a found one without (extra)."""

    gold: Coded | None
    found: Coded | None
    depth: int = 0
    """In how many of `DEPTHS` a pair agrees; 0 without a pair."""
    false_alarm: Coded | None = None
    """The gold mention that the words of an extra one are about, when it is denied, prospective or general."""

    @property
    def either(self) -> Coded:
        """The gold mention, or the found one where there is none; in a pair both have one type and one article."""
        coded = self.gold or self.found
        assert coded is not None
        return coded


def outcomes(gold: Codings, found: Codings) -> list[Outcome]:
    """Return what became of every reported mention of the articles in ``gold``, article by article.

    Mentions with another status count only as what a false alarm was raised on. Articles that only ``found`` has are
    left out: nobody coded them.
    """
    made: list[Outcome] = []
    for article_id, every in gold.items():
        mine = [mention for mention in every if mention.status == REPORTED]
        unreported = [mention for mention in every if mention.status != REPORTED]
        theirs = [mention for mention in found.get(article_id, []) if mention.status == REPORTED]
        pairs = dict(assign([[weight(a, b) for b in theirs] for a in mine]))
        for number, mention in enumerate(mine):
            answer = theirs[pairs[number]] if number in pairs else None
            made.append(Outcome(mention, answer, depth(mention, answer) if answer else 0))
        answered = set(pairs.values())
        for number, mention in enumerate(theirs):
            if number not in answered:
                alarm = next((other for other in unreported if same_passage(mention, other)), None)
                made.append(Outcome(None, mention, false_alarm=alarm))
    return made


def depth(gold: Coded, found: Coded) -> int:
    """Return in how many of `DEPTHS` two mentions agree."""
    steps = (
        gold.sub_event_type == found.sub_event_type,
        _near(gold, found),
        gold.admin1 == found.admin1,
        gold.blocs == found.blocs,
    )
    return next((number for number, holds in enumerate(steps) if not holds), len(steps))


def _near(gold: Coded, found: Coded) -> bool:
    if gold.date_start is None or found.date_start is None:
        return gold.date_start is found.date_start  # both say: it cannot be told
    return abs((gold.date_start - found.date_start).days) <= 1


def weight(gold: Coded, found: Coded) -> float:
    """Return how much two mentions agree in; 0 when they differ in type, so that they can be no pair."""
    steps = depth(gold, found)
    if not steps:
        return 0.0
    place = fold_name(gold.place) == fold_name(found.place)
    return steps + 0.5 * place + 0.3 * (gold.killed == found.killed) + 0.2 * (gold.admin1 == found.admin1)


def fold_name(name: str | None) -> str:
    """Return a place name without accents, case, punctuation and articles, for comparison."""
    text = unicodedata.normalize("NFKD", name or "").encode("ascii", "ignore").decode().lower()
    return " ".join(word for word in re.findall("[a-z0-9]+", text) if word not in _ARTICLES)


def same_passage(one: Coded, other: Coded) -> bool:
    """Tell whether the evidence of two mentions is about one passage of their article."""
    return same_words(one.evidence, other.evidence)


def same_words(one: str, other: str) -> bool:
    """Tell whether two texts share at least `SAME_WORDS` of the different words of the shorter one."""
    a, b = set(one.split()), set(other.split())
    return bool(a and b) and len(a & b) / min(len(a), len(b)) >= SAME_WORDS


def assign(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Return pairs (row, column) with the largest sum of ``weights``; pairs of weight 0 are left out.

    The Hungarian algorithm with potentials (Kuhn 1955, Munkres 1957, in the form that adds one row at a time), in
    time cubic in the number of mentions of the article. Among assignments of equal sum the order of the rows decides,
    and among columns the first one: the rule of the common scorer of such files, so that both give the same figures. A
    solver of a library that settles such ties otherwise gives other slot scores on about one article in a hundred.

    Args:
        weights: one row a gold mention, one column a found one, none above 5.
    """
    rows, columns = len(weights), len(weights[0]) if weights else 0
    size = max(rows, columns) if rows and columns else 0
    costs = [
        [_TOP - (weights[row][column] if row < rows and column < columns else 0.0) for column in range(size)]
        for row in range(size)
    ]
    row_potential, column_potential = [0.0] * size, [0.0] * (size + 1)
    row_of: list[int | None] = [None] * (size + 1)  # the last column is where the path of a new row begins
    for row in range(size):
        _add_row(row, costs, row_potential, column_potential, row_of)
    taken = sorted((row, column) for column, row in enumerate(row_of[:size]) if row is not None)
    return [(row, column) for row, column in taken if row < rows and column < columns and weights[row][column] > 0]


def _add_row(
    new: int,
    costs: Sequence[Sequence[float]],
    row_potential: list[float],
    column_potential: list[float],
    row_of: list[int | None],
) -> None:
    """Match one more row along the cheapest path that alternates between matched and free pairs."""
    size = len(costs)
    cheapest, before = [float("inf")] * size, [size] * size
    visited: list[int] = []
    free = list(range(size))
    row_of[size], column = new, size
    while (row := row_of[column]) is not None:
        visited.append(column)
        if column < size:
            free.remove(column)
        for other in free:
            cost = costs[row][other] - row_potential[row] - column_potential[other]
            if cost < cheapest[other]:
                cheapest[other], before[other] = cost, column
        nearest = min(free, key=cheapest.__getitem__)
        step = cheapest[nearest]
        for other in visited:
            matched = row_of[other]
            assert matched is not None
            row_potential[matched] += step
            column_potential[other] -= step
        for other in free:
            cheapest[other] -= step
        column = nearest
    while column != size:
        row_of[column] = row_of[before[column]]
        column = before[column]
