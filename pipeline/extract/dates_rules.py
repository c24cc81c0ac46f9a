"""The rules of the date grammar: one regular expression each, and what its match says.

No rule nests repetitions: each scan is linear in the length of the text. How matches become spans is the business of
`dates_grammar.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.extract.dates_cues import cues_in, known, spelled
from pipeline.extract.dates_parts import (
    AMOUNTS,
    HOLIDAYS,
    MONTH_PARTS,
    MONTHS,
    WEEKDAYS,
    Builder,
    absolute_parts,
    ago_parts,
    calendar_parts,
    day_of_month_parts,
    fixed,
    holiday_parts,
    month_only_parts,
    month_part_parts,
    neighbour_parts,
    night_to_parts,
    numeric_parts,
    season_parts,
    span_parts,
    that_parts,
    weekday_parts,
)
from pipeline.extract.words import REMEMBERED, alternation, load_words

_WORDS = load_words("dates")

_M = rf"(?P<month>{alternation(MONTHS)})\b\.?"
_WD = alternation(_WORDS["weekdays"])
_ANY_WD = rf"(?:{alternation(WEEKDAYS)}\b\.?,?\s+)?"
_D = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_D2 = r"(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?"
_Y = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_TO = r"(?:\s?[-–]\s?|\s+(?:to|until|till|through|and)\s+)"
_PART = rf"(?:\s+(?:in\s+the\s+|at\s+)?{alternation(_WORDS['day_parts'])}\b)?"
_WHEN = rf"(?:{alternation(_WORDS['when'])}\s+)?"
_N = rf"(?P<amount>\d{{1,3}}|{alternation(AMOUNTS)})"
_UNIT = r"(?P<unit>hour|day|night|week|month|year)s?\b"
_HOUR = rf"(?:the\s+)?{alternation(_WORDS['hours'])}\b"
_LONG_HOUR = rf"{alternation(_WORDS['long_hours'])}\b"
_HOURS_ON = rf"(?:{alternation(_WORDS['hours_on'])})"
_TIMES = "day|night|evening|morning|afternoon"
_LEAD = r"(?:(?:in|over|during|within|for|throughout|of)\s+)?"


def _rule(cues: str, pattern: str, build: Builder) -> tuple[frozenset[str], re.Pattern[str], Builder]:
    """`cues`: the signs without which the pattern cannot match (`dates_cues.py`)."""
    return known(cues), re.compile(rf"(?<![\w-]){pattern}", re.IGNORECASE), build


_RULES = (
    _rule("numeric", r"(?P<year>(?:19|20)\d\d)-(?P<b>\d\d)-(?P<a>\d\d)(?!\d)", numeric_parts),
    _rule(
        "numeric", r"(?P<a>\d{1,2})(?P<mark>[-./])(?P<b>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)(?!\d)", numeric_parts
    ),
    _rule(
        "day_month",
        rf"{_ANY_WD}(?:the\s+)?{_D}(?:{_TO}(?:the\s+)?{_D2})?\s+(?:of\s+)?{_M}(?:,?\s+(?:of\s+)?{_Y})?",
        absolute_parts,
    ),
    _rule("month_day", rf"{_ANY_WD}{_M}\s+(?:the\s+)?{_D}(?!\d)(?:{_TO}{_D2}(?!\d))?(?:,?\s+{_Y})?", absolute_parts),
    _rule("month_year", rf"(?:(?P<part>early|mid|late)[-\s]+)?{_M},?\s+(?:of\s+)?{_Y}", month_only_parts),
    _rule("year season", rf"(?:spring|summer|autumn|winter)\s+(?:of\s+)?{_Y}", season_parts),
    _rule("part month", rf"(?P<part>early|mid|late)[-\s]+(?:in\s+|on\s+in\s+)?{_M}", month_only_parts),
    _rule(
        "month_part month",
        rf"(?:the\s+)?(?P<part>{alternation(MONTH_PARTS)})\s+(?:of\s+|in\s+)?{_M}(?:,?\s+{_Y})?",
        month_part_parts,
    ),
    _rule("holiday", rf"(?P<name>{alternation(HOLIDAYS)})\b", holiday_parts),
    _rule("night weekday", rf"(?:in|during|on|over)\s+the\s+night\s+(?:in)?to\s+(?P<wd>{_WD})\b", night_to_parts),
    _rule(
        "weekday",
        rf"(?:(?P<mod>last|past|next|this|early|late|earlier\s+on|earlier|overnight)\s+)?(?P<wd>{_WD})(?:s(?=\s+[a-z]))?\b(?!\s+(?:market|prayers?)\b){_PART}",
        weekday_parts,
    ),
    _rule(
        "on_weekday", rf"(?<=on\s)(?P<wd>{alternation(_WORDS['weekday_abbreviations'])})\b(?!\s+[A-Z])", weekday_parts
    ),
    _rule("yesterday", r"the\s+day\s+before\s+yesterday\b", fixed(kind="relative", amount=-2, unit="day")),
    _rule("yesterday", rf"yesterday\b{_PART}", fixed(kind="relative", amount=-1, unit="day")),
    _rule("night", r"last\s+night\b", fixed(kind="relative", amount=-1, unit="night")),
    _rule(
        "today",
        r"(?:earlier\s+|later\s+)?today\b|tonight\b|this\s+(?:morning|afternoon|evening)\b",
        fixed(kind="relative", amount=0, unit="day"),
    ),
    _rule("now", r"(?:till|until|up\s+to)\s+now\b", fixed(kind="relative", amount=0, unit="day")),
    _rule(
        "now",
        r"(?:(?<=is\s)|(?<=are\s))now(?=\s+(?:the\s+scene|[a-z]+ing\b))",
        fixed(kind="relative", amount=0, unit="day"),
    ),
    _rule("overnight", r"overnight\b", fixed(kind="time_of_day", part="overnight")),
    _rule(
        "hour",
        rf"{_WHEN}(?:at|before|after|around|about|by|towards?|until|since)\s+{_HOUR}|{_WHEN}in\s+the\s+{_LONG_HOUR}",
        fixed(kind="time_of_day"),
    ),
    _rule("night", r"(?:in|during|over|through)\s+the\s+night\b", fixed(kind="time_of_day", part="overnight")),
    _rule(
        "soon",
        rf"{_HOURS_ON}\s+(?:later|earlier|afterwards|before)\b|{alternation(_WORDS['soon_after'])}\b",
        fixed(kind="same_day"),
    ),
    _rule(
        "ago unit",
        rf"(?:{_N}\s+)?{_UNIT}\s+(?P<way>ago|earlier|later|(?:before|after)(?=\s*(?:[.,;:)]|$)))\b",
        ago_parts,
    ),
    _rule(
        "next day",
        rf"the\s+(?P<way>previous|preceding|following|next)\s+(?P<unit>{_TIMES}|week|month|year)\b",
        neighbour_parts,
    ),
    _rule("next day", r"next\s+(?P<unit>day|morning)\b", fixed(kind="anchored", amount=1, unit="day")),
    _rule("before day", rf"the\s+(?P<unit>{_TIMES}|year)\s+(?P<way>before|after)\b(?!\s+yesterday)", neighbour_parts),
    _rule("same day", rf"(?:the\s+|that\s+)?same\s+(?P<unit>{_TIMES}|week|month)\b", that_parts),
    _rule("that day", rf"(?:later\s+|earlier\s+)?that\s+(?P<unit>{_TIMES}|week|month)\b", that_parts),
    _rule(
        "calendar unit",
        r"(?P<way>earlier\s+this|earlier\s+in\s+the|later\s+this|late\s+last|early\s+last|last|this|next|past)\s+(?P<unit>week|weekend|month|year|spring|summer|autumn|winter)\b",
        calendar_parts,
    ),
    _rule(
        "past unit",
        rf"{_LEAD}the\s+(?:past|last|previous)\s+(?:(?P<amount>\d{{1,3}}|{alternation(AMOUNTS)})\s+)?{_UNIT}",
        span_parts,
    ),
    _rule("weekend", r"(?P<way>the)\s+(?P<unit>weekend)\b", calendar_parts),
    _rule(
        "units",
        r"(?:in|within|over|inside)\s+(?:just\s+|only\s+|less\s+than\s+|under\s+)?(?P<amount>24|48|72|two|three|four|five|six"
        r"|seven|ten)\s+(?P<unit>hour|day|week)s\b(?!\s+(?:time|of\s+talks))",
        span_parts,
    ),
    _rule("these units", r"(?:these|in\s+these)\s+days\b", fixed(kind="span", amount=5, unit="day", period=True)),
    _rule(
        "past unit", r"in\s+(?:the\s+)?(?:past|last)\s+(?P<amount>few|several|two|three|\d{1,3})\s+" + _UNIT, span_parts
    ),
    _rule(
        "units",
        r"(?P<amount>(?<!\w)[3-9]|\d\d|three|four|five|six|seven|eight|nine|ten)\s+(?P<unit>day|week)s\s+of\b",
        span_parts,
    ),
    _rule("recent", r"in\s+recent\s+days\b", fixed(kind="span", amount=7, unit="day", period=True)),
    _rule("recent", r"in\s+recent\s+weeks\b", fixed(kind="span", amount=4, unit="week", period=True)),
    _rule("recent", r"in\s+recent\s+months\b", fixed(kind="span", amount=6, unit="month", period=True)),
    _rule("ordinal", r"(?<=on\s)the\s+(?P<day>\d{1,2})(?:st|nd|rd|th)\b", day_of_month_parts),
)
_BARE_MONTH = re.compile(rf"\b{alternation(_WORDS['before_month'])}\s+(?P<span>{_M})", re.IGNORECASE)
_YEAR = re.compile(
    rf"\b(?:in|since|of|during|throughout|until|(?P<part>early|mid|late))\s+(?:early\s+|late\s+|mid-?)?(?P<span>{_Y})\b",
    re.IGNORECASE,
)
_GLUED = re.compile(rf"{_M}\s+(?P<day>[0-3]\d){_Y}", re.IGNORECASE)


def matches(text: str) -> Iterator[tuple[int, int, dict[str, object]]]:
    """Yield (start, end, parts of a `DateSpan`) of every rule that matches; they may overlap."""
    text = spelled(text)
    cues = cues_in(text)
    if "dated" not in cues:
        return
    for pattern, build in _asked(cues):
        for match in pattern.finditer(text):
            if (parts := build(match, text)) is not None:
                yield match.start(), match.end(), parts
    for match in _BARE_MONTH.finditer(text) if "month" in cues else ():
        if (parts := month_only_parts(match, text)) is not None:
            yield match.start("span"), match.end("span"), parts
    for match in _YEAR.finditer(text) if "year" in cues else ():
        yield match.start("span"), match.end("span"), {"kind": "year", "year": int(match["year"])}


@lru_cache(maxsize=REMEMBERED)
def _asked(cues: frozenset[str]) -> tuple[tuple[re.Pattern[str], Builder], ...]:
    """Give the rules that may match where these signs are; a few sets of them return in most sentences."""
    return tuple((pattern, build) for needed, pattern, build in _RULES if needed <= cues)


def glued_dateline(text: str) -> tuple[int, int, dict[str, object]] | None:
    """Find "Jan 202015": a day and a year that a lost comma has run together."""
    match = _GLUED.search(text)
    parts = absolute_parts(match, text) if match else None
    return (match.start(), match.end(), parts) if match and parts else None
