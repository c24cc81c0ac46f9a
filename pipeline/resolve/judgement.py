"""Judgement: whether two reports can be of one event, and whether enough speaks for it (codebook section 5).

A pair can be loose in three respects: a place that contains the other (or two governorates with nothing finer), dates a
night apart or told to the week or month only, a type that is the weaker word for the other (which at one spot on one
day is no looseness). What is loose in one must be paid for by an agreement, in a side that is named or in the toll; in
two, by both. What is loose in more never joins two clusters, though it does not keep them apart; save tolls so great
that they are of one happening however loosely it is told. What is loose nowhere needs no agreement: tolls may differ,
for that is what the range is for.
"""

from __future__ import annotations

import polars as pl

from pipeline.resolve import rules, sides
from pipeline.resolve.one_voice import told_by_one
from pipeline.resolve.slots import COMPARED, TOLLS

_CARRIED = (*COMPARED, "latest_word")
_NO_FIT = -1
_AT_ONCE = 100_000
"""Pairs judged at a time: a million mentions have as many, and each is wide."""


def judge(pairs: pl.DataFrame, nodes: pl.DataFrame, bearers: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs that can be one event, with what speaks for it.

    Args:
        pairs: from `candidates.candidates`.
        nodes: the columns of `slots.COMPARED`, ``node``, and ``latest_word`` (last day of publication, Int32 or null).
        bearers: ``node``, ``article_id``, ``source``, ``char_start`` of each mention.

    Returns:
        ``i``, ``j``, ``tight`` (loose in no respect), ``joins`` (enough speaks for it), ``apart`` (it does not join,
        because the tolls are far off or one article tells both, though as two only perhaps), ``looseness`` (in how many
        respects the pair is loose), ``score`` (agreement in tolls and sides) and ``closeness`` (likeness beyond that),
        sorted by ``i``, ``j``. Pairs that contradict each other are left out.
    """
    told = told_by_one(pairs, bearers)
    starts = range(0, max(1, told.height), _AT_ONCE)
    return pl.concat([_judged(told.slice(start, _AT_ONCE), nodes) for start in starts])


def _judged(pairs: pl.DataFrame, nodes: pl.DataFrame) -> pl.DataFrame:
    beside = pairs.hstack(_gathered(nodes, pairs["i"], "_i")).hstack(_gathered(nodes, pairs["j"], "_j"))
    beside = beside.with_columns(
        same_place=_both("place_key"),
        same_type=_both("sub_event_type"),
        overlap=(pl.col("first_i") <= pl.col("last_j")) & (pl.col("first_j") <= pl.col("last_i")),
        actors=_actor_agreement(),
        toll_agrees=_toll_agrees(),
    ).filter(
        (pl.col("actors") > _NO_FIT)
        & (pl.col("same_type") | _weaker())
        & (pl.col("overlap") | ~pl.col("one_source"))  # what one source tells of two days is two happenings
    )
    loose_place = ~pl.col("same_place") | (pl.col("extent_i") == "governorate")
    loose_date = ~pl.col("overlap") | ~pl.col("precise_i") | ~pl.col("precise_j")
    beside = beside.with_columns(
        great=_great(),
        same_spot=pl.col("same_place") & pl.col("extent_i").is_in(rules.SPOTS),
        looseness=loose_place.cast(pl.Int8) + loose_date.cast(pl.Int8) + (~pl.col("same_type")).cast(pl.Int8),
    )
    tight = pl.col("looseness") == 0
    far_off = ~tight & ~(_tolls_near("killed") & _tolls_near("injured")) & ~pl.col("great")
    told_twice = pl.col("one_article") & _told_twice()
    beside = beside.filter(~pl.col("one_article") | told_twice | ~_told_as_two())
    apart = (pl.col("one_article") & ~told_twice) | far_off
    return beside.select(
        "i",
        "j",
        tight=tight & ~apart & ~_needs_toll(),
        joins=~apart & _enough(),
        apart=apart,
        looseness="looseness",
        score=rules.TOLLS_AGREE * (pl.col("toll_agrees") | pl.col("great")).cast(pl.Int32)
        + rules.SAME_FIGURE * _same_figure().cast(pl.Int32)
        + pl.col("actors"),
        closeness=_closeness(),
    )


def _needs_toll() -> pl.Expr:
    """Only an agreeing toll can show that it is one: its own article calls one of the two another happening."""
    return (pl.col("another_i") != pl.col("another_j")) & ~pl.col("toll_agrees")


def _enough() -> pl.Expr:
    """Enough speaks for one happening: what is loose is paid for.

    The weaker word for a type is no looseness where place and day are certain.
    """
    toll, side = pl.col("toll_agrees"), pl.col("actors") > 0
    loose = pl.col("looseness") - (~pl.col("same_type") & pl.col("same_spot")).cast(pl.Int8)
    vague = pl.col("to_the_month_i") | pl.col("to_the_month_j") | _told_before_it_happened() | _needs_toll()
    vague = vague | _only_by_publication() | _only_by_name()
    dated = pl.col("overlap") | (pl.col("precise_i") & pl.col("precise_j"))
    paid = (
        pl.when(loose == 0)
        .then(toll | ~vague)
        .when(loose == 1)
        .then(toll | (side & ~vague))
        .otherwise((loose == 2) & toll & side)
    )
    return pl.col("great") | (dated & ((pl.col("looseness") == 0) & ~_needs_toll() | paid))


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


def _same_figure() -> pl.Expr:
    """Both tell the same figure of dead, and no small one: it goes back to one count."""
    told = (pl.col("killed_i") == pl.col("killed_j")) & (pl.col("killed_i") >= rules.SMALLEST_TELLING_FIGURE)
    return (told & pl.col("toll_agrees")).fill_null(False)


def _tolls_near(kind: str) -> pl.Expr:
    """Neither toll is far above the other; "dozens" can be any number above, "at least 3" one of its size."""

    def far_above(larger: str, smaller: str) -> pl.Expr:
        ratio = (
            pl.when(pl.col(f"{kind}_high{smaller}").is_null()).then(rules.OPEN_TOLL_RATIO).otherwise(rules.TOLL_RATIO)
        )
        bound = ratio * pl.col(f"{kind}{smaller}") + rules.TOLL_MARGIN
        return ((pl.col(f"{kind}{larger}") > bound) & ~pl.col(f"{kind}_vague{smaller}")).fill_null(False)

    return ~far_above("_i", "_j") & ~far_above("_j", "_i")


def _great() -> pl.Expr:
    """So many dead are told by both that they are of one happening; told of one day, and not of quite other sizes."""
    dead = pl.min_horizontal("killed_i", "killed_j") >= rules.UNMISTAKABLE_TOLL
    told = pl.col("killed_i").is_not_null() & pl.col("killed_j").is_not_null()
    return pl.col("overlap") & told & dead & _tolls_near("killed")


def _only_by_publication() -> pl.Expr:
    """No day is named in either, and they were published more than a night apart."""
    undated = (pl.col("late_i") > 0) & (pl.col("late_j") > 0)
    return undated & ((pl.col("last_i") - pl.col("last_j")).abs() > rules.SLACK_DAYS)


def _only_by_name() -> pl.Expr:
    """One tells a town of which its governorate has the name, the other what lies elsewhere in the governorate."""

    def namesake(one: str, other: str) -> pl.Expr:
        return (pl.col(f"extent{one}") == "capital") & ~pl.col(f"extent{other}").is_in(["governorate", "site"])

    return ~pl.col("same_place") & (namesake("_i", "_j") | namesake("_j", "_i"))


def _told_before_it_happened() -> pl.Expr:
    """Dates differ, and one account was out before the day that the other gives: of that day it cannot have told."""
    earlier_word = pl.min_horizontal("latest_word_i", "latest_word_j")
    return (~pl.col("overlap") & (earlier_word < pl.max_horizontal("first_i", "first_j"))).fill_null(False)


def _closeness() -> pl.Expr:
    alike = ("sub_event_type", "geo_precision", "first", "last", "killed", "injured", "actor1_bloc", "actor2_bloc")
    return pl.sum_horizontal(*[_both(column).fill_null(False).cast(pl.Int32) for column in alike])


def _told_twice() -> pl.Expr:
    """One article tells one happening twice (section 3): in one sentence and place; or alike in all that is compared.

    Save that one has no toll; or where the same number of dead is told, and no small one.
    """
    alike = pl.all_horizontal(*[pl.col(f"{c}_i").eq_missing(pl.col(f"{c}_j")) for c in COMPARED if c not in TOLLS])
    same_tolls = pl.all_horizontal(
        *[(pl.col(f"{c}_i") == pl.col(f"{c}_j")).fill_null(True) for c in ("killed", "injured")]
    )
    one_telling = (pl.col("looseness") == 0) & pl.col("one_sentence")
    spot = pl.col("extent_i") != "governorate"
    return (((alike & spot) | one_telling) & same_tolls) | (_same_figure() & pl.col("same_type") & ~_called_another())


def _told_as_two() -> pl.Expr:
    """One article says that they are two, or gives figures of one kind that cannot be of the same people."""
    return _called_another() | _figures_of_others("killed") | _figures_of_others("injured")


def _called_another() -> pl.Expr:
    return pl.col("another_i") | pl.col("another_j")


def _figures_of_others(kind: str) -> pl.Expr:
    """The ranges have no figure in common; the end of an open one is any."""
    above = pl.col(f"{kind}_low_i") > pl.col(f"{kind}_high_j")
    below = pl.col(f"{kind}_low_j") > pl.col(f"{kind}_high_i")
    return above.fill_null(False) | below.fill_null(False)
