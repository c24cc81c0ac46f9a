"""Parts of an article that a governorate opens: "Homs" as a heading, "In Daraa province, ..." in front of a sentence.

Bulletins go through the country governorate by governorate. What they leave out after such an opening, or name without
saying where it lies, is there until the next one opens.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from pipeline.extract.places import PlaceSpan
from pipeline.extract.sentences import Sentence
from pipeline.extract.setting import Gazetteer
from pipeline.extract.words import load_words

_WORDS = load_words("setting")
_OPENING = frozenset(_WORDS["opening"])
_STARTS = frozenset(_WORDS["heading_starts"])
_ENDS = (":", " -", " –", " —", " |")
"""What stands behind a heading on a line with its text."""
_LONGEST = 60
"""Characters that may stand before the governorate in a sentence that opens a part."""
_TOP = 2
"""Sentences among which the name of a capital is where the news was written."""


def sections(
    text: str, cut: Sequence[Sentence], places: Sequence[Sequence[PlaceSpan]], gazetteer: Gazetteer
) -> list[PlaceSpan]:
    """Give the governorates that open parts of an article, in text order; `places` are those of each sentence."""
    found: list[PlaceSpan] = []
    for sentence, named in zip(cut, places, strict=True):
        first = named[0] if named else None
        if first is None or first.foreign or first.modifier == "near" or not gazetteer.names_governorate(first):
            continue
        if _opens(text, sentence, first) or (_heads(text, sentence, first) and not _is_dateline(sentence, first)):
            found.append(first)
    return found


def section_at(found: Sequence[PlaceSpan], offset: int) -> PlaceSpan | None:
    """Give the governorate whose part of the article an offset lies in."""
    at = bisect_right(found, offset, key=_start)
    return found[at - 1] if at else None


def _start(span: PlaceSpan) -> int:
    return span.start


def _opens(text: str, sentence: Sentence, span: PlaceSpan) -> bool:
    """ "Meanwhile in neighbouring X province ..."."""
    before = text[sentence.start : span.start]
    if len(before) > _LONGEST or "in" not in (words := before.lower().replace(",", " ").split()):
        return False
    return _OPENING.issuperset(words)


def _heads(text: str, sentence: Sentence, span: PlaceSpan) -> bool:
    """ "X", "X:", "X Army units ..." at the start of a sentence."""
    if text[sentence.start : span.start].strip(" \n\t-*"):
        return False
    behind = text[span.end : sentence.end]
    if not behind.strip(" .:") or behind.startswith(_ENDS):
        return True
    return behind[:1] == " " and behind.split(maxsplit=1)[0] in _STARTS


def _is_dateline(sentence: Sentence, span: PlaceSpan) -> bool:
    return sentence.number < _TOP and span.unit is None and span.modifier is None
