"""Settling: one date, one place and one pair of sides for an event out of what its reports say.

The more precise account beats the vaguer one (a place only when enough sources are so precise), then what more
independent sources say beats what fewer say, then the account that comes first in the order of founding. Tolls are
``tolls``; which reports are of one event was decided before. All functions take the members of events: `slots.slots`
with ``event`` (its founder's rank) and ``speaks`` (B: an original, or any member of an event that copies alone report).
"""

from __future__ import annotations

import polars as pl

from pipeline.resolve import rules
from pipeline.resolve.slots import EXTENTS


def _voices(*by: str) -> pl.Expr:
    return pl.col("source").n_unique().over("event", *by)


def dates(members: pl.DataFrame) -> pl.DataFrame:
    """Return ``event``, ``event_date_start``, ``event_date_end``, ``time_precision``.

    The days that all of the most precise accounts allow. Where they allow none (they lie a night apart), the date that
    most independent sources give; where as many give the one as the other, both days, known to the week.
    """
    most_precise = pl.col("time_precision") == pl.col("time_precision").min().over("event")
    start, end = "event_date_start", "event_date_end"
    told = members.select("event", "speaks", "source", "time_precision", start, end)
    finest = told.filter("speaks").filter(most_precise)
    meeting = finest.group_by("event").agg(
        pl.col(start).max(), pl.col(end).min(), pl.col("time_precision").first()
    )  # fmt: skip
    agreed = meeting.filter(pl.col(start) <= pl.col(end))
    apart = meeting.filter(pl.col(start) > pl.col(end)).select("event")
    most_told = (
        finest.join(apart, on="event", how="semi")
        .group_by("event", start, end, "time_precision")
        .agg(voices=pl.col("source").n_unique())
        .filter(pl.col("voices") == pl.col("voices").max().over("event"))
    )
    settled = most_told.group_by("event").agg(
        pl.col(start).min(),
        pl.col(end).max(),
        time_precision=pl.when(pl.len() > 1).then(pl.max_horizontal(pl.col("time_precision").first(), 2))
        .otherwise(pl.col("time_precision").first()),
    )  # fmt: skip
    columns = ["event", start, end, "time_precision"]
    return pl.concat([agreed.select(columns), settled.select(columns)], how="vertical_relaxed").sort("event")


def places(members: pl.DataFrame) -> pl.DataFrame:
    """Return ``event``, the place with its ``place_id``, ``place_name`` and areas, its point, and ``geo_precision``.

    The most specific place that is named, unless fewer than one in `rules.PLACE_SHARE` of the sources that name a place
    in the governorate name it or one as specific; its name in the gazetteer, else as the text has it, else the
    governorate.
    """
    wide = EXTENTS.index("governorate")
    ranked = (
        members.filter("speaks")
        .select(
            *("event", "rank", "source", "place_key", "place_id", "place_name", "place", "geo_precision"),
            *("admin1", "admin2", "latitude", "longitude"),
            specific=pl.col("extent").cast(pl.Enum(EXTENTS)).to_physical(),
            voices=_voices("place_key"),
            unlisted=pl.col("place_id").is_null(),
        )
        .pipe(_borne_out, wide)
    )
    order = ["event", "borne_out", "specific", "geo_precision", "unlisted", "voices", "rank"]
    return (
        ranked.sort(order, descending=[False, True, False, False, False, True, False])
        .unique("event", keep="first", maintain_order=True)
        .select(
            "event",
            "place_id",
            pl.coalesce("place_name", "place", "admin1").alias("place_name"),
            *("admin1", "admin2", "latitude", "longitude", "geo_precision"),
        )
    )


def _borne_out(ranked: pl.DataFrame, wide: int) -> pl.DataFrame:
    """Add ``borne_out``: enough sources name a place so specific; what covers the governorate bears out nothing."""
    placed = ranked.filter(pl.col("specific") < wide).select("event", "source", "specific")
    levels = placed.select("event", level="specific").unique()
    counted = (
        levels.join(placed, on="event")
        .group_by("event", specific="level")
        .agg(
            naming=pl.col("source").filter(pl.col("specific") <= pl.col("level")).n_unique(),
            placing=pl.col("source").n_unique(),
        )
        .select("event", "specific", borne_out=rules.PLACE_SHARE * pl.col("naming") >= pl.col("placing"))
    )
    joined = ranked.join(counted, on=["event", "specific"], how="left", maintain_order="left")
    return joined.with_columns(pl.col("borne_out").fill_null(False))


