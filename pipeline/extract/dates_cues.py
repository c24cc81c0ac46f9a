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


_COMMON = frozenset({"after", "before", "early", "first", "last", "less", "middle", "more", "several", "than", "three"})
"""Words that many sentences hold: no good signs of a phrase that has another word."""


def _telling(phrases: Iterable[str]) -> tuple[str, ...]:
    """Of each phrase its most telling word, the longest that is not common: blanks between words may be any white
    space."""
    return tuple(max(phrase.split(), key=lambda word: (word not in _COMMON, len(word))) for phrase in phrases)


_SEASONS = ("spring", "summer", "autumn", "winter")
_CALENDAR = ("christmas", "nowruz", "newroz", "week", "month", "year", "day", "night", "evening", "morning", *_SEASONS)
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
    "now",
)
_DATED = (*_CALENDAR, *_CLOCK, *_WORDS["months"], *_WORDS["month_abbreviations"])
_WORD_SIGNS: dict[str, Iterable[str]] = {
    "dated": _DATED,
    "month_part": _telling(_WORDS["month_parts"]),
    "weekday": _WORDS["weekdays"],
    "part": ("early", "mid", "late"),
    "holiday": _telling(_WORDS["holidays"]),
    "season": _SEASONS,
    "night": ("night",),
    "overnight": ("overnight",),
    "now": ("now",),
    "yesterday": ("yesterday",),
    "today": ("today", "tonight", "this"),
    "hour": _telling([*_WORDS["hours"], *_WORDS["long_hours"]]),
    "soon": _telling([*_WORDS["hours_on"], *_WORDS["soon_after"]]),
    "ago": ("ago", "earlier", "later", "before", "after"),
    "unit": ("hour", "day", "night", "week", "month", "year", *_SEASONS),
    "day": ("day", "night", "evening", "morning", "afternoon", "week", "month", "year"),
    "next": ("previous", "preceding", "following", "next"),
    "before": ("before", "after"),
    "same": ("same",),
    "that": ("that",),
    "past": ("past", "last", "previous"),
    "calendar": ("last", "this", "next", "past", "earlier"),
    "weekend": ("weekend",),
    "units": ("hours", "days", "weeks"),
    "these": ("these",),
    "recent": ("recent",),
}
"""Signs that are any of some parts of words."""
_MONTHS = alternation([*_WORDS["months"], *_WORDS["month_abbreviations"]])
_FIGURE_SIGNS = {
    "numeric": re.compile(r"\d[-./]\d"),
    "ordinal": re.compile(r"\d(?:st|nd|rd|th)\b"),
    "year": re.compile(r"(?:19|20)\d\d(?!\d)"),
}
"""Signs that hold a figure; looked for only where there is one."""
_MONTH_SIGNS = {
    "day_month": re.compile(rf"\d(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTHS}\b"),
    "month_day": re.compile(rf"\b{_MONTHS}\b\.?\s+(?:the\s+)?[0-3]?\d(?!\d)"),
    "month_year": re.compile(rf"\b{_MONTHS}\b\.?,?\s+(?:of\s+)?(?:19|20)\d\d"),
}
"""Signs that hold a figure beside a month; looked for only where there are both."""
_DIGIT = re.compile(r"\d")
_MONTH = re.compile(rf"\b{_MONTHS}\b")
_ON = re.compile(r"on(?<!\won)\s")  # what it begins with is found fast, what must not stand before it is asked then
_ON_WEEKDAY = re.compile(rf"on\s{alternation(_WORDS['weekday_abbreviations'])}\b")
_MONTH_WORDS = frozenset({*_WORDS["months"], *_WORDS["month_abbreviations"]})
_NAMES = frozenset({*_WORD_SIGNS, *_FIGURE_SIGNS, *_MONTH_SIGNS, "month", "on_weekday"})
_SIGNS_OF: dict[str, frozenset[str]] = {
    part: frozenset(name for name, parts in _WORD_SIGNS.items() if part in parts)
    for part in sorted({*_DATED, *(part for parts in _WORD_SIGNS.values() for part in parts)})
}
_PARTS = tuple(_SIGNS_OF)
_FINDER = AhoCorasick(_PARTS)


def spelled(text: str) -> str:
    """Return `text`, offsets kept, with the letters that the rules take for "i" and "s" written so."""
    return text if text.isascii() else text.translate(_SPELLED)


def cues_in(text: str) -> frozenset[str]:
    """Give the names of the signs that `text` holds, whatever its case; "dated" stands for all that a date could be
    made of."""
    plain = spelled(text).lower()
    parts = _parts_in(plain)
    names = set().union(*(_SIGNS_OF[part] for part in parts))
    has_month = not _MONTH_WORDS.isdisjoint(parts) and _MONTH.search(plain) is not None
    if has_month:
        names.add("month")
    if _DIGIT.search(plain):
        names.add("dated")
        names.update([name for name, sign in _FIGURE_SIGNS.items() if sign.search(plain)])
        if has_month:
            names.update([name for name, sign in _MONTH_SIGNS.items() if sign.search(plain)])
    if _ON.search(plain):
        names.add("dated")
    if _ON_WEEKDAY.search(plain):
        names.add("on_weekday")
    return frozenset(names)


def known(cues: str) -> frozenset[str]:
    """Give the signs named in `cues`, parted by blanks; KeyError for a name that there is none of."""
    names = frozenset(cues.split())
    if unknown := names - _NAMES:
        raise KeyError(", ".join(sorted(unknown)))
    return names


def _parts_in(plain: str) -> set[str]:
    return {_PARTS[number] for number, _, _ in _FINDER.find_matches_as_indexes(encodable(plain), overlapping=True)}
