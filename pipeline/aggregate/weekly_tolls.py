"""The table `weekly_tolls`: what events and shared tolls count together, every person once (codebook, Counts).

A shared toll counts in the smallest area that contains its places: where that is the country, it stands in a row of
its own, because in any governorate it would be divided or counted twice.
"""

from __future__ import annotations

import polars as pl

from pipeline.aggregate.books import BALANCE
from pipeline.contracts import load_contract

SEVERAL = "several governorates"
"""Area of the tolls that no single governorate contains."""

_KEY = ["week_start", "area"]
_ENDS = ("low", "best", "high")
_FIGURES = tuple(f"fatalities_{end}" for end in _ENDS)


def weekly_tolls(weekly_events: pl.DataFrame, shared_tolls: pl.DataFrame) -> pl.DataFrame:
    """Return the table `weekly_tolls`: one row for every week of ``weekly_events`` and each of its governorates, and
    one for several governorates.

    Args:
        weekly_events: the table, a complete grid.
        shared_tolls: the table; only what counts is taken in.
    """
    single = _sums_of_events(weekly_events)
    weeks = weekly_events.select("week_start", "iso_week").unique()
    areas = pl.DataFrame({"area": [*weekly_events["admin1"].unique(), SEVERAL]}, schema={"area": pl.String})
    grid = weeks.join(areas, how="cross").join(single, on=_KEY, how="left")
    joined = grid.join(_sums_of_shared(shared_tolls), on=_KEY, how="left").with_columns(
        pl.col("open", "shared_open").fill_null(False),
        pl.exclude(*_KEY, "iso_week", "open", "shared_open").fill_null(0),
    )
    ended = joined.with_columns(
        fatalities_high=pl.when(~pl.col("open")).then("fatalities_high"),
        shared_fatalities_high=pl.when(~pl.col("shared_open")).then("shared_fatalities_high"),
    )
    sums = {f"total_{name}": pl.col(name) + pl.col(f"shared_{name}") for name in (*_FIGURES, "injured")}
    summed = ended.with_columns(**sums)
    return load_contract().tables["weekly_tolls"].conform(summed)


def _sums_of_events(weekly_events: pl.DataFrame) -> pl.DataFrame:
    return weekly_events.group_by("week_start", area="admin1").agg(
        pl.col(*_FIGURES, "injured").sum(), open=pl.col("fatalities_high").is_null().any()
    )


def _sums_of_shared(shared_tolls: pl.DataFrame) -> pl.DataFrame:
    counted = shared_tolls.filter(pl.col("counted_best").is_not_null())
    killed = pl.col("kind") == "killed"
    sums = {f"shared_fatalities_{end}": pl.col(f"counted_{end}").filter(killed).sum() for end in _ENDS}
    return counted.group_by("week_start", area=pl.col("admin1").fill_null(SEVERAL)).agg(
        **sums,
        shared_open=pl.col("counted_high").filter(killed).is_null().any(),
        shared_injured=pl.col("counted_low").filter(pl.col("kind") == "injured").sum(),
        shared_toll_count=pl.len().cast(pl.Int64),
    )


def weekly_toll_books(weekly_tolls: pl.DataFrame, events: pl.DataFrame, shared_tolls: pl.DataFrame) -> pl.DataFrame:
    """Return the balances between events, shared tolls and weekly figures: balance, came_in, went_out, ok.

    Args:
        weekly_tolls: the table.
        events: the table.
        shared_tolls: the table.
    """
    killed, injured = (shared_tolls.filter(pl.col("kind") == kind) for kind in ("killed", "injured"))
    sides = [
        (f"killed, {end}: event tolls + shared tolls = weekly totals",
         _sum(events, f"fatalities_{end}") + _sum(killed, f"counted_{end}"),
         _sum(weekly_tolls, f"total_fatalities_{end}"))
        for end in ("low", "best")
    ]  # fmt: skip
    sides += [
        ("injured: event tolls + shared tolls = weekly totals",
         _sum(events, "injured_low") + _sum(injured, "counted_low"), _sum(weekly_tolls, "total_injured")),
        ("shared tolls that count = shared tolls of weekly figures",
         shared_tolls.filter(pl.col("counted_best").is_not_null()).height, _sum(weekly_tolls, "shared_toll_count")),
        ("areas with an open toll = totals without upper end", _open_areas(events, killed),
         weekly_tolls["total_fatalities_high"].null_count()),
    ]  # fmt: skip
    return pl.DataFrame([(*side, side[1] == side[2]) for side in sides], schema=BALANCE, orient="row")


def _sum(frame: pl.DataFrame, column: str) -> int:
    return int(frame[column].sum())


def _open_areas(events: pl.DataFrame, killed: pl.DataFrame) -> int:
    single = events.filter(pl.col("fatalities_low").is_not_null() & pl.col("fatalities_high").is_null())
    shared = killed.filter(pl.col("counted_best").is_not_null() & pl.col("counted_high").is_null())
    cells = [frame.select("week_start", pl.col("admin1").fill_null(SEVERAL)) for frame in (single, shared)]
    return pl.concat(cells).n_unique()
