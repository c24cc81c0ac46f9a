"""Which ISO weeks are covered: every week from the first to the last one read, and others that events fall in."""

from __future__ import annotations

import polars as pl

WEEK = pl.col("week_start")
ISO_WEEK = WEEK.dt.strftime("%G-W%V").alias("iso_week")


def covered_weeks(articles: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """Return the covered weeks, sorted.

    A week without articles between two with articles is covered: that nothing was read is worth knowing. So is a week
    outside that span in which an event falls, or its figures would be lost.

    Args:
        articles: week_start (Date, null for undated ones).
        events: week_start (Date).

    Returns:
        week_start (Date, a Monday), iso_week (String).
    """
    read = articles["week_start"].drop_nulls()
    first, last = (pl.lit(end, dtype=pl.Date) for end in (read.min(), read.max()))
    span = pl.select(week_start=pl.date_range(first, last, interval="1w")) if read.len() else read.to_frame().clear()
    weeks = pl.concat([span, events.select("week_start")]).unique().sort("week_start")
    return weeks.with_columns(ISO_WEEK)
