"""The grammar of the briefings: numbers, ranges, lists, changes and dates in plain English.

Pure functions from values to words; every template and sentence takes its numbers from here, so that "at least 5" is
said one way everywhere; what releases say too is `plain_words`. What is said of places, sides and events is in
`phrases`, sentences about a week are in `summary`, fixed texts (headings, notes) in `reports/texts`.
"""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.brief.figures import Figures, Toll
from pipeline.brief.model import When
from pipeline.plain_words import DASH as DASH
from pipeline.plain_words import NOUNS as NOUNS
from pipeline.plain_words import SMALL, estimate, span
from pipeline.plain_words import amount as amount
from pipeline.plain_words import count as count
from pipeline.plain_words import date_only as date_only
from pipeline.plain_words import full_day as full_day
from pipeline.plain_words import listing as listing
from pipeline.plain_words import mean as mean
from pipeline.plain_words import number as number
from pipeline.plain_words import opening as opening
from pipeline.plain_words import percent as percent
from pipeline.plain_words import sentence_case as sentence_case
from pipeline.plain_words import small as small
from pipeline.plain_words import verb as verb


def share(n: int, total: int) -> str:
    """Return a part of the events: "3 of 9 events", "all 9 events", "the event"."""
    if n == total:
        return "the event" if total == 1 else f"all {count(total, 'event')}"
    return f"{number(n)} of {count(total, 'event')}"


def opening_share(n: int, total: int) -> str:
    """Return a part of the events to start a sentence with: "Three of 12 events", "Of 25 events, 14", "The event"."""
    if n == total or n < len(SMALL):
        return sentence_case(share(n, total) if n == total else f"{small(n)} of {count(total, 'event')}")
    return f"Of {count(total, 'event')}, {number(n)}"


def toll(value: Toll) -> str:
    """Return a toll with its best estimate where that says more than the ends: "10–15, best estimate 12"."""
    return estimate(value.low, value.best, value.high)


def toll_figure(value: Toll, events: int) -> str:
    """Return the headline of a sum of tolls: the best estimate, "at least N" when the high end is open.

    ``events`` counts the events that give a toll: with none the sum is no zero but unknown.
    """
    if not events:
        return "no figure"
    if value.high is None:
        return f"at least {number(value.low or 0)}"
    return number(value.best or 0)


def toll_range(value: Toll) -> str:
    """Return what stands under the headline of a sum of tolls: its range or the best estimate; "" when it is exact."""
    if value.high is None:
        return "" if value.best == value.low else f"best estimate {number(value.best or 0)}"
    return "" if value.low == value.high else f"best estimate; range {amount(value.low, value.high)}"


def week_dates(week_start: date) -> str:
    """Return the days of the ISO week: "1–7 February 2021", "28 September – 4 October 2020"."""
    return span(week_start, week_start + timedelta(days=6), DASH, weekdays=False)


def week_days(week_start: date) -> str:
    """Return "Monday 1 to Sunday 7 February 2021"."""
    return span(week_start, week_start + timedelta(days=6), " to ", weekdays=True)


def iso_week(day: date) -> str:
    """Return the ISO week of a day: "2021-W05"."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def period(value: When) -> str:
    """Return the time that a claim or a running total speaks of."""
    start, end = value.start, value.end
    if start is None or end is None:
        return "date not given"
    if start == end:
        return full_day(start)
    if value.precision == 1:
        return span(start, end, " to ", weekdays=True)
    return span(start, end, DASH, weekdays=False)


def when(value: When) -> str:
    """Return when an event happened, with what is not known about it."""
    loose = value.start != value.end and value.precision != 1
    return f"{period(value)}, day not known" if loose else period(value)


def happenings(low: int | None, high: int | None) -> str:
    """Return how many happenings a running total counts: "at least 11 happenings"."""
    last = high if high is not None else low
    return f"{amount(low, high)} {NOUNS['happening'] if last != 1 else 'happening'}"


def best(value: Figures) -> str:
    """Return the best estimate of killed for a table cell."""
    return number(value.killed.best or 0) if value.killed_events else "no figure"


def ends(value: Figures) -> str:
    """Return the range of killed for a table cell; "" without any figure."""
    return amount(value.killed.low, value.killed.high) if value.killed_events else ""


def injured(value: Figures) -> str:
    """Return the injured for a table cell."""
    return number(value.injured) if value.injured_events else "no figure"


def killed(value: Toll) -> str:
    """Return the toll of an event in a list: "10–15 killed", "no figure of killed"."""
    if not value.known:
        return "no figure of killed"
    return "none killed" if value.low == value.high == 0 else f"{amount(value.low, value.high)} killed"


def basis(mentions: int, sources: int) -> str:
    """Return what an event rests on: "3 mentions by 2 independent sources"."""
    return f"{count(mentions, 'mention')} by {count(sources, 'independent source')}"


def denials(n: int) -> str:
    """Return the sentence before the quoted denials of an event."""
    if not n:
        return "A mention denies this event."
    return f"Denied by {count(n, 'report')}:"
