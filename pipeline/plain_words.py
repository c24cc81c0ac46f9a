"""Numbers, counts, lists, ranges and dates in plain English, the same in briefings and in the pages of a release.

Pure functions from values to words. No locale is asked: days and months are spelt out here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from types import MappingProxyType

DASH = "–"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
NOUNS = MappingProxyType(
    {
        "actor": "actors",
        "article": "articles",
        "cell": "cells",
        "change": "changes",
        "column": "columns",
        "copy": "copies",
        "correction": "corrections",
        "day": "days",
        "denial": "denials",
        "earlier week": "earlier weeks",
        "event": "events",
        "further copy": "further copies",
        "governorate": "governorates",
        "happening": "happenings",
        "id": "ids",
        "independent source": "independent sources",
        "mention": "mentions",
        "person": "people",
        "record": "records",
        "report": "reports",
        "row": "rows",
        "shared toll": "shared tolls",
        "source": "sources",
        "table": "tables",
        "threat or plan": "threats or plans",
        "week": "weeks",
    }
)


def number(n: int) -> str:
    """Return ``n`` in figures, thousands set apart: "1,200"."""
    return f"{n:,}"


def count(n: int, noun: str) -> str:
    """Return "1 event", "1,200 events", "no events".

    Raises:
        KeyError: the noun is not in `NOUNS`.
    """
    plural = NOUNS[noun]
    if n == 0:
        return f"no {plural}"
    return f"{number(n)} {noun if n == 1 else plural}"


SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def small(n: int) -> str:
    """Return a number as words below ten, as figures from ten: "nine", "10"."""
    return SMALL[n] if 0 <= n < len(SMALL) else number(n)


def opening(n: int, noun: str) -> str:
    """Return a count that a sentence starts with: "Three events", "No events", "12 events"."""
    return sentence_case(f"{small(n)} {noun if n == 1 else NOUNS[noun]}")


def mean(total: int, cases: int) -> str:
    """Return the mean with one decimal, rounded half up, and none for a whole number: "17.3", "4"."""
    tenths = (20 * total + cases) // (2 * cases)
    whole, tenth = divmod(tenths, 10)
    return f"{number(whole)}.{tenth}" if tenth else number(whole)


def percent(part: int, whole: int) -> str:
    """Return a share in whole percent, rounded half up; only none is 0% and only all is 100%."""
    share = (200 * part + whole) // (2 * whole)
    if share == 0 and part:
        return "less than 1%"
    return "more than 99%" if share == 100 and part != whole else f"{share}%"


def verb(n: int, singular: str, plural: str) -> str:
    """Return the form that agrees with ``n``."""
    return singular if n == 1 else plural


def listing(items: Sequence[str]) -> str:
    """Return "A", "A and B", "A, B and C"; nothing for no items."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def amount(low: int | None, high: int | None) -> str:
    """Return a count as the codebook reads it: "5", "5–8", "at least 5", "up to 8", "no figure"."""
    if low is None:
        return "no figure" if high is None else f"up to {number(high)}"
    if high is None:
        return f"at least {number(low)}"
    return number(low) if low == high else f"{number(low)}{DASH}{number(high)}"


def estimate(low: int | None, best: int | None, high: int | None) -> str:
    """Return a toll with its best estimate where that says more than the ends: "10–15, best estimate 12"."""
    ends = amount(low, high)
    exact = low == high == best or (high is None and low == best)
    return ends if best is None or exact else f"{ends}, best estimate {number(best)}"


def date_only(day: date) -> str:
    """Return "2 February 2021"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def full_day(day: date) -> str:
    """Return "Tuesday 2 February 2021"."""
    return f"{DAYS[day.weekday()]} {date_only(day)}"


def span(start: date, end: date, joint: str, *, weekdays: bool) -> str:
    """Join two days, saying month and year once where both share them."""
    first = str(start.day)
    if start.year != end.year:
        first = date_only(start)
    elif start.month != end.month:
        first = f"{start.day} {MONTHS[start.month - 1]}"
    if weekdays:
        return f"{DAYS[start.weekday()]} {first}{joint}{full_day(end)}"
    close = joint if first.isdigit() or joint != DASH else f" {DASH} "
    return f"{first}{close}{date_only(end)}"


def sentence_case(words: str) -> str:
    """Return ``words`` with the first letter raised, the rest untouched."""
    return words[:1].upper() + words[1:]
