"""The tables of shared tolls: what independent sources say of each, where and when it counts, and what of it.

Made of tables alone, after events stand and are corrected: a toll that a correction gives to an event divides the
shared one as any other does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from pipeline.contracts import load_contract
from pipeline.resolve.counting import Counted, Range, SharedToll, count
from pipeline.resolve.independence import article_sources
from pipeline.resolve.shared_accounts import article_accounts, covered
from pipeline.resolve.tolls import KINDS, event_tolls


@dataclass(frozen=True, slots=True)
class SharedTolls:
    """The tables `shared_tolls`, `shared_toll_events` and `shared_toll_casualties`."""

    tolls: pl.DataFrame
    events: pl.DataFrame
    casualties: pl.DataFrame


def shared_tolls(
    casualties: pl.DataFrame,
    mentions: pl.DataFrame,
    event_mentions: pl.DataFrame,
    events: pl.DataFrame,
    articles: pl.DataFrame,
    sources: pl.DataFrame,
) -> SharedTolls:
    """Gather the shared tolls of killed and injured, and decide what of each counts (codebook section 4, Counts).

    Every argument is the table of that name; `events` as it is published, so that its own tolls are those that count.
    The result is the same for any order of their rows.
    """
    tables = load_contract().tables
    cover = covered(casualties, mentions, event_mentions, events)
    of_casualty = cover.select("casualty_id", "toll", "covers_more").unique()
    links = cover.filter(pl.col("event_id").is_not_null()).select("toll", "event_id").unique()
    told = _told(casualties.join(of_casualty, on="casualty_id"), event_mentions, mentions, articles, sources)
    tolls = told.join(_areas(cover), on="toll", how="left").join(_of_events(links, events), on="toll", how="left")
    tolls = tolls.with_columns(pl.col("event_count").fill_null(0))
    counted = tolls.join(_counted(tolls, links, events), on="toll", how="left")
    return SharedTolls(
        tables["shared_tolls"].conform(counted.rename({"toll": "shared_toll_id"})),
        tables["shared_toll_events"].conform(links.rename({"toll": "shared_toll_id"})),
        tables["shared_toll_casualties"].conform(of_casualty.rename({"toll": "shared_toll_id"})),
    )


def _told(
    figures: pl.DataFrame,
    event_mentions: pl.DataFrame,
    mentions: pl.DataFrame,
    articles: pl.DataFrame,
    sources: pl.DataFrame,
) -> pl.DataFrame:
    """Return ``toll``, ``kind``, ``covers_more``, ``reported``, ``low``, ``best``, ``high``, ``source_count``.

    A figure speaks when its own mention reports an event; where none does, all speak, and the toll is not ``reported``.
    """
    reporting = event_mentions.filter(pl.col("relation") == "reports")["mention_id"].implode()
    speaks = figures.with_columns(reports=pl.col("mention_id").is_in(reporting)).with_columns(
        reported=pl.col("reports").any().over("toll")
    )
    heard = speaks.filter(pl.col("reports") | ~pl.col("reported")).join(
        mentions.select("mention_id", "article_id"), on="mention_id", how="left"
    )
    accounts = (
        article_accounts(heard.with_columns(pl.col("article_id").fill_null("")))
        .join(article_sources(articles, sources), on="article_id", how="left")
        .with_columns(pl.col("is_copy").fill_null(False), pl.col("source").fill_null(""), event="toll")
    )
    counts = accounts.group_by("toll").agg(
        source_count=pl.col("source").filter(~pl.col("is_copy")).n_unique().cast(pl.Int64).clip(1)
    )
    heads = speaks.select("toll", "kind", "covers_more", "reported").unique()
    said = event_tolls(accounts, "told").rename({"event": "toll"})
    return heads.join(said, on="toll").join(counts, on="toll").sort("toll")


def _areas(cover: pl.DataFrame) -> pl.DataFrame:
    """Return ``toll``, ``admin1``, ``admin2``: the smallest area that contains its places, neither for the country."""

    def one(column: str) -> pl.Expr:
        alike = (pl.col(column).n_unique() == 1) & pl.col(column).is_not_null().all()
        return pl.when(alike).then(pl.col(column).min()).alias(column)

    areas = cover.group_by("toll").agg(one("admin1"), one("admin2"))
    return areas.with_columns(admin2=pl.when(pl.col("admin1").is_not_null()).then("admin2"))


def _of_events(links: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """Return ``toll``, ``event_count``, ``week_start`` (of the last event), and the types that all its events have."""

    def one(column: str) -> pl.Expr:
        return pl.when(pl.col(column).n_unique() == 1).then(pl.col(column).min()).alias(column)

    described = events.select("event_id", "week_start", "event_type", "sub_event_type")
    return (
        links.join(described, on="event_id")
        .group_by("toll")
        .agg(
            pl.col("week_start").max(),
            one("event_type"),
            one("sub_event_type"),
            event_count=pl.len().cast(pl.Int64),
        )
    )


def _counted(tolls: pl.DataFrame, links: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """Return ``toll``, ``counting``, ``counted_low``, ``counted_best``, ``counted_high``."""
    of_toll = {toll: frozenset(found) for toll, found in links.group_by("toll").agg("event_id").iter_rows()}
    rows: list[tuple[str, str, int | None, int | None, int | None]] = []
    for kind in KINDS:
        found = [
            SharedToll(toll, of_toll.get(toll, frozenset()), more, reported, sources, Range(*figure))
            for toll, more, reported, sources, *figure in tolls.filter(pl.col("kind") == kind)
            .select("toll", "covers_more", "reported", "source_count", "low", "best", "high")
            .iter_rows()
        ]
        concerned = frozenset().union(*(toll.events for toll in found))
        rows.extend(_rows(count(found, own_tolls(events.filter(pl.col("event_id").is_in(concerned)), kind))))
    figures = dict.fromkeys(("counted_low", "counted_best", "counted_high"), pl.Int64)
    return pl.DataFrame(rows, schema={"toll": pl.String, "counting": pl.String, **figures}, orient="row")


def _rows(made: dict[str, Counted]) -> Iterator[tuple[str, str, int | None, int | None, int | None]]:
    for toll, counted in made.items():
        adds = counted.adds
        yield (toll, counted.counting, *((adds.low, adds.best, adds.high) if adds else (None, None, None)))


def own_tolls(events: pl.DataFrame, kind: str) -> dict[str, Range]:
    """Return the toll of each event of the table that has one of this kind, as the weekly figures count it."""
    if kind == "killed":
        figures = pl.struct(low="fatalities_low", best="fatalities_best", high="fatalities_high")
    else:
        figures = pl.struct(low="injured_low", best=pl.coalesce("injured_low", "injured_high"), high="injured_high")
    known = events.select("event_id", toll=figures).unnest("toll").filter(pl.col("best").is_not_null())
    return {event: Range(*figure) for event, *figure in known.select("event_id", "low", "best", "high").iter_rows()}
