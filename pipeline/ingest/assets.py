"""Ingest as Dagster assets: inputs to the inbox, the inbox to weekly articles, all weeks to the tables."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import dagster as dg
import polars as pl

from pipeline.attempts import RETRIES, tried_again
from pipeline.dagster_tables import outputs, side_out, table_out
from pipeline.ingest.archived import archive_inputs, archived
from pipeline.ingest.documents import Limits, rejections_frame
from pipeline.ingest.found import find_inputs
from pipeline.ingest.inbox import accepted, inbox_of
from pipeline.ingest.records import read_found
from pipeline.lineage import code_version, lock_version
from pipeline.partitions import ALL_IN_ONE_RUN, ALL_WEEKS, PUBLICATION_WEEKS, partition_key, weeks_name
from pipeline.storage import Frames, fingerprint
from pipeline.workbench import Workbench

INBOX_TABLES = ("inbox", "ingest_rejections", "ingest_books", "inputs")
READ = INBOX_TABLES[:-1]


def inputs_of(bench: Workbench) -> list[Path]:
    """Return the inputs that the settings name, or the folders of the region's sample corpus."""
    if bench.settings.inputs:
        return list(bench.settings.inputs)
    return sorted(path for path in bench.region.sample_dir.iterdir() if path.is_dir())


def limits_of(bench: Workbench) -> Limits:
    """Return how large an input may be, and from when to when an article may be dated."""
    settings = bench.settings
    return Limits(settings.max_record_bytes, bench.region.first_date, settings.latest_date)


@dg.multi_asset(
    outs={
        "inbox": side_out("ingest", "Every article accepted, with its text and its outlet, copies marked."),
        "ingest_rejections": side_out("ingest", "Records and files that could not be read or used, with the rule."),
        "ingest_books": side_out("ingest", "Records in = accepted + rejected + merged."),
        "inputs": side_out("ingest", "Every input file as it was archived, with its SHA-256, in the order of reading."),
    },
    name="read_inputs",
    required_resource_keys={"workbench"},
    retry_policy=RETRIES,
)
@tried_again
def read_inbox(context: dg.AssetExecutionContext) -> Iterator[dg.Output[pl.DataFrame]]:
    """Archive and read all inputs; name, clean and judge every article; open the weeks of their publication."""
    bench: Workbench = context.resources.workbench
    paths = () if bench.given else inputs_of(bench)
    listed = bench.given.inputs if bench.given else archive_inputs(find_inputs(paths), bench.archive)
    held = bench.given.archive if bench.given else bench.archive
    named = ", ".join(map(str, paths)) or "the inputs of the release"
    read = read_found(archived(listed, held), limits_of(bench), named)
    read_anew = fingerprint(rejections_frame(read.rejections))
    key = [json.dumps(dict(sorted(read.digest_by_input.items()))), read_anew, _judged_by(bench)]
    frames = bench.store.remember("reading", key, lambda: inbox_of(read, bench.region, sample=bench.reads_sample))
    weeks = frames["inbox"].select(partition_key()).to_series().unique().sort().to_list()
    context.instance.add_dynamic_partitions(weeks_name(bench.settings.dagster_prefix), weeks)
    yield from outputs({**{name: frames[name] for name in READ}, "inputs": listed})


def _judged_by(bench: Workbench) -> str:
    limits = limits_of(bench)
    versions = [code_version("ingest"), bench.region.digest(), lock_version()]
    return json.dumps([*versions, repr(limits), bench.reads_sample])


@dg.asset(
    group_name="ingest",
    partitions_def=PUBLICATION_WEEKS,
    backfill_policy=ALL_IN_ONE_RUN,
    code_version=code_version("ingest"),
    kinds={"polars"},
)
def weekly_articles(context: dg.AssetExecutionContext, inbox: pl.DataFrame) -> Frames:
    """The articles published in one week (or undated), with their texts and outlets."""
    return by_week(inbox, context.partition_keys)


def by_week(inbox: pl.DataFrame, weeks: Iterable[str]) -> Frames:
    """Part the inbox by its weeks; one in which nothing is read any more has no rows."""
    keyed = inbox.with_columns(partition_key().alias("__week"))
    return {week: keyed.filter(pl.col("__week") == week).drop("__week").sort("article_id") for week in weeks}


@dg.multi_asset(
    outs={
        "sources": table_out("sources", "ingest", kinds=("polars",)),
        "articles": table_out("articles", "ingest", kinds=("polars",)),
        "article_texts": table_out("article_texts", "ingest", kinds=("polars",)),
    },
    name="accept_articles",
    ins={"weekly_articles": dg.AssetIn(partition_mapping=ALL_WEEKS)},
)
def accepted_articles(weekly_articles: pl.DataFrame) -> Iterator[dg.Output[pl.DataFrame]]:
    """Outlets, articles and texts of all weeks, in the columns of the contract, which they were held to on reading."""
    yield from outputs(accepted(weekly_articles))
