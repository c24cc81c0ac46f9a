"""The counts of each covered week that pages set side by side: events, deaths, civilians, actors, articles.

Killed and injured come from the weekly tables, as everywhere; which events had deaths and who took part, from `events`.
What makes a change clear belongs to `noise`, which weeks compare to `comparison`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline.aggregate.counts import CIVILIANS, SIDES
from pipeline.brief.figures import Figures, Shared, Toll
from pipeline.brief.ledger import Ledger, Row


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of one covered week."""

    week_start: date
    iso_week: str
    articles: int
    figures: Figures
    """Without the number of sources (0), which no week is compared by."""
    deadly: int
    """Events with a best estimate of at least one killed, and shared tolls of which at least one counts."""
    actors: int
    events_in: Mapping[str, int]
    """Events by governorate; one without events is absent."""
    deadly_in: Mapping[str, int]
    """The same of `deadly`; a shared toll that no one governorate holds is in none."""


def sum_figures(rows: Sequence[Row], sources: int) -> Figures:
    """Return the sums of rows of `weekly_events` (as in `Ledger.cells`)."""
    highs = [row["fatalities_high"] for row in rows]
    return Figures(
        events=sum(row["events"] for row in rows),
        killed=Toll(
            low=sum(row["fatalities_low"] for row in rows),
            best=sum(row["fatalities_best"] for row in rows),
            high=None if None in highs else sum(highs),
        ),
        killed_events=sum(row["killed_events"] for row in rows),
        injured=sum(row["injured"] for row in rows),
        injured_events=sum(row["injured_events"] for row in rows),
        civilian_targeting=sum(row["civilian_targeting_events"] for row in rows),
        sources=sources,
    )


def week_figures(ledger: Ledger, week_start: date) -> Figures:
    """Return the sums of the week over all governorates and sub-event types."""
    figures = sum_figures(ledger.cells.get(week_start, ()), ledger.week_sources.get(week_start, 0))
    return replace(figures, shared=_shared(ledger, week_start))


def _shared(ledger: Ledger, week_start: date) -> Shared:
    """Return the sums of shared tolls in `weekly_tolls`, and how many of each kind `shared_tolls` counts."""
    rows, counted = ledger.weekly_tolls.get(week_start, ()), ledger.counted_tolls.get(week_start, ())
    highs = [row["shared_fatalities_high"] for row in rows]
    return Shared(
        killed=Toll(
            low=sum(row["shared_fatalities_low"] for row in rows),
            best=sum(row["shared_fatalities_best"] for row in rows),
            high=None if None in highs else sum(highs),
        ),
        killed_tolls=sum(row["kind"] == "killed" for row in counted),
        injured=sum(row["shared_injured"] for row in rows),
        injured_tolls=sum(row["kind"] == "injured" for row in counted),
    )


def involved(event: Row) -> Iterator[str]:
    """Yield the ids of the registered actors that take part in an event (row of `events`), civilians aside."""
    for actor, bloc in SIDES:
        if event[actor] is not None and event[bloc] != CIVILIANS:
            yield event[actor]


def tallies(ledger: Ledger) -> dict[date, Tally]:
    """Return the counts of every covered week, oldest first."""
    return {week: _tally(ledger, week) for week in ledger.weeks}


def _tally(ledger: Ledger, week_start: date) -> Tally:
    events, covered = ledger.events.get(week_start, ()), ledger.coverage[week_start]
    tolls = [
        row
        for row in ledger.counted_tolls.get(week_start, ())
        if row["kind"] == "killed" and (row["counted_best"] or 0) > 0
    ]
    deadly = [row for row in events if (row["fatalities_best"] or 0) > 0]
    return Tally(
        week_start=week_start,
        iso_week=covered["iso_week"],
        articles=covered["articles"],
        figures=replace(week_figures(ledger, week_start), sources=0),
        deadly=len(deadly) + len(tolls),
        actors=len({actor for event in events for actor in involved(event)}),
        events_in=Counter(row["admin1"] for row in events),
        deadly_in=Counter(row["admin1"] for row in (*deadly, *tolls) if row["admin1"] is not None),
    )
