"""What is said of an event beside what happened: by whom, how sure its coding is, and whether it is disputed."""

from __future__ import annotations

import polars as pl

from pipeline.resolve.blame import blamed_apart, rivals
from pipeline.resolve.corroboration import corroboration


def with_what_is_said(
    events: pl.DataFrame, reports: pl.DataFrame, denials: pl.DataFrame, sources: pl.DataFrame, actors: pl.DataFrame
) -> pl.DataFrame:
    """Return ``events`` with corroboration, confidence, ``denial_count`` and ``disputed``.

    Args:
        events: from `events.build_events`.
        reports: `slots.slots` of the mentions that report something, with ``event``.
        denials: from `denials.link_denials`.
        sources: the table.
        actors: the table.
    """
    denied = denials.group_by("event").agg(denial_count=pl.len().cast(pl.Int64))
    told = (
        events.join(corroboration(reports, sources), on="event", how="left", maintain_order="left")
        .join(denied, on="event", how="left", maintain_order="left")
        .with_columns(pl.col("denial_count").fill_null(0))
    )
    apart, opposed = blamed_apart(reports, sources), rivals(told, actors)["event_id"]
    blame = pl.col("event").is_in(apart.implode()) | pl.col("event_id").is_in(opposed.implode())
    return told.with_columns(disputed=(pl.col("denial_count") > 0) | blame)
