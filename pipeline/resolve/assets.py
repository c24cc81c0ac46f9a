"""Resolution as Dagster assets: mentions across all articles to events."""

from collections.abc import Iterator

import dagster as dg
import polars as pl

from pipeline.books import books_frame
from pipeline.dagster_tables import outputs, side_out
from pipeline.resolve.books import resolve_books
from pipeline.resolve.resolve import resolve
from pipeline.storage import Frames
from pipeline.workbench import Workbench

OUTS = (
    "resolved_events", "resolved_links", "near_merges", "resolve_rejections", "resolve_books", "resolve_balances",
)  # fmt: skip


@dg.multi_asset(
    outs={
        "resolved_events": side_out("resolve", "Events as the coding gives them: `events` before corrections."),
        "resolved_links": side_out("resolve", "Which mention tells which: `event_mentions` before corrections."),
        "near_merges": side_out("resolve", "Pairs of accounts that nearly were one event, for the review queue."),
        "resolve_rejections": side_out("resolve", "Mentions that could not be resolved, with the rule."),
        "resolve_books": side_out(
            "resolve", "Mentions in = accepted + rejected + merged into an event founded before."
        ),
        "resolve_balances": side_out("resolve", "Sums that must agree between mentions, links and events."),
    },
    name="resolve_events",
    required_resource_keys={"workbench"},
)
def resolved_events(
    context: dg.AssetExecutionContext,
    mentions: pl.DataFrame,
    casualties: pl.DataFrame,
    articles: pl.DataFrame,
    sources: pl.DataFrame,
    places: pl.DataFrame,
    actors: pl.DataFrame,
    past_founders: pl.DataFrame,
    past_reports: pl.DataFrame,
) -> Iterator[dg.Output[pl.DataFrame]]:
    """Join the mentions that report one happening (codebook section 5); ids of the release before live on."""
    bench: Workbench = context.resources.workbench
    tables = (mentions, casualties, articles, sources, places, actors, past_founders, past_reports)

    def compute() -> Frames:
        made = resolve(*tables)
        told = made.books
        accepted = told.events + told.denying + told.denying_nothing_found + told.prospective + told.general
        books = books_frame(("resolve", "mentions", mentions.height, accepted, told.rejected, told.merged))
        balances = resolve_books(told, made.events, made.event_mentions, made.rejections)
        frames = (made.events, made.event_mentions, made.near_merges, made.rejections, books, balances)
        return dict(zip(OUTS, frames, strict=True))

    yield from outputs(bench.remember("resolving", "resolve", tables, compute))
