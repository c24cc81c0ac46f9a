"""Identity: which id an event of today bears, given the events of the release before (codebook section 5).

An event is founded on one mention and keeps its id and its founder as long as that mention reports it, however many
earlier or later reports join. What became of ids that no event bears any more is told by the release
(`retired_events`); which reports are of one event was decided before, and never depends on what ids there were.
"""

from __future__ import annotations

from collections.abc import Container
from itertools import count

import polars as pl

from pipeline.ids import content_id

NO_FOUNDERS = pl.DataFrame(
    schema={
        "event_id": pl.String,
        "founding_mention_id": pl.String,
        "living": pl.Boolean,
        "by_correction": pl.Boolean,
    }
)
"""The founders before a first release."""
NO_REPORTS = pl.DataFrame(schema={"mention_id": pl.String, "event_id": pl.String})
"""The reports before a first release."""
_BY_FOUNDER, _BY_REPORTS, _BY_FORMER_FOUNDER, _BY_CORRECTION = range(4)
"""What an id can rest its claim on, the strongest first."""


def identities(reports: pl.DataFrame, founders: pl.DataFrame, past_reports: pl.DataFrame) -> pl.DataFrame:
    """Return ``event``, ``event_id``, ``founding_mention_id``, one row for each event of ``reports``, sorted.

    Args:
        reports: ``mention_id``, ``rank`` (order of founding) and ``event`` of the mentions that report something.
        founders: ``event_id``, ``founding_mention_id`` of every id given so far; ``living`` (B), which is false for one
            that the release before had retired; ``by_correction`` (B), true for one that only a declared split gave.
        past_reports: ``mention_id``, ``event_id`` of what reported the living ones.

    An event bears the id of the past one whose founding mention reports it. Where it holds several such, that founded
    first in today's order of founding lives on. Where it holds none, but all that is left of a past event whose founder
    is gone, it bears that id, founded on the first of those reports. An id that was retired comes back with its founder
    when no living one has a claim. Last comes an id that only a declared split gave: where its reports and those that
    it was split from are one event to the coding, the split must find the event that it names. Else the event is new:
    its first report founds it, and its id is the hash of that mention. No id that another event ever bore is given
    again.
    """
    reports = reports.select("mention_id", "rank", "event")
    standing = _founders_standing(reports, founders)
    orphans = founders.filter("living").join(standing, on="event_id", how="anti").select("event_id", "by_correction")
    claims = pl.concat([standing, _left_together(reports, past_reports.join(orphans, on="event_id"))])
    chosen = claims.sort("event", "strength", "rank", "event_id").unique("event", keep="first", maintain_order=True)
    fresh = (
        reports.join(chosen, on="event", how="anti")
        .sort("event", "rank")
        .unique("event", keep="first", maintain_order=True)
        .select("event", founding_mention_id="mention_id")
    )
    used = set(founders["event_id"])
    ids = [_unused(founder, used) for founder in fresh["founding_mention_id"]]
    columns = ["event", "event_id", "founding_mention_id"]
    named = fresh.with_columns(event_id=pl.Series(ids, dtype=pl.String))
    return pl.concat([chosen.select(columns), named.select(columns)]).sort("event")


def _founders_standing(reports: pl.DataFrame, founders: pl.DataFrame) -> pl.DataFrame:
    """Return the claims of past events whose founding mention still reports something."""
    coded = pl.when("living").then(_BY_FOUNDER).otherwise(_BY_FORMER_FOUNDER)
    strength = pl.when("by_correction").then(_BY_CORRECTION).otherwise(coded)
    return founders.join(reports, left_on="founding_mention_id", right_on="mention_id").select(
        "event", "event_id", "founding_mention_id", "rank", strength=strength
    )


def _left_together(reports: pl.DataFrame, orphaned: pl.DataFrame) -> pl.DataFrame:
    """Return the claims of past events without their founder: what is left of their reports is of one event today."""
    left = orphaned.join(reports, on="mention_id")
    strength = pl.when("by_correction").then(_BY_CORRECTION).otherwise(_BY_REPORTS)
    return (
        left.filter(pl.col("event").n_unique().over("event_id") == 1)
        .sort("event_id", "rank")
        .unique("event_id", keep="first", maintain_order=True)
        .select("event", "event_id", founding_mention_id="mention_id", rank="rank", strength=strength)
    )


def _unused(founder: str, used: Container[str]) -> str:
    """Return the hash of ``founder``; a numbered one where an event that lost this founder kept the id."""
    names = (content_id("e", founder, *([n] if n else [])) for n in count())
    return next(name for name in names if name not in used)
