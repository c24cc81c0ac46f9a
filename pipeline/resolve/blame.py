"""Blame: where sides say of one happening that others did it.

Accounts that contradict each other in who acts are never joined to one event (codebook section 5), so most such blame
stands between two events. They stay two: who is right is not known. But both are disputed, and each lists the other's
account.
"""

from __future__ import annotations

import polars as pl

from pipeline.resolve import rules, sides
from pipeline.resolve.independence import VOICE_ORDER, leanings, voices

_BLAMED = ["actor1_bloc", "actor1_id", "actor1_named", "actor1_ally"]


def blamed_apart(reports: pl.DataFrame, sources: pl.DataFrame) -> pl.Series:
    """Return the ``event`` of each event in which sources of different sides blame actors that contradict each other.

    Args:
        reports: `slots.slots` of the mentions that report something, with ``event``.
        sources: the table.
    """
    needed = reports.select("event", "sub_event_type", "source", "is_copy", *_BLAMED, *VOICE_ORDER)
    acting = needed.filter(~pl.col("sub_event_type").is_in(rules.EITHER_ORDER))
    heard = voices(acting, ["event"]).join(leanings(sources), on="source", how="left")
    told = heard.filter(pl.col("side").is_not_null()).select("event", "side", *_BLAMED).unique()
    pairs = told.join(told, on="event", suffix="_in").filter(pl.col("side") != pl.col("side_in"))
    return pairs.filter(_contradict())["event"].unique().sort()


def rivals(events: pl.DataFrame, actors: pl.DataFrame) -> pl.DataFrame:
    """Return ``event_id`` and ``rival_event_id``, both ways round, of events that look like one but for who did it.

    Args:
        events: the table, or at least its columns but ``disputed``.
        actors: the table.

    They have one type, one place, one day and telling tolls that agree, and name first actors that contradict each
    other. Unless the tolls are unmistakable, the place is known itself and no side reports both: it would mean two.
    """
    cell = ["sub_event_type", "admin1", "place_key", "event_date_start"]
    told = _blaming(events, actors).select("event_id", "bottom", "best", "top", "geo_precision", *cell, *_BLAMED)
    pairs = told.join(told, on=cell, suffix="_in").filter(pl.col("event_id") != pl.col("event_id_in"))
    alike = (pl.col("bottom") <= pl.col("top_in")) & (pl.col("bottom_in") <= pl.col("top"))
    opposed = pairs.filter(alike & _contradict()).with_columns(rival_event_id="event_id_in")
    unmistakable = pl.min_horizontal("best", "best_in") >= rules.UNMISTAKABLE_TOLL
    exact = (pl.col("geo_precision") == 1) & (pl.col("geo_precision_in") == 1)
    pair = ["event_id", "rival_event_id"]
    sure = opposed.filter(unmistakable).select(pair)
    likely = _of_different_sides(opposed.filter(~unmistakable & exact).select(pair), events)
    return pl.concat([sure, likely]).unique().sort(pair)


def _blaming(events: pl.DataFrame, actors: pl.DataFrame) -> pl.DataFrame:
    """Return the events of one day with a telling toll that blame somebody, with what they are compared by."""
    named = actors.filter(pl.col("actor_kind") != "unknown")["actor_id"].implode()
    allies = actors.select(actor1_associate_id="actor_id", actor1_ally="bloc")
    one_day = pl.col("event_date_start") == pl.col("event_date_end")
    telling = pl.col("fatalities_best") >= rules.SMALLEST_TELLING_TOLL
    blaming = (pl.col("actor1_bloc") != rules.UNNAMED) & ~pl.col("sub_event_type").is_in(rules.EITHER_ORDER)
    return (
        events.filter(one_day & telling & blaming)
        .join(allies, on="actor1_associate_id", how="left")
        .with_columns(
            place_key=pl.coalesce("place_id", "place_name"),
            actor1_named=pl.col("actor1_id").is_in(named).fill_null(False),
            bottom=pl.coalesce("fatalities_low", pl.lit(0)),
            best="fatalities_best",
            top=pl.coalesce("fatalities_high", 2 * pl.col("fatalities_best")),
        )
    )


def _contradict() -> pl.Expr:
    return ~sides.fit(sides.side(1, ""), sides.side(1, "_in"))


def _of_different_sides(pairs: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """Keep the pairs that are reported by known sides, none of which reports both."""
    each = events.select("event_id", leaning=pl.col("sources_by_leaning").str.split(";")).explode("leaning")
    codes = each.with_columns(pl.col("leaning").str.extract("^([a-z_]+):"))
    side = leanings(codes.select("leaning", source_id="event_id")).filter(pl.col("side").is_not_null())
    of_event = side.select("side", event_id="source").unique()
    known = pairs.join(of_event, on="event_id", how="semi").join(
        of_event, left_on="rival_event_id", right_on="event_id", how="semi"
    )
    both = known.join(of_event, on="event_id").join(
        of_event, left_on=["rival_event_id", "side"], right_on=["event_id", "side"], how="semi"
    )
    return known.join(both, on=["event_id", "rival_event_id"], how="anti")
