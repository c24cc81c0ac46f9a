"""Near merges: pairs of accounts that nearly were one event, for people to look at. Nothing is decided here.

Precision comes first where reports are joined, so that some pairs stay apart that a person would join. They are just
under the threshold where the judgement found that they can be one happening, and either enough spoke for it but a rival
fitted as well, or one thing was missing: an agreement to pay for what is loose. What one article tells as a pair, or
with tolls that are far apart, is not near.
"""

from __future__ import annotations

import polars as pl

WHY = {
    "rival": "enough speaks for one event, but another account fits as well and cannot be the same",
    "unpaid": "loose in one respect, and neither a named side nor a toll speaks for it",
    "loose": "loose in two respects, of which a named side or a toll pays for one",
}
"""Why two accounts were kept apart, from the nearest to the farthest (on the synthetic stream, from the most to the
least often truly one event)."""
NEAR_MERGES = pl.Schema(
    {
        "mention_id": pl.String(),
        "other_mention_id": pl.String(),
        "why": pl.String(),
        "score": pl.Int32(),
        "closeness": pl.Int32(),
    }
)
"""``why`` is a key of `WHY`; ``score`` is the agreement in tolls and sides (0 to 16), ``closeness`` in the rest (0 to
8), both as `judgement.judge` gives them."""


def near_merges(judged: pl.DataFrame, clusters: list[int], nodes: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs of events that nearly were one: columns `NEAR_MERGES`, the nearest pair of accounts of each.

    Args:
        judged: from `judgement.judge`.
        clusters: from `clusters.cluster`.
        nodes: ``node`` and ``founder``, the rank of the first mention of each account.
        reports: ``rank``, ``mention_id`` and ``event`` of the reporting mentions.
    """
    cluster = pl.Series("cluster", clusters, dtype=pl.UInt32)
    founders = nodes.select(rank="founder").join(
        reports.select("rank", "mention_id", "event"), on="rank", how="left", maintain_order="left"
    )
    kept_apart = judged.with_columns(one=cluster.gather(judged["i"]), other=cluster.gather(judged["j"]), why=_why())
    near = kept_apart.filter((pl.col("one") != pl.col("other")) & pl.col("why").is_not_null())
    apart = near.with_columns(
        mention_id=founders["mention_id"].gather(near["i"]), other_mention_id=founders["mention_id"].gather(near["j"])
    )
    pair = (pl.min_horizontal("one", "other"), pl.max_horizontal("one", "other"))
    nearest = apart.with_columns(low=pair[0], high=pair[1], rank=pl.col("why").cast(pl.Enum(list(WHY))).to_physical())
    order = ["low", "high", "rank", "score", "closeness", "mention_id", "other_mention_id"]
    return (
        nearest.sort(order, descending=[False, False, False, True, True, False, False])
        .unique(["low", "high"], keep="first", maintain_order=True)
        .select(pl.col(name).cast(dtype) for name, dtype in NEAR_MERGES.items())
        .sort("mention_id", "other_mention_id")
    )


def _why() -> pl.Expr:
    return (
        pl.when("apart")
        .then(None)
        .when("joins")
        .then(pl.lit("rival"))
        .when(pl.col("looseness") == 1)
        .then(pl.lit("unpaid"))
        .when((pl.col("looseness") == 2) & (pl.col("score") > 0))
        .then(pl.lit("loose"))
    )
