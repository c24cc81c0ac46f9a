"""Runs of capitalised words, and how they part into names: wire texts lose the commas of their lists.

"the villages of Tal Ward Um al-Noor Hosh Rima and Deir Sabil": where one name ends and the next begins is told by
what begins and ends Arabic names of places. Which runs are places is decided in `place_unknown.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.extract.place_phrases import DIRECTIONS
from pipeline.extract.place_words import Word
from pipeline.extract.words import load_words

_LEXICON = load_words("places_words")
_NOT_NAMES = frozenset(_LEXICON["not_names"]) | DIRECTIONS
_BODIES = frozenset(_LEXICON["bodies"])
_LEADS = frozenset(_LEXICON["toponym_leads"])
_TAILS = frozenset(_LEXICON["toponym_tails"])
_NO_PLACES = frozenset(_LEXICON["no_places"]) | frozenset(_LEXICON["first_names"]) | frozenset(_LEXICON["person_leads"])
FATHERS = frozenset({"abu", "umm", "um", "bani", "ibn"})
"""Within a name of a place these lead on: "Tal Abu X"."""
LONGEST_NAME = 4
_COMMA = 2
"""Characters between two words that a comma parts."""


def run(words: Sequence[Word], place: int, used: Sequence[bool], longest: int = LONGEST_NAME) -> tuple[int, int]:
    """Return the run of capitalised words at `place`, Arabic articles included, at most `longest` and one."""
    first = place
    end = place
    while place < len(words) and place - first < longest + 1:
        word = words[place]
        if used[place] or (place > first and not word.joined):
            break
        if (
            word.article
            and (word.capital or word.lower in {"al", "el"} or words[min(place + 1, len(words) - 1)].hyphen)
            and place + 1 < len(words)
            and words[place + 1].joined
            and words[place + 1].capital
            and not used[place + 1]
        ):
            place += 1
            continue
        if not is_name_word(word):
            break
        place += 1
        end = place
    return first, end


def parted(words: Sequence[Word], first: int, end: int) -> list[tuple[int, int]]:
    """Part the run words[first:end] of a list into names, left to right.

    A name ends with its tail ("al-Kubra") and with an owner ("Um al-Noor") before a word without the
    article; a word that begins names ("Tal") begins one, and takes one more word of its own.
    """
    names: list[tuple[int, int]] = []
    start = at = first
    while at < end:
        opens = at
        at += words[at].article and at + 1 < end
        if opens > start and _begins(words, start, opens, at):
            names.append((start, opens))
            start = opens
        at += 1
    return [*names, (start, end)]


def _begins(words: Sequence[Word], start: int, opens: int, at: int) -> bool:
    """Tell whether a new name begins at `opens`, whose word without the article is `at`."""
    before = words[opens - 1]
    if before.lower in _TAILS and opens - start > 1:
        return True
    if at > opens or before.lower in FATHERS or (before.lower in _LEADS and opens - 1 == start):
        return False  # "al-X" behind a word belongs to it more often than not; "Tal" takes what is behind it
    if words[at].lower in _LEADS or (opens - 1 > start and words[opens - 2].article):
        return True
    return words[start].lower in _LEADS and opens - start > 1


def between(words: Sequence[Word], known: Sequence[tuple[int, int]], used: Sequence[bool]) -> list[tuple[int, int]]:
    """Return the names between two known places in a row: "Saraqib, X and Binnish", with its commas or without.

    `known` are [first, end) of the places of the gazetteer, left to right.
    """
    found: list[tuple[int, int]] = []
    for (_, left), (right, _) in pairwise(known):
        if not left < right <= left + LONGEST_NAME + 3 or not _in_row(words, left):
            continue
        first, end = run(words, left, used)
        if end == first or not (end == right or (words[end].lower == "and" and end + 1 == right)):
            continue
        if not _in_row(words, end) or any(_is_no_place(word) for word in words[first:end]):
            continue
        found.extend(parted(words, first, end))
    return found


def _is_no_place(word: Word) -> bool:
    return not word.article and (word.lower in _NO_PLACES or len(word.lower) < 3 or not word.text[-1].islower())


def _in_row(words: Sequence[Word], at: int) -> bool:
    """Tell whether only a blank or a comma parts a word from the one before it."""
    return words[at].joined or words[at].gap == _COMMA


def is_name_word(word: Word) -> bool:
    """Tell a capitalised word that can be part of the name of a place."""
    if not word.capital or word.lower in _BODIES:
        return False
    return word.lower not in _NOT_NAMES and not (word.text.endswith("s") and word.lower[:-1] in _NOT_NAMES)
