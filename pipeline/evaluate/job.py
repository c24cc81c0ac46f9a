"""The job of `fieldledger evaluate`: which gold set is meant, and what is laid beside it."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import InputError
from pipeline.evaluate.evaluation import Evaluation, evaluate_extractor, evaluate_file
from pipeline.evaluate.sets import GoldSet, region_set, set_in
from pipeline.extract.backends import load_extractor
from pipeline.ingest.documents import Limits
from pipeline.progress import Progress
from pipeline.regions import RegionPack, load_region
from pipeline.settings import Settings


def evaluation_of(
    settings: Settings, gold: Path | None, articles: Path | None, predicted: Path | None, progress: Progress
) -> Evaluation:
    """Evaluate the program of ``settings``, or the ready coding ``predicted``, on a gold set.

    Args:
        settings: name the region and the model.
        gold: file of coded mentions, or folder of a gold set; None takes the region's own.
        articles: file of the articles that ``gold`` is about, when it is a file.
        predicted: file of mentions to score.
        progress: who watches.

    Raises:
        InputError: the call contradicts itself, or a file is at fault.
    """
    region = load_region(settings.region, settings.gazetteers)
    limits = Limits(settings.max_record_bytes, region.first_date, settings.latest_date)
    chosen = _gold_set(region, gold, articles)
    if predicted is not None:
        return evaluate_file(chosen, region, predicted, limits)
    extractor = load_extractor(settings.extractor, region, settings.model)
    return evaluate_extractor(chosen, region, extractor, limits, progress)


def _gold_set(region: RegionPack, gold: Path | None, articles: Path | None) -> GoldSet:
    if gold is None:
        if articles is not None:
            raise InputError("--articles goes with a file of coded mentions: name it as GOLD")
        own = region_set(region)
        if own is None:
            raise InputError(f"region {region.name} brings no gold set: name a file or a folder as GOLD")
        return own
    if not gold.exists():
        raise InputError(f"{gold}: no such file or folder; name coded mentions or the folder of a gold set")
    if gold.is_dir():
        if articles is not None:
            raise InputError(f"{gold} is a folder that brings its articles: leave --articles out, or name a file")
        return set_in(gold)
    return GoldSet(gold.stem, gold, articles)
