"""The measures: counts of agreement over outcomes, as exact ratios of whole numbers with an interval.

Each measure is `part` out of `whole`; values are rounded once, half up, in whole numbers, so that they are the same
digits on every machine. How outcomes come about is ``pairing``; the columns of the table are ``table``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from types import MappingProxyType

from pipeline.evaluate.gold import Coded
from pipeline.evaluate.pairing import DEPTHS, Outcome, fold_name, same_passage, same_words

DIGITS = 4
_SCALE = 10_000
_Z = Decimal("1.959963985")
"""The 97.5% quantile of the normal distribution: 95% lie within this many standard errors."""
LOWER_IS_BETTER = frozenset({"false_alarms", "calibration_error", "brier_score"})


@dataclass(frozen=True, slots=True)
class Ratio:
    """``part`` out of ``whole``, a whole number above 0."""

    part: int
    whole: int
    proportion: bool = True
    """Whether it is a share of independent cases, as an interval needs; an F1 is not."""

    @property
    def value(self) -> float:
        """The ratio, rounded half up to `DIGITS` decimals."""
        units = (2 * self.part * _SCALE + self.whole) // (2 * self.whole)
        return units / _SCALE

    @property
    def interval(self) -> tuple[float, float] | None:
        """Both ends of the 95% interval by Wilson (1927), rounded alike; None unless it is a proportion.

        It takes the cases for independent. Mentions of one article are not quite, so the truth is a little wider.
        """
        return wilson(self.part, self.whole) if self.proportion else None


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Return both ends of the 95% score interval of ``part`` successes in ``whole`` cases (whole > 0)."""
    with localcontext(Context(prec=30)):
        n, share, squared = Decimal(whole), Decimal(part) / whole, _Z * _Z
        middle = share + squared / (2 * n)
        spread = _Z * (share * (1 - share) / n + squared / (4 * n * n)).sqrt()
        low, high = ((middle + sign * spread) / (1 + squared / n) for sign in (-1, 1))
        return (0.0 if part == 0 else rounded(low)), (1.0 if part == whole else rounded(high))


def rounded(value: Decimal) -> float:
    """Return ``value`` rounded half up to `DIGITS` decimals."""
    return float(value.quantize(Decimal(1).scaleb(-DIGITS), ROUND_HALF_UP))


def _same_source(gold: Coded, found: Coded) -> bool:
    if gold.attributed_to is None or found.attributed_to is None:
        return gold.attributed_to is found.attributed_to
    return same_words(fold_name(gold.attributed_to), fold_name(found.attributed_to))


SLOTS: Mapping[str, Callable[[Coded, Coded], bool]] = MappingProxyType(
    {
        "date": lambda gold, found: gold.date_start == found.date_start,
        "admin1": lambda gold, found: gold.admin1 == found.admin1,
        "blocs": lambda gold, found: gold.blocs == found.blocs,
        "killed": lambda gold, found: gold.killed == found.killed,
        "place": lambda gold, found: fold_name(gold.place) == fold_name(found.place),
        "evidence": same_passage,
        "injured": lambda gold, found: gold.injured == found.injured,
        "civilian_targeting": lambda gold, found: gold.civilian_targeting == found.civilian_targeting,
        "attributed_to": _same_source,
    }
)
"""When a slot of a pair is right: exact start date, governorate, blocs of both sides, both ends of a toll, folded place
name, evidence of one passage, whether civilians were the target, most words of who says so."""


def measures(made: Sequence[Outcome]) -> dict[str, Ratio]:
    """Return every measure over some outcomes, by its code in `measures`; one without a case is left out."""
    gold = sum(outcome.gold is not None for outcome in made)
    found = sum(outcome.found is not None for outcome in made)
    pairs = [(outcome.gold, outcome.found) for outcome in made if outcome.gold and outcome.found]
    counted: dict[str, Ratio] = {}
    for number, name in enumerate(DEPTHS, start=1):
        hits = sum(outcome.depth >= number for outcome in made)
        counted[f"{name}_precision"] = Ratio(hits, found)
        counted[f"{name}_recall"] = Ratio(hits, gold)
        counted[f"{name}_f1"] = Ratio(2 * hits, gold + found, proportion=False)
    for name, right in SLOTS.items():
        counted[f"slot_{name}"] = Ratio(sum(right(a, b) for a, b in pairs), len(pairs))
    counted["false_alarms"] = Ratio(sum(outcome.false_alarm is not None for outcome in made), found)
    return {name: ratio for name, ratio in counted.items() if ratio.whole}
