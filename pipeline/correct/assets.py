"""Corrections as Dagster assets: the files that declare them, and the published events with what became of each."""

from collections.abc import Iterator

import dagster as dg
import polars as pl

from pipeline.attempts import RETRIES, tried_again
from pipeline.correct.apply import apply_corrections
from pipeline.correct.declared import declared
from pipeline.correct.files import read_correction_files
from pipeline.correct.outcome import correct_balances, correct_books, correct_rejections, corrections_table
from pipeline.correct.standing import Sources, Standing
from pipeline.dagster_tables import outputs, side_out, table_out
from pipeline.lineage import code_version
from pipeline.storage import Frames
from pipeline.workbench import Workbench

OUTS = ("events", "event_mentions", "corrections", "correct_rejections", "correct_books", "correct_balances")


@dg.asset(
    group_name="correct",
    code_version=code_version("correct"),
    kinds={"yaml"},
    required_resource_keys={"workbench"},
    retry_policy=RETRIES,
)
@tried_again
def correction_files(context: dg.AssetExecutionContext) -> pl.DataFrame:
    """The files of declared corrections, as they were archived, with their hashes."""
    bench: Workbench = context.resources.workbench
    return bench.given.correction_files if bench.given else read_correction_files(bench.settings, bench.archive)


@dg.multi_asset(
    outs={
        "events": table_out("events", "correct"),
        "event_mentions": table_out("event_mentions", "correct"),
        "corrections": table_out("corrections", "correct"),
        "correct_rejections": side_out("correct", "Corrections that were left out, with the rule."),
        "correct_books": side_out("correct", "Corrections in = applied + left out + repeated."),
        "correct_balances": side_out("correct", "Sums that must agree before and after corrections."),
    },
    name="apply_corrections",
    required_resource_keys={"workbench"},
)
def corrected_events(
    context: dg.AssetExecutionContext,
    resolved_events: pl.DataFrame,
    resolved_links: pl.DataFrame,
    correction_files: pl.DataFrame,
    mentions: pl.DataFrame,
    casualties: pl.DataFrame,
    articles: pl.DataFrame,
    sources: pl.DataFrame,
    places: pl.DataFrame,
    actors: pl.DataFrame,
    past_founders: pl.DataFrame,
) -> Iterator[dg.Output[pl.DataFrame]]:
    """Apply what people have declared about events to what the coding gives."""
    bench: Workbench = context.resources.workbench
    told_by = Sources(mentions, casualties, articles, sources, places, actors)

    def compute() -> Frames:
        said = declared(correction_files)
        standing = Standing.of(resolved_events, resolved_links, past_founders)
        made = apply_corrections(standing, said.corrections, told_by)
        frames = (
            made.events,
            made.links,
            corrections_table(said, made),
            correct_rejections(said, made),
            correct_books(said, made),
            correct_balances(resolved_links, made),
        )
        return dict(zip(OUTS, frames, strict=True))

    tables = (
        resolved_events,
        resolved_links,
        correction_files,
        mentions,
        casualties,
        articles,
        sources,
        places,
        actors,
        past_founders,
    )
    made = bench.remember("correcting", "correct", tables, compute)
    for message in made["correct_rejections"]["message"]:
        context.log.warning(message)
    yield from outputs(made)
