"""The tables of one release, grouped once by the keys that the pages ask for.

A page must not filter whole tables: hundreds of weeks would each read everything. Here each table is read once and
kept as rows by week, event or mention, in the order in which they are to be shown. What a page says about them is
decided in `events`, `claims`, `coverage` and `week`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from pipeline.brief.accuracy import ErrorRates, error_rates
from pipeline.brief.corrected import by_event
from pipeline.contracts import load_contract

Row = Mapping[str, Any]
Rows = Sequence[Row]

col = pl.col
_COPY = col("duplicate_kind") != "none"
TITLED = ("blocs", "leanings", "rejection_rules", "corroboration")
"""Code lists whose titles pages show."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Rows of the tables by the key they are asked for; a key without rows is absent."""

    coverage: Mapping[date, Row]
    """`weekly_coverage` by week."""
    weeks: tuple[date, ...]
    """The covered weeks, oldest first."""
    cells: Mapping[date, Rows]
    """`weekly_events` by week: only cells with events, with `killed_events` and `injured_events` beside them."""
    week_sources: Mapping[date, int]
    """Outlets with a text of their own that report at least one event of the week."""
    governorates: tuple[str, ...]
    events: Mapping[date, Rows]
    event_by_id: Mapping[str, Row]
    reports: Mapping[str, Rows]
    """Reporting mentions by event."""
    denials: Mapping[str, Rows]
    """Denying mentions by event."""
    accounts: Mapping[str, Rows]
    """`accounts` by event: who says what where sources differ."""
    rivals: Mapping[str, Sequence[str]]
    """Event to the events that other sides tell in its place, from `accounts`."""
    event_of: Mapping[str, str]
    """Mention to the event that it reports or denies."""
    mentions: Mapping[str, Row]
    """Mentions with the columns of their article and outlet."""
    unreported: Mapping[date, Rows]
    """Mentions that are denied, prospective or general, by the week in which their article was published."""
    corrections: Mapping[str, list[Row]]
    """Corrections that were applied, by the event that stands."""
    casualties: Mapping[str, Rows]
    """By mention."""
    shared_tolls: Mapping[date, Rows]
    """Casualty rows with `shared` true, by the weeks of the events they cover."""
    weekly_tolls: Mapping[date, Rows]
    """`weekly_tolls` by week: only areas with shared tolls."""
    counted_tolls: Mapping[date, Rows]
    """`shared_tolls` that count, by week."""
    toll_of: Mapping[str, Row]
    """Shared figure (casualty row) to its row of `shared_tolls`; none for kinds that are not summed up."""
    outlets: Mapping[date, Rows]
    """source_name, leaning, articles, copies by week of publication."""
    rejections: Mapping[date | None, Rows]
    """rule, count by week of publication of the article that the record came from; None: of no article."""
    actor_names: Mapping[str, str]
    actor_blocs: Mapping[str, str]
    place_names: Mapping[str, str]
    place_kinds: Mapping[str, str]
    accuracy: tuple[ErrorRates, ...]
    titles: Mapping[str, Mapping[str, str]]
    """Code list to code to title."""
    articles: int
    copies: int
    undated_articles: int
    sources: int
    """Outlets of which at least one article was read."""
    newest_article: date | None


def group(frame: pl.DataFrame, key: str) -> dict[Any, Rows]:
    """Return the rows by the value of ``key``, in the frame's order."""
    return dict(frame.rows_by_key(key, named=True, include_key=True).items())


def _by(frame: pl.DataFrame, key: str, value: str) -> dict[Any, Any]:
    return dict(zip(frame[key].to_list(), frame[value].to_list(), strict=True))


