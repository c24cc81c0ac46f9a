"""What the page of each week rests on, as one digest: every row that it shows, columnar, without making a page.

Rows are taken whole, with what their ids stand for beside them, so that no column can be forgotten. Of other weeks a
page shows their counts and the events that it refers to.
"""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from pipeline.brief.comparison import SHOWN as WEEKS_SHOWN
from pipeline.brief.part import covering
from pipeline.aggregate.counts import SIDES
from pipeline.contracts import load_contract
from pipeline.release.changes_table import row_key
from pipeline.site.digests import digest, row_digests, row_hashes
from pipeline.site.history import SHOWN
from pipeline.site.reach import REACHES, Tables

col = pl.col
WEEK = "week_start"
_LINE = ("event_id", "sub_event_type", "place_id", "place_name", "admin1", "admin2", "geo_precision",
         "event_date_start", "event_date_end", "time_precision", WEEK)  # fmt: skip
"""What names an event that a page refers to."""
_NAMED = {
    "actor1_id": ("actors", "actor_id"), "actor1_associate_id": ("actors", "actor_id"),
    "actor2_id": ("actors", "actor_id"), "blamed_actor_id": ("actors", "actor_id"), "place_id": ("places", "place_id"),
}  # fmt: skip
"""Columns that hold an id, with the registry that says what it stands for."""


def week_digests(tables: Tables) -> dict[date, str]:
    """Return for each covered week a digest over the rows that its page shows."""
    own = {name: _of_week(tables, name) for name in REACHES}
    own["referred"] = row_digests(_referred(tables), "of_week")
    counts = {name: row_digests(rows, WEEK) for name, rows in _counts(tables).items()}
    whole = digest(sorted(row_digests(tables.frame("accuracy"), "gold_set").values()))
    weeks = [week for (week,) in tables.frame("weekly_coverage").select(WEEK).sort(WEEK).iter_rows()]
    return {
        week: digest(
            [
                whole,
                *_neighbours(weeks, at),
                *(f"{name} {own[name].get(str(week), '')}" for name in sorted(own)),
                *(
                    f"{name} {steps} {counts[name].get(str(week - timedelta(weeks=steps)), '')}"
                    for name in sorted(counts)
                    for steps in range(WEEKS_SHOWN)
                ),
            ]
        )
        for at, week in enumerate(weeks)
    }


def _neighbours(weeks: list[date], at: int) -> tuple[str, str]:
    """Return the weeks next to one, which its page leads to."""
    return str(weeks[at - 1]) if at else "", str(weeks[at + 1]) if at + 1 < len(weeks) else ""


def _of_week(tables: Tables, name: str) -> dict[str, str]:
    """Return a digest over the rows of a table that belong to each week, with what their ids stand for."""
    keys = load_contract().tables[name].primary_key
    rows = tables.frame(name)
    if name in SHOWN:
        rows = rows.select(*keys, *(column for column in SHOWN[name] if column not in keys and column != WEEK))
    elif WEEK in rows.columns:
        rows = rows.with_columns(col(WEEK).cast(pl.String).alias("own_week")).drop(WEEK)
    reach = REACHES[name](tables)
    pairs = reach.select(WEEK, row_key=reach.columns[0]).drop_nulls().unique()
    named = _named(rows, tables)
    whole = row_hashes(named).with_columns(named.select(row_key=row_key(keys)))
    return row_digests(whole.join(pairs, on="row_key"), WEEK)


def _named(rows: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    """Return the rows with hashes of the registry's entry of each id beside it."""
    for column, (registry, key) in _NAMED.items():
        if column in rows.columns and column != load_contract().tables[registry].primary_key[0]:
            entries = tables.frame(registry)
            known = row_hashes(entries).select(pl.all().name.prefix(f"{column}_"), entries[key].alias(column))
            rows = rows.join(known, on=column, how="left")
    return rows


def _counts(tables: Tables) -> dict[str, pl.DataFrame]:
    """Return what the counts of a week follow from, by part; each with the week."""
    events = tables.frame("events").select(
        WEEK, "event_id", "admin1", "fatalities_best", *dict.fromkeys(sum(SIDES, ()))
    )
    return {
        "coverage": tables.frame("weekly_coverage"),
        "events": events,
        "figures": tables.frame("weekly_events"),
        "shared": tables.frame("shared_tolls").select(WEEK, "shared_toll_id", "kind", "counted_best", "admin1"),
        "tolls": tables.frame("weekly_tolls"),
    }


def _referred(tables: Tables) -> pl.DataFrame:
    """Return the events that pages refer to (rivals, denied ones, sharers of a toll), with the week of the page."""
    events = tables.frame("events")
    weeks = events.select("event_id", of_week=WEEK)
    links = tables.frame("event_mentions").select("mention_id", "event_id")
    rivals = (
        tables.frame("accounts").join(weeks, on="event_id").select("of_week", event_id="rival_event_id").drop_nulls()
    )
    told = tables.frame("mentions").select("mention_id", "article_id").join(
        tables.frame("articles").select("article_id", of_week=WEEK), on="article_id"
    )  # fmt: skip
    claimed = links.join(told, on="mention_id").select("of_week", "event_id").drop_nulls()
    pairs = covering(tables.frame("casualties"), links.select("mention_id"))
    shared = pairs.rename({"covered": "one"}).join(
        links.rename({"mention_id": "one", "event_id": "in_event"}), on="one"
    )
    both = shared.join(weeks.rename({"event_id": "in_event"}), on="in_event").join(
        pairs.join(links.rename({"mention_id": "covered"}), on="covered").select("mention_id", "event_id"),
        on="mention_id",
    )
    found = pl.concat([rivals, claimed, both.select("of_week", "event_id")]).unique()
    return _named(found.join(events.select(_LINE), on="event_id"), tables)
