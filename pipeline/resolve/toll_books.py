"""The balances of shared tolls: every shared figure is in one toll, and nobody is counted twice for one event.

They are computed from the tables alone, another way than ``counting`` computes them, so that a run can check itself.
"""

from __future__ import annotations

import polars as pl

from pipeline.resolve.books import BALANCE
from pipeline.resolve.tolls import KINDS

_OWN_BEST = {"killed": pl.col("fatalities_best"), "injured": pl.coalesce("injured_low", "injured_high")}


def toll_books(
    casualties: pl.DataFrame,
    events: pl.DataFrame,
    shared_tolls: pl.DataFrame,
    shared_toll_events: pl.DataFrame,
    shared_toll_casualties: pl.DataFrame,
) -> pl.DataFrame:
    """Return the balances (columns of `BALANCE`) between the tables of these names."""
    shared = casualties.filter(pl.col("shared") & pl.col("kind").is_in(KINDS))
    sides = [
        ("shared figures of killed and injured = figures of shared tolls", shared.height,
         shared_toll_casualties.join(shared, on="casualty_id", how="semi").height),
        ("shared tolls = shared tolls that a figure tells", shared_tolls.height,
         shared_toll_casualties["shared_toll_id"].n_unique()),
        ("events covered = sum of shared_tolls.event_count", shared_toll_events.height,
         int(shared_tolls["event_count"].sum())),
    ]  # fmt: skip
    for kind in KINDS:
        counted = shared_tolls.filter((pl.col("kind") == kind) & pl.col("counted_best").is_not_null())
        links = shared_toll_events.join(counted.select("shared_toll_id"), on="shared_toll_id", how="semi")
        pairs = _pairs(counted, links)
        sides.append((f"{kind}: counted tolls that cross another one", 0, pairs.filter(~pl.col("nested")).height))
        sides.append((f"{kind}: counted for a shared toll = it, or more that its events count", *_walk(
            counted, links, pairs, events.select("event_id", own=_OWN_BEST[kind]))))  # fmt: skip
    return pl.DataFrame([(*side, side[1] == side[2]) for side in sides], schema=BALANCE, orient="row")


def _pairs(counted: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs of counted tolls with an event in common: ``toll``, ``inner``, ``inside`` and ``nested`` (B)."""
    size = counted.select(toll="shared_toll_id", events="event_count", more="covers_more")
    met = links.select("event_id", toll="shared_toll_id")
    common = met.join(met, on="event_id", suffix="_in").filter(pl.col("toll") != pl.col("toll_in"))
    paired = (
        common.group_by("toll", "toll_in")
        .agg(common=pl.len())
        .join(size, on="toll")
        .join(size, left_on="toll_in", right_on="toll", suffix="_in")
    )
    wider = (pl.col("events") > pl.col("events_in")) | (pl.col("more") & ~pl.col("more_in"))
    narrower = (pl.col("events") < pl.col("events_in")) | (~pl.col("more") & pl.col("more_in"))
    inside = wider & (pl.col("common") == pl.col("events_in"))
    around = narrower & (pl.col("common") == pl.col("events"))
    return paired.select("toll", inner="toll_in", inside=inside, nested=inside | around)


def _walk(counted: pl.DataFrame, links: pl.DataFrame, pairs: pl.DataFrame, own: pl.DataFrame) -> tuple[int, int]:
    """Sum, over counted tolls, what should be counted for the events of each, and what is."""
    adds = counted.select(inner="shared_toll_id", adds="counted_best")
    narrower = pairs.filter("inside").join(adds, on="inner").group_by("toll").agg(narrower=pl.col("adds").sum())
    single = links.join(own, on="event_id").group_by(toll="shared_toll_id").agg(single=pl.col("own").sum())
    walked = (
        counted.select("best", "counted_best", toll="shared_toll_id")
        .join(narrower, on="toll", how="left")
        .join(single, on="toll", how="left")
        .with_columns(elsewhere=pl.col("narrower").fill_null(0) + pl.col("single").fill_null(0))
    )
    should = walked.select(pl.max_horizontal("best", "elsewhere").sum()).item()
    return int(should), int(walked.select((pl.col("elsewhere") + pl.col("counted_best")).sum()).item())
