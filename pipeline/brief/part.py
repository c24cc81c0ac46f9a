"""A part of a release's tables: what the pages of some weeks need, so that a build of few pages groups few rows.

A ledger made of a part knows these weeks whole, and of the others what pages set beside them: their counts, and the
events that pages refer to. It must not be asked for a page of another week.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

import polars as pl

from pipeline.brief.comparison import SHOWN

col = pl.col
_BY_WEEK = ("weekly_events", "weekly_tolls")


def part_of(tables: Mapping[str, pl.DataFrame], weeks: Collection[date]) -> dict[str, pl.DataFrame]:
    """Return the tables with only the rows that pages of ``weeks`` (Mondays) need; for `ledger.group_tables`."""
    counted = sorted({week - timedelta(weeks=n) for week in weeks for n in range(SHOWN)})
    here = tables["events"].filter(col("week_start").is_in(sorted(weeks))).select("event_id")
    linked = tables["event_mentions"].join(here, on="event_id", how="semi").select("mention_id")
    published = tables["articles"].filter(col("week_start").is_in(sorted(weeks))).select("article_id")
    shared = covering(tables["casualties"], linked)
    mentions = tables["mentions"].filter(
        col("mention_id").is_in(linked["mention_id"].implode())
        | col("article_id").is_in(published["article_id"].implode())
        | col("mention_id").is_in(shared["mention_id"].implode())
    )
    kept = mentions.select("mention_id")
    return {
        **tables,
        "mentions": mentions,
        "casualties": tables["casualties"].join(kept, on="mention_id", how="semi"),
        "events": tables["events"].filter(
            col("week_start").is_in(counted) | col("event_id").is_in(_referred(tables, here, kept, shared).implode())
        ),
        **{name: tables[name].filter(col("week_start").is_in(counted)) for name in _BY_WEEK},
    }


def covering(casualties: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
    """Return mention_id, covered: all mentions that a shared figure covers, if it covers one of ``mentions``."""
    pairs = (
        casualties.filter("shared")
        .select(
            "casualty_id",
            "mention_id",
            covered=pl.concat_list("mention_id", col("shared_with").fill_null("").str.split(";")),
        )
        .explode("covered")
        .filter(col("covered") != "")
    )
    found = pairs.join(mentions.select(covered="mention_id"), on="covered", how="semi").select("casualty_id").unique()
    return pairs.join(found, on="casualty_id", how="semi").select("mention_id", "covered")


def _referred(
    tables: Mapping[str, pl.DataFrame], here: pl.DataFrame, mentions: pl.DataFrame, shared: pl.DataFrame
) -> pl.Series:
    """Return the events that pages refer to: rivals, and those that a mention kept or covered reports or denies."""
    links = tables["event_mentions"].select("mention_id", "event_id")
    told = pl.concat([mentions, shared.select(mention_id="covered")]).unique()
    rivals = tables["accounts"].join(here, on="event_id", how="semi")["rival_event_id"].drop_nulls()
    return pl.concat([links.join(told, on="mention_id", how="semi")["event_id"], rivals]).unique()
