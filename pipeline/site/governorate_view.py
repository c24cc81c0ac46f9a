"""What the page of a governorate says, before any wording, and the list of all governorates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from pipeline.site.latest import EventLine, latest, lines, registry
from pipeline.site.tallies import (
    Period,
    Series,
    Tally,
    Week,
    Year,
    periods,
    series,
    shared_sums,
    tally,
    weekly_sums,
    weeks_of,
    years,
)  # fmt: skip

Frames = Callable[[str], pl.DataFrame]
"""Gives a table of the release by its name."""

col = pl.col


@dataclass(frozen=True, slots=True)
class OfType:
    """The figures of one sub-event type; its shared tolls, which may be of several types, are not in them."""

    event_type: str
    sub_event_type: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class GovernorateView:
    """One governorate as its page shows it. Tolls that events in it share are in all figures but those by type."""

    name: str
    weeks: tuple[Week, ...] = field(repr=False)
    """The same of all governorates: told once, not by the text of each."""
    total: Tally
    periods: tuple[Period, ...]
    years: tuple[Year, ...]
    types: tuple[OfType, ...]
    """Most events first."""
    series: Series
    latest: tuple[EventLine, ...]


def governorate_views(frame: Frames) -> dict[str, GovernorateView]:
    """Return the views of all governorates that the release whose tables ``frame`` gives covers, by name."""
    events = frame("events")
    names = registry(frame("actors"), frame("places"))
    weeks = weeks_of(frame("weekly_coverage"))
    own = _by(weekly_sums(events, "admin1"), "admin1")
    shared = _by(shared_sums(frame("shared_tolls")), "admin1")
    newest = latest(events, "admin1")
    types = _types(events)
    found = frame("weekly_events")["admin1"].unique().sort()
    views = {}
    for name in found:
        rows = [*own.get(name, ()), *shared.get(name, ())]
        views[name] = GovernorateView(
            name=name,
            weeks=weeks,
            total=tally(rows),
            periods=periods(weeks, rows),
            years=years(weeks, rows),
            types=tuple(types.get(name, ())),
            series=series(weeks, rows),
            latest=lines(newest.get(name, ()), names),
        )
    return views


def _by(frame: pl.DataFrame, key: str) -> dict[str, list[dict[str, Any]]]:
    return dict(frame.sort("week_start").rows_by_key(key, named=True, include_key=True))


def _types(events: pl.DataFrame) -> dict[str, list[OfType]]:
    key = ["admin1", "event_type", "sub_event_type"]
    weekly = weekly_sums(events.with_columns(__key=pl.struct(key)), "__key").unnest("__key")
    found: dict[str, list[OfType]] = {}
    groups = weekly.sort(*key, "week_start").group_by(key, maintain_order=True)
    for (admin1, event_type, sub_event_type), rows in groups:
        of_type = OfType(str(event_type), str(sub_event_type), tally(rows.iter_rows(named=True)))
        found.setdefault(str(admin1), []).append(of_type)
    for each in found.values():
        each.sort(key=lambda entry: (-entry.tally.events, entry.sub_event_type))
    return found
