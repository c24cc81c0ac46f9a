"""Weekly figures as Dagster assets, and the rejections of all stages in one table."""

from collections.abc import Iterator

import dagster as dg
import polars as pl

from pipeline.aggregate.books import aggregate_books
from pipeline.aggregate.weekly import weekly_coverage, weekly_events
from pipeline.aggregate.weekly_tolls import weekly_toll_books
from pipeline.aggregate.weekly_tolls import weekly_tolls as weekly_toll_table
from pipeline.books import books_frame
from pipeline.contracts import load_contract
from pipeline.dagster_tables import outputs, side_out, table_metadata, table_out
from pipeline.lineage import code_version
from pipeline.storage import Frames
from pipeline.workbench import Workbench

OUTS = ("weekly_coverage", "weekly_events", "aggregate_books", "aggregate_balances")


@dg.multi_asset(
    outs={
        "weekly_coverage": table_out("weekly_coverage", "aggregate"),
        "weekly_events": table_out("weekly_events", "aggregate"),
        "aggregate_books": side_out("aggregate", "Events in = events counted."),
        "aggregate_balances": side_out("aggregate", "Sums that must agree between events and weekly figures."),
    },
    name="weekly_figures",
    required_resource_keys={"workbench"},
)
def weekly_figures(
    context: dg.AssetExecutionContext,
    events: pl.DataFrame,
    event_mentions: pl.DataFrame,
    mentions: pl.DataFrame,
    articles: pl.DataFrame,
    event_types: pl.DataFrame,
) -> Iterator[dg.Output[pl.DataFrame]]:
    """Count events and casualties by ISO week, governorate and sub-event type, and what was read in each week."""
    bench: Workbench = context.resources.workbench
    tables = (events, event_mentions, mentions, articles, event_types)

    def compute() -> Frames:
        figures = weekly_events(events, event_mentions, mentions, articles, bench.region.admin1, event_types)
        coverage = weekly_coverage(articles, mentions, events)
        counted = int(figures["events"].sum())
        books = books_frame(("aggregate", "events", events.height, counted, 0, 0))
        frames = (coverage, figures, books, aggregate_books(figures, coverage, events, articles, mentions))
        return dict(zip(OUTS, frames, strict=True))

    yield from outputs(bench.remember("counting", "aggregate", tables, compute, *bench.region.admin1))


@dg.multi_asset(
    outs={
        "weekly_tolls": table_out("weekly_tolls", "aggregate"),
        "weekly_toll_balances": side_out("aggregate", "Weekly figures = event tolls + shared tolls."),
    },
    name="sum_weekly_tolls",
)
def summed_weekly_tolls(
    weekly_events: pl.DataFrame, shared_tolls: pl.DataFrame, events: pl.DataFrame
) -> Iterator[dg.Output[pl.DataFrame]]:
    """Add the tolls of single events and those that several events share, each person once."""
    table = weekly_toll_table(weekly_events, shared_tolls)
    balances = weekly_toll_books(table, events, shared_tolls)
    yield from outputs({"weekly_tolls": table, "weekly_toll_balances": balances})


@dg.asset(
    group_name="aggregate",
    metadata=table_metadata("rejections"),
    code_version=code_version("aggregate"),
    kinds={"polars"},
)
def rejections(
    ingest_rejections: pl.DataFrame,
    extract_rejections: pl.DataFrame,
    resolve_rejections: pl.DataFrame,
    correct_rejections: pl.DataFrame,
) -> pl.DataFrame:
    """What every stage rejected, in one table."""
    table = load_contract().tables["rejections"]
    return table.conform(pl.concat([ingest_rejections, extract_rejections, resolve_rejections, correct_rejections]))
