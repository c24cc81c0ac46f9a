"""Events: the rows of the table, one for each cluster of reports."""

from __future__ import annotations

import polars as pl

from pipeline.resolve import settling
from pipeline.resolve.tolls import event_tolls


def build_events(reports: pl.DataFrame, actors: pl.DataFrame, named: pl.DataFrame) -> pl.DataFrame:
    """Return the table `events` in its columns, save ``disputed``, with ``event`` (UInt32, rank of a report) beside.

    Args:
        reports: `slots.slots` of the mentions that report something, with ``event``.
        actors: the table, for the names.
        named: the ids, from `identity.identities`.
    """
    only_copies = pl.col("is_copy").all().over("event")
    members = reports.with_columns(speaks=~pl.col("is_copy") | only_copies)
    killed = event_tolls(members, "killed").select(
        "event", fatalities_low="low", fatalities_best="best", fatalities_high="high"
    )
    injured = event_tolls(members, "injured").select("event", injured_low="low", injured_high="high")
    events = _counts(members)
    for part in (named, settling.dates(members), settling.places(members), settling.sides(members), killed, injured):
        events = events.join(part, on="event", how="left", maintain_order="left")
    names = actors.select("actor_id", "actor_name")
    for number in (1, 2):
        side = f"actor{number}"
        of_side = names.rename({"actor_id": f"{side}_id", "actor_name": f"{side}_name"})
        events = events.join(of_side, on=f"{side}_id", how="left", maintain_order="left")
    return events.with_columns(week_start=pl.col("event_date_start").dt.truncate("1w")).sort("event")


def _counts(members: pl.DataFrame) -> pl.DataFrame:
    """Return type and counts. The type is the most telling one: `event_types.precedence` ranks it first."""
    types = (
        members.select("event", "precedence", "rank", "event_type", "sub_event_type")
        .sort("event", "precedence", "rank")
        .unique("event", keep="first", maintain_order=True)
        .select("event", "event_type", "sub_event_type")
    )
    counts = members.group_by("event").agg(
        civilian_targeting=pl.col("civilian_targeting").any(),
        mention_count=pl.len().cast(pl.Int64),
        source_count=pl.col("source").filter(~pl.col("is_copy")).n_unique().cast(pl.Int64).clip(1),
    )
    return counts.join(types, on="event", how="left", maintain_order="left")
