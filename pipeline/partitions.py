"""Weeks of publication as Dagster partitions: the Mondays in which articles were read, and `undated`.

The weeks come from the data, not from a clock, so that the same input makes the same partitions on any day. Dagster's
weekly partitions would need a first day and end with today, would list every week in which nothing was read, and have
no place for the undated.
"""

from __future__ import annotations

import warnings

import dagster as dg
import polars as pl

# The version is pinned, so a beta feature of it cannot change unseen; without this every start would warn of it.
warnings.filterwarnings("ignore", message=r"Parameter `backfill_policy`", category=dg.BetaWarning)

UNDATED = "undated"
PUBLICATION_WEEKS = dg.DynamicPartitionsDefinition(name="publication_week")
ALL_IN_ONE_RUN = dg.BackfillPolicy.single_run()
"""A run a week costs seconds each; the weeks of one backfill share a run."""

SAME_WEEK = dg.IdentityPartitionMapping()
"""A week's coding rests on the articles of that week."""
ALL_WEEKS = dg.AllPartitionMapping()
"""What comes after the weeks has none: it rests on all of them, also when one was made anew."""


def partition_key(column: str = "week_start") -> pl.Expr:
    """Return the partition of a row by its Monday; rows without one are undated."""
    return pl.col(column).cast(pl.String).fill_null(UNDATED)


def weeks_name(prefix: str) -> str:
    """Return what Dagster calls the weeks of a region that has ``prefix`` before its assets."""
    name = str(PUBLICATION_WEEKS.name)
    return f"{prefix}/{name}" if prefix else name
