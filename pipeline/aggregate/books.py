"""The balances of this room: no event and no figure may be lost or doubled between events and weeks."""

from __future__ import annotations

import polars as pl

BALANCE = {"balance": pl.String, "came_in": pl.Int64, "went_out": pl.Int64, "ok": pl.Boolean}
"""A frame of balances: what is balanced, both sides, and whether they are equal."""


def aggregate_books(
    figures: pl.DataFrame,
    coverage: pl.DataFrame,
    events: pl.DataFrame,
    articles: pl.DataFrame,
    mentions: pl.DataFrame,
) -> pl.DataFrame:
    """Return the balances between the weekly tables and what they count (columns of `BALANCE`).

    Args:
        figures: the table `weekly_events`.
        coverage: the table `weekly_coverage`.
        events: the table.
        articles: the table; undated ones are in no week.
        mentions: the table.
    """
    cells = coverage.height * figures["admin1"].n_unique() * figures["sub_event_type"].n_unique()
    dated = articles.filter(pl.col("week_start").is_not_null())
    sides = [
        ("events = sum of weekly events", events.height, figures["events"].sum()),
        ("events = sum of events in weekly coverage", events.height, coverage["events"].sum()),
        ("fatalities_low", events["fatalities_low"].sum(), figures["fatalities_low"].sum()),
        ("fatalities_best", events["fatalities_best"].sum(), figures["fatalities_best"].sum()),
        ("injured", events["injured_low"].sum(), figures["injured"].sum()),
        ("cells with an open toll = without upper end", _open_cells(events), figures["fatalities_high"].null_count()),
        ("weeks x governorates x types = weekly rows", cells, figures.height),
        ("civilian targeting", events["civilian_targeting"].sum(), figures["civilian_targeting_events"].sum()),
        ("dated articles = sum of articles in weekly coverage", dated.height, coverage["articles"].sum()),
        ("mentions of dated articles", _mentions_of(dated, mentions), coverage["mentions"].sum()),
    ]
    rows = [(name, int(came), int(went), int(came) == int(went)) for name, came, went in sides]
    return pl.DataFrame(rows, schema=BALANCE, orient="row")


def _open_cells(events: pl.DataFrame) -> int:
    open_toll = pl.col("fatalities_low").is_not_null() & pl.col("fatalities_high").is_null()
    return events.filter(open_toll).select("week_start", "admin1", "sub_event_type").n_unique()


def _mentions_of(articles: pl.DataFrame, mentions: pl.DataFrame) -> int:
    return mentions.join(articles.select("article_id"), on="article_id", how="semi").height
