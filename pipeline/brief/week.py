"""One ISO week as a view model, computed from the tables of a release.

Headline figures and the table come from `weekly_events` and `weekly_tolls` (by `tallies`), so that the page says what
the data package says; how many events give a toll at all comes from `events`. Wording and looks do not belong here.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from datetime import date, timedelta

import polars as pl

from pipeline.brief.claims import claims, shared_tolls
from pipeline.brief.comparison import compare
from pipeline.brief.context import BriefContext, WeekChanges
from pipeline.brief.coverage import caveats, coverage
from pipeline.brief.directions import directions
from pipeline.brief.earlier import Earlier, earlier_changes
from pipeline.brief.events import choose, event_brief
from pipeline.brief.involved import actors
from pipeline.brief.ledger import Ledger, Row, group_tables
from pipeline.brief.model import Cell
from pipeline.brief.tallies import Tally, sum_figures, tallies, week_figures
from pipeline.brief.week_model import Neighbour, WeekBrief
from pipeline.errors import FieldledgerError


def _cell(row: Row) -> Cell:
    return Cell(row["admin1"], row["event_type"], row["sub_event_type"], sum_figures([row], row["distinct_sources"]))


def _neighbours(ledger: Ledger, week_start: date) -> tuple[Neighbour | None, Neighbour | None]:
    """Return the covered weeks next to this one, whether or not they touch it."""
    at = bisect_left(ledger.weeks, week_start)
    around = (
        ledger.weeks[at - 1] if at else None,
        ledger.weeks[at + 1] if at + 1 < len(ledger.weeks) else None,
    )
    previous, following = (Neighbour(w, ledger.coverage[w]["iso_week"]) if w else None for w in around)
    return previous, following


def brief_of(ledger: Ledger, tallies: Mapping[date, Tally], week_start: date, context: BriefContext) -> WeekBrief:
    """Return the view model of one covered week from tables that are already grouped, and `tallies` of these.

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
    compared = compare(tallies, week_start, read_to_end=read_to_end(ledger, week_start))
    previous, following = _neighbours(ledger, week_start)
    active = {cell.admin1 for cell in cells}
    return WeekBrief(
        week_start=week_start,
        iso_week=ledger.coverage[week_start]["iso_week"],
        figures=figures,
        comparison=compared,
        directions=directions(compared, ledger.governorates, events),
        actors=actors(ledger, week_start),
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
        is_new=context.previous_version is not None and week_start not in context.known_before,
        earlier=_earlier(ledger, week_start, context),
        accuracy=ledger.accuracy,
        coverage=coverage(ledger, week_start),
        caveats=caveats(ledger, week_start, events),
        newest_article=ledger.newest_article,
        previous=previous,
        next=following,
    )


def read_to_end(ledger: Ledger, week_start: date) -> bool:
    """Return whether an article of the week's Sunday, or a later one, was read."""
    return ledger.newest_article is not None and ledger.newest_article >= week_start + timedelta(days=6)


def _earlier(ledger: Ledger, week_start: date, context: BriefContext) -> Earlier | None:
    if context.previous_version is None or week_start != ledger.weeks[-1]:
        return None
    return earlier_changes(context.changes, week_start, ledger.coverage, context.known_before, context.previous_version)


def week_brief(tables: Mapping[str, pl.DataFrame], week_start: date, context: BriefContext) -> WeekBrief:
    """Return the view model of one covered week. For many weeks, group once and call `brief_of` for each.

    Raises:
        FieldledgerError: the week is not in `weekly_coverage`, or its weekly figures contradict its events.
    """
    ledger = group_tables(tables)
    return brief_of(ledger, tallies(ledger), week_start, context)
