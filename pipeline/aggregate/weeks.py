"""Which ISO weeks are covered: every week from the first to the last one read, and others that events fall in."""

from __future__ import annotations

import polars as pl

WEEK = pl.col("week_start")
LONGEST_SILENCE_WEEKS = 26
"""Half a year without one article is no silence in a body of reading but a gap between two."""
ISO_WEEK = WEEK.dt.strftime("%G-W%V").alias("iso_week")


def covered_weeks(articles: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """Return the covered weeks, sorted.

    A week without articles between two with articles is covered: that nothing was read is worth knowing. A silence of
    more than `LONGEST_SILENCE_WEEKS` is not filled: it lies between two bodies of reading, or one article bears a wrong
    year. A week outside these in which an event falls is covered too, or its figures would be lost.

    Args:
        articles: week_start (Date, null for undated ones).
        events: week_start (Date).

    Returns:
        week_start (Date, a Monday), iso_week (String).
    """
    read = articles.select(WEEK.drop_nulls().unique().sort())
    following = WEEK.shift(-1)
    near = following - WEEK <= pl.duration(weeks=LONGEST_SILENCE_WEEKS)
    until = pl.when(near).then(following).otherwise(WEEK)
    span = read.select(pl.date_ranges(WEEK, until, interval="1w").explode().alias("week_start"))
    weeks = pl.concat([span, events.select("week_start")]).unique().sort("week_start")
    return weeks.with_columns(ISO_WEEK)
