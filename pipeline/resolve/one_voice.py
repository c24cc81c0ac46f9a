"""One voice: which pairs of accounts one article or one source tells. It knows whether it means one happening or two.

What follows from that is ``judgement``.
"""

from __future__ import annotations

import polars as pl


def told_by_one(pairs: pl.DataFrame, bearers: pl.DataFrame) -> pl.DataFrame:
    """Return ``pairs`` with ``one_article``, ``one_sentence`` and ``one_source`` (B): one tells both.

    Args:
        pairs: ``i``, ``j``, sorted by them.
        bearers: ``node``, ``article_id``, ``source``, ``char_start`` (of the evidence) of each mention.
    """
    of_article = bearers.select("node", "article_id", "char_start")
    in_article = (
        _both(of_article, "article_id")
        .group_by("i", "j")
        .agg(one_sentence=(pl.col("char_start") == pl.col("char_start_j")).any())
    )
    source = bearers["source"].cast(pl.Categorical).to_physical()
    of_source = bearers.select("node", source=source).unique()
    by_source = (
        pairs.join(of_source, left_on="i", right_on="node")
        .join(of_source, left_on=["j", "source"], right_on=["node", "source"], how="semi")
        .select("i", "j", one_source=pl.lit(value=True))
        .unique(["i", "j"])
    )
    return (
        pairs.join(in_article.with_columns(one_article=True), on=["i", "j"], how="left", maintain_order="left")
        .join(by_source, on=["i", "j"], how="left", maintain_order="left")
        .with_columns(pl.col("one_article", "one_sentence", "one_source").fill_null(False))
    )


def _both(told: pl.DataFrame, by: str) -> pl.DataFrame:
    several = told.filter(pl.len().over(by) > 1)
    return (
        several.join(several, on=by, suffix="_j")
        .filter(pl.col("node") < pl.col("node_j"))
        .rename({"node": "i", "node_j": "j"})
    )
