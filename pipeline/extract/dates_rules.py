"""The rules of the date grammar: one regular expression each, and what its match says.

No rule nests repetitions: each scan is linear in the length of the text. How matches become spans is the business of
`dates_grammar.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pipeline.extract.dates_cues import cues_in, known, spelled
from pipeline.extract.words import alternation, load_words

_WORDS = load_words("dates")
_MONTHS: dict[str, int] = {**_WORDS["months"], **_WORDS["month_abbreviations"]}
WEEKDAYS: dict[str, int] = {**_WORDS["weekdays"], **_WORDS["weekday_abbreviations"]}
_AMOUNTS: dict[str, int] = _WORDS["amounts"]
_VAGUE_AMOUNTS = frozenset(_WORDS["vague_amounts"])
_HOLIDAYS: dict[str, list[int]] = _WORDS["holidays"]
_MONTH_PARTS: dict[str, str] = _WORDS["month_parts"]
_NAMED_AFTER = frozenset(_WORDS["named_after"])
_COUNTED = frozenset(_WORDS["counted"])
_AFTER_ORDINAL = frozenset(_WORDS["after_ordinal"])
_NEXT_WORD = re.compile(r"\s*([^\W\d_]+)")

_M = rf"(?P<month>{alternation(_MONTHS)})\b\.?"
_WD = alternation(_WORDS["weekdays"])
_ANY_WD = rf"(?:{alternation(WEEKDAYS)}\b\.?,?\s+)?"
_D = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_D2 = r"(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?"
_Y = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_TO = r"(?:\s?[-–]\s?|\s+(?:to|until|till|through|and)\s+)"
_PART = rf"(?:\s+(?:in\s+the\s+|at\s+)?{alternation(_WORDS['day_parts'])}\b)?"
_WHEN = rf"(?:{alternation(_WORDS['when'])}\s+)?"
_N = rf"(?P<amount>\d{{1,3}}|{alternation(_AMOUNTS)})"
_UNIT = r"(?P<unit>hour|day|night|week|month|year)s?\b"
_HOUR = rf"(?:the\s+)?{alternation(_WORDS['hours'])}\b"
_LONG_HOUR = rf"{alternation(_WORDS['long_hours'])}\b"
_HOURS_ON = rf"(?:{alternation(_WORDS['hours_on'])})"
_TIMES = "day|night|evening|morning|afternoon"
_LEAD = r"(?:(?:in|over|during|within|for|throughout|of)\s+)?"

Builder = Callable[[re.Match[str], str], dict[str, object] | None]


def _number(word: str) -> int:
    key = " ".join(word.lower().split())
    return _AMOUNTS[key] if key in _AMOUNTS else int(key)


def _month(match: re.Match[str]) -> int:
    return _MONTHS[match["month"].lower()]


def _absolute(match: re.Match[str], text: str) -> dict[str, object] | None:
    groups = match.groupdict()
    day, year, after = int(match["day"]), groups.get("year"), next_word(text, match.end())
    if not 1 <= day <= 31 or after in _NAMED_AFTER or not match["month"][0].isupper():
        return None
    if not year and match.start("month") < match.start("day"):
        bare = text[match.end("day") - 1].isdigit()
        lead = previous_word(text, match.start())
        if bare and (
            (after in _COUNTED and lead != "on")
            or lead in {"in", "since"}
            or text[match.end() : match.end() + 1] in {"%", ":"}
        ):
            return None
    parts: dict[str, object] = {"kind": "absolute", "day": day, "month": _month(match)}
    parts["year"] = int(year) if year else None
    if groups.get("day2"):
        parts["day2"] = int(match["day2"])
    return parts


def _numeric(match: re.Match[str], _: str) -> dict[str, object] | None:
    first, second = int(match["a"]), int(match["b"])
    day, month = (first, second) if second <= 12 else (second, first)
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return {"kind": "absolute", "day": day, "month": month, "year": int(match["year"])}


def _month_only(match: re.Match[str], text: str) -> dict[str, object] | None:
    if not match["month"][0].isupper() or next_word(text, match.end()) in _NAMED_AFTER:
        return None
    groups = match.groupdict()
    year, part = groups.get("year"), groups.get("part")
    return {
        "kind": "month",
        "month": _month(match),
        "year": int(year) if year else None,
        "part": part.lower() if part else None,
    }


def _weekday(match: re.Match[str], text: str) -> dict[str, object] | None:
    if text[match.end("wd") : match.end("wd") + 1].lower() == "s" and previous_word(text, match.start()) == "on":
        return None  # "on Mondays"; but "Mondays raid" has only lost its apostrophe
    modifier = (match.groupdict().get("mod") or "").lower()
    part = {"last": "last", "past": "last", "next": "next", "overnight": "overnight"}.get(modifier)
    return {"kind": "weekday", "weekday": WEEKDAYS[match["wd"].lower()], "part": part}


def _ago(match: re.Match[str], _: str) -> dict[str, object] | None:
    back, ago = match["way"].lower() in {"ago", "earlier", "before"}, match["way"].lower() == "ago"
    if not (match["amount"] or ago):
        return None
    amount = match["amount"] or "several"  # "days ago"
    count, kind = _number(amount), "relative" if ago else "anchored"
    part = "vague" if amount.lower() in _VAGUE_AMOUNTS else None
    return {"kind": kind, "amount": -count if back else count, "unit": match["unit"].lower(), "part": part}


def _neighbour(match: re.Match[str], _: str) -> dict[str, object] | None:
    back = match["way"].lower() in {"previous", "preceding", "before"}
    unit = match["unit"].lower() if match["unit"].lower() in {"week", "month"} else "day"
    return {"kind": "anchored", "amount": -1 if back else 1, "unit": unit}


def _that(match: re.Match[str], _: str) -> dict[str, object] | None:
    unit = match["unit"].lower()
    if unit in {"week", "month"}:
        return {"kind": "anchored", "amount": 0, "unit": unit}
    return {"kind": "same_day", "unit": unit}


def _calendar(match: re.Match[str], _: str) -> dict[str, object] | None:
    way = "this" if match["way"].lower().startswith("earlier in") else match["way"].lower().split()[-1]
    steps = {"last": -1, "past": -1, "previous": -1, "this": 0, "the": -1, "next": 1}
    part = "early" if "arlier" in match["way"] else None
    return {"kind": "calendar", "amount": steps[way], "unit": match["unit"].lower(), "part": part}


def _span(match: re.Match[str], _: str) -> dict[str, object] | None:
    amount = match["amount"]
    return {"kind": "span", "amount": _number(amount) if amount else 1, "unit": match["unit"].lower(), "period": True}


def _holiday(match: re.Match[str], _: str) -> dict[str, object] | None:
    month, day = _HOLIDAYS[" ".join(match["name"].lower().split())]
    return {"kind": "absolute", "day": day, "month": month}


def _month_part(match: re.Match[str], text: str) -> dict[str, object] | None:
    """ "the second half of September", "the end of May": a part of a month."""
    parts = _month_only(match, text)
    return parts and {**parts, "part": _MONTH_PARTS[" ".join(match["part"].lower().split())]}


def _night_to(match: re.Match[str], _: str) -> dict[str, object] | None:
    """ "in the night to Thursday": the day named and the one before."""
    return {"kind": "weekday", "weekday": WEEKDAYS[match["wd"].lower()], "part": "night_to"}


def _fixed(**parts: object) -> Builder:
    return lambda match, text: dict(parts)


def _day_of_month(match: re.Match[str], text: str) -> dict[str, object] | None:
    after = next_word(text, match.end())
    day = int(match["day"])
    if not 1 <= day <= 31 or (after and after not in _AFTER_ORDINAL and text[match.end() : match.end() + 1].isspace()):
        return None
    return {"kind": "day_of_month", "day": day}


def _rule(cues: str, pattern: str, build: Builder) -> tuple[frozenset[str], re.Pattern[str], Builder]:
    """`cues`: the signs without which the pattern cannot match (`dates_cues.py`)."""
    return known(cues), re.compile(rf"(?<![\w-]){pattern}", re.IGNORECASE), build


_RULES = (
    _rule("numeric", r"(?P<year>(?:19|20)\d\d)-(?P<b>\d\d)-(?P<a>\d\d)(?!\d)", _numeric),
    _rule("numeric", r"(?P<a>\d{1,2})(?P<mark>[-./])(?P<b>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)(?!\d)", _numeric),
    _rule(
        "day_month",
        rf"{_ANY_WD}(?:the\s+)?{_D}(?:{_TO}(?:the\s+)?{_D2})?\s+(?:of\s+)?{_M}(?:,?\s+(?:of\s+)?{_Y})?",
        _absolute,
    ),
    _rule("digit month", rf"{_ANY_WD}{_M}\s+(?:the\s+)?{_D}(?!\d)(?:{_TO}{_D2}(?!\d))?(?:,?\s+{_Y})?", _absolute),
    _rule("year month", rf"(?:(?P<part>early|mid|late)[-\s]+)?{_M},?\s+(?:of\s+)?{_Y}", _month_only),
    _rule("part month", rf"(?P<part>early|mid|late)[-\s]+(?:in\s+|on\s+in\s+)?{_M}", _month_only),
    _rule(
        "month_part month",
        rf"(?:the\s+)?(?P<part>{alternation(_MONTH_PARTS)})\s+(?:of\s+|in\s+)?{_M}(?:,?\s+{_Y})?",
        _month_part,
    ),
    _rule("holiday", rf"(?P<name>{alternation(_HOLIDAYS)})\b", _holiday),
    _rule("night weekday", rf"(?:in|during|on|over)\s+the\s+night\s+(?:in)?to\s+(?P<wd>{_WD})\b", _night_to),
    _rule(
        "weekday",
        rf"(?:(?P<mod>last|past|next|this|early|late|earlier\s+on|earlier|overnight)\s+)?(?P<wd>{_WD})(?:s(?=\s+[a-z]))?\b(?!\s+(?:market|prayers?)\b){_PART}",
        _weekday,
    ),
    _rule("on_weekday", rf"(?<=on\s)(?P<wd>{alternation(_WORDS['weekday_abbreviations'])})\b(?!\s+[A-Z])", _weekday),
    _rule("yesterday", r"the\s+day\s+before\s+yesterday\b", _fixed(kind="relative", amount=-2, unit="day")),
    _rule("yesterday", rf"yesterday\b{_PART}", _fixed(kind="relative", amount=-1, unit="day")),
    _rule("night", r"last\s+night\b", _fixed(kind="relative", amount=-1, unit="night")),
    _rule(
        "today",
        r"(?:earlier\s+|later\s+)?today\b|tonight\b|this\s+(?:morning|afternoon|evening)\b",
        _fixed(kind="relative", amount=0, unit="day"),
    ),
    _rule("overnight", r"overnight\b", _fixed(kind="time_of_day", part="overnight")),
    _rule(
        "hour",
        rf"{_WHEN}(?:at|before|after|around|about|by|towards?|until|since)\s+{_HOUR}|{_WHEN}in\s+the\s+{_LONG_HOUR}",
        _fixed(kind="time_of_day"),
    ),
    _rule("night", r"(?:in|during|over|through)\s+the\s+night\b", _fixed(kind="time_of_day", part="overnight")),
    _rule(
        "soon",
        rf"{_HOURS_ON}\s+(?:later|earlier|afterwards|before)\b|{alternation(_WORDS['soon_after'])}\b",
        _fixed(kind="same_day"),
    ),
    _rule(
        "ago unit", rf"(?:{_N}\s+)?{_UNIT}\s+(?P<way>ago|earlier|later|(?:before|after)(?=\s*(?:[.,;:)]|$)))\b", _ago
    ),
    _rule(
        "next day", rf"the\s+(?P<way>previous|preceding|following|next)\s+(?P<unit>{_TIMES}|week|month)\b", _neighbour
    ),
    _rule("next day", r"next\s+(?P<unit>day|morning)\b", _fixed(kind="anchored", amount=1, unit="day")),
    _rule("before day", rf"the\s+(?P<unit>{_TIMES})\s+(?P<way>before|after)\b(?!\s+yesterday)", _neighbour),
    _rule("same day", rf"(?:the\s+|that\s+)?same\s+(?P<unit>{_TIMES}|week|month)\b", _that),
    _rule("that day", rf"(?:later\s+|earlier\s+)?that\s+(?P<unit>{_TIMES}|week|month)\b", _that),
    _rule(
        "calendar unit",
        r"(?P<way>earlier\s+this|earlier\s+in\s+the|later\s+this|late\s+last|early\s+last|last|this|next|past)\s+(?P<unit>week|weekend|month|year|spring|summer|autumn|winter)\b",
        _calendar,
    ),
    _rule(
        "past unit",
        rf"{_LEAD}the\s+(?:past|last|previous)\s+(?:(?P<amount>\d{{1,3}}|{alternation(_AMOUNTS)})\s+)?{_UNIT}",
        _span,
    ),
    _rule("weekend", r"(?P<way>the)\s+(?P<unit>weekend)\b", _calendar),
    _rule(
        "units",
        r"(?:in|within|over|inside)\s+(?:just\s+|only\s+|less\s+than\s+|under\s+)?(?P<amount>24|48|72|two|three|four|five|six"
        r"|seven|ten)\s+(?P<unit>hour|day|week)s\b(?!\s+(?:time|of\s+talks))",
        _span,
    ),
    _rule("these units", r"(?:these|in\s+these)\s+days\b", _fixed(kind="span", amount=5, unit="day", period=True)),
    _rule("past unit", r"in\s+(?:the\s+)?(?:past|last)\s+(?P<amount>few|several|two|three|\d{1,3})\s+" + _UNIT, _span),
    _rule(
        "units",
        r"(?P<amount>(?<!\w)[3-9]|\d\d|three|four|five|six|seven|eight|nine|ten)\s+(?P<unit>day|week)s\s+of\b",
        _span,
    ),
    _rule("recent", r"in\s+recent\s+days\b", _fixed(kind="span", amount=7, unit="day", period=True)),
    _rule("recent", r"in\s+recent\s+weeks\b", _fixed(kind="span", amount=4, unit="week", period=True)),
    _rule("recent", r"in\s+recent\s+months\b", _fixed(kind="span", amount=6, unit="month", period=True)),
    _rule("ordinal", r"(?<=on\s)the\s+(?P<day>\d{1,2})(?:st|nd|rd|th)\b", _day_of_month),
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
    for asked, pattern, build in _RULES:
        if asked <= cues:
            for match in pattern.finditer(text):
                if (parts := build(match, text)) is not None:
                    yield match.start(), match.end(), parts
    for match in _BARE_MONTH.finditer(text) if "month" in cues else ():
        if (parts := _month_only(match, text)) is not None:
            yield match.start("span"), match.end("span"), parts
    for match in _YEAR.finditer(text) if "year" in cues else ():
        yield match.start("span"), match.end("span"), {"kind": "year", "year": int(match["year"])}


def glued_dateline(text: str) -> tuple[int, int, dict[str, object]] | None:
    """Find "Jan 202015": a day and a year that a lost comma has run together."""
    match = _GLUED.search(text)
    parts = _absolute(match, text) if match else None
    return (match.start(), match.end(), parts) if match and parts else None


def next_word(text: str, end: int) -> str:
    """Return the word right behind `end`, in small letters; empty when there is none."""
    match = _NEXT_WORD.match(text, end)
    return match.group(1).lower() if match else ""


def previous_word(text: str, start: int) -> str:
    """Return the last word before `start`, in small letters; empty when there is none."""
    words = re.findall(r"[^\W\d_]+", text[max(0, start - 24) : start])
    return words[-1].lower() if words else ""
