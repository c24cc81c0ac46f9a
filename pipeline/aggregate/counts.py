"""Counts of a week that its page tells and that no table of figures has a column for, with the rows that are counted.

A page counts them by itself, from the same tables; here they are turned round like the figures of tables (`parts`), so
that each can be followed to its rows. Nothing here makes a figure that is published.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from pipeline.aggregate.parts import PART, Addend, Tables, entered
from pipeline.aggregate.weekly_tolls import SEVERAL

col = pl.col
SIDES = (("actor1_id", "actor1_bloc"), ("actor1_associate_id", "actor1_bloc"), ("actor2_id", "actor2_bloc"))
CIVILIANS = "civilians"
"""Bloc of those who suffer and take no part."""


@dataclass(frozen=True, slots=True)
class Count:
    """A count over the rows of a week."""

    scope: tuple[str, ...]
    """What it can be asked for beside the week, each of them or none: columns of its parts."""
    rows: Callable[[Tables, date, str], pl.DataFrame]
    """Gives the parts: columns of `scope` and `PART`."""


def count_parts(tables: Tables, figure: str, week_start: date) -> pl.DataFrame:
    """Return what is counted: the columns of the count's `scope` and `parts.PART`, sorted.

    Args:
        tables: gives a table of the release by its name.
        figure: one of `COUNTS`.
        week_start: the Monday.
    """
    count = COUNTS[figure]
    found = count.rows(tables, week_start, figure)
    parts = found.select(*count.scope, *(col(name).cast(kind) for name, kind in PART.items()))
    return parts.sort([*count.scope, *PART], nulls_last=True)


def _events(tables: Tables, week_start: date) -> pl.DataFrame:
    return tables("events").filter(col("week_start") == week_start)


def _events_where(where: pl.Expr) -> Callable[[Tables, date, str], pl.DataFrame]:
    def rows(tables: Tables, week_start: date, figure: str) -> pl.DataFrame:
        return entered(_events(tables, week_start), "events", "event_id", (Addend(figure, where=where),), ["admin1"])

    return rows


def _with_deaths(tables: Tables, week_start: date, figure: str) -> pl.DataFrame:
    """Events with a best estimate of at least one killed, and shared tolls of which at least one counts."""
    tolls = tables("shared_tolls").filter(col("week_start") == week_start, col("kind") == "killed")
    tolls = tolls.with_columns(col("admin1").fill_null(SEVERAL))
    addend, shared = Addend(figure, where=col("fatalities_best") > 0), Addend(figure, where=col("counted_best") > 0)
    return pl.concat(
        [
            entered(_events(tables, week_start), "events", "event_id", (addend,), ["admin1"]),
            entered(tolls, "shared_tolls", "shared_toll_id", (shared,), ["admin1"]),
        ]
    )


def _taking_part(tables: Tables, week_start: date) -> pl.DataFrame:
    """Return the events with each registered actor that takes part in them, civilians aside."""
    events = _events(tables, week_start)
    sides = [
        events.filter(col(actor).is_not_null(), col(bloc).fill_null("") != CIVILIANS).with_columns(actor_id=col(actor))
        for actor, bloc in SIDES
    ]
    return pl.concat(sides).unique(["event_id", "actor_id"], maintain_order=True)


def _actors(tables: Tables, week_start: date, figure: str) -> pl.DataFrame:
    return entered(
        _taking_part(tables, week_start), "events", "event_id", (Addend(figure, one_of="actor_id"),), ["admin1"]
    )


def _of_actor(tables: Tables, week_start: date, figure: str) -> pl.DataFrame:
    return entered(
        _taking_part(tables, week_start), "events", "event_id", (Addend(figure),), ["actor_id", "admin1"]
    )  # fmt: skip


def _without_actor(tables: Tables, week_start: date, figure: str) -> pl.DataFrame:
    events = _events(tables, week_start).join(_taking_part(tables, week_start), on="event_id", how="anti")
    return entered(events, "events", "event_id", (Addend(figure),), ["admin1"])


def _of_outlet(where: pl.Expr) -> Callable[[Tables, date, str], pl.DataFrame]:
    def rows(tables: Tables, week_start: date, figure: str) -> pl.DataFrame:
        articles = tables("articles").filter(col("week_start") == week_start)
        return entered(articles, "articles", "article_id", (Addend(figure, where=where),), ["source_id"])

    return rows


NAMED_IN: Mapping[str, str] = {"admin1": "weekly_events", "actor_id": "actors", "source_id": "sources"}
"""The table that has every value of a column of a scope, also where nothing is counted."""
_AREA = ("admin1",)
_TOLD = (
    col("fatalities_low").is_not_null() | col("fatalities_best").is_not_null() | col("fatalities_high").is_not_null()
)
COUNTS: Mapping[str, Count] = {
    "events_with_deaths": Count(_AREA, _with_deaths),
    "events_with_toll": Count(_AREA, _events_where(_TOLD)),
    "events_of_one_source": Count(_AREA, _events_where(col("source_count") == 1)),
    "events_loosely_dated": Count(_AREA, _events_where(col("time_precision") > 1)),
    "events_loosely_placed": Count(_AREA, _events_where(col("geo_precision") > 1)),
    "events_without_actor": Count(_AREA, _without_actor),
    "actors_involved": Count(_AREA, _actors),
    "events_of_actor": Count(("actor_id", "admin1"), _of_actor),
    "articles_of_outlet": Count(("source_id",), _of_outlet(pl.lit(value=True))),
    "copies_of_outlet": Count(("source_id",), _of_outlet(col("duplicate_kind") != "none")),
}
"""By name, as a trace is asked for them: `2021-W09/Idlib/events_with_deaths`."""
