"""Cheap signs of the date rules: what a text must hold for a rule of `dates_rules.py` to match at all.

Most sentences name a day in one way or none, and each rule costs a scan of the text. A sign too many costs a scan, a
sign too few a date: every sign here is a word, or a part of one, that its rules ask for literally.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from pipeline.extract.words import alternation, load_words

_WORDS = load_words("dates")
_SPELLED = str.maketrans({"\u0130": "I", "\u0131": "i", "\u017f": "s"})
"""Letters that a regular expression that ignores case takes for "i" and "s", and that `lower` does not."""


def _any(words: Iterable[str]) -> Callable[[str], bool]:
    parts = tuple(sorted(set(words)))
    return lambda text: any(part in text for part in parts)


def _pattern(pattern: str) -> Callable[[str], bool]:
    search = re.compile(pattern).search
    return lambda text: search(text) is not None


def _longest(phrases: Iterable[str]) -> Callable[[str], bool]:
    """Of each phrase the longest word: blanks between words may be any white space."""
    return _any(max(phrase.split(), key=len) for phrase in phrases)


_CALENDAR = ("christmas", "nowruz", "newroz", "week", "month", "year", "day", "night", "evening", "morning")
_CLOCK = (
    "dawn",
    "daybreak",
    "sunrise",
    "noon",
    "sunset",
    "hour",
    "minutes",
    "moments",
    "soon",
    "shortly",
    "afterwards",
)
_DATED = _any((*_CALENDAR, *_CLOCK, *_WORDS["months"], *_WORDS["month_abbreviations"]))
_DATED_BY_FIGURE = _pattern(r"\d|\bon\s")
_SIGNS: dict[str, Callable[[str], bool]] = {
    "digit": _pattern(r"\d"),
    "numeric": _pattern(r"\d[-./]\d"),
    "month": _pattern(rf"\b{alternation([*_WORDS['months'], *_WORDS['month_abbreviations']])}\b"),
    "weekday": _any(_WORDS["weekdays"]),
    "on_weekday": _pattern(rf"on\s{alternation(_WORDS['weekday_abbreviations'])}\b"),
    "part": _any(("early", "mid", "late")),
    "holiday": _longest(_WORDS["holidays"]),
    "night": _any(("night",)),
    "overnight": _any(("overnight",)),
    "yesterday": _any(("yesterday",)),
    "today": _any(("today", "tonight", "this")),
    "hour": _longest([*_WORDS["hours"], *_WORDS["long_hours"]]),
    "soon": _longest([*_WORDS["hours_on"], *_WORDS["soon_after"]]),
    "ago": _any(("ago", "earlier", "later", "before", "after")),
    "unit": _any(("hour", "day", "night", "week", "month", "year")),
    "day": _any(("day", "night", "evening", "morning", "afternoon", "week", "month")),
    "next": _any(("previous", "preceding", "following", "next")),
    "before": _any(("before", "after")),
    "same": _any(("same",)),
    "that": _any(("that",)),
    "past": _any(("past", "last", "previous")),
    "calendar": _any(("last", "this", "next", "past")),
    "weekend": _any(("weekend",)),
    "units": _any(("hours", "days", "weeks")),
    "these": _any(("these",)),
    "recent": _any(("recent",)),
}


def spelled(text: str) -> str:
    """Return `text`, offsets kept, with the letters that the rules take for "i" and "s" written so."""
    return text if text.isascii() else text.translate(_SPELLED)


def cued(text: str) -> bool:
    """Tell whether `text` holds anything that a date could be made of."""
    plain = spelled(text).lower()
    return _DATED(plain) or _DATED_BY_FIGURE(plain)


def cues_in(text: str) -> frozenset[str]:
    """Give the names of the signs that `text` holds, whatever its case."""
    plain = spelled(text).lower()
    return frozenset(name for name, holds in _SIGNS.items() if holds(plain))


def known(cues: str) -> frozenset[str]:
    """Give the signs named in `cues`, parted by blanks; KeyError for a name that there is none of."""
    names = frozenset(cues.split())
    if unknown := names - _SIGNS.keys():
        raise KeyError(", ".join(sorted(unknown)))
    return names
