"""One evaluation: a gold set, what an extractor made of its articles, and how far the two agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.errors import InputError
from pipeline.evaluate.errors import Fault, faults
from pipeline.evaluate.gold import Codings, codings_of, read_codings
from pipeline.evaluate.measures import Ratio, measures
from pipeline.evaluate.pairing import Outcome, outcomes
from pipeline.evaluate.reliability import Reliability, reliability
from pipeline.evaluate.sets import Article, GoldSet, read_set
from pipeline.extract.model import Extractor
from pipeline.extract_file import extract_file
from pipeline.ingest.documents import Limits
from pipeline.progress import Progress
from pipeline.regions import RegionPack


@dataclass(frozen=True)
class Evaluation:
    """What came of an evaluation; measures and errors are worked out when asked for."""

    gold_set: str
    gold_digest: str
    extractor: str
    """Name and version of what coded."""
    gold: Codings
    articles: Mapping[str, Article]
    """By id; empty when the articles are not at hand, so that nothing can be told by outlet."""
    outcomes: tuple[Outcome, ...]

    @cached_property
    def measures(self) -> dict[str, Ratio]:
        """Every measure over all articles, by its code."""
        return measures(self.outcomes)

    @cached_property
    def reliability(self) -> Reliability | None:
        """How far the confidences can be believed; None when none is stated."""
        return reliability(self.outcomes)

    @cached_property
    def faults(self) -> list[Fault]:
        """Every difference between gold and coding, worst first."""
        return faults(self.outcomes)


def evaluate_extractor(
    gold: GoldSet, region: RegionPack, extractor: Extractor, limits: Limits, progress: Progress
) -> Evaluation:
    """Code the articles of ``gold`` and compare.

    Every mention that the extractor finds is measured, also one that a run would reject as undated or unplaced.

    Raises:
        InputError: the gold set is at fault, or its articles are not at hand.
    """
    if gold.articles is None:
        raise InputError(
            f"{gold.mentions}: give the articles that it codes with --articles FILE, "
            "or a ready coding of them with --predicted FILE"
        )
    codings, articles = read_set(gold, region, limits)
    coded = extract_file(gold.articles, region, extractor, limits, progress, only=codings)
    return _evaluation(gold, codings, articles, codings_of(coded.mentions), extractor.name)


def evaluate_file(gold: GoldSet, region: RegionPack, predicted: Path, limits: Limits) -> Evaluation:
    """Compare a ready coding, a file as `fieldledger extract` writes it; the articles need not be at hand.

    Raises:
        InputError: one of the files is at fault.
    """
    codings, articles = read_set(gold, region, limits)
    return _evaluation(gold, codings, articles, read_codings(predicted), predicted.name)


def _evaluation(
    gold: GoldSet, codings: Codings, articles: Mapping[str, Article], found: Codings, extractor: str
) -> Evaluation:
    return Evaluation(gold.name, gold.digest(), extractor, codings, articles, tuple(outcomes(codings, found)))
