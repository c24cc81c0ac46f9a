"""Whether a confidence means something: of the mentions said to be right with 0.8, are eight in ten right?

Right is a found mention that has a gold mention of its type, date and governorate (depth `where`). Confidences are
counted in whole millionths, so that sums do not depend on their order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.evaluate.measures import Ratio, rounded
from pipeline.evaluate.pairing import WHERE, Outcome

BINS = 10
_UNIT = 1_000_000


@dataclass(frozen=True, slots=True)
class Bin:
    """The found mentions whose confidence lies in one tenth of the scale."""

    label: str
    """Both ends, such as ``0.8-0.9``; the upper end belongs to the next bin, 1 to the last."""
    right: Ratio
    """How many of them are right."""
    mean_confidence: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """How confidence and being right go together."""

    bins: tuple[Bin, ...]
    """Those that hold a mention, from low to high."""
    mentions: int
    """Found mentions that state a confidence."""
    calibration_error: float
    """Expected calibration error: mean distance between confidence and share right over the bins, weighted by size."""
    brier_score: float
    """Mean squared distance between confidence and being right (1) or not (0) (Brier 1950)."""


def reliability(made: Sequence[Outcome]) -> Reliability | None:
    """Return the reliability of the confidences in ``made``; None when no found mention states one."""
    cases = [
        (round(outcome.found.confidence * _UNIT), outcome.depth >= WHERE)
        for outcome in made
        if outcome.found is not None and outcome.found.confidence is not None
    ]
    if not cases:
        return None
    binned: dict[int, list[tuple[int, bool]]] = {}
    for confidence, right in cases:
        binned.setdefault(min(confidence * BINS // _UNIT, BINS - 1), []).append((confidence, right))
    distance = sum(abs(sum(c - right * _UNIT for c, right in held)) for held in binned.values())
    squares = sum((confidence - right * _UNIT) ** 2 for confidence, right in cases)
    return Reliability(
        bins=tuple(_bin(number, binned[number]) for number in sorted(binned)),
        mentions=len(cases),
        calibration_error=_share(distance, len(cases) * _UNIT),
        brier_score=_share(squares, len(cases) * _UNIT**2),
    )


def _bin(number: int, held: Sequence[tuple[int, bool]]) -> Bin:
    return Bin(
        label=f"{number / BINS:.1f}-{(number + 1) / BINS:.1f}",
        right=Ratio(sum(right for _, right in held), len(held)),
        mean_confidence=_share(sum(confidence for confidence, _ in held), len(held) * _UNIT),
    )


def _share(part: int, whole: int) -> float:
    return rounded(Decimal(part) / whole)
