"""The tables `weekly_events` and `weekly_coverage`: sums of whole numbers over events and articles by ISO week."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from pipeline.aggregate.weeks import WEEK, covered_weeks
from pipeline.contracts import load_contract

CELL = ("week_start", "admin1", "sub_event_type")
"""What a weekly figure is about."""


def weekly_events(
    events: pl.DataFrame,
    event_mentions: pl.DataFrame,
    mentions: pl.DataFrame,
    articles: pl.DataFrame,
    admin1: Sequence[str],
    event_types: pl.DataFrame,
) -> pl.DataFrame:
    """Return the weekly figures: one row for every covered week, governorate and sub-event type, zeros included.

    An event counts in the week of its first day. A toll adds to low and best what is known of it; the high end of a
    cell is empty as soon as one known toll in it is open upwards. Events without a toll add nothing to any.

    Args:
        events: the table.
        event_mentions: the table; only its reports count.
        mentions: the table, for the articles that the reports stand in.
        articles: the table. Copies bring no outlet of their own.
        admin1: all governorates of the region; one that only an event names is added, so that no event is lost.
        event_types: the table.
    """
    governorates = pl.DataFrame({"admin1": sorted({*admin1, *events["admin1"]})}, schema={"admin1": pl.String})
    grid = (
        covered_weeks(articles, events)
        .join(governorates, how="cross")
        .join(event_types.select("sub_event_type", "event_type"), how="cross")
    )
    counted = grid.join(_figures(events), on=CELL, how="left").join(
        _outlets(events, event_mentions, mentions, articles), on=CELL, how="left"
    )
    filled = counted.with_columns(
        pl.col(
            "events", "fatalities_low", "fatalities_best", "known_high", "injured", "civilian_targeting_events",
            "distinct_sources",
        ).fill_null(0),
        pl.col("open").fill_null(False),
    )  # fmt: skip
    high = pl.when(~pl.col("open")).then("known_high").alias("fatalities_high")
    # as in `events.source_count`, an event that copies alone report has one source
    sources = pl.max_horizontal("distinct_sources", (pl.col("events") > 0).cast(pl.Int64)).alias("distinct_sources")
    return load_contract().tables["weekly_events"].conform(filled.with_columns(high, sources))


def _figures(events: pl.DataFrame) -> pl.DataFrame:
    """Return CELL, the sums over its events, and open: whether a known toll in it is open upwards."""
    open_toll = pl.col("fatalities_low").is_not_null() & pl.col("fatalities_high").is_null()
    return events.group_by(CELL).agg(
        events=pl.len().cast(pl.Int64),
        fatalities_low=pl.col("fatalities_low").sum(),
        fatalities_best=pl.col("fatalities_best").sum(),
        known_high=pl.col("fatalities_high").sum(),
        open=open_toll.any(),
        injured=pl.col("injured_low").sum(),
        civilian_targeting_events=pl.col("civilian_targeting").sum().cast(pl.Int64),
    )


def _outlets(
    events: pl.DataFrame, event_mentions: pl.DataFrame, mentions: pl.DataFrame, articles: pl.DataFrame
) -> pl.DataFrame:
    """Return CELL and distinct_sources: outlets with a text of their own that reports an event of the cell."""
    original = articles.filter(pl.col("duplicate_kind") == "none").select("article_id", "source_id")
    return (
        event_mentions.filter(pl.col("relation") == "reports")
        .join(mentions.select("mention_id", "article_id"), on="mention_id")
        .join(original, on="article_id")
        .join(events.select("event_id", *CELL), on="event_id")
        .group_by(CELL)
        .agg(distinct_sources=pl.col("source_id").n_unique().cast(pl.Int64))
    )


def weekly_coverage(articles: pl.DataFrame, mentions: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """Return how much was read in every covered week, and how many events fall in it.

    Mentions count in the week in which their article was published, events in the week of their first day.
    Undated articles belong to no week.
    """
    read = articles.group_by("week_start").agg(
        articles=pl.len().cast(pl.Int64),
        duplicates=(pl.col("duplicate_kind") != "none").sum().cast(pl.Int64),
        sources=pl.col("source_id").n_unique().cast(pl.Int64),
    )
    told = (
        mentions.join(articles.select("article_id", "week_start"), on="article_id")
        .group_by("week_start")
        .agg(mentions=pl.len().cast(pl.Int64))
    )
    happened = events.group_by("week_start").agg(events=pl.len().cast(pl.Int64))
    weeks = covered_weeks(articles, events)
    for counts in (read, told, happened):
        weeks = weeks.join(counts.filter(WEEK.is_not_null()), on="week_start", how="left")
    counted = pl.col("articles", "duplicates", "sources", "mentions", "events").fill_null(0)
    return load_contract().tables["weekly_coverage"].conform(weeks.with_columns(counted))
