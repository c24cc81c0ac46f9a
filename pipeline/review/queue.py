"""Which events, and which pairs of events, a person should look at first: the reasons, their weight, and the rank.

The points of an event are the sum over its reasons, those of a pair stand by themselves; most points come first, then
more killed, then the ids. What was confirmed is not asked about again: an event once it is, a pair once both are.

* disputed, because a mention denies it or because sides blame each other: `DISPUTED` points.
* a high toll from one source (`HIGH_TOLL` killed or more): `ONE_SOURCE` points and one for each killed, up to
  `MOST_KILLED`.
* low confidence (its coding is less sure than `SURE`): one point for each hundredth that its `confidence` lacks.
* nearly merged: `NEAR` points by why the two were kept apart (`resolve.near.WHY`), and one for each point of agreement.
"""

from __future__ import annotations

import polars as pl

DISPUTED = 40
HIGH_TOLL = 5
ONE_SOURCE, MOST_KILLED = 20, 40
SURE = 0.5
NEAR = {"rival": 30, "unpaid": 20, "loose": 10}
"""In the order in which they turn out to be one: 69, 62 and 44 of 100 on the synthetic stream of the tests."""
REASONS = {
    "denied": "a mention denies it",
    "blamed": "sides blame each other for it",
    "one_source": f"one source alone tells a high toll ({HIGH_TOLL} killed or more)",
    "unsure": f"its coding is less sure than {SURE}",
    "near_merge": "nearly one event with another",
}
"""Why something is in the queue, in words for people."""
QUEUE = pl.Schema(
    {
        "rank": pl.Int64(),
        "points": pl.Int64(),
        "event_id": pl.String(),
        "other_event_id": pl.String(),
        "reasons": pl.List(pl.String()),
        "why_apart": pl.String(),
        "confidence": pl.Float64(),
    }
)
"""``other_event_id`` and ``why_apart`` (a key of `resolve.near.WHY`) are given for pairs; ``confidence`` is that of the
event, of the less sure one of a pair; null where it has none."""


def review_queue(events: pl.DataFrame, event_mentions: pl.DataFrame, near_merges: pl.DataFrame) -> pl.DataFrame:
    """Return the queue (columns `QUEUE`), the first to look at first; the same for any order of rows.

    Args:
        events: the table.
        event_mentions: the table.
        near_merges: from `resolve.near.near_merges`.
    """
    reports = event_mentions.filter(pl.col("relation") == "reports")
    looked_at = events.select(
        "event_id", "confirmed", "disputed", "denial_count", "source_count", "confidence",
        killed=pl.coalesce("fatalities_best", "fatalities_low", "fatalities_high"),
    )  # fmt: skip
    found = pl.concat([_events(looked_at), _pairs(looked_at, reports, near_merges)])
    order = ["points", "killed", "event_id", "other_event_id"]
    return (
        found.sort(order, descending=[True, True, False, False], nulls_last=True)
        .with_columns(rank=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))
        .select(pl.col(name).cast(dtype) for name, dtype in QUEUE.items())
    )


_FOUND = ("points", "killed", "event_id", "other_event_id", "reasons", "why_apart", "confidence")


def _events(looked_at: pl.DataFrame) -> pl.DataFrame:
    high = ((pl.col("source_count") == 1) & (pl.col("killed") >= HIGH_TOLL)).fill_null(False)
    denied = pl.col("denial_count") > 0
    lacking = ((SURE - pl.col("confidence")) * 100).round().cast(pl.Int64).fill_null(0).clip(0)
    points = {
        "denied": pl.when(denied).then(DISPUTED).otherwise(0),
        "blamed": pl.when(pl.col("disputed") & ~denied).then(DISPUTED).otherwise(0),
        "one_source": pl.when(high).then(ONE_SOURCE + pl.col("killed").clip(0, MOST_KILLED)).otherwise(0),
        "unsure": lacking,
    }
    weighed = looked_at.filter(~pl.col("confirmed")).with_columns(
        expression.cast(pl.Int64).alias(f"{name}_points") for name, expression in points.items()
    )
    told = [pl.when(pl.col(f"{name}_points") > 0).then(pl.lit(name)) for name in points]
    return (
        weighed.with_columns(
            points=pl.sum_horizontal(f"{name}_points" for name in points),
            reasons=pl.concat_list(told).list.drop_nulls(),
            other_event_id=pl.lit(None, dtype=pl.String),
            why_apart=pl.lit(None, dtype=pl.String),
        )
        .filter(pl.col("points") > 0)
        .select(_FOUND)
    )


def _pairs(looked_at: pl.DataFrame, reports: pl.DataFrame, near_merges: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs that stand apart now, each once by its nearest accounts."""
    of_mention = reports.select("mention_id", "event_id")
    facts = looked_at.select("event_id", "confirmed", "killed", "confidence")
    found = (
        near_merges.join(of_mention, on="mention_id")
        .join(of_mention.rename({"mention_id": "other_mention_id"}), on="other_mention_id", suffix="_other")
        .with_columns(
            one=pl.min_horizontal("event_id", "event_id_other"), other=pl.max_horizontal("event_id", "event_id_other")
        )
        .filter(pl.col("one") != pl.col("other"))
        .with_columns(
            points=pl.col("why").replace_strict(NEAR, return_dtype=pl.Int64) + pl.col("score") + pl.col("closeness")
        )
        .sort("one", "other", "points", "why", descending=[False, False, True, False])
        .unique(["one", "other"], keep="first", maintain_order=True)
        .select("points", "why", event_id="one", other_event_id="other")
        .join(facts, on="event_id")
        .join(facts.rename({"event_id": "other_event_id"}), on="other_event_id", suffix="_other")
        .filter(~(pl.col("confirmed") & pl.col("confirmed_other")))
    )
    return found.with_columns(
        killed=pl.max_horizontal("killed", "killed_other"),
        confidence=pl.min_horizontal("confidence", "confidence_other"),
        reasons=pl.lit(["near_merge"], dtype=pl.List(pl.String)),
        why_apart="why",
    ).select(_FOUND)
