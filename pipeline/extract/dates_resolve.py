"""From date expression to calendar interval, biased to the past (codebook section 4, "Dates").

Pure calendar arithmetic over what `dates_grammar.py` found. What the text and the publication date do not settle
gives None: nothing is guessed.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import field
from datetime import date, timedelta

from pipeline.extract.dates_grammar import DateSpan
from pipeline.extract.dates_parts import FEW_HOURS
from pipeline.extract.record import record

SLACK_DAYS = 1
"""A year-less date may lie this many days after publication: outlets date by their own time zone."""
_PARTS = {
    "early": (1, 10), "mid": (11, 20), "late": (21, 31), "half_1": (1, 15), "half_2": (16, 31),
    "week_1": (1, 7), "week_2": (8, 14), "week_3": (15, 21),
}  # fmt: skip


@record
class Interval:
    """Days `start` to `end`, both included; `precision` 1 day, 2 within a week, 3 within a month (codebook section
    4). `told` are the words it comes from, None where the publication date stands in."""

    start: date
    end: date
    precision: int
    told: DateSpan | None = field(default=None, compare=False)


def resolve_date(span: DateSpan, published_on: date | None, anchor: Interval | None = None) -> Interval | None:
    """Resolve `span` against the publication date and the interval of the happening told before it.

    Returns None when neither settles it, when the words mean no calendar day (30 February), and when the
    stretch of time is wider than a month.
    """
    try:
        first = _RESOLVERS[span.kind](span, published_on, anchor)
        if first is not None and span.until is not None:
            last = _RESOLVERS[span.until.kind](span.until, published_on, anchor)
            return _range(first, last, span)
    except (ValueError, OverflowError):
        return None
    if first is None or not span.since:
        return first
    return _between(first.start, published_on) if published_on and first.start <= published_on else None


def _absolute(span: DateSpan, published_on: date | None, anchor: Interval | None) -> Interval | None:
    day, month = span.day or 1, span.month or 1
    if span.year is not None:
        return _day(date(span.year, month, day))
    reference = published_on or (anchor.end if anchor else None)
    if reference is None:
        return None
    for year in range(reference.year + 1, reference.year - 9, -1):
        if day == 29 and month == 2 and not calendar.isleap(year):
            continue
        found = date(year, month, day)
        if found <= reference + timedelta(days=SLACK_DAYS):
            return _day(found)
    return None


def _month(span: DateSpan, published_on: date | None, anchor: Interval | None) -> Interval | None:
    first, last = _PARTS.get(span.part or "", (1, 31))
    month = span.month or 1
    if span.year is not None:
        return _in_month(span.year, month, first, last, published_on)
    reference = published_on or (anchor.end if anchor else None)
    if reference is None:
        return None
    year = reference.year if date(reference.year, month, first) <= reference else reference.year - 1
    return _in_month(year, month, first, last, reference)


def _weekday(span: DateSpan, published_on: date | None, _: Interval | None) -> Interval | None:
    if published_on is None or span.weekday is None:
        return None
    if span.part == "next":
        return _day(published_on + timedelta(days=(span.weekday - published_on.weekday() - 1) % 7 + 1))
    back = (published_on.weekday() - span.weekday) % 7
    if span.part == "last" and back == 0:
        back = 7
    day = published_on - timedelta(days=back)
    return Interval(day - timedelta(days=1), day, 1) if span.part == "night_to" else _day(day)


def _relative(span: DateSpan, published_on: date | None, _: Interval | None) -> Interval | None:
    return _shifted(published_on, span) if published_on else None


def _anchored(span: DateSpan, published_on: date | None, anchor: Interval | None) -> Interval | None:
    amount = span.amount or 0
    if anchor is None and amount >= 0:
        return None
    base = (anchor.end if amount > 0 else anchor.start) if anchor else published_on
    if base is None:
        return None
    if span.unit == "month":
        year, month = _month_away(base, amount)
        return _in_month(year, month, 1, 31, published_on)
    if span.unit == "week":
        return _week(base, amount, published_on)
    return _shifted(base, span)


def _same_day(_: DateSpan, __: date | None, anchor: Interval | None) -> Interval | None:
    return anchor


def _time_of_day(span: DateSpan, published_on: date | None, anchor: Interval | None) -> Interval | None:
    if anchor is not None:
        return anchor
    if published_on is None:
        return None
    first = published_on - timedelta(days=1) if span.part == "overnight" else published_on
    return Interval(first, published_on, 1)


def _day_of_month(span: DateSpan, _: date | None, anchor: Interval | None) -> Interval | None:
    return _day(anchor.start.replace(day=span.day or 1)) if anchor else None


def _calendar(span: DateSpan, published_on: date | None, _: Interval | None) -> Interval | None:
    if published_on is None:
        return None
    amount = span.amount or 0
    if span.unit == "week":
        return _week(published_on, amount, published_on)
    if span.unit == "weekend":
        saturday = published_on - timedelta(days=(published_on.weekday() - 5) % 7)
        if amount > 0:
            saturday += timedelta(days=7)
        end = saturday + timedelta(days=1)
        return Interval(saturday, min(end, max(published_on, saturday)) if amount <= 0 else end, 2)
    if span.unit == "month":
        year, month = _month_away(published_on, amount)
        return _in_month(year, month, 1, 31, published_on)
    return None


def _span(span: DateSpan, published_on: date | None, _: Interval | None) -> Interval | None:
    if published_on is None:
        return None
    amount = span.amount or 1
    if span.unit == "hour":
        if amount <= FEW_HOURS:
            return _day(published_on)
        days = -(-amount // 24)
        found = _between(published_on - timedelta(days=days), published_on)
        return Interval(found.start, found.end, 1) if found and days == 1 else found
    lengths = {"day": amount, "night": amount, "week": 7 * amount, "month": 31 * amount}
    length = lengths.get(span.unit or "", 0)
    return _between(published_on - timedelta(days=length - 1), published_on) if length else None


def _unresolved(_: DateSpan, __: date | None, ___: Interval | None) -> Interval | None:
    return None


def _year(span: DateSpan, published_on: date | None, _: Interval | None) -> Interval | None:
    """A year alone is wider than a month; after "since" its first day still opens a (too wide) stretch."""
    return _unresolved(span, published_on, None)


_RESOLVERS: dict[str, Callable[[DateSpan, date | None, Interval | None], Interval | None]] = {
    "absolute": _absolute,
    "month": _month,
    "year": _year,
    "weekday": _weekday,
    "relative": _relative,
    "anchored": _anchored,
    "same_day": _same_day,
    "day_of_month": _day_of_month,
    "calendar": _calendar,
    "span": _span,
    "time_of_day": _time_of_day,
}


def _day(day: date) -> Interval:
    return Interval(day, day, 1)


def _range(first: Interval | None, last: Interval | None, span: DateSpan) -> Interval | None:
    if first is None or last is None:
        return None
    start = first.start
    if start > last.end and span.kind == "weekday":
        start -= timedelta(days=7)
    if start > last.end:
        return None
    if span.part == "overnight" and (last.end - start).days <= 1:
        return Interval(start, last.end, 1)
    return _between(start, last.end)


def _between(start: date, end: date) -> Interval | None:
    """Interval with the precision of its length; None when wider than a month."""
    days = (end - start).days + 1
    if days < 1 or days > 31:
        return None
    return Interval(start, end, 1 if days == 1 else 2 if days <= 7 else 3)


def _shifted(base: date, span: DateSpan) -> Interval | None:
    amount = span.amount or 0
    if span.part == "vague" and span.unit == "day":
        return _between(*sorted((base + timedelta(days=2 * amount), base + timedelta(days=1 if amount > 0 else -1))))
    if span.unit in {"day", "night", "hour"}:
        return _day(base + timedelta(days=amount if span.unit != "hour" else 0))
    if span.unit == "week":
        middle = base + timedelta(days=7 * amount)
        return Interval(middle - timedelta(days=3), middle + timedelta(days=3), 2)
    if span.unit == "month":
        year, month = _month_away(base, amount)
        return _in_month(year, month, 1, 31, None)
    return None


def _week(base: date, amount: int, published_on: date | None) -> Interval:
    monday = base - timedelta(days=base.weekday()) + timedelta(days=7 * amount)
    sunday = monday + timedelta(days=6)
    end = published_on if published_on and monday <= published_on < sunday else sunday
    return Interval(monday, end, 2)


def _month_away(base: date, amount: int) -> tuple[int, int]:
    months = base.year * 12 + base.month - 1 + amount
    return months // 12, months % 12 + 1


def _in_month(year: int, month: int, first: int, last: int, published_on: date | None) -> Interval:
    """Days `first` to `last` of a month, not beyond publication: what is reported has happened."""
    start = date(year, month, first)
    end = date(year, month, min(last, calendar.monthrange(year, month)[1]))
    return Interval(start, published_on if published_on and start <= published_on < end else end, 3)