_SIDES = (
    "event", "rank", "source", "sub_event_type", "actor1_associate_id", "actor1_ally",
    "actor1_id", "actor1_bloc", "actor1_named", "actor2_id", "actor2_bloc", "actor2_named",
)  # fmt: skip


def sides(members: pl.DataFrame) -> pl.DataFrame:
    """Return ``event`` and, for each side, ``actor<n>_id``, ``actor<n>_bloc``; and ``actor1_associate_id``.

    Where either side may be named first, accounts are turned to agree with the most telling one. A registered group
    is taken over a loose word, that over nobody; among equals the bloc, then the group, that most sources name.
    """
    turned = _turned(members.filter("speaks").select(_SIDES))
    first, second = (_side(turned, n) for n in (1, 2))
    return first.join(_associates(turned, first), on="event", how="left").join(second, on="event", how="left")


def _known(bloc: str) -> pl.Expr:
    return (pl.col(bloc).is_not_null() & (pl.col(bloc) != rules.UNNAMED)).fill_null(False)


def _turned(members: pl.DataFrame) -> pl.DataFrame:
    """Swap the sides of accounts that name them in the other order than the most telling account of the event."""
    telling = _known("actor1_bloc").cast(pl.Int8) + _known("actor2_bloc").cast(pl.Int8)
    model = (
        members.sort("event", telling, "rank", descending=[False, True, False])
        .unique("event", keep="first", maintain_order=True)
        .select("event", model1="actor1_bloc", model2="actor2_bloc")
    )

    def matches(one: str, other: str) -> pl.Expr:
        return (_known(one) & (pl.col(one) == pl.col(other))).fill_null(False).cast(pl.Int8)

    straight = matches("actor1_bloc", "model1") + matches("actor2_bloc", "model2")
    crossed = matches("actor1_bloc", "model2") + matches("actor2_bloc", "model1")
    swap = pl.col("sub_event_type").is_in(rules.EITHER_ORDER) & (crossed > straight)
    sides = [(f"actor1_{slot}", f"actor2_{slot}") for slot in ("id", "bloc", "named")]
    return members.join(model, on="event", how="left").with_columns(
        *[pl.when(swap).then(two).otherwise(one).alias(one) for one, two in sides],
        *[pl.when(swap).then(one).otherwise(two).alias(two) for one, two in sides],
        actor1_associate_id=pl.when(~swap).then("actor1_associate_id"),
        actor1_ally=pl.when(~swap).then("actor1_ally"),
    )


def _side(members: pl.DataFrame, number: int) -> pl.DataFrame:
    actor, bloc, named = (f"actor{number}_{slot}" for slot in ("id", "bloc", "named"))
    telling = pl.when(named).then(3).when(_known(bloc)).then(2).when(pl.col(bloc).is_not_null()).then(1).otherwise(0)
    voices = {"bloc_voices": _voices(bloc), "actor_voices": _voices(bloc, actor)}
    ranked = members.select("event", "rank", actor, bloc, telling=telling, **voices)
    order = ["event", "telling", "bloc_voices", "actor_voices", "rank"]
    return (
        ranked.sort(order, descending=[False, True, True, True, False])
        .unique("event", keep="first", maintain_order=True)
        .select("event", actor, bloc)
    )


def _associates(members: pl.DataFrame, first: pl.DataFrame) -> pl.DataFrame:
    """Return ``event``, ``actor1_associate_id``: who acts with the first side by the first account that says so."""
    chosen = first.select("event", chosen_id="actor1_id", chosen_bloc="actor1_bloc")
    beside = (
        pl.when(pl.col("actor1_bloc") == pl.col("chosen_bloc"))
        .then("actor1_associate_id")
        .when(pl.col("actor1_ally") == pl.col("chosen_bloc"))
        .then("actor1_id")
    )
    return (
        members.join(chosen, on="event", how="left")
        .select("event", "rank", "chosen_id", associate=beside)
        .filter(pl.col("associate").is_not_null() & pl.col("associate").ne_missing(pl.col("chosen_id")))
        .sort("event", "rank")
        .unique("event", keep="first", maintain_order=True)
        .select("event", actor1_associate_id="associate")
    )
