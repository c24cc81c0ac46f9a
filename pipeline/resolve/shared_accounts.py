"""Shared tolls as articles tell them: which events each covers, and what one article says of it (codebook, Counts).

All figures of the same events are one toll, whoever tells them. What the independent sources say together is `tolls`,
what of it counts is `counting`; no toll is divided anywhere.
"""

from __future__ import annotations

import polars as pl

from pipeline.ids import content_id
from pipeline.resolve.tolls import KINDS, one_figure

BESIDE = 40
"""Figures of one side that stand at most so many characters apart add up ("three men and two women"); farther apart,
another sentence tells the same people again."""

_TELLING = ["toll", "article_id", "side", "telling"]


def covered(
    casualties: pl.DataFrame, mentions: pl.DataFrame, event_mentions: pl.DataFrame, events: pl.DataFrame
) -> pl.DataFrame:
    """Return one row for each shared figure of killed or injured and each mention that it covers, its own included.

    Args:
        casualties: the table.
        mentions: the table, for the places of what is no event.
        event_mentions: the table.
        events: the table.

    Returns:
        ``casualty_id``, ``covered`` (the mention), ``event_id`` (null where it reports none), ``admin1`` and ``admin2``
        of the event, else of the mention (null where nothing is known), ``toll`` (the id of the shared toll) and
        ``covers_more`` (B: one of the mentions that the figure covers reports no event).
    """
    others = pl.col("shared_with").str.split(";")
    each = (
        casualties.filter(pl.col("shared") & pl.col("kind").is_in(KINDS))
        .select("casualty_id", "kind", covered=pl.concat_list("mention_id", others))
        .explode("covered", empty_as_null=True)
        .unique()
    )
    linked = event_mentions.filter(pl.col("relation") == "reports").select("event_id", covered="mention_id")
    areas = events.select("event_id", event1="admin1", event2="admin2")
    own = mentions.select("admin1", "admin2", covered="mention_id")
    known = pl.col("event_id").is_not_null()
    placed = (
        each.join(linked, on="covered", how="left")
        .join(areas, on="event_id", how="left")
        .join(own, on="covered", how="left")
        .with_columns(
            admin1=pl.when(known).then("event1").otherwise("admin1"),
            admin2=pl.when(known).then("event2").otherwise("admin2"),
        )
        .select("casualty_id", "kind", "covered", "event_id", "admin1", "admin2")
    )
    return placed.join(_named(placed), on="casualty_id").drop("kind").sort("casualty_id", "covered")


def _named(placed: pl.DataFrame) -> pl.DataFrame:
    """Return ``casualty_id``, ``toll`` and ``covers_more``; the id is made of what the toll is of, not of its words."""
    subjects = placed.group_by("casualty_id").agg(
        pl.col("kind").first(),
        events=pl.col("event_id").drop_nulls().unique().sort().str.join(";"),
        mentions=pl.col("covered").unique().sort().str.join(";"),
        covers_more=pl.col("event_id").is_null().any(),
    )
    whose = pl.when(pl.col("events") == "").then("mentions").otherwise("events")
    told = subjects.with_columns(of=whose)
    keys = told.select("kind", "of", "covers_more").unique().sort("kind", "of", "covers_more")
    ids = [content_id("t", kind, *of.split(";"), "and more" if more else None) for kind, of, more in keys.iter_rows()]
    named = keys.with_columns(toll=pl.Series(ids, dtype=pl.String))
    return told.join(named, on=["kind", "of", "covers_more"]).select("casualty_id", "toll", "covers_more")


def article_accounts(figures: pl.DataFrame) -> pl.DataFrame:
    """Return what each article says of each toll: ``toll``, ``article_id``, ``char_start``, ``mention_id``, ``told_*``.

    Args:
        figures: rows of `casualties` with ``toll`` and ``article_id``.

    ``told_low``, ``told_high`` and ``told`` (the one figure) are persons, over all sides. A figure within the words of
    another is a part of it. Sides add up, unless one of them is unknown: then it may be the sum. Of several tellings
    the one with the most figures stands; where each is a single figure they make a range.
    """
    span = ["toll", "article_id", "char_start", "char_end"]
    length = pl.col("char_end") - pl.col("char_start")
    parts = (
        figures.select("casualty_id", *span)
        .join(figures.select(span).unique(), on=["toll", "article_id"], suffix="_whole")
        .filter(
            (pl.col("char_start_whole") <= pl.col("char_start"))
            & (pl.col("char_end") <= pl.col("char_end_whole"))
            & (length < pl.col("char_end_whole") - pl.col("char_start_whole"))
        )
    )
    wholes = figures.join(parts, on="casualty_id", how="anti")
    anybody = (pl.col("party") == "unknown").any().over("toll", "article_id")
    sides = wholes.with_columns(side=pl.when(anybody).then(pl.lit("all")).otherwise("party"))
    said = (
        _tellings(sides)
        .group_by("toll", "article_id")
        .agg(
            told_low=pl.when(pl.col("low").is_not_null().any()).then(pl.col("low").sum()),
            told_high=pl.when(pl.col("high").is_not_null().all()).then(pl.col("high").sum()),
        )
        .with_columns(told=one_figure(pl.col("told_low"), pl.col("told_high")))
    )
    first = (
        figures.sort("char_start", "mention_id")
        .group_by("toll", "article_id", maintain_order=True)
        .agg(pl.col("char_start", "mention_id").first())
    )
    return said.join(first, on=["toll", "article_id"]).sort("toll", "article_id")


def _tellings(sides: pl.DataFrame) -> pl.DataFrame:
    """Return ``toll``, ``article_id``, ``side``, ``low``, ``high``: one line for each side that an article tells of."""
    side = ["toll", "article_id", "side"]
    apart = pl.col("char_start") - pl.col("char_end").cum_max().shift(1).over(side) > BESIDE
    numbered = sides.sort(*side, "char_start", "char_end", "casualty_id").with_columns(
        telling=apart.fill_null(False).cast(pl.Int64).cum_sum().over(side)
    )
    summed = (
        numbered.unique([*_TELLING, "low", "high"], keep="first", maintain_order=True)
        .group_by(_TELLING)
        .agg(
            figures=pl.len(),
            low=pl.when(pl.col("low").is_not_null().any()).then(pl.col("low").sum()),
            high=pl.when(pl.col("high").is_not_null().all()).then(pl.col("high").sum()),
        )
    )
    fullest = pl.col("figures") == pl.col("figures").max().over(side)
    single = pl.col("figures") == 1
    kept = summed.filter(fullest).sort(_TELLING)
    kept = kept.filter(single | (pl.col("telling") == pl.col("telling").min().over(side)))
    largest_low = pl.col("low").max()
    return kept.group_by(side).agg(
        low=pl.col("low").min(),
        high=pl.when(pl.col("high").max() >= largest_low.fill_null(0)).then(pl.col("high").max()),
    )