def _mentions(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Mentions with their article and outlet, in the order in which reports are shown: by day, outlet, text."""
    articles = tables["articles"].select(
        "article_id", "source_id", "title", "url", "published_date", "duplicate_kind", "duplicate_of",
        col("week_start").alias("published_week"),
    )  # fmt: skip
    sources = tables["sources"].select("source_id", "source_name")
    return (
        tables["mentions"]
        .join(articles, on="article_id", how="inner")
        .join(sources, on="source_id", how="inner")
        .sort("published_date", "source_name", "article_id", "char_start", "mention_id", nulls_last=True)
    )


def _cells(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """`weekly_events` with events, and how many of these give a figure at all (an unknown toll is never zero)."""
    key = ["week_start", "admin1", "sub_event_type"]
    killed = pl.any_horizontal(col("fatalities_low", "fatalities_best", "fatalities_high").is_not_null())
    injured = pl.any_horizontal(col("injured_low", "injured_high").is_not_null())
    known = tables["events"].group_by(key).agg(killed_events=killed.sum(), injured_events=injured.sum())
    return (
        tables["weekly_events"]
        .filter(col("events") > 0)
        .join(known, on=key, how="left")
        .with_columns(col("killed_events", "injured_events").fill_null(0).cast(pl.Int64))
        .sort("week_start", "admin1", "event_type", "sub_event_type")
    )


def _week_sources(tables: Mapping[str, pl.DataFrame], mentions: pl.DataFrame) -> dict[date, int]:
    """Count outlets as `weekly_events.distinct_sources` does: a copy brings none, and what only copies tell has one."""
    reporting = (
        tables["event_mentions"]
        .filter(col("relation") == "reports")
        .join(mentions.filter(~_COPY).select("mention_id", "source_id"), on="mention_id")
        .join(tables["events"].select("event_id", "week_start"), on="event_id", how="right")
    )
    outlets = reporting.group_by("week_start").agg(col("source_id").drop_nulls().n_unique().clip(1))
    return _by(outlets, "week_start", "source_id")


def _outlets(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    return (
        tables["articles"]
        .filter(col("week_start").is_not_null())
        .join(tables["sources"].select("source_id", "source_name", "leaning"), on="source_id")
        .group_by("week_start", "source_id", "source_name", "leaning")
        .agg(articles=pl.len(), copies=_COPY.sum())
        .sort("week_start", "source_name", "source_id")
    )


def _rejections(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Count rejections by rule and by the week of the article whose input record, or id, they name."""
    articles = tables["articles"].sort("article_id")
    place = articles.select("input_name", "input_record", "week_start").unique(
        ["input_name", "input_record"], keep="first", maintain_order=True
    )
    by_id = articles.select(col("article_id").alias("record"), col("week_start").alias("week_of_id"))
    return (
        tables["rejections"]
        .join(place, on=["input_name", "input_record"], how="left")
        .join(by_id, on="record", how="left")
        .with_columns(week_start=pl.coalesce("week_start", "week_of_id"))
        .group_by("week_start", "rule")
        .agg(count=pl.len())
        .sort("week_start", "count", "rule", descending=[False, True, False])
    )


def _shared_by_week(
    shared: Iterable[Row], event_of: Mapping[str, str], week_of: Mapping[str, date]
) -> dict[date, list[Row]]:
    by_week: dict[date, list[Row]] = {}
    for row in shared:
        covered = (row["mention_id"], *(row["shared_with"] or "").split(";"))
        weeks = {week_of[event_of[m]] for m in covered if m in event_of}
        for week in sorted(weeks):
            by_week.setdefault(week, []).append(row)
    return by_week


def _tolls_by_figure(tables: Mapping[str, pl.DataFrame]) -> dict[str, Row]:
    told = tables["shared_toll_casualties"].join(tables["shared_tolls"], on="shared_toll_id")
    return {row["casualty_id"]: row for row in told.iter_rows(named=True)}


def _rivals(accounts: pl.DataFrame) -> dict[str, list[str]]:
    pairs = accounts.select("event_id", "rival_event_id").drop_nulls().unique().sort("event_id", "rival_event_id")
    return dict(pairs.group_by("event_id", maintain_order=True).agg("rival_event_id").iter_rows())


def group_tables(tables: Mapping[str, pl.DataFrame]) -> Ledger:
    """Group the tables of a release for the briefings.

    ``tables`` holds frames by the contract for weekly_coverage, weekly_events, weekly_tolls, events, event_mentions,
    mentions, casualties, shared_tolls, shared_toll_casualties, accounts, articles, sources, actors, places,
    rejections, corrections and accuracy.
    """
    mentions = _mentions(tables)
    events = tables["events"].sort("event_date_start", "event_id")
    links = tables["event_mentions"]
    linked = mentions.join(links, on="mention_id", how="inner", maintain_order="left")
    kinds = pl.Enum(load_contract().codelists["casualty_kinds"]["code"])
    casualties = tables["casualties"].sort("mention_id", col("kind").cast(kinds), "char_start", "casualty_id")
    event_of = _by(links, "mention_id", "event_id")
    reporting = _by(links.filter(col("relation") == "reports"), "mention_id", "event_id")
    covered = tables["weekly_coverage"].sort("week_start")
    codelists = load_contract().codelists
    return Ledger(
        coverage={row["week_start"]: row for row in covered.iter_rows(named=True)},
        weeks=tuple(covered["week_start"]),
        cells=group(_cells(tables), "week_start"),
        week_sources=_week_sources(tables, mentions),
        governorates=tuple(tables["weekly_events"]["admin1"].unique().sort()),
        events=group(events, "week_start"),
        event_by_id={row["event_id"]: row for row in events.iter_rows(named=True)},
        reports=group(linked.filter(col("relation") == "reports"), "event_id"),
        denials=group(linked.filter(col("relation") == "denies"), "event_id"),
        accounts=group(tables["accounts"].sort("event_id", "leaning", "account_id"), "event_id"),
        rivals=_rivals(tables["accounts"]),
        event_of=event_of,
        mentions={row["mention_id"]: row for row in mentions.iter_rows(named=True)},
        unreported=group(
            mentions.filter((col("status") != "reported") & col("published_week").is_not_null()),
            "published_week",
        ),
        corrections=by_event(tables["corrections"]),
        casualties=group(casualties, "mention_id"),
        shared_tolls=_shared_by_week(
            casualties.filter("shared").iter_rows(named=True),
            reporting,
            _by(events, "event_id", "week_start"),
        ),
        weekly_tolls=group(tables["weekly_tolls"].filter(col("shared_toll_count") > 0), "week_start"),
        counted_tolls=group(tables["shared_tolls"].filter(col("counted_best").is_not_null()), "week_start"),
        toll_of=_tolls_by_figure(tables),
        outlets=group(_outlets(tables), "week_start"),
        rejections=group(_rejections(tables), "week_start"),
        actor_names=_by(tables["actors"], "actor_id", "actor_name"),
        actor_blocs=_by(tables["actors"], "actor_id", "bloc"),
        place_names=_by(tables["places"], "place_id", "place_name"),
        place_kinds=_by(tables["places"], "place_id", "place_kind"),
        accuracy=error_rates(tables["accuracy"]),
        titles={name: _by(codelists[name], "code", "title") for name in TITLED},
        **_totals(tables["articles"]),
    )


def _totals(articles: pl.DataFrame) -> dict[str, Any]:
    return articles.select(
        articles=pl.len(),
        copies=_COPY.sum(),
        undated_articles=col("published_date").is_null().sum(),
        sources=col("source_id").n_unique(),
        newest_article=col("published_date").max(),
    ).row(0, named=True)
