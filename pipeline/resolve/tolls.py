"""Tolls: what one mention says, and what the independent sources of an event say together (codebook section 4, Counts).

Whole numbers throughout, and unknown is never zero. A shared toll belongs to no mention and never comes in here.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

KINDS = ("killed", "injured")
"""Kinds of casualties that events sum up."""


def one_figure(low: pl.Expr, high: pl.Expr) -> pl.Expr:
    """Return one figure for an account: the middle of its range rounded down, or the end that is known."""
    return pl.when(low.is_not_null() & high.is_not_null()).then((low + high) // 2).otherwise(pl.coalesce(low, high))


def mention_tolls(casualties: pl.DataFrame) -> pl.DataFrame:
    """Return what each mention says of its own dead and injured, over all parties.

    Args:
        casualties: the table.

    Returns:
        ``mention_id`` and for each of `KINDS` ``<kind>_low``, ``<kind>_high``, ``<kind>`` (the one figure), in persons,
        and ``<kind>_vague`` (B: a figure stands for a word such as "dozens").
        Low sums the lows that are known, high is null as soon as one end is open, all are null where nothing is said.
        A row whose words stand inside those of another ("12 people, five of them children") is a part of it, not added.
    """
    own = casualties.filter(~pl.col("shared") & pl.col("kind").is_in(KINDS))
    span = ["mention_id", "kind", "char_start", "char_end"]
    repeated = own.select("mention_id", "kind").is_duplicated()
    alone, several = own.filter(~repeated), own.filter(repeated)  # most stand alone, and need no summing
    parts = (
        several.select("casualty_id", *span)
        .join(several.select(*span).unique(), on=["mention_id", "kind"], suffix="_whole")
        .filter(
            (pl.col("char_start_whole") <= pl.col("char_start"))
            & (pl.col("char_end") <= pl.col("char_end_whole"))
            & (pl.col("char_end") - pl.col("char_start") < pl.col("char_end_whole") - pl.col("char_start_whole"))
        )
    )
    added = (
        several.join(parts, on="casualty_id", how="anti")
        .group_by("mention_id", "kind")
        .agg(
            low=pl.when(pl.col("low").is_not_null().any()).then(pl.col("low").sum()),
            high=pl.when(pl.col("high").is_not_null().all()).then(pl.col("high").sum()),
            vague=pl.col("approximate").any(),
        )
    )
    told = pl.concat([alone.select("mention_id", "kind", "low", "high", vague="approximate"), added])
    summed = told.with_columns(figure=one_figure(pl.col("low"), pl.col("high")))
    tolls = own.select("mention_id").unique()
    for kind in KINDS:
        of_kind = summed.filter(pl.col("kind") == kind)
        columns = {f"{kind}_low": "low", f"{kind}_high": "high", kind: "figure", f"{kind}_vague": "vague"}
        tolls = tolls.join(of_kind.select("mention_id", **columns), on="mention_id", how="left")
    return tolls.sort("mention_id")


def event_tolls(members: pl.DataFrame, kind: str) -> pl.DataFrame:
    """Return the range and the best estimate of each event that has a toll of this kind.

    Args:
        members: mentions that report events, with ``event``, ``source``, ``is_copy``, ``published``, ``published_at``,
            ``article_id``, ``char_start``, ``mention_id`` and the columns of `mention_tolls`.
        kind: one of `KINDS`.

    Returns:
        ``event``, ``low``, ``best``, ``high`` in persons. Every independent source counts once, with the latest figure
        it gave. ``best`` is their median, rounded down; ``low`` the smallest low, or the smallest figure where a source
        knows only an upper end below that; ``high`` the largest figure known, null when every source that gives it
        leaves the upper end open. Copies speak only where no original gives a toll.
    """
    account = (
        members.select(
            "event", "source", "is_copy", "published", "published_at", "article_id", "char_start", "mention_id",
            low=f"{kind}_low", high=f"{kind}_high", figure=kind,
        )
        .filter(pl.col("figure").is_not_null())
        .filter(~pl.col("is_copy") | pl.col("is_copy").all().over("event"))
    )  # fmt: skip
    repeated = account.select("event", "source").is_duplicated()
    in_order = account.filter(repeated).sort(_FOR_LATEST, nulls_last=False)
    latest = pl.concat(
        [account.filter(~repeated), in_order.unique(["event", "source"], keep="last", maintain_order=True)]
    )
    largest = pl.coalesce("high", "low")
    middle_ones = 2 - pl.len().cast(pl.Int64) % 2
    median = pl.col("figure").sort().slice((pl.len().cast(pl.Int64) - 1) // 2, middle_ones).sum() // middle_ones
    return (
        latest.group_by("event")
        .agg(
            best=median,
            smallest=pl.col("figure").min(),
            low=pl.col("low").min(),
            top=largest.max(),
            closed=pl.col("high").max(),
        )
        .select(
            "event",
            low=pl.when(pl.col("low").is_not_null()).then(pl.min_horizontal("low", "smallest")),
            best="best",
            high=pl.when(pl.col("closed") == pl.col("top")).then(pl.col("top")),
        )
        .sort("event")
    )


_FOR_LATEST: Sequence[str] = ("event", "source", "published", "published_at", "article_id", "char_start", "mention_id")
