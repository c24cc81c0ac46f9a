"""What a match of a date rule says, as the parts of a `DateSpan`; None where the words around it make it no date."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.extract.words import load_words

_WORDS = load_words("dates")
MONTHS: dict[str, int] = {**_WORDS["months"], **_WORDS["month_abbreviations"]}
WEEKDAYS: dict[str, int] = {**_WORDS["weekdays"], **_WORDS["weekday_abbreviations"]}
AMOUNTS: dict[str, int] = _WORDS["amounts"]
_VAGUE_AMOUNTS = frozenset(_WORDS["vague_amounts"])
HOLIDAYS: dict[str, list[int]] = _WORDS["holidays"]
MONTH_PARTS: dict[str, str] = _WORDS["month_parts"]
_NAMED_AFTER = frozenset(_WORDS["named_after"])
_COUNTED = frozenset(_WORDS["counted"])
_AFTER_ORDINAL = frozenset(_WORDS["after_ordinal"])
_NEXT_WORD = re.compile(r"\s*([^\W\d_]+)")

FEW_HOURS = 6
"""Hours that lie within a day."""

Builder = Callable[[re.Match[str], str], dict[str, object] | None]


def _number(word: str) -> int:
    key = " ".join(word.lower().split())
    return AMOUNTS[key] if key in AMOUNTS else int(key)


def _month(match: re.Match[str]) -> int:
    return MONTHS[match["month"].lower()]


def absolute_parts(match: re.Match[str], text: str) -> dict[str, object] | None:
    """ "3 March", "March 3-5, 2016": day and month, perhaps with the year."""
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


def numeric_parts(match: re.Match[str], _: str) -> dict[str, object] | None:
    """ "2016-03-05", "05.03.2016": the day first, unless it can be no month."""
    first, second = int(match["a"]), int(match["b"])
    day, month = (first, second) if second <= 12 else (second, first)
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return {"kind": "absolute", "day": day, "month": month, "year": int(match["year"])}


def month_only_parts(match: re.Match[str], text: str) -> dict[str, object] | None:
    """ "early March", "March 2016"."""
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


def weekday_parts(match: re.Match[str], text: str) -> dict[str, object] | None:
    """ "last Monday", "Tuesday night"."""
    if text[match.end("wd") : match.end("wd") + 1].lower() == "s" and previous_word(text, match.start()) == "on":
        return None  # "on Mondays"; but "Mondays raid" has only lost its apostrophe
    modifier = (match.groupdict().get("mod") or "").lower()
    part = {"last": "last", "past": "last", "next": "next", "overnight": "overnight"}.get(modifier)
    return {"kind": "weekday", "weekday": WEEKDAYS[match["wd"].lower()], "part": part}


def ago_parts(match: re.Match[str], _: str) -> dict[str, object] | None:
    """ "three days ago", "two weeks later"."""
    back, ago = match["way"].lower() in {"ago", "earlier", "before"}, match["way"].lower() == "ago"
    if not (match["amount"] or ago):
        return None
    amount = match["amount"] or "several"  # "days ago"
    count, kind = _number(amount), "relative" if ago else "anchored"
    part = "vague" if amount.lower() in _VAGUE_AMOUNTS else None
    return {"kind": kind, "amount": -count if back else count, "unit": match["unit"].lower(), "part": part}


def neighbour_parts(match: re.Match[str], _: str) -> dict[str, object] | None:
    """ "the previous day", "the following week"; "the year before" is told, too, for it dates nothing."""
    back = match["way"].lower() in {"previous", "preceding", "before"}
    unit = match["unit"].lower() if match["unit"].lower() in {"week", "month", "year"} else "day"
    return {"kind": "anchored", "amount": -1 if back else 1, "unit": unit}


def that_parts(match: re.Match[str], _: str) -> dict[str, object] | None:
    """ "the same day", "that month"."""
    unit = match["unit"].lower()
    if unit in {"week", "month"}:
        return {"kind": "anchored", "amount": 0, "unit": unit}
    return {"kind": "same_day", "unit": unit}


def calendar_parts(match: re.Match[str], _: str) -> dict[str, object] | None:
    """ "last week", "this month"."""
    way = "this" if match["way"].lower().startswith("earlier in") else match["way"].lower().split()[-1]
    steps = {"last": -1, "past": -1, "previous": -1, "this": 0, "the": -1, "next": 1}
    part = "early" if "arlier" in match["way"] else None
    return {"kind": "calendar", "amount": steps[way], "unit": match["unit"].lower(), "part": part}


def span_parts(match: re.Match[str], _: str) -> dict[str, object] | None:
    """ "in the past three days"; the last few hours are no stretch to count over, but today."""
    amount, unit = _number(match["amount"]) if match["amount"] else 1, match["unit"].lower()
    return {"kind": "span", "amount": amount, "unit": unit, "period": unit != "hour" or amount > FEW_HOURS}


def season_parts(match: re.Match[str], _: str) -> dict[str, object] | None:
    """ "the summer of 2013": wider than a month, so that it dates no happening."""
    return {"kind": "year", "year": int(match["year"])}


def holiday_parts(match: re.Match[str], _: str) -> dict[str, object] | None:
    """ "Christmas": a fixed day."""
    month, day = HOLIDAYS[" ".join(match["name"].lower().split())]
    return {"kind": "absolute", "day": day, "month": month}


def month_part_parts(match: re.Match[str], text: str) -> dict[str, object] | None:
    """ "the second half of September", "the end of May": a part of a month."""
    parts = month_only_parts(match, text)
    return parts and {**parts, "part": MONTH_PARTS[" ".join(match["part"].lower().split())]}


def night_to_parts(match: re.Match[str], _: str) -> dict[str, object] | None:
    """ "in the night to Thursday": the day named and the one before."""
    return {"kind": "weekday", "weekday": WEEKDAYS[match["wd"].lower()], "part": "night_to"}


def fixed(**parts: object) -> Builder:
    """Build the same parts whatever is matched."""
    return lambda match, text: dict(parts)


def day_of_month_parts(match: re.Match[str], text: str) -> dict[str, object] | None:
    """ "on the 5th"."""
    after = next_word(text, match.end())
    day = int(match["day"])
    if not 1 <= day <= 31 or (after and after not in _AFTER_ORDINAL and text[match.end() : match.end() + 1].isspace()):
        return None
    return {"kind": "day_of_month", "day": day}


def next_word(text: str, end: int) -> str:
    """Return the word right behind `end`, in small letters; empty when there is none."""
    match = _NEXT_WORD.match(text, end)
    return match.group(1).lower() if match else ""


def previous_word(text: str, start: int) -> str:
    """Return the last word before `start`, in small letters; empty when there is none."""
    words = re.findall(r"[^\W\d_]+", text[max(0, start - 24) : start])
    return words[-1].lower() if words else ""
