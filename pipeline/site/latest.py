"""Lists of events in short lines: the latest of a governorate, of an actor, of the whole ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from pipeline.brief.figures import Toll
from pipeline.brief.ledger import Row
from pipeline.brief.model import Side, When, Where
from pipeline.brief.reports import first_side, side, when, where
from pipeline.contracts import load_contract

LATEST = 20
"""Events that a page lists; all others are found by their weeks."""


@dataclass(frozen=True, slots=True)
class Registry:
    """What the registries call actors and places, by id, and what codes are called."""

    actor_names: Mapping[str, str]
    place_names: Mapping[str, str]
    place_kinds: Mapping[str, str]
    titles: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event in a list."""

    event_id: str
    event_type: str
    sub_event_type: str
    week_start: date
    when: When
    where: Where
    actor1: Side
    actor2: Side | None
    killed: Toll
    injured: Toll
    sources: int
    disputed: bool


def registry(actors: pl.DataFrame, places: pl.DataFrame) -> Registry:
    """Return the names in the tables `actors` and `places`, and the titles of blocs."""
    blocs = load_contract().codelists["blocs"]
    return Registry(
        actor_names=dict(actors.select("actor_id", "actor_name").iter_rows()),
        place_names=dict(places.select("place_id", "place_name").iter_rows()),
        place_kinds=dict(places.select("place_id", "place_kind").iter_rows()),
        titles={"blocs": dict(blocs.select("code", "title").iter_rows())},
    )


def latest(events: pl.DataFrame, key: str, limit: int = LATEST) -> dict[str, list[Row]]:
    """Return the newest ``limit`` events for each value of ``key``, newest first: by first day, then by id."""
    newest = events.sort("event_date_start", "event_id", descending=[True, False])
    found = newest.group_by(key, maintain_order=True).head(limit)
    return dict(found.rows_by_key(key, named=True, include_key=True))


def lines(rows: Iterable[Row], names: Registry) -> tuple[EventLine, ...]:
    """Return rows of `events` as lines."""
    return tuple(_line(row, names) for row in rows)


def _line(row: Row, names: Registry) -> EventLine:
    return EventLine(
        event_id=row["event_id"],
        event_type=row["event_type"],
        sub_event_type=row["sub_event_type"],
        week_start=row["week_start"],
        when=when(row),
        where=where(names, row, "place_name"),
        actor1=first_side(names, row),
        actor2=side(names, row, 2),
        killed=Toll(row["fatalities_low"], row["fatalities_best"], row["fatalities_high"]),
        injured=Toll(row["injured_low"], None, row["injured_high"]),
        sources=row["source_count"],
        disputed=row["disputed"],
    )
