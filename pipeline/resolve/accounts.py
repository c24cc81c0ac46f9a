"""The table `accounts`: who says what of an event, where its sources differ.

Made of tables alone, after events stand and are corrected. One source has one account: its latest toll, and the actor
it names most clearly. What an event says over all of them is `settling` and `tolls`; here nothing is settled.
"""

from __future__ import annotations

import polars as pl

from pipeline.contracts import load_contract
from pipeline.ids import content_id
from pipeline.resolve import rules
from pipeline.resolve.blame import rivals
from pipeline.resolve.books import BALANCE
from pipeline.resolve.independence import VOICE_ORDER, article_sources, leanings, voices
from pipeline.resolve.tolls import mention_tolls

_OF = ["event_id", "relation"]
_SAYS = [*_OF, "leaning", "blamed_actor_id", "blamed_bloc", "fatalities_low", "fatalities_high"]
_QUOTE = ("mention_id", "article_id", "evidence", "char_start", "char_end")
_IDENTITY = ("event_id", "rival_event_id", *_SAYS[1:])


def accounts(
    events: pl.DataFrame,
    event_mentions: pl.DataFrame,
    mentions: pl.DataFrame,
    casualties: pl.DataFrame,
    articles: pl.DataFrame,
    sources: pl.DataFrame,
    actors: pl.DataFrame,
) -> pl.DataFrame:
    """Return the table `accounts`; every argument is the table of that name. Any order of rows gives the same."""
    told = (
        event_mentions.join(mentions, on="mention_id")
        .join(article_sources(articles, sources), on="article_id")
        .join(mention_tolls(casualties), on="mention_id", how="left")
        .join(leanings(sources), on="source", how="left")
        .with_columns(pl.col("leaning").fill_null(rules.NO_LEANING))
    )
    own = _alike(_of_sources(voices(told, _OF), events, actors))
    against = rivals(events, actors)
    others = against.join(own.filter(pl.col("relation") == "reports"), left_on="rival_event_id", right_on="event_id")
    every = pl.concat([own.with_columns(rival_event_id=pl.lit(None, dtype=pl.String)), others], how="diagonal")
    kept = every.join(_differing(own, against), on="event_id", how="semi")
    table = load_contract().tables["accounts"]
    ids = [content_id("v", *row) for row in kept.select(_IDENTITY).iter_rows()]
    return table.conform(kept.with_columns(account_id=pl.Series(ids, dtype=pl.String)))


def _of_sources(heard: pl.DataFrame, events: pl.DataFrame, actors: pl.DataFrame) -> pl.DataFrame:
    """Return one account for each event, relation and source: `_SAYS`, ``source``, `_QUOTE` and ``turn``.

    ``turn`` numbers the quoted mentions in the order in which they were published.
    """
    groups = actors.filter(pl.col("actor_kind") != "unknown")["actor_id"].implode()
    either = events.select("event_id", either=pl.col("sub_event_type").is_in(rules.EITHER_ORDER))
    blames = (pl.col("actor1_bloc") != rules.UNNAMED) & ~pl.col("either")
    in_order = (
        heard.join(either, on="event_id")
        .sort(VOICE_ORDER, nulls_last=True)
        .with_row_index("turn")
        .with_columns(
            clarity=pl.when(~blames).then(0).when(pl.col("actor1_id").is_in(groups)).then(2).otherwise(1),
            gives_toll=pl.col("killed").is_not_null(),
        )
    )
    per = [*_OF, "source"]
    latest_toll = in_order.filter("gives_toll").unique(per, keep="last", maintain_order=True)
    clearest = in_order.sort("clarity", "turn", descending=[True, True]).unique(per, keep="first", maintain_order=True)
    named = pl.col("clarity") > 0
    blamed = clearest.select(
        *per,
        "leaning",
        blamed_actor_id=pl.when(named).then("actor1_id"),
        blamed_bloc=pl.when(named).then("actor1_bloc"),
    )
    quoted = in_order.join(latest_toll.select("turn", latest=True), on="turn", how="left").sort(
        pl.col("latest").fill_null(False), "clarity", "confidence", "turn",
        descending=[True, True, True, False], nulls_last=True,
    ).unique(per, keep="first", maintain_order=True)  # fmt: skip
    tolls = latest_toll.select(*per, fatalities_low="killed_low", fatalities_high="killed_high")
    return blamed.join(tolls, on=per, how="left").join(quoted.select(*per, "turn", *_QUOTE), on=per)


def _alike(of_sources: pl.DataFrame) -> pl.DataFrame:
    """Return `_SAYS`, ``source_count`` and the quote of the first of the sources that say the same."""
    return (
        of_sources.sort("turn")
        .group_by(_SAYS, maintain_order=True)
        .agg(pl.col(_QUOTE).first(), source_count=pl.len().cast(pl.Int64))
    )


def _differing(own: pl.DataFrame, against: pl.DataFrame) -> pl.DataFrame:
    """Return ``event_id`` of the events whose accounts differ: in whether, in who, or in how many."""
    reports = pl.col("relation") == "reports"
    told = reports & (pl.col("fatalities_low").is_not_null() | pl.col("fatalities_high").is_not_null())
    # "at least 38" and "38" differ in no figure that anybody gives
    low, high = pl.coalesce("fatalities_low", "fatalities_high"), pl.coalesce("fatalities_high", "fatalities_low")
    toll = pl.struct(low=low, high=high).filter(told)
    differ = own.group_by("event_id").agg(
        denied=(~reports).any(),
        blocs=pl.col("blamed_bloc").filter(reports).drop_nulls().n_unique(),
        tolls=toll.n_unique(),
    )
    found = differ.filter(pl.col("denied") | (pl.col("blocs") > 1) | (pl.col("tolls") > 1))
    return pl.concat([found.select("event_id"), against.select("event_id")]).unique()


def account_books(accounts: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """Return the balances between accounts and events: balance, came_in, went_out, ok.

    Args:
        accounts: the table.
        events: the table.
    """
    concerned = events.join(accounts, on="event_id", how="semi")
    own = accounts.filter((pl.col("relation") == "reports") & pl.col("rival_event_id").is_null())
    sides = [
        ("sources of events with accounts = sum of their accounts' sources",
         int(concerned["source_count"].sum()), int(own["source_count"].sum())),
        ("events denied = events with an account that denies", events.filter(pl.col("denial_count") > 0).height,
         accounts.filter(pl.col("relation") == "denies")["event_id"].n_unique()),
    ]  # fmt: skip
    return pl.DataFrame([(*side, side[1] == side[2]) for side in sides], schema=BALANCE, orient="row")
