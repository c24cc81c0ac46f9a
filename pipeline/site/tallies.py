"""Events and casualties added up: by week for each governorate or actor, then over any stretch of weeks.

A toll that nobody gives is unknown and never zero; a sum is open at its upper end when one of its tolls is. The weekly
sums are those of `weekly_events`; tolls that several events share stand beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from operator import itemgetter
from typing import Any

import polars as pl

from pipeline.brief.figures import Toll

SUMS = (
    "events", "killed_low", "killed_best", "killed_high", "killed_tolls", "injured", "injured_tolls",
    "civilian_targeting",
)  # fmt: skip
"""Columns of weekly sums: counts of events and persons; `killed_high` is empty when open; `*_tolls` count the tolls."""
PERIODS = (4, 12, 52)
"""Weeks that the latest figures are given for."""
WEEK = timedelta(weeks=1)

col = pl.col


@dataclass(frozen=True, slots=True)
class Tally:
    """Events and casualties added up."""

    events: int
    killed: Toll
    killed_tolls: int
    """How many tolls of killed are in the sum; with none it is unknown."""
    injured: int
    """Sum of the low figures."""
    injured_tolls: int
    civilian_targeting: int


_VALUES = itemgetter(*SUMS)
NOTHING = Tally(0, Toll(0, 0, 0), 0, 0, 0, 0)
"""The sum of no event."""


@dataclass(frozen=True, slots=True)
class Week:
    """A covered week."""

    week_start: date
    iso_week: str
    silent: bool
    """No article of it was read."""


@dataclass(frozen=True, slots=True)
class Period:
    """The figures of some weeks, and how many of these were read."""

    weeks: int
    """Weeks asked for, back from the last one covered."""
    first: date
    covered: int
    silent: int
    tally: Tally


@dataclass(frozen=True, slots=True)
class Year:
    """The figures of the weeks of one ISO year."""

    year: str
    covered: int
    silent: tuple[str, ...]
    """ISO weeks for which nothing was read."""
    tally: Tally


def weekly_sums(events: pl.DataFrame, key: str) -> pl.DataFrame:
    """Add up events by ``key`` and week: columns ``key``, `week_start`, `SUMS`; weeks without an event have no row."""
    killed = pl.any_horizontal(col("fatalities_low", "fatalities_best", "fatalities_high").is_not_null())
    injured = pl.any_horizontal(col("injured_low", "injured_high").is_not_null())
    return events.group_by(key, "week_start").agg(
        events=pl.len().cast(pl.Int64),
        killed_low=col("fatalities_low").sum(),
        killed_best=col("fatalities_best").sum(),
        killed_high=pl.when(~(killed & col("fatalities_high").is_null()).any()).then(col("fatalities_high").sum()),
        killed_tolls=killed.sum().cast(pl.Int64),
        injured=col("injured_low").sum(),
        injured_tolls=injured.sum().cast(pl.Int64),
        civilian_targeting=col("civilian_targeting").sum().cast(pl.Int64),
    )


def shared_sums(shared_tolls: pl.DataFrame) -> pl.DataFrame:
    """Add up what counts of shared tolls by `admin1` and week, in the columns of `weekly_sums` (no events).

    Tolls that no single governorate contains are left out.
    """
    counted = shared_tolls.filter(col("counted_best").is_not_null() & col("admin1").is_not_null())
    killed, injured = col("kind") == "killed", col("kind") == "injured"
    none = pl.lit(0, pl.Int64)
    return counted.group_by("admin1", "week_start").agg(
        events=none,
        killed_low=col("counted_low").filter(killed).sum(),
        killed_best=col("counted_best").filter(killed).sum(),
        killed_high=pl.when(~(killed & col("counted_high").is_null()).any()).then(
            col("counted_high").filter(killed).sum()
        ),
        killed_tolls=killed.sum().cast(pl.Int64),
        injured=col("counted_low").filter(injured).sum(),
        injured_tolls=injured.sum().cast(pl.Int64),
        civilian_targeting=none,
    )


def tally(rows: Iterable[Mapping[str, Any]]) -> Tally:
    """Add up rows with the columns `SUMS`."""
    columns = dict(zip(SUMS, zip(*map(_VALUES, rows), strict=True), strict=False))
    if not columns:
        return NOTHING
    highs = columns.pop("killed_high")
    total = {name: sum(values) for name, values in columns.items()}
    return Tally(
        events=total["events"],
        killed=Toll(total["killed_low"], total["killed_best"], None if None in highs else sum(highs)),
        killed_tolls=total["killed_tolls"],
        injured=total["injured"],
        injured_tolls=total["injured_tolls"],
        civilian_targeting=total["civilian_targeting"],
    )


def weeks_of(coverage: pl.DataFrame) -> tuple[Week, ...]:
    """Return the covered weeks of `weekly_coverage`, oldest first."""
    rows = coverage.sort("week_start").select("week_start", "iso_week", col("articles") == 0)
    return tuple(Week(*row) for row in rows.iter_rows())


def periods(weeks: Sequence[Week], rows: Sequence[Mapping[str, Any]]) -> tuple[Period, ...]:
    """Return the figures of the last `PERIODS` weeks, counted back from the last of ``weeks``."""
    return tuple(_period(weeks, rows, n) for n in PERIODS) if weeks else ()


def _period(weeks: Sequence[Week], rows: Sequence[Mapping[str, Any]], n: int) -> Period:
    first = weeks[-1].week_start - (n - 1) * WEEK
    covered = [week for week in weeks if week.week_start >= first]
    return Period(
        weeks=n,
        first=first,
        covered=len(covered),
        silent=sum(week.silent for week in covered),
        tally=tally(row for row in rows if row["week_start"] >= first),
    )


def years(weeks: Sequence[Week], rows: Sequence[Mapping[str, Any]]) -> tuple[Year, ...]:
    """Return the figures by ISO year, newest first."""
    by_year: dict[str, list[Week]] = {}
    for week in weeks:
        by_year.setdefault(_year(week.week_start), []).append(week)
    told: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        told.setdefault(_year(row["week_start"]), []).append(row)
    return tuple(
        Year(year, len(covered), tuple(week.iso_week for week in covered if week.silent), tally(told.get(year, ())))
        for year, covered in sorted(by_year.items(), reverse=True)
    )


@lru_cache(maxsize=4096)  # of each week it is asked once for every actor
def _year(monday: date) -> str:
    return str(monday.isocalendar().year)


@dataclass(frozen=True, slots=True)
class Series:
    """One value a week from the first week that was read, without a gap; None where nothing is known of a week."""

    weeks: tuple[date, ...]
    events: tuple[int | None, ...]
    killed_low: tuple[int | None, ...]
    killed_best: tuple[int | None, ...]
    killed_high: tuple[int | None, ...]
    """None also where it is open."""
    events_before: int
    """Events of weeks before the first one that was read."""


def series(weeks: Sequence[Week], rows: Sequence[Mapping[str, Any]]) -> Series:
    """Return the weekly figures for a chart. ``rows`` hold `week_start` and `SUMS`, any number for a week."""
    read = [week.week_start for week in weeks if not week.silent]
    start = read[0] if read else (weeks[0].week_start if weeks else date.min)
    span = [start + n * WEEK for n in range((weeks[-1].week_start - start) // WEEK + 1)] if weeks else []
    by_week: dict[date, list[Mapping[str, Any]]] = {}
    for row in rows:
        by_week.setdefault(row["week_start"], []).append(row)
    sums = {**dict.fromkeys(read, NOTHING), **{week: tally(told) for week, told in by_week.items()}}
    known = [sums.get(week) for week in span]
    return Series(
        weeks=tuple(span),
        events=tuple(each.events if each else None for each in known),
        killed_low=tuple(each.killed.low if each else None for each in known),
        killed_best=tuple(each.killed.best if each else None for each in known),
        killed_high=tuple(each.killed.high if each else None for each in known),
        events_before=sum(row["events"] for row in rows if row["week_start"] < start),
    )
