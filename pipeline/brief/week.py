"""One ISO week as a view model, computed from the tables of a release.

Headline figures and the table come from `weekly_events` and `weekly_tolls`, so that the page says what the data package
says; how many events give a toll at all comes from `events`. Wording and looks do not belong here.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import polars as pl

from pipeline.brief.claims import claims, shared_tolls
from pipeline.brief.context import BriefContext, WeekChanges
from pipeline.brief.coverage import caveats, coverage
from pipeline.brief.events import choose, event_brief
from pipeline.brief.figures import Figures, Shared, Toll
from pipeline.brief.ledger import Ledger, Row, group_tables
from pipeline.brief.model import Cell, Neighbour, WeekBrief
from pipeline.errors import FieldledgerError

WEEK = timedelta(weeks=1)


def _figures(rows: Sequence[Row], sources: int) -> Figures:
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
    figures = _figures(ledger.cells.get(week_start, ()), ledger.week_sources.get(week_start, 0))
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


def _cell(row: Row) -> Cell:
    return Cell(row["admin1"], row["event_type"], row["sub_event_type"], _figures([row], row["distinct_sources"]))


def _neighbours(ledger: Ledger, week_start: date) -> tuple[Neighbour | None, Neighbour | None]:
    """Return the covered weeks next to this one, whether or not they touch it."""
    at = bisect_left(ledger.weeks, week_start)
    around = (
        ledger.weeks[at - 1] if at else None,
        ledger.weeks[at + 1] if at + 1 < len(ledger.weeks) else None,
    )
    previous, following = (Neighbour(w, ledger.coverage[w]["iso_week"]) if w else None for w in around)
    return previous, following


def brief_of(ledger: Ledger, week_start: date, context: BriefContext) -> WeekBrief:
    """Return the view model of one covered week from tables that are already grouped.

    Raises:
        FieldledgerError: the week is not in `weekly_coverage`, or its weekly figures contradict its events.
    """
    if week_start not in ledger.coverage:
        raise FieldledgerError(
            f"briefing: the week of {week_start} is not covered; ask for a Monday of weekly_coverage"
        )
    cells = tuple(_cell(row) for row in ledger.cells.get(week_start, ()))
    figures = week_figures(ledger, week_start)
    events = [event_brief(ledger, row) for row in ledger.events.get(week_start, ())]
    if len(events) != figures.events:
        raise FieldledgerError(
            f"briefing: week of {week_start}: weekly_events counts {figures.events} events, the table events has "
            f"{len(events)}; build both from the same run"
        )
    chosen, told = choose(events), claims(ledger, week_start)
    before = ledger.coverage.get(week_start - WEEK)
    previous, following = _neighbours(ledger, week_start)
    active = {cell.admin1 for cell in cells}
    return WeekBrief(
        week_start=week_start,
        iso_week=ledger.coverage[week_start]["iso_week"],
        figures=figures,
        before=week_figures(ledger, week_start - WEEK) if before and before["articles"] else None,
        before_silent=before is not None and not before["articles"],
        articles_before=before["articles"] if before else None,
        sources_before=before["sources"] if before else None,
        cells=cells,
        quiet_governorates=tuple(name for name in ledger.governorates if name not in active),
        notable=chosen.notable,
        movements=chosen.movements,
        others=chosen.others,
        claims_denied=told.denied,
        claims_prospective=told.prospective,
        running_totals=told.running_totals,
        shared_tolls=shared_tolls(ledger, week_start),
        changes=context.changes.get(week_start, WeekChanges()),
        coverage=coverage(ledger, week_start),
        caveats=caveats(ledger, week_start, events),
        newest_article=ledger.newest_article,
        previous=previous,
        next=following,
    )


def week_brief(tables: Mapping[str, pl.DataFrame], week_start: date, context: BriefContext) -> WeekBrief:
    """Return the view model of one covered week. For many weeks, group once and call `brief_of` for each.

    Raises:
        FieldledgerError: the week is not in `weekly_coverage`, or its weekly figures contradict its events.
    """
    return brief_of(group_tables(tables), week_start, context)
