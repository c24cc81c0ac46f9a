"""Candidates: which pairs of reports are worth comparing, found by joins on type, governorate, place and day.

Only pairs that codebook section 5 could call one event come out, and never all against all: the cost grows with the
reports of one place and day. Whether a pair is one event is for ``judgement`` to say.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from pipeline.resolve import rules

_WEEK = 7


def candidates(nodes: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs to compare: ``i`` < ``j`` (UInt32 row numbers of ``nodes``), each once, sorted.

    Args:
        nodes: the columns of `slots.COMPARED` and ``node`` (UInt32, the row number).

    A pair has the event type and the governorate in common; the place is the same or that of one contains that of the
    other; and the dates overlap or, where both are precise, lie `rules.SLACK_DAYS` apart.
    """
    found = pl.concat([_same_place(nodes), _one_in_the_other(nodes)])
    first, second = (pick("one", "two").cast(pl.Int64) for pick in (pl.min_horizontal, pl.max_horizontal))
    # both in one number, because sorting pairs out is most of the work where many places are hit on one day
    size = max(1, nodes.height)
    pairs = found.filter(pl.col("one") != pl.col("two")).select(pair=first * size + second).unique().sort("pair")
    return pairs.select(i=(pl.col("pair") // size).cast(pl.UInt32), j=(pl.col("pair") % size).cast(pl.UInt32))


_PLACE = ("place_key", "admin2", "extent", "latitude", "longitude", "reach_km")
_DATES = ("first", "last")


def _days(nodes: pl.DataFrame, *keep: str, slack: int = 0) -> pl.DataFrame:
    """Repeat each node for each ``when``: the days on which it can have happened, give or take ``slack``."""
    days = pl.int_ranges(pl.col("first") - slack, pl.col("last") + slack + 1, dtype=pl.Int32)
    return nodes.select("node", *keep, *_DATES, when=days).explode("when", empty_as_null=True)


def _weeks(nodes: pl.DataFrame, *keep: str) -> pl.DataFrame:
    """Repeat each node for each ``when``: the weeks, counted from 1970, in which it can have happened."""
    weeks = pl.int_ranges(pl.col("first") // _WEEK, pl.col("last") // _WEEK + 1, dtype=pl.Int32)
    return nodes.select("node", *keep, *_DATES, when=weeks).explode("when", empty_as_null=True)


def _overlap() -> pl.Expr:
    slack = rules.SLACK_DAYS
    return (pl.col("first") - slack <= pl.col("last_in")) & (pl.col("first_in") <= pl.col("last") + slack)


def _same_place(nodes: pl.DataFrame) -> pl.DataFrame:
    cell = ("event_type", "admin1", "place_key")
    precise, vague = nodes.filter("precise"), nodes.filter(~pl.col("precise"))
    nights = _days(precise, *cell).join(_days(precise, *cell, slack=rules.SLACK_DAYS), on=[*cell, "when"], suffix="_in")
    there = nodes.join(vague.select(cell).unique(), on=cell, how="semi")
    vaguely = _weeks(vague, *cell).join(_weeks(there, *cell), on=[*cell, "when"], suffix="_in").filter(_overlap())
    return pl.concat([pairs.select(one="node", two="node_in") for pairs in (nights, vaguely)])


def _one_in_the_other(nodes: pl.DataFrame) -> pl.DataFrame:
    cell = ["event_type", "admin1", "when"]
    keep = ("event_type", "admin1", *_PLACE)
    precise, vague = nodes.filter("precise"), nodes.filter(~pl.col("precise"))
    nights = _holding(_days(precise, *keep), _days(precise, *keep, slack=rules.SLACK_DAYS), cell)
    weeks, vague_weeks = _weeks(nodes, *keep), _weeks(vague, *keep)
    vaguely = [_holding(weeks, vague_weeks, cell), _holding(vague_weeks, weeks, cell)]
    overlapping = [pairs.filter(_overlap()) for pairs in vaguely]
    return pl.concat([pairs.filter(contains()).select(one="node", two="node_in") for pairs in (nights, *overlapping)])


def _holding(outer: pl.DataFrame, inner: pl.DataFrame, cell: Sequence[str]) -> pl.DataFrame:
    """Pair places that can hold others with what they can hold; settlements hold only sites, never each other."""
    wide = outer.filter(pl.col("extent").is_in(["governorate", "district", "area", "around", "capital"]))
    settlements, sites = outer.filter(pl.col("extent") == "settlement"), inner.filter(pl.col("extent") == "site")
    return pl.concat([wide.join(inner, on=cell, suffix="_in"), settlements.join(sites, on=cell, suffix="_in")])


def contains(inner: str = "_in") -> pl.Expr:
    """Tell whether a place is another one that holds a second place of the same governorate (suffix ``inner``).

    Needs ``place_key``, ``extent``, ``admin2``, ``latitude``, ``longitude`` of both, and ``reach_km`` of the first.
    """
    other, held = pl.col("place_key") != pl.col(f"place_key{inner}"), pl.col(f"extent{inner}")
    extent = pl.col("extent")
    holds = (
        pl.when(extent == "governorate")
        .then(True)
        .when(extent == "district")
        .then((held != "governorate") & (pl.col("admin2") == pl.col(f"admin2{inner}")))
        .when(extent == "area")
        .then(~held.is_in(["governorate", "district", "area"]) & (distance_km(inner) <= pl.col("reach_km")))
        .when(extent == "around")
        .then(held.is_in(["site", "settlement", "capital", "other"]) & (distance_km(inner) <= rules.NEAR_KM))
        .when(extent == "capital")
        .then(held != "governorate")
        .when(extent == "settlement")
        .then((held == "site") & (distance_km(inner) <= pl.col(f"reach_km{inner}")))
        .otherwise(False)
    )
    return other & holds.fill_null(False)


def distance_km(inner: str) -> pl.Expr:
    """Return the distance between two points in km, on a flat map: right to a percent within a governorate."""
    north = pl.col("latitude") - pl.col(f"latitude{inner}")
    middle = (pl.col("latitude") + pl.col(f"latitude{inner}")) / 2
    east = (pl.col("longitude") - pl.col(f"longitude{inner}")) * middle.radians().cos()
    return (north * north + east * east).sqrt() * rules.KM_PER_DEGREE
