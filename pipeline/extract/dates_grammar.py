"""Date expressions of English news prose, as spans with parsed parts; no calendar arithmetic (`dates_resolve.py`).

A grammar of our own (codebook section 4, "Dates"): general date parsers read "may" and "46th" as dates and look to the
future. Rules are in `dates_rules.py`, words in `lexicon/dates.yaml`.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from pipeline.extract.dates_parts import WEEKDAYS, previous_word
from pipeline.extract.dates_rules import glued_dateline, matches
from pipeline.extract.record import record, replace
from pipeline.extract.words import alternation, load_words

_REFUSED_LEADS = frozenset(load_words("dates")["dateline_refused_after"])
_POSTED_ON = re.compile(rf"\b{alternation(load_words('dates')['posting'])}\s+on\s+$", re.IGNORECASE)
_AGENCIES = frozenset(load_words("dates")["agencies"])
_POSTED = frozenset({*load_words("dates")["posting"], "publication"})
DATELINE_REACH = 60
LONG_DATELINE_REACH = 220
"""Characters within which a full date stands above the story: any at all, or one behind a weekday or an agency's
name."""
FIGURE_REACH = 130
"""The same for a date that begins with a figure ("6 September 2016"): headlines run into it."""
_BETWEEN = re.compile(r"\s*(?:-|–|to|until|till|through|and(?:\s+into)?|into)\s*", re.IGNORECASE)
_JOINS = re.compile(r"\s+(?:on|of|from)?\s*", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_PICTURED = frozenset(load_words("dates")["pictured"])
_SINCE = re.compile(
    r"\bsince\s(?:the\s)?(?:(?:beginning|start|end|middle|night|evening|morning)\sof\s|late\s|early\s|last\s)?$",
    re.IGNORECASE,
)
_SINCE_BEGAN = re.compile(
    rf"\bsince(?:\s[\w'-]+){{1,8}}\s{alternation(load_words('dates')['beginnings'])}(?:\s(?:on|in|last))?\s$",
    re.IGNORECASE,
)
_RANKED = re.compile(rf"\b{alternation(load_words('dates')['ranks'])}\b[\w\s'-]*$", re.IGNORECASE)
"""Before a stretch of time among whose happenings one is ranked: "the second attack in two weeks"."""
_RANK_REACH = 60
_SINCE_REACH = 90
"""Characters before a date among which "since" stands, where a beginning is told between them."""


@record
class DateSpan:
    """One date expression; ``text[start - offset:end - offset] == surface``.

    ``kind``: "absolute" (day and month, perhaps the year), "month", "year", "weekday", "relative" (from the
    publication date: today, three days ago), "anchored" (from the happening told before, else from publication: the
    previous day, two days earlier, that month), "same_day" (needs the happening told before), "day_of_month" (needs
    a month in context), "calendar" (last week, this month), "span" (the past three days) or "time_of_day" (at dawn,
    overnight: the day itself is not said).
    """

    start: int
    end: int
    surface: str
    kind: str
    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    amount: int | None = None
    """How many units away: below 0 is earlier, 0 the present one; for "span", how many units long."""
    unit: str | None = None
    """hour, day, night, week, weekend, month or year."""
    part: str | None = None
    """early, mid or late (of a month), last or next (of a weekday), overnight, vague ("several days ago")."""
    period: bool = False
    """The words give a stretch of time up to now ("since Friday", "in the past 24 hours"): what is counted in it is
    a running total."""
    since: bool = False
    """From the date to the reference date."""
    until: DateSpan | None = None
    """The last day of a range."""


def find_dates(text: str, offset: int = 0) -> list[DateSpan]:
    """Find date expressions, left to right, none overlapping; offsets are into `text` plus `offset`.

    Ranges ("between Monday and Wednesday", "from 3 to 5 March") come as one span with `until`; a span after "since" has
    `since` and `period` set.
    """
    return [_moved(span, offset) for span in _dates_in(text)]


@lru_cache(maxsize=64)
def _dates_in(text: str) -> tuple[DateSpan, ...]:
    """The last texts are remembered, for the tolls of a sentence ask for its dates again."""
    spans: list[DateSpan] = []
    for span in sorted(
        (_made(start, end, text, parts) for start, end, parts in matches(text)),
        key=lambda s: (s.start, s.start - s.end),
    ):
        ranks = span.kind == "span" and _RANKED.search(text, max(0, span.start - _RANK_REACH), span.start)
        if not ranks and (not spans or span.start >= spans[-1].end):
            spans.append(span)
    joined = _with_ranges(text, spans)
    return tuple(_since(text, span) for span in joined)


def find_dateline(text: str) -> DateSpan | None:
    """Find the full date that stands above the story: the first one near the top that no preposition ties into a
    sentence."""
    head = text[:LONG_DATELINE_REACH]
    if _YEAR.search(head) is None:
        return None
    if (glued := glued_dateline(head[:DATELINE_REACH])) is not None:
        start, end, parts = glued
        return _made(start, end, head, parts)
    for span in find_dates(head):
        if span.kind != "absolute" or span.year is None or span.until:
            continue
        before = previous_word(head, span.start)
        reach = FIGURE_REACH if span.surface[0].isdigit() else DATELINE_REACH
        if before in _AGENCIES or span.surface[:3].lower() in WEEKDAYS:
            reach = LONG_DATELINE_REACH
        tied = before in _REFUSED_LEADS and not _POSTED_ON.search(head[: span.start])
        if not tied and span.start < reach and not _is_under_picture(head[: span.start]):
            return span
    return None


def is_above_story(span: DateSpan, sentence: str, offset: int) -> bool:
    """Tell whether a date of `sentence`, which starts at `offset`, is the line above the story run into its lead: "AFP
    Sunday 6 Mar 2016 Soldiers were killed on Saturday ..."."""
    if span.year is None or span.kind != "absolute" or span.until or span.start >= LONG_DATELINE_REACH:
        return False
    before = previous_word(sentence, span.start - offset)
    if before in _REFUSED_LEADS:
        return False
    return not before or before in _AGENCIES or before in _POSTED or span.surface[:3].lower() in WEEKDAYS


