"""Denials: which event a mention with status `denied` denies (codebook section 3).

A denial is linked only when it is clear which event it means; one that fits two equally well, or none, stays a claim of
its article and is told as such.
"""

from __future__ import annotations

import polars as pl

from pipeline.resolve import rules, sides
from pipeline.resolve.candidates import contains

_PLACE = ("place_key", "extent", "admin2", "latitude", "longitude", "reach_km")


def link_denials(denials: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """Return ``mention_id`` and ``event`` for each denial whose event is clear.

    Args:
        denials: `slots.slots` of the mentions with status `denied`; dates and places may be null.
        reports: `slots.slots` of the reporting mentions, with ``event``.

    A denial means an event when a report of it has the type denied (or one for which that is the weaker word), the
    accused are not contradicted, and either the place agrees together with the date or the accused, or date and accused
    agree and the denial names no place. Undated, it can mean what happened up to `rules.DENIAL_DAYS` before
    publication. A report in the denial's own article decides first, then how much agrees.
    """
    # no toll can show that a denial means the governorate by the name of its town
    denials, reports = (
        told.with_columns(pl.col("extent").replace("capital", "settlement")) for told in (denials, reports)
    )
    pairs = _paired(_spread(denials), reports).pipe(_compared)
    at_place, on_day, accused = pl.col("place_agrees"), pl.col("date_agrees"), pl.col("accused_agrees")
    meant = (at_place & (on_day | accused)) | (pl.col("no_place") & on_day & accused)
    points = (
        16 * pl.col("own_article").cast(pl.Int32)
        + 4 * pl.col("same_place").cast(pl.Int32)
        + 2 * at_place.cast(pl.Int32)
        + 2 * on_day.cast(pl.Int32)
        + 2 * accused.cast(pl.Int32)
        + pl.col("same_type").cast(pl.Int32)
    )
    best = (
        pairs.filter(pl.col("compatible") & meant)
        .group_by("mention_id", "event")
        .agg(points=points.max())
        .filter(pl.col("points") == pl.col("points").max().over("mention_id"))
    )
    return best.filter(pl.len().over("mention_id") == 1).select("mention_id", "event").sort("mention_id")


def _spread(denials: pl.DataFrame) -> pl.DataFrame:
    """Repeat each denial for every day it can be about: none after publication, none at all without any date."""
    told = pl.col("first").is_not_null() & pl.col("last").is_not_null()
    published = pl.col("published").to_physical()
    earliest = pl.when(told).then(pl.col("first") - rules.SLACK_DAYS).otherwise(published - rules.DENIAL_DAYS)
    latest = pl.min_horizontal(pl.when(told).then(pl.col("last") + rules.SLACK_DAYS), published)
    spread = denials.with_columns(date_told=told, earliest=earliest, latest=latest)
    known = pl.col("earliest").is_not_null() & pl.col("latest").is_not_null()
    days = pl.int_ranges("earliest", pl.col("latest") + 1, dtype=pl.Int32)
    return spread.filter(known).with_columns(day=days).explode("day", empty_as_null=True)


def _paired(denials: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    accused = [f"actor1_{slot}" for slot in ("bloc", "id", "named", "ally")]
    slots = ("event", "article_id", "sub_event_type", "event_type", "admin1", *accused, *_PLACE)
    days = pl.int_ranges("first", pl.col("last") + 1, dtype=pl.Int32)
    dated = reports.select(*slots, day=days).explode("day", empty_as_null=True)
    wanted = dated.join(denials.select("event_type", "day").unique(), on=["event_type", "day"], how="semi")
    placed = denials.filter(pl.col("admin1").is_not_null())
    unplaced = denials.filter(pl.col("admin1").is_null())
    return pl.concat(
        [
            placed.join(wanted, on=["event_type", "day", "admin1"], suffix="_in").with_columns(no_place=False),
            unplaced.join(wanted.drop("admin1"), on=["event_type", "day"], suffix="_in").with_columns(no_place=True),
        ],
        how="diagonal",
    )


def _compared(pairs: pl.DataFrame) -> pl.DataFrame:
    denied, told = pl.col("sub_event_type"), pl.col("sub_event_type_in")
    same_type = denied == told
    telling = pl.any_horizontal(*[(denied == w.weak) & (told == w.telling) for w in rules.WEAKER])
    same_place = ~pl.col("no_place") & (pl.col("place_key") == pl.col("place_key_in"))
    around = pairs.select(pl.col(f"{c}_in").alias(c) for c in _PLACE).hstack(
        pairs.select(pl.col(c).alias(f"{c}_in") for c in _PLACE)
    )
    holds, lies_in = pairs.select(contains()).to_series(), around.select(contains()).to_series()
    accused, blamed = sides.side(1, ""), sides.side(1, "_in")
    return pairs.with_columns(holds=holds, lies_in=lies_in).with_columns(
        same_type=same_type,
        same_place=same_place.fill_null(False),
        place_agrees=(same_place | (~pl.col("no_place") & (pl.col("holds") | pl.col("lies_in")))).fill_null(False),
        date_agrees="date_told",
        accused_agrees=sides.one_side(accused, blamed),
        own_article=pl.col("article_id") == pl.col("article_id_in"),
        compatible=(same_type | telling) & sides.fit(accused, blamed),
    )
