"""Scorecards fitted on hand-coded articles: the fit, the trial on articles left out, and the file that it writes.

A conditional logit with a ridge, so that a feature seen a few times only weighs little: of the candidates of a choice
the right one is likelier, the more its features weigh. Yes or no is a choice of two, one of which has no features.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

STEPS = 40
FOLDS = 10
SEEN = 3
"""Times that a feature must be seen to be weighed."""
Table = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice in an article: the features of each candidate, which is right, which the rules chose.

    `worth` is how many choices it counts for in the fit.
    """

    article_id: str
    features: tuple[dict[str, int], ...]
    right: int | None
    rules: int
    worth: float = 1.0


def fitted(choices: Sequence[Choice], ridge: float, seen: int = SEEN) -> dict[str, float]:
    """Return the weight of each feature that `seen` candidates have, by Newton's method."""
    counts = Counter(name for choice in choices for had in choice.features for name in had)
    names = sorted(name for name, count in counts.items() if count >= seen)
    at = {name: number for number, name in enumerate(names)}
    tables = [(_table(choice, at), choice.right, choice.worth) for choice in choices if choice.right is not None]
    weights = np.zeros(len(names))
    for _ in range(STEPS):
        slope, curvature = -ridge * weights, ridge * np.eye(len(names))
        for table, right, worth in tables:
            shares = _shares(table, weights)
            mean = shares @ table
            slope += worth * (table[right] - mean)
            curvature += worth * ((table * shares[:, None]).T @ table - np.outer(mean, mean))
        step = np.linalg.solve(curvature, slope)
        weights += step
        if np.abs(step).max() < 1e-6:
            break
    return dict(zip(names, weights.tolist(), strict=True))


def _table(choice: Choice, at: dict[str, int]) -> Table:
    table = np.zeros((len(choice.features), len(at)))
    for row, seen in enumerate(choice.features):
        for name, times in seen.items():
            if name in at:
                table[row, at[name]] = times
    return table


def _shares(table: Table, weights: Table) -> Table:
    scores = table @ weights
    odds = np.exp(scores - scores.max())
    shares: Table = odds / odds.sum()
    return shares


def folds(articles: Sequence[str]) -> dict[str, int]:
    """Return the tenth that each article is in."""
    return {article: number % FOLDS for number, article in enumerate(sorted(set(articles)))}


def score(weights: Mapping[str, float], had: Mapping[str, int]) -> float:
    """Return the sum of the weights of the features that a candidate has."""
    return sum(weights.get(name, 0.0) * times for name, times in had.items())


def picked(choices: Sequence[Choice], ridge: float, least: float = 0.0) -> list[int]:
    """Return what the card takes in each choice when fitted on other articles.

    What the rules chose stands unless something else is ahead of it by more than `least`, in log-odds.
    """
    fold = folds([choice.article_id for choice in choices])
    taken = [choice.rules for choice in choices]
    for number in range(FOLDS):
        weights = fitted([choice for choice in choices if fold[choice.article_id] != number], ridge)
        for place, choice in enumerate(choices):
            if fold[choice.article_id] == number:
                scores = [score(weights, had) for had in choice.features]
                scores[choice.rules] += least
                taken[place] = max(range(len(scores)), key=lambda at: (scores[at], at == choice.rules))
    return taken


def tried(choices: Sequence[Choice], ridge: float) -> int:
    """Return how often the card is right on articles that it was not fitted on."""
    return sum(at == choice.right for at, choice in zip(picked(choices, ridge), choices, strict=True))


def write_card(path: Path, weights: Mapping[str, float]) -> None:
    """Write weights as hundredths of the log-odds under the comment at the head of a card."""
    head = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    rounded = {name: round(100 * value) for name, value in weights.items()}
    lines = [*head, *(f"{name}: {value}" for name, value in rounded.items() if value)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
