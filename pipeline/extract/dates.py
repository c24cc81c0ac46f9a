"""Dates named in a text: spans and the calendar intervals they mean (codebook section 4, "Dates").

The door to `dates_grammar.py` (what is said) and `dates_resolve.py` (which days that is). Which of several dates
belongs to a mention is decided elsewhere.
"""

from __future__ import annotations

from pipeline.extract.dates_grammar import DateSpan, calendar_day, find_dateline, find_dates, is_above_story
from pipeline.extract.dates_resolve import Interval, resolve_date

__all__ = ["DateSpan", "Interval", "calendar_day", "find_dateline", "find_dates", "is_above_story", "resolve_date"]
