"""What is made of events once they stand, as Dagster assets: the tolls that several share, and conflicting accounts."""

from collections.abc import Iterator

import dagster as dg
import polars as pl

from pipeline.dagster_tables import outputs, side_out, table_out
from pipeline.resolve.accounts import account_books
from pipeline.resolve.accounts import accounts as account_table
from pipeline.resolve.shared_tolls import shared_tolls
from pipeline.resolve.toll_books import toll_books
from pipeline.storage import Frames
from pipeline.workbench import Workbench

TOLL_OUTS = ("shared_tolls", "shared_toll_events", "shared_toll_casualties", "shared_toll_balances")


@dg.multi_asset(
    outs={
        "shared_tolls": table_out("shared_tolls", "resolve"),
        "shared_toll_events": table_out("shared_toll_events", "resolve"),
        "shared_toll_casualties": table_out("shared_toll_casualties", "resolve"),
        "shared_toll_balances": side_out("resolve", "Sums that must agree between shared figures, tolls and events."),
    },
    name="gather_shared_tolls",
    required_resource_keys={"workbench"},
)
def gathered_shared_tolls(
    context: dg.AssetExecutionContext,
    casualties: pl.DataFrame,
    mentions: pl.DataFrame,
    event_mentions: pl.DataFrame,
    events: pl.DataFrame,
    articles: pl.DataFrame,
    sources: pl.DataFrame,
) -> Iterator[dg.Output[pl.DataFrame]]:
    """Count each toll that covers several events once (codebook section 4, Counts)."""
    bench: Workbench = context.resources.workbench
    tables = (casualties, mentions, event_mentions, events, articles, sources)

    def compute() -> Frames:
        made = shared_tolls(*tables)
        balances = toll_books(casualties, events, made.tolls, made.events, made.casualties)
        return dict(zip(TOLL_OUTS, (made.tolls, made.events, made.casualties, balances), strict=True))

    yield from outputs(bench.remember("sharing", "resolve", tables, compute))


@dg.multi_asset(
    outs={
        "accounts": table_out("accounts", "resolve"),
        "account_balances": side_out("resolve", "Sums that must agree between accounts and events."),
    },
    name="gather_accounts",
    required_resource_keys={"workbench"},
)
def gathered_accounts(
    context: dg.AssetExecutionContext,
    events: pl.DataFrame,
    event_mentions: pl.DataFrame,
    mentions: pl.DataFrame,
    casualties: pl.DataFrame,
    articles: pl.DataFrame,
    sources: pl.DataFrame,
    actors: pl.DataFrame,
) -> Iterator[dg.Output[pl.DataFrame]]:
    """Keep each account of the events whose sources differ."""
    bench: Workbench = context.resources.workbench
    tables = (events, event_mentions, mentions, casualties, articles, sources, actors)

    def compute() -> Frames:
        table = account_table(*tables)
        return {"accounts": table, "account_balances": account_books(table, events)}

    yield from outputs(bench.remember("hearing", "resolve", tables, compute))
