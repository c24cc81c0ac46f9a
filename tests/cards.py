"""What the fits of scorecards share: choices among candidates, a conditional logit with a ridge, the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

STEPS = 40
FOLDS = 10
Table = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice in an article: the features of each candidate, which is right, which the rules chose."""

    article_id: str
    features: tuple[dict[str, int], ...]
    right: int | None
    rules: int


def fitted(choices: Sequence[Choice], ridge: float, seen: int) -> dict[str, float]:
    """Return the weight of each feature that `seen` candidates have, by Newton's method."""
    counts = Counter(name for choice in choices for had in choice.features for name in had)
    names = sorted(name for name, count in counts.items() if count >= seen)
    at = {name: number for number, name in enumerate(names)}
    tables = [(_table(choice, at), choice.right) for choice in choices if choice.right is not None]
    weights = np.zeros(len(names))
    for _ in range(STEPS):
        slope, curvature = -ridge * weights, ridge * np.eye(len(names))
        for table, right in tables:
            shares = _shares(table, weights)
            mean = shares @ table
            slope += table[right] - mean
            curvature += (table * shares[:, None]).T @ table - np.outer(mean, mean)
        step = np.linalg.solve(curvature, slope)
        weights += step
        if np.abs(step).max() < 1e-6:
            break
    return dict(zip(names, weights.tolist(), strict=True))


def folds(articles: Sequence[str]) -> dict[str, int]:
    """Return the tenth that each article is in."""
    return {article: number % FOLDS for number, article in enumerate(sorted(set(articles)))}


def score(weights: Mapping[str, float], had: Mapping[str, int]) -> float:
    """Return the sum of the weights of the features that a candidate has."""
    return sum(weights.get(name, 0.0) * times for name, times in had.items())


def write_card(path: Path, weights: Mapping[str, float]) -> None:
    """Write the weights in hundredths, one a line, under the comment that the file begins with."""
    head = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    rounded = {name: round(100 * value) for name, value in weights.items()}
    lines = [*head, *(f"{name}: {value}" for name, value in rounded.items() if value)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _table(choice: Choice, at: Mapping[str, int]) -> Table:
    table = np.zeros((len(choice.features), len(at)))
    for row, had in enumerate(choice.features):
        for name, times in had.items():
            if name in at:
                table[row, at[name]] = times
    return table


def _shares(table: Table, weights: Table) -> Table:
    scores = table @ weights
    odds = np.exp(scores - scores.max())
    shares: Table = odds / odds.sum()
    return shares
