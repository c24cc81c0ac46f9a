"""Cheap signs of the date rules: what a text must hold for a rule of `dates_rules.py` to match at all.

Most sentences name a day in one way or none, and each rule costs a scan of the text. A sign too many costs a scan, a
sign too few a date: every sign here is a word, or a part of one, that its rules ask for literally.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick

from pipeline.extract.words import alternation, encodable, load_words

_WORDS = load_words("dates")
_SPELLED = str.maketrans({"\u0130": "I", "\u0131": "i", "\u017f": "s"})
"""Letters that a regular expression that ignores case takes for "i" and "s", and that `lower` does not."""


def _longest(phrases: Iterable[str]) -> tuple[str, ...]:
    """Of each phrase the longest word: blanks between words may be any white space."""
    return tuple(max(phrase.split(), key=len) for phrase in phrases)


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
_DATED = (*_CALENDAR, *_CLOCK, *_WORDS["months"], *_WORDS["month_abbreviations"])
_DATED_BY_FIGURE = re.compile(r"\d|\bon\s")
_WORD_SIGNS: dict[str, Iterable[str]] = {
    "weekday": _WORDS["weekdays"],
    "part": ("early", "mid", "late"),
    "holiday": _longest(_WORDS["holidays"]),
    "night": ("night",),
    "overnight": ("overnight",),
    "yesterday": ("yesterday",),
    "today": ("today", "tonight", "this"),
    "hour": _longest([*_WORDS["hours"], *_WORDS["long_hours"]]),
    "soon": _longest([*_WORDS["hours_on"], *_WORDS["soon_after"]]),
    "ago": ("ago", "earlier", "later", "before", "after"),
    "unit": ("hour", "day", "night", "week", "month", "year"),
    "day": ("day", "night", "evening", "morning", "afternoon", "week", "month"),
    "next": ("previous", "preceding", "following", "next"),
    "before": ("before", "after"),
    "same": ("same",),
    "that": ("that",),
    "past": ("past", "last", "previous"),
    "calendar": ("last", "this", "next", "past"),
    "weekend": ("weekend",),
    "units": ("hours", "days", "weeks"),
    "these": ("these",),
    "recent": ("recent",),
}
"""Signs that are any of some parts of words."""
_PATTERN_SIGNS = {
    "digit": re.compile(r"\d"),
    "numeric": re.compile(r"\d[-./]\d"),
    "month": re.compile(rf"\b{alternation([*_WORDS['months'], *_WORDS['month_abbreviations']])}\b"),
    "on_weekday": re.compile(rf"on\s{alternation(_WORDS['weekday_abbreviations'])}\b"),
}
_SIGNS_OF: dict[str, frozenset[str]] = {
    part: frozenset(name for name, parts in _WORD_SIGNS.items() if part in parts)
    for part in sorted({*_DATED, *(part for parts in _WORD_SIGNS.values() for part in parts)})
}
_PARTS = tuple(_SIGNS_OF)
_FINDER = AhoCorasick(_PARTS)
_DATED_PARTS = frozenset(_DATED)


def spelled(text: str) -> str:
    """Return `text`, offsets kept, with the letters that the rules take for "i" and "s" written so."""
    return text if text.isascii() else text.translate(_SPELLED)


def cued(text: str) -> bool:
    """Tell whether `text` holds anything that a date could be made of."""
    plain = spelled(text).lower()
    return not _DATED_PARTS.isdisjoint(_parts_in(plain)) or _DATED_BY_FIGURE.search(plain) is not None


def cues_in(text: str) -> frozenset[str]:
    """Give the names of the signs that `text` holds, whatever its case."""
    plain = spelled(text).lower()
    told = (_SIGNS_OF[part] for part in _parts_in(plain))
    return frozenset().union(*told, (name for name, sign in _PATTERN_SIGNS.items() if sign.search(plain)))


def known(cues: str) -> frozenset[str]:
    """Give the signs named in `cues`, parted by blanks; KeyError for a name that there is none of."""
    names = frozenset(cues.split())
    if unknown := names - _WORD_SIGNS.keys() - _PATTERN_SIGNS.keys():
        raise KeyError(", ".join(sorted(unknown)))
    return names


def _parts_in(plain: str) -> set[str]:
    return {_PARTS[number] for number, _, _ in _FINDER.find_matches_as_indexes(encodable(plain), overlapping=True)}
