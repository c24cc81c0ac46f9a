"""Victims told by name: "Abu Sami", "Colonel Omar Badri", "the journalist Samer Ali".

A name counts one person right beside the word that says what became of him. Only names that begin as names of persons
do are read: whatever else is written with a capital may be a group, or a place.
"""

from __future__ import annotations

from pipeline.extract.words import Token, load_words

_WORDS = load_words("casualties")
_KUNYAS = frozenset(_WORDS["kunyas"])
_FIRST = (frozenset(load_words("places_words")["first_names"]) | _KUNYAS) - set(_WORDS["not_first_names"])
_RANKS = frozenset(_WORDS["ranks"])
_NOT_SURNAMES = frozenset(_WORDS["not_surnames"])
_ARTICLES = ("al-", "el-", "al", "bin", "ibn", "abu")
_MOST_RANKS = 3
_LONGEST_NAME = 5
NAME_OPENERS = _FIRST | _RANKS
"""Words with which such a group can begin."""


def name_end(words: list[Token], at: int) -> int | None:
    """Return the token after a person's name that begins at `at`, ranks before it included; None when none does."""
    if words[at].lower not in NAME_OPENERS:
        return None
    first = at
    while first - at < _MOST_RANKS and first < len(words) and words[first].lower in _RANKS:
        first += 1
    if first >= len(words) or words[first].lower not in _FIRST or not words[first].text[0].isupper():
        return None
    end = first + 1
    while end < len(words) and end - first < _LONGEST_NAME and _goes_on(words[end]):
        end += 1
    alone = end == first + 1 and words[first].lower in _KUNYAS
    named = any(word.lower in _NOT_SURNAMES for word in words[first + 1 : end + 1])
    return None if alone or named else end


def _goes_on(word: Token) -> bool:
    return word.text[0].isupper() or word.lower in _ARTICLES or word.lower.startswith(_ARTICLES[:2])
