"""The table `accuracy` as a Dagster asset: the program as it is, on every gold set of the deployment."""

from pathlib import Path

import dagster as dg
import polars as pl

from pipeline.attempts import PARSER_POOL, RETRIES, tried_again
from pipeline.dagster_tables import table_metadata
from pipeline.errors import InputError
from pipeline.evaluate.evaluation import evaluate_extractor
from pipeline.evaluate.sets import GoldSet, all_sets, region_set
from pipeline.evaluate.table import accuracy_frame
from pipeline.extract.backends import backend_version, load_extractor
from pipeline.ingest.documents import Limits
from pipeline.lineage import code_version, lock_version
from pipeline.workbench import Workbench

GOLD_FILES = pl.Schema(
    {"gold_set": pl.String(), "input_name": pl.String(), "sha256": pl.String(), "bundled": pl.Boolean()}
)
"""Name of the set and of its file, hash of the file, and whether the set comes with the region."""


@dg.asset(
    group_name="evaluate",
    code_version=code_version("evaluate"),
    kinds={"polars"},
    required_resource_keys={"workbench"},
    retry_policy=RETRIES,
)
@tried_again
def gold_files(context: dg.AssetExecutionContext) -> pl.DataFrame:
    """The files of the gold sets as they were archived, with their hashes."""
    bench: Workbench = context.resources.workbench
    own = region_set(bench.region)
    rows = [
        (gold.name, path.name, _kept(path, bench), gold == own)
        for gold in all_sets(bench.region, bench.settings.gold)
        for path in (gold.articles, gold.mentions)
        if path is not None
    ]
    return pl.DataFrame(rows, schema=GOLD_FILES, orient="row")


def _kept(path: Path, bench: Workbench) -> str:
    try:
        return bench.archive.keep(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); a gold set needs this file") from None


@dg.asset(
    group_name="evaluate",
    metadata=table_metadata("accuracy"),
    code_version=code_version("evaluate"),
    kinds={"spacy", "polars"},
    required_resource_keys={"workbench"},
    deps=["gold_files"],
    pool=PARSER_POOL,
)
def accuracy(context: dg.AssetExecutionContext) -> pl.DataFrame:
    """How well the coding agrees with gold sets coded by people; no row where there is no gold set."""
    bench: Workbench = context.resources.workbench
    sets = all_sets(bench.region, bench.settings.gold)
    if not sets:
        return accuracy_frame(())
    stages = (code_version(stage) for stage in ("evaluate", "extract", "ingest"))
    names = (f"{gold.name} {gold.digest()}" for gold in sets)
    backend = backend_version(bench.settings.extractor)
    key = [*names, *stages, bench.region.digest(), backend, bench.settings.model, lock_version()]
    return bench.store.remember("evaluation", key, lambda: {"accuracy": measure(bench, sets)})["accuracy"]


def measure(bench: Workbench, sets: list[GoldSet]) -> pl.DataFrame:
    """Return the table `accuracy` over ``sets``, coded now."""
    settings = bench.settings
    extractor = load_extractor(settings.extractor, bench.region, settings.model)
    limits = Limits(settings.max_record_bytes, bench.region.first_date, settings.latest_date)
    return accuracy_frame(evaluate_extractor(gold, bench.region, extractor, limits, bench.progress) for gold in sets)
