"""Whose word an article is: outlets that only republish another one, and copies of a text, are no sources of their own.

The rule is codebook section 5 ("a syndicated copy of an article is not an independent source"). Which articles are
copies was decided where they were read; nothing here looks at text.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from pipeline.resolve import rules

VOICE_ORDER = ("published", "published_at", "article_id", "char_start", "mention_id")


def article_sources(articles: pl.DataFrame, sources: pl.DataFrame) -> pl.DataFrame:
    """Return for each article whose word it is and when it was published.

    Args:
        articles: the table.
        sources: the table.

    Returns:
        ``article_id``; ``source``, the outlet or the one it republishes as a rule (`sources.independent_of`);
        ``is_copy`` and ``exact_copy`` (B); ``duplicate_of``; ``published`` (D, null when undated) and ``published_at``.
    """
    word_of = sources.select("source_id", source=pl.coalesce("independent_of", "source_id"))
    return articles.join(word_of, on="source_id", how="left").select(
        "article_id",
        source=pl.coalesce("source", "source_id"),
        is_copy=pl.col("duplicate_kind") != "none",
        exact_copy=pl.col("duplicate_kind") == "exact",
        duplicate_of="duplicate_of",
        published="published_date",
        published_at="published_at",
    )


def told_by_copies(slots: pl.DataFrame) -> pl.DataFrame:
    """Return which reports only repeat that of an original: ``rank``, ``repeats`` (rank of the other), as UInt32.

    Args:
        slots: from `slots.slots`, reports only.

    A mention in a copy repeats one in the original when type, place and evidence are the same; where a sentence tells
    several such happenings they pair up in their order. Dates need not agree in an exact copy: "yesterday" moves when
    a text is republished. In a near copy, which may be next week's report in the same words, they must overlap
    within the slack of one day.
    """
    same = ["sub_event_type", "admin1", "place_key", "evidence"]
    order = ["article_id", *same, "char_start", "actor1_id", "actor2_id", "actor1", "actor2", "weapon", "rank"]
    copied = slots["duplicate_of"].drop_nulls().unique().implode()
    concerned = slots.select(*order, "is_copy", "exact_copy", "duplicate_of", "first", "last").filter(
        pl.col("is_copy") | pl.col("article_id").is_in(copied)
    )
    numbered = concerned.sort(order, nulls_last=True).with_columns(nth=pl.int_range(pl.len()).over("article_id", *same))
    originals = numbered.filter(~pl.col("is_copy")).select(
        *same, "nth", duplicate_of="article_id", repeats="rank", first_there="first", last_there="last"
    )
    return (
        numbered.filter("is_copy")
        .join(originals, on=["duplicate_of", *same, "nth"], how="inner", nulls_equal=True)
        .filter(
            pl.col("exact_copy")
            | ((pl.col("first") <= pl.col("last_there") + 1) & (pl.col("first_there") <= pl.col("last") + 1))
        )
        .select("rank", "repeats")
        .sort("rank")
    )


def voices(told: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Return the rows of ``told`` that count as a word of their own: originals, and one source where all are copies.

    Args:
        told: mentions with the columns of `article_sources` and of `VOICE_ORDER`.
        by: the columns that say what they are of, such as the event.
    """
    in_order = told.sort(VOICE_ORDER, nulls_last=True)
    only_copies = pl.col("is_copy").all().over(by)
    first = pl.col("source").first().over(by)
    return in_order.filter(~pl.col("is_copy") | (only_copies & (pl.col("source") == first)))


def leanings(sources: pl.DataFrame) -> pl.DataFrame:
    """Return ``source``, ``leaning`` and ``side`` of each outlet: allies are one side, an unknown leaning is none."""
    side = pl.col("leaning").replace({one: allied[0] for allied in rules.ALLIED_LEANINGS for one in allied})
    known = pl.when(pl.col("leaning") != rules.NO_LEANING).then(side)
    return sources.select("leaning", source="source_id", side=known)
