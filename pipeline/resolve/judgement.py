"""Judgement: whether two reports can be of one event, and whether enough speaks for it (codebook section 5).

A pair can be loose in three respects: a place that contains the other (or two governorates with nothing finer),
dates a night apart or told to the week or month only, a type that is the weaker word for the other. What is loose in
one must be paid for by an agreement, in a side that is named or in the toll; what is loose in more never joins two
clusters, though it does not keep them apart. What is loose nowhere needs no agreement: tolls may differ, for that is
what the range is for.
"""

from __future__ import annotations

import polars as pl

from pipeline.resolve import rules, sides
from pipeline.resolve.slots import COMPARED, TOLLS

_CARRIED = (*COMPARED, "latest_word")
_NO_FIT = -1


def judge(pairs: pl.DataFrame, nodes: pl.DataFrame, bearers: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs that can be one event, with what speaks for it.

    Args:
        pairs: from `candidates.candidates`.
        nodes: the columns of `slots.COMPARED`, ``node``, and ``latest_word`` (last day of publication, Int32 or null).
        bearers: ``node``, ``article_id``, ``source`` of each mention.

    Returns:
        ``i``, ``j``, ``tight`` (loose in no respect), ``joins`` (enough speaks for it), ``looseness`` (in how many
        respects the pair is loose), ``score`` (agreement in tolls and sides) and ``closeness`` (likeness beyond that),
        sorted by ``i``, ``j``. Pairs that contradict each other are left out.
    """
    # one name for all, so that no step's frame outlives it: a million mentions have wide pairs by the hundred thousand
    beside = pairs.hstack(_gathered(nodes, pairs["i"], "_i")).hstack(_gathered(nodes, pairs["j"], "_j"))
    beside = beside.with_columns(
        same_place=_both("place_key"),
        same_type=_both("sub_event_type"),
        overlap=(pl.col("first_i") <= pl.col("last_j")) & (pl.col("first_j") <= pl.col("last_i")),
        actors=_actor_agreement(),
        toll_agrees=_toll_agrees(),
    ).filter((pl.col("actors") > _NO_FIT) & (pl.col("same_type") | _weaker()))
    loose_place = ~pl.col("same_place") | (pl.col("extent_i") == "governorate")
    loose_date = ~pl.col("overlap") | ~pl.col("precise_i") | ~pl.col("precise_j")
    beside = beside.with_columns(
        looseness=loose_place.cast(pl.Int8) + loose_date.cast(pl.Int8) + (~pl.col("same_type")).cast(pl.Int8)
    ).filter((pl.col("looseness") == 0) | (_tolls_near("killed") & _tolls_near("injured")))
    beside = _without_one_voice(_without_one_article(beside, bearers), bearers)
    toll_needed = pl.col("to_the_month_i") | pl.col("to_the_month_j") | _told_before_it_happened()
    paid_for = pl.col("toll_agrees") | (~toll_needed & (pl.col("actors") > 0))
    return beside.select(
        "i",
        "j",
        tight=pl.col("looseness") == 0,
        joins=(pl.col("looseness") == 0) | ((pl.col("looseness") == 1) & paid_for),
        looseness="looseness",
        score=8 * pl.col("toll_agrees").cast(pl.Int32) + pl.col("actors"),
        closeness=_closeness(),
    ).sort("i", "j")


def _gathered(nodes: pl.DataFrame, rows: pl.Series, suffix: str) -> pl.DataFrame:
    return nodes.select(pl.col(_CARRIED).gather(rows).name.suffix(suffix))


def _both(column: str) -> pl.Expr:
    return pl.col(f"{column}_i") == pl.col(f"{column}_j")


def _weaker() -> pl.Expr:
    """One type is the declared weaker word for the other."""
    one, other = pl.col("sub_event_type_i"), pl.col("sub_event_type_j")
    return pl.any_horizontal(
        *[((one == w.weak) & (other == w.telling)) | ((one == w.telling) & (other == w.weak)) for w in rules.WEAKER]
    )


def _actor_agreement() -> pl.Expr:
    """Return 0 to 4, how far the named sides agree, or `_NO_FIT` when they contradict each other."""
    a1, a2, b1, b2 = (sides.side(number, of) for of in ("_i", "_j") for number in (1, 2))
    remote = pl.col("event_type_i") == rules.TARGETS_NOT_TOLD_APART
    hit_homes = remote & ((a2.bloc == rules.CIVILIANS) | (b2.bloc == rules.CIVILIANS)).fill_null(False)
    either = pl.col("sub_event_type_i").is_in(rules.EITHER_ORDER) | pl.col("sub_event_type_j").is_in(rules.EITHER_ORDER)
    straight = sides.fit(a1, b1) & (sides.fit(a2, b2) | hit_homes)
    crossed = either & sides.fit(a1, b2) & sides.fit(a2, b1)
    return pl.max_horizontal(
        pl.when(straight).then(sides.agreement(a1, b1) + sides.agreement(a2, b2)).otherwise(_NO_FIT),
        pl.when(crossed).then(sides.agreement(a1, b2) + sides.agreement(a2, b1)).otherwise(_NO_FIT),
    )


def _toll_agrees() -> pl.Expr:
    """The ranges of killed overlap, or of injured where one tells no killed; an open end reaches twice its low.

    A vague word agrees with too much to tell anything.
    """

    def overlap(kind: str) -> pl.Expr:
        low_i, low_j = (pl.col(f"{kind}_low{of}").fill_null(0) for of in ("_i", "_j"))
        high_i, high_j = (pl.coalesce(f"{kind}_high{of}", 2 * pl.col(f"{kind}_low{of}")) for of in ("_i", "_j"))
        enough = pl.min_horizontal(f"{kind}_i", f"{kind}_j") >= rules.SMALLEST_TELLING_TOLL
        exact = ~pl.col(f"{kind}_vague_i") & ~pl.col(f"{kind}_vague_j")
        return ((low_i <= high_j) & (low_j <= high_i) & enough & exact).fill_null(False)

    told = pl.col("killed_i").is_not_null() & pl.col("killed_j").is_not_null()
    return pl.when(told).then(overlap("killed")).otherwise(overlap("injured"))


def _tolls_near(kind: str) -> pl.Expr:
    """Neither toll is far above the other; "dozens" may turn out to be any number above, and no number below."""

    def far_above(larger: str, smaller: str) -> pl.Expr:
        bound = rules.TOLL_RATIO * pl.col(f"{kind}{smaller}") + rules.TOLL_MARGIN
        return ((pl.col(f"{kind}{larger}") > bound) & ~pl.col(f"{kind}_vague{smaller}")).fill_null(False)

    return ~far_above("_i", "_j") & ~far_above("_j", "_i")


def _told_before_it_happened() -> pl.Expr:
    """Dates differ, and one account was out before the day that the other gives: of that day it cannot have told."""
    earlier_word = pl.min_horizontal("latest_word_i", "latest_word_j")
    return (~pl.col("overlap") & (earlier_word < pl.max_horizontal("first_i", "first_j"))).fill_null(False)


def _closeness() -> pl.Expr:
    alike = ("sub_event_type", "geo_precision", "first", "last", "killed", "injured", "actor1_bloc", "actor2_bloc")
    return pl.sum_horizontal(*[_both(column).fill_null(False).cast(pl.Int32) for column in alike])


def _without_one_article(pairs: pl.DataFrame, bearers: pl.DataFrame) -> pl.DataFrame:
    """Leave out pairs told in one article, which are different happenings by its own account.

    Save where they are tight and differ in nothing but that one has no toll: then it is told twice (section 3).
    """
    of_article = bearers.select("node", "article_id").unique()
    together = (
        of_article.join(of_article, on="article_id", suffix="_j")
        .filter(pl.col("node") < pl.col("node_j"))
        .select(i="node", j="node_j")
        .unique()
    )
    told_twice = (pl.col("looseness") == 0) & pl.all_horizontal(
        *[pl.col(f"{c}_i").eq_missing(pl.col(f"{c}_j")) for c in COMPARED if c not in TOLLS],
        *[(pl.col(f"{c}_i") == pl.col(f"{c}_j")).fill_null(True) for c in ("killed", "injured")],
    )
    marked = pairs.join(together.with_columns(one_article=True), on=["i", "j"], how="left")
    return marked.filter(pl.col("one_article").is_null() | told_twice).drop("one_article")


def _without_one_voice(pairs: pl.DataFrame, bearers: pl.DataFrame) -> pl.DataFrame:
    """Leave out pairs of different days that one source tells: it means different happenings."""
    of_source = bearers.select("node", "source").unique()
    one_voice = (
        pairs.filter(~pl.col("overlap"))
        .select("i", "j")
        .join(of_source, left_on="i", right_on="node")
        .join(of_source, left_on=["j", "source"], right_on=["node", "source"], how="semi")
        .select("i", "j")
        .unique()
    )
    return pairs.join(one_voice, on=["i", "j"], how="anti")