def _is_under_picture(before: str) -> bool:
    """ "Smoke rises over the town, March 27, 2016": the day of a picture is not that of the story."""
    return not _PICTURED.isdisjoint(before.split())


def calendar_day(span: DateSpan | None) -> date | None:
    """Give the day of a full date, None when it is none or names no day of the calendar (30 February)."""
    if span is None or span.day is None or span.month is None or span.year is None:
        return None
    try:
        return date(span.year, span.month, span.day)
    except ValueError:
        return None


def _made(start: int, end: int, text: str, parts: dict[str, object]) -> DateSpan:
    last = parts.pop("day2", None)
    span = DateSpan(start, end, text[start:end], **parts)  # type: ignore[arg-type]
    return replace(span, until=replace(span, day=last)) if isinstance(last, int) else span


def _with_ranges(text: str, spans: list[DateSpan]) -> list[DateSpan]:
    """Join "between A and B", "overnight A and into B", "at dawn on A"."""
    joined: list[DateSpan] = []
    for span in spans:
        before = joined[-1] if joined else None
        if before and before.until is None:
            gap = text[before.end : span.start]
            if before.kind == "time_of_day" and _JOINS.fullmatch(gap):
                overnight = before.part == "overnight" and span.kind == "weekday"
                joined[-1] = replace(
                    span,
                    start=before.start,
                    surface=text[before.start : span.end],
                    part="overnight" if overnight else span.part,
                )
                continue
            if _is_range(text, before, span, gap):
                joined[-1] = replace(
                    _completed(before, span), end=span.end, surface=text[before.start : span.end], until=span
                )
                continue
        joined.append(span)
    return joined


def _is_range(text: str, first: DateSpan, last: DateSpan, gap: str) -> bool:
    if (
        not _BETWEEN.fullmatch(gap)
        or first.kind not in {"absolute", "weekday", "month", "year"}
        or last.kind != first.kind
    ):
        return False
    opened = previous_word(text, first.start) in {"between", "from"} or first.part == "overnight"
    neighbours = first.kind == "weekday" and (last.weekday or 0) - (first.weekday or 0) in {1, -6}
    if neighbours and gap.strip().lower() == "and":
        return True  # "on Sunday and Monday": one stretch
    return opened or "into" in gap.lower() or gap.strip() in {"-", "–", "to", "until", "till", "through"}


def _completed(first: DateSpan, last: DateSpan) -> DateSpan:
    return replace(first, year=last.year) if first.year is None and last.year is not None else first


def _since(text: str, span: DateSpan) -> DateSpan:
    if "since" in text[max(0, span.start - _SINCE_REACH) : span.start].lower() and _SINCE_BEGAN.search(
        text[max(0, span.start - _SINCE_REACH) : span.start]
    ):
        return replace(span, since=True, period=True)
    since = _SINCE.search(text[max(0, span.start - 32) : span.start])
    if not since or (since.group().rstrip().endswith("the") and _names_next(text, span)):
        return span
    return replace(span, since=True, period=True)


def _names_next(text: str, span: DateSpan) -> bool:
    """ "since the March 19 attack": the date is that of a happening, no stretch of time is counted."""
    return text[span.end : span.end + 1] == " " and text[span.end + 1 : span.end + 2].islower()


def _moved(span: DateSpan, offset: int) -> DateSpan:
    if not offset:
        return span
    until = _moved(span.until, offset) if span.until else None
    return replace(span, start=span.start + offset, end=span.end + offset, until=until)
