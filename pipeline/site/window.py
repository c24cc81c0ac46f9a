"""The rows that a few weeks need, so that grouping them costs what they cost and not what all years cost."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import polars as pl

from pipeline.site.data import SiteData

_WEEKLY = ("weekly_events", "weekly_tolls")


def tables_of_weeks(site: SiteData, weeks: Collection[date]) -> dict[str, pl.DataFrame]:
    """Return the tables of the newest release with the rows that pages of ``weeks`` show.

    Events of the weeks, those that accounts tell in their place, what reports or denies them, and what articles
    published in these weeks say. Tables that do not grow with the weeks stay whole.
    """
    inside = pl.col("week_start").is_in(list(weeks))
    every = site.frame("events")
    own = every.filter(inside)
    accounts = site.frame("accounts").join(own, on="event_id", how="semi")
    events = every.filter(inside | pl.col("event_id").is_in(accounts["rival_event_id"].drop_nulls().implode()))
    links = site.frame("event_mentions").join(events, on="event_id", how="semi")
    read = site.frame("articles").filter(inside)
    told = site.frame("mentions")
    mentions = told.filter(
        pl.col("mention_id").is_in(links["mention_id"].implode())
        | pl.col("article_id").is_in(read["article_id"].implode())
    )
    articles = site.frame("articles")
    return {
        **{name: site.frame(name) for name in site.newest.release.tables},
        **{name: site.frame(name).filter(inside) for name in _WEEKLY},
        "accounts": accounts,
        "articles": articles.filter(inside | pl.col("article_id").is_in(mentions["article_id"].implode())),
        "casualties": site.frame("casualties").join(mentions, on="mention_id", how="semi"),
        "event_mentions": links,
        "events": events,
        "mentions": mentions,
    }
