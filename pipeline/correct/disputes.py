"""Which events are disputed once corrections are applied.

Sides that blame each other stand in two events (`resolve.blame`), so that what is corrected in one may begin or end the
dispute of another, which nobody touched. People do not override `disputed`: it follows from what stands.
"""

from __future__ import annotations

import polars as pl

from pipeline.correct.standing import Sources, Standing
from pipeline.resolve.blame import blamed_apart, rivals


def disputed_anew(before: Standing, after: Standing, sources: Sources) -> pl.DataFrame:
    """Return the events of ``after`` with ``disputed`` as it follows from them.

    Args:
        before: what the coding gave.
        after: what stands once corrections are applied to it.
        sources: the tables that events are settled from.
    """
    if after.events.equals(before.events) and after.links.equals(before.links):
        return after.events
    same = after.events.join(before.events, on=after.events.columns, how="semi", nulls_equal=True)
    touched = after.events.join(same, on="event_id", how="anti").select("event_id")
    blamed = rivals(after.events, sources.actors).select("event_id")
    asked = pl.concat([touched, blamed, rivals(before.events, sources.actors).select("event_id")]).unique()
    links = after.links.filter(pl.col("relation") == "reports").join(asked, on="event_id", how="semi")
    reports = sources.slotted(links["mention_id"]).join(links.select("mention_id", event="event_id"), on="mention_id")
    within = pl.col("event_id").is_in(blamed_apart(reports, sources.sources).implode())
    between = pl.col("event_id").is_in(blamed["event_id"].implode())
    return after.events.with_columns(
        disputed=pl.when(pl.col("event_id").is_in(asked["event_id"].implode()))
        .then((pl.col("denial_count") > 0) | within | between)
        .otherwise("disputed")
    )
