"""Corroboration: who reports an event, of how many sides, and how sure that makes its coding.

Copies are no voice (codebook section 5). Whether the sources are right is not for anybody here to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import polars as pl

from pipeline.resolve import rules
from pipeline.resolve.independence import VOICE_ORDER, leanings, voices


def corroboration(reports: pl.DataFrame, sources: pl.DataFrame) -> pl.DataFrame:
    """Return ``event``, ``sources_by_leaning``, ``corroboration`` and ``confidence`` of each event.

    Args:
        reports: `slots.slots` of the mentions that report something, with ``event``.
        sources: the table.

    ``confidence`` (0 to 0.99 in steps of 0.01) is the chance that at least one source is coded right; each counts with
    its surest mention, for one mention of an outlet is seldom right where another is wrong. Null where none has any.
    """
    told = reports.select("event", "source", "is_copy", "confidence", *VOICE_ORDER)
    heard = voices(told, ["event"]).join(leanings(sources), on="source", how="left")
    by_source = heard.group_by("event", "source").agg(
        pl.col("leaning").first().fill_null(rules.NO_LEANING),
        pl.col("side").first(),
        hundredths=(pl.col("confidence") * 100).round().cast(pl.Int64).max(),
    )
    several, sides = pl.len() > 1, pl.col("side").drop_nulls().n_unique()
    summed = by_source.group_by("event").agg(
        corroboration=pl.when(several & (sides > 1))
        .then(pl.lit("several_sides"))
        .when(several)
        .then(pl.lit("one_side"))
        .otherwise(pl.lit("single_source")),
        hundredths=pl.col("hundredths").drop_nulls().sort(),
    )
    # divided here, number by number: polars multiplies by 0.01, which gives 0.5700000000000001
    sure = [_share(at_least_one_right(of_sources)) for of_sources in summed["hundredths"].to_list()]
    counted = summed.with_columns(confidence=pl.Series(sure, dtype=pl.Float64)).drop("hundredths")
    return counted.join(_by_leaning(by_source), on="event").sort("event")


def _by_leaning(by_source: pl.DataFrame) -> pl.DataFrame:
    counts = by_source.group_by("event", "leaning").agg(sources=pl.len()).sort("event", "leaning")
    told = pl.concat_str("leaning", pl.lit(":"), "sources").str.join(";")
    return counts.group_by("event", maintain_order=True).agg(sources_by_leaning=told)


def at_least_one_right(hundredths: Sequence[int]) -> int | None:
    """Return the chance in hundredths, rounded down, that one of independent codings is right; None without any."""
    if len(hundredths) == 0:
        return None
    all_wrong = prod(100 - int(chance) for chance in hundredths)
    everything = prod(100 for _ in hundredths)
    return min(rules.MOST_CONFIDENT, 100 * (everything - all_wrong) // everything)


def _share(hundredths: int | None) -> float | None:
    return None if hundredths is None else hundredths / 100
