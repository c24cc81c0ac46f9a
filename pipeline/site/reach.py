"""Which events and which weeks a row of a table belongs to: by the keys of one release, for what changed in it.

A row belongs to a week when the page of that week can show it. What changed is `history`'s business.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Protocol

import polars as pl

from pipeline.release.changes_table import row_key

REACH = {"table": pl.String(), "row_key": pl.String(), "event_id": pl.String(), "week_start": pl.Date()}
"""Columns of a reach: a row of a table as `changes` names it, and an event or a week that it belongs to."""
BY_WEEK = ("weekly_events", "weekly_tolls", "weekly_coverage")
"""Tables whose key begins with the week."""


class Tables(Protocol):
    """Tables of a release; one that it does not have is empty."""

    def frame(self, name: str) -> pl.DataFrame:
        """Return the rows of a table."""


def reach_of(release: Tables, tables: Collection[str], rows: pl.DataFrame | None = None) -> pl.DataFrame:
    """Return what each row of ``tables`` belongs to (columns `REACH`); a row can belong to several, or to nothing.

    Args:
        release: holds the rows.
        tables: names of tables; those whose rows no page shows are left out.
        rows: table, row_key of the only rows that are asked for; None for all.
    """
    parts = []
    for name in sorted({*tables} & {*REACHES}):
        pairs = REACHES[name](release)
        key = pairs.columns[0]
        if rows is not None:
            asked = rows.filter(pl.col("table") == name)
            pairs = pairs.join(asked, left_on=key, right_on="row_key", how="semi")
        parts.append(pairs.select(pl.lit(name).alias("table"), pl.col(key).alias("row_key"), "event_id", "week_start"))
    return pl.concat([pl.DataFrame(schema=REACH), *parts]).unique()


def _events(release: Tables) -> pl.DataFrame:
    return release.frame("events").select(pl.col("event_id").alias("key"), "event_id", "week_start")


def _weeks(release: Tables) -> pl.DataFrame:
    return release.frame("events").select("event_id", "week_start")


def _through(rows: pl.DataFrame, key: str, pairs: pl.DataFrame, on: str) -> pl.DataFrame:
    """Let the rows of ``key`` belong to what ``pairs`` says of their column ``on``."""
    found = rows.select(pl.col(key).alias("key"), pl.col(on).alias("on")).drop_nulls()
    return found.join(pairs.rename({pairs.columns[0]: "on"}), on="on").select("key", "event_id", "week_start")


def _event_mentions(release: Tables) -> pl.DataFrame:
    links = release.frame("event_mentions").select("mention_id", "event_id")
    return links.join(_weeks(release), on="event_id").select("mention_id", "event_id", "week_start")


def _own_week(release: Tables) -> pl.DataFrame:
    """Articles with the week of their publication, where what they claim is told."""
    articles = release.frame("articles").filter(pl.col("week_start").is_not_null())
    return articles.select("article_id", pl.lit(None, pl.String).alias("event_id"), "week_start")


def _mentions(release: Tables) -> pl.DataFrame:
    told = _through(release.frame("mentions"), "mention_id", _own_week(release), "article_id")
    return pl.concat([_event_mentions(release).rename({"mention_id": "key"}), told])


def _casualties(release: Tables) -> pl.DataFrame:
    return _through(release.frame("casualties"), "casualty_id", _mentions(release), "mention_id")


def _articles(release: Tables) -> pl.DataFrame:
    reported = _through(release.frame("mentions"), "article_id", _event_mentions(release), "mention_id")
    return pl.concat([_own_week(release).rename({"article_id": "key"}), reported])


def _sources(release: Tables) -> pl.DataFrame:
    return _through(release.frame("articles"), "source_id", _articles(release), "article_id")


def _by_event(table: str, key: str) -> Callable[[Tables], pl.DataFrame]:
    def pairs(release: Tables) -> pl.DataFrame:
        return _through(release.frame(table), key, _events(release), "event_id")

    return pairs


def _named(*columns: str) -> Callable[[Tables], pl.DataFrame]:
    """Let what events name in ``columns`` belong to them."""

    def pairs(release: Tables) -> pl.DataFrame:
        events = release.frame("events")
        return pl.concat(
            events.select(pl.col(column).alias("key"), "event_id", "week_start").drop_nulls("key") for column in columns
        )

    return pairs


def _shared_toll_events(release: Tables) -> pl.DataFrame:
    rows = release.frame("shared_toll_events").with_columns(key=row_key(["shared_toll_id", "event_id"]))
    return _through(rows, "key", _events(release), "event_id")


def _shared_tolls(release: Tables) -> pl.DataFrame:
    return _through(release.frame("shared_toll_events"), "shared_toll_id", _events(release), "event_id")


def _shared_toll_casualties(release: Tables) -> pl.DataFrame:
    return _through(release.frame("shared_toll_casualties"), "casualty_id", _shared_tolls(release), "shared_toll_id")


def _rejections(release: Tables) -> pl.DataFrame:
    """Rejected records with the week of the article that they name, by its id or by its place in the input."""
    rejected, own = release.frame("rejections"), _own_week(release)
    place = ["input_name", "input_record"]
    at = release.frame("articles").select("article_id", *place).unique(place, keep="first", maintain_order=True)
    by_place = rejected.select("rejection_id", *place).join(at, on=place)
    return pl.concat(
        [
            _through(by_place, "rejection_id", own, "article_id"),
            _through(rejected, "rejection_id", own, "record"),
        ]
    )


REACHES: Mapping[str, Callable[[Tables], pl.DataFrame]] = {
    "accounts": _by_event("accounts", "account_id"),
    "actors": _named("actor1_id", "actor1_associate_id", "actor2_id"),
    "articles": _articles,
    "casualties": _casualties,
    "corrections": _by_event("corrections", "correction_id"),
    "event_mentions": _event_mentions,
    "events": _events,
    "mentions": _mentions,
    "places": _named("place_id"),
    "rejections": _rejections,
    "shared_toll_casualties": _shared_toll_casualties,
    "shared_toll_events": _shared_toll_events,
    "shared_tolls": _shared_tolls,
    "sources": _sources,
}
"""By table: key of the row (first column, as `changes.row_key` has it where it is one column), event_id, week_start."""
