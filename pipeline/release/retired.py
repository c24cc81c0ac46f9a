"""Retired events: what became of the ids that the release before had and this one has not (codebook section 5).

Told from the tables alone, whatever decided which reports are of one event. Rows are carried from release to release
and never change but in ``current_event_id``; one goes only when its event comes back with its founder.
"""

from __future__ import annotations

import polars as pl

from pipeline.contracts import load_contract
from pipeline.release.columns import Edition
from pipeline.release.predecessor import past_reports, retired_before

BALANCE = {"balance": pl.String, "came_in": pl.Int64, "went_out": pl.Int64, "ok": pl.Boolean}
"""A frame of balances: what is balanced, both sides, and whether they are equal."""


def retired_events(
    previous: Edition | None, events: pl.DataFrame, event_mentions: pl.DataFrame, version: str
) -> pl.DataFrame:
    """Return the table `retired_events` of the release ``version``.

    Args:
        previous: the release before, None for a first one.
        events: the table, of this release.
        event_mentions: the table, of this release.
        version: stands in the rows of ids that go now.

    An id went as merged when its founding mention reports another event now or, that being gone, all that is left of
    its reports is of one; as split when what is left is of several; as withdrawn when no report is left.
    """
    table = load_contract().tables["retired_events"]
    if previous is None:
        return table.empty()
    reports = event_mentions.filter(pl.col("relation") == "reports").select("mention_id", now="event_id")
    living = events.select("event_id")
    gone = previous.frame("events").select("event_id", "founding_mention_id").join(living, on="event_id", how="anti")
    fresh = _reasons(gone, past_reports(previous), reports).with_columns(version=pl.lit(version))
    carried = retired_before(previous).join(living, on="event_id", how="anti")
    columns = ["event_id", "founding_mention_id", "version", "retirement_reason", "merged_into"]
    rows = pl.concat([carried.select(columns), fresh.select(columns)])
    return table.conform(_with_current(rows, living, reports))


def _reasons(gone: pl.DataFrame, before: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """Return ``gone`` with ``retirement_reason`` and ``merged_into``."""
    left = before.join(gone, on="event_id", how="semi").join(reports, on="mention_id")
    homes = left.group_by("event_id").agg(homes=pl.col("now").n_unique(), home=pl.col("now").min())
    of_founder = reports.rename({"mention_id": "founding_mention_id", "now": "with_founder"})
    merged_into = pl.coalesce("with_founder", pl.when(pl.col("homes") == 1).then("home"))
    reason = (
        pl.when(pl.col("merged_into").is_not_null())
        .then(pl.lit("merged"))
        .when(pl.col("homes") > 1)
        .then(pl.lit("split"))
        .otherwise(pl.lit("withdrawn"))
    )
    joined = gone.join(of_founder, on="founding_mention_id", how="left").join(homes, on="event_id", how="left")
    return joined.with_columns(merged_into=merged_into).with_columns(retirement_reason=reason)


def _with_current(rows: pl.DataFrame, living: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """Add ``current_event_id``: the event of the founding mention, else the living one that the mergers lead to.

    They cannot lead in a circle: an event is merged into one that is living then, and so retires later, if ever.
    """
    of_founder = reports.rename({"mention_id": "founding_mention_id", "now": "current_event_id"})
    there = living.select(merged_into="event_id", there="event_id")
    found = (
        rows.join(of_founder, on="founding_mention_id", how="left")
        .join(there, on="merged_into", how="left")
        .select(*rows.columns, pl.coalesce("current_event_id", "there").alias("current_event_id"))
        .sort("event_id")
    )
    while True:
        onward = found.select(merged_into="event_id", onward="current_event_id")
        further = found.join(onward, on="merged_into", how="left", maintain_order="left").select(
            *rows.columns, pl.coalesce("current_event_id", "onward").alias("current_event_id")
        )
        if further.equals(found):
            return found
        found = further


def retirement_balances(previous: Edition | None, events: pl.DataFrame, retired: pl.DataFrame) -> pl.DataFrame:
    """Return the balances of event ids (columns of `BALANCE`): none is lost, none is living and retired at once."""
    before = previous.frame("events")["event_id"] if previous else pl.Series([], dtype=pl.String)
    known = pl.concat([before, retired_before(previous)["event_id"]]).unique()
    told = pl.concat([events["event_id"], retired["event_id"]])
    merged = retired.filter(pl.col("merged_into").is_not_null())["merged_into"]
    sides = [
        ("ids of the release before = living + retired", known.len(), int(known.is_in(told.implode()).sum())),
        ("living + retired ids = ids", told.len(), told.n_unique()),
        ("retired ids = ids given before", retired.height, int(retired["event_id"].is_in(known.implode()).sum())),
        ("merged into = events living or retired", merged.len(), int(merged.is_in(told.implode()).sum())),
    ]
    return pl.DataFrame([(*side, side[1] == side[2]) for side in sides], schema=BALANCE, orient="row")
