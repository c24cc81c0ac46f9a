"""Paragraphs and sentences of a text as exact spans, by fast rules of our own.

Wire texts break the rules that a statistical splitter learned: headlines run into the lead, quotes lose their marks,
the space after a full stop is missing. Paragraphs come first, so that a headline on a line of its own never fuses
with what follows. One pass over the text: time is linear in its length. Nothing here knows what a sentence says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.record import record
from pipeline.extract.words import load_words

LONGEST = 900
"""Characters after which a text without a full stop is cut at the next white space."""

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_LINE = re.compile(r"[^\n]+")
_TERMINATOR = re.compile(r"[.!?\u2026\u061f]{1,20}[\"\u201d\u2019')\]\u00bb]{0,4}")
_WORDS = load_words("sentences")
_OPENING = frozenset(_WORDS["opening"])
_ABBREVIATIONS = frozenset(_WORDS["abbreviations"])
_WRAPPED_WIDTH = range(45, 121)


@record
class Sentence:
    """text[start:end], white space at the ends left out; `paragraph` and `number` count from 0."""

    start: int
    end: int
    paragraph: int
    number: int


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Give the spans of the paragraphs of `text`, stripped of white space, empty ones left out.

    Blank lines part paragraphs; so do single line breaks, unless the lines look like one text wrapped to a width.
    """
    start = 0
    for gap in [*_BLANK_LINE.finditer(text), None]:
        end = gap.start() if gap else len(text)
        yield from _lines(text, start, end)
        start = gap.end() if gap else end


def sentences(text: str, breaks: tuple[int, ...] = ()) -> list[Sentence]:
    """Cut `text` into sentences.

    `breaks` are offsets where one ends whatever the punctuation says (after a dateline).
    """
    found: list[Sentence] = []
    for number, (start, end) in enumerate(paragraphs(text)):
        for first, last in _parted(text, start, end, breaks):
            found.append(Sentence(first, last, number, len(found)))
    return found


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    lines = [match.span() for match in _LINE.finditer(text, start, end)]
    widths = [last - first for first, last in lines]
    wrapped = len(lines) > 2 and all(width in _WRAPPED_WIDTH for width in widths[:-1])
    for first, last in [(lines[0][0], lines[-1][1])] if wrapped else lines:
        span = _stripped(text, first, last)
        if span[0] < span[1]:
            yield span


def _parted(text: str, start: int, end: int, breaks: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    stops = [match.end() for match in _TERMINATOR.finditer(text, start, end) if _ends_sentence(text, match, end)]
    stops = sorted({*stops, *(stop for stop in breaks if start < stop < end), end})
    for stop in stops:
        while stop - start > LONGEST:
            cut = _cut(text, start, stop)
            yield from _nonempty(text, start, cut)
            start = cut
        yield from _nonempty(text, start, stop)
        start = stop


def _cut(text: str, start: int, stop: int) -> int:
    """Return where to chop an over-long sentence: the last white space before the limit, else the limit."""
    limit = start + LONGEST
    cut = text.rfind(" ", start + LONGEST // 2, limit)
    return min(stop, cut if cut > start else limit)


def _ends_sentence(text: str, match: re.Match[str], end: int) -> bool:
    after = match.end()
    if after >= end:
        return True
    following = text[after]
    if not following.isspace():
        return _missing_space(text, match)
    beyond = after
    while beyond < end and (text[beyond].isspace() or text[beyond] in _OPENING):
        beyond += 1
    if beyond >= end:
        return True
    if text[beyond].islower():
        return False
    return match.group() != "." or not _is_abbreviation(text, match.start())


def _missing_space(text: str, match: re.Match[str]) -> bool:
    """Tell "near Turkey.The town" (a lost space) from "U.S.", "3.5", "twitter.com"."""
    before, after = text[match.start() - 3 : match.start()], text[match.end() : match.end() + 2]
    return len(before) == 3 and before.islower() and before.isalpha() and after.istitle() and after.isalpha()


def _is_abbreviation(text: str, dot: int) -> bool:
    first = dot
    while first > max(0, dot - 8) and (text[first - 1].isalpha() or text[first - 1] == "."):
        first -= 1
    word = text[first:dot]
    single_initial = len(word) == 1 and word.isupper()
    return single_initial or word.lower() in _ABBREVIATIONS


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] == "\x00"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == "\x00"):
        end -= 1
    return start, end


def _nonempty(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first, last = _stripped(text, start, end)
    if first < last:
        yield first, last
