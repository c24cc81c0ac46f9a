"""Slots: each reported mention as the values by which it is compared with others, in the order of founding.

One row a mention, one column a value, codes instead of words where words would be compared. What is compared with what
is ``candidates``; what the comparison means is ``judgement``.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from pipeline.regions.folding import plain
from pipeline.resolve import rules

EXTENTS = ("site", "settlement", "capital", "other", "around", "area", "district", "governorate")
"""How much of the map a place name covers, from the most to the least specific.

``around`` is near a settlement, ``capital`` the town of which its governorate has the name: either may be meant.
"""

FOUNDING_ORDER = ("is_copy", "published", "article_id", "char_start", "mention_id")
"""The first mention of an event founds it: originals before copies, then by day of publication (undated last)."""

TOLLS = (
    "killed_low", "killed_high", "killed", "killed_vague", "injured_low", "injured_high", "injured", "injured_vague",
)  # fmt: skip
COMPARED = (
    "event_type", "sub_event_type", "admin1", "admin2", "place_key", "extent", "latitude", "longitude", "reach_km",
    "geo_precision", "first", "last", "late", "precise", "to_the_month", "another",
    "actor1_bloc", "actor1_id", "actor1_named", "actor1_ally", "actor2_bloc", "actor2_id", "actor2_named",
    *TOLLS,
)  # fmt: skip
"""Columns that decide whether two mentions report one event; mentions equal in all of them need comparing only once."""


def slots(
    mentions: pl.DataFrame,
    tolls: pl.DataFrame,
    article_sources: pl.DataFrame,
    places: pl.DataFrame,
    actors: pl.DataFrame,
    event_types: pl.DataFrame,
) -> pl.DataFrame:
    """Return ``mentions`` with what they are compared by, sorted by `FOUNDING_ORDER`.

    Args:
        mentions: rows of the table, of any status; dates and place may be null unless the status is reported.
        tolls: from `tolls.mention_tolls`.
        article_sources: from `independence.article_sources`.
        places: the table, or no rows.
        actors: the table, or no rows.
        event_types: the table.

    Returns:
        The columns of ``mentions``, ``tolls`` and ``article_sources``, those of `COMPARED`, ``precedence``, and
        ``rank`` (UInt32, the row number). ``first`` and ``last`` are days (Int32, since 1970-01-01).
    """
    days = pl.col("last") - pl.col("first") + 1
    return (
        mentions.join(tolls, on="mention_id", how="left")
        .join(article_sources, on="article_id", how="left")
        .join(event_types.select("sub_event_type", "event_type", "precedence"), on="sub_event_type", how="left")
        .pipe(_with_place, places)
        .pipe(_with_actors, actors)
        .with_columns(
            last=pl.col("event_date_end").to_physical(),
            late=pl.when(_by_publication()).then(rules.LATE_DAYS).otherwise(0).cast(pl.Int32),
        )
        .with_columns(first=pl.col("event_date_start").to_physical() - pl.col("late"))
        .with_columns(
            another=pl.col("evidence").str.contains(rules.ANOTHER),
            precise=(pl.col("time_precision") == 1) & (days <= rules.PRECISE_DAYS),
            to_the_month=(pl.col("time_precision") == 3) | (days > rules.MONTH_DAYS),
        )
        .sort(FOUNDING_ORDER, nulls_last=True)
        .with_row_index("rank")
    )


def _by_publication() -> pl.Expr:
    """One day, known to the week only: no day is named, and it is that of publication."""
    return (pl.col("time_precision") == 2) & (pl.col("event_date_start") == pl.col("event_date_end"))


def _with_place(mentions: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """Add what place is named: its ``extent``, ``place_key`` (equal for one place) and its point with ``reach_km``.

    The last says how far from its point an area holds others, and how far from that of its town a site can lie.
    """
    point = ("latitude", "longitude")
    known = places.select(
        "place_id", "place_name", "place_kind", *point, place_admin2="admin2", reach_km="coordinate_error_km"
    )
    kind = pl.col("place_kind")
    nowhere = pl.col("place_id").is_null() & pl.col("place").is_null()
    extent = (
        pl.when((pl.col("geo_precision") == 3) | kind.is_in(rules.GOVERNORATES))
        .then(pl.lit("governorate"))
        .when(kind.is_in(rules.DISTRICTS) & pl.col("admin2").is_not_null())
        .then(pl.lit("district"))
        .when(nowhere)
        .then(pl.when(pl.col("admin2").is_not_null()).then(pl.lit("district")).otherwise(pl.lit("governorate")))
        .when(kind.is_in(rules.AREAS))
        .then(pl.lit("area"))
        .when(kind.is_in(rules.SITES))
        .then(pl.lit("site"))
        .when(kind.is_in(rules.SETTLEMENTS) & (pl.col("geo_precision") == 2))
        .then(pl.lit("around"))
        .when(kind.is_in(rules.SETTLEMENTS) & (pl.col("place_name") == pl.col("admin1")))
        .then(pl.lit("capital"))
        .when(kind.is_in(rules.SETTLEMENTS))
        .then(pl.lit("settlement"))
        .otherwise(pl.lit("other"))
    )
    names = mentions["place"].drop_nulls().unique().sort().to_list()
    folded = pl.col("place").replace_strict({name: plain(name) for name in names}, default=None, return_dtype=pl.String)
    place_key = (
        pl.when(pl.col("extent") == "governorate")
        .then(pl.lit("governorate"))
        .when(pl.col("extent") == "district")
        .then(pl.concat_str(pl.lit("district:"), "admin2"))
        .when(pl.col("place_id").is_not_null())
        .then("place_id")
        .otherwise(pl.concat_str(pl.lit("named:"), folded))
    )
    of_site = pl.when(kind.is_in(rules.QUARTERS)).then(rules.QUARTER_KM).otherwise(rules.SITE_KM)
    reach = pl.when(kind.is_in(rules.SITES)).then(of_site).otherwise("reach_km")
    return (
        mentions.join(known, on="place_id", how="left")
        .with_columns(admin2=pl.coalesce("admin2", "place_admin2"), reach_km=reach)
        .with_columns(extent=extent)
        .with_columns(place_key=place_key)
    )


def _with_actors(mentions: pl.DataFrame, actors: pl.DataFrame) -> pl.DataFrame:
    """Add ``actor1_ally`` (bloc of the associate) and whether each side is a registered group and not a loose word."""
    groups = actors.filter(pl.col("actor_kind") != "unknown")["actor_id"].implode()
    allies = actors.select(actor1_associate_id="actor_id", actor1_ally="bloc")
    return mentions.join(allies, on="actor1_associate_id", how="left").with_columns(
        pl.col(f"actor{n}_id").is_in(groups).fill_null(False).alias(f"actor{n}_named") for n in (1, 2)
    )


def coded(nodes: pl.DataFrame, event_types: pl.DataFrame, blocs: Sequence[str]) -> pl.DataFrame:
    """Return ``nodes`` with the text columns of `COMPARED` as enumerations, which are joined and compared as numbers.

    Args:
        nodes: the columns of `COMPARED`, and others that stay as they are.
        event_types: the table, for the types.
        blocs: the code list.
    """
    kinds = pl.Enum(event_types["sub_event_type"].sort())
    wider = pl.Enum(event_types["event_type"].unique().sort())
    sides = pl.Enum(blocs)
    actors = _enum(nodes["actor1_id"], nodes["actor2_id"])
    return nodes.with_columns(
        pl.col("sub_event_type").cast(kinds),
        pl.col("event_type").cast(wider),
        pl.col("extent").cast(pl.Enum(EXTENTS)),
        pl.col("actor1_bloc", "actor1_ally", "actor2_bloc").cast(sides),
        pl.col("actor1_id", "actor2_id").cast(actors),
        *[pl.col(name).cast(_enum(nodes[name])) for name in ("admin1", "admin2", "place_key")],
    )


def _enum(*columns: pl.Series) -> pl.Enum:
    return pl.Enum(pl.concat(columns).drop_nulls().unique().sort())
