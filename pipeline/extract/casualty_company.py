"""The dead who are told apart from the verb: "along with two of his guards", "twelve of the dead came in X".

Works on the tokens of one sentence, beside `casualty_links.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.casualty_heads import Head
from pipeline.extract.numbers import may_count, quantity_at
from pipeline.extract.victims import Group
from pipeline.extract.words import Token, load_words, phrase_at, phrase_set

_WORDS = load_words("casualties")
_COMPANY = phrase_set(_WORDS["company"])
_COMPANY_WORDS = frozenset(_WORDS["company_words"])
_BARRIERS = frozenset(_WORDS["barriers"])
_OF_THE_DEAD = frozenset(_WORDS["of_the_dead"])
_DEAD_THERE = frozenset(_WORDS["dead_there"])
_REACH = 8
"""Tokens from the verb to "along with", from "of the dead" to its verb, at most."""


def companions(words: list[Token], end: int, people: list[Group], found: list[Head]) -> int | None:
    """Return the group that died with whoever did, told behind the verb that ends at token `end`."""
    for at in range(end, min(end + _REACH, len(words))):
        word = words[at].lower
        if word in _BARRIERS or any(head.start == at for head in found):
            return None
        if word not in _COMPANY or (parts := phrase_at(words, at, _COMPANY)) is None:
            continue
        start = at + len(parts)
        other = start < len(words) and words[start].lower in {"other", "some"}
        place = next((n for n, group in enumerate(people) if group.start >= start), None)
        if place is None or people[place].start > start + other:
            return None
        group = people[place]
        theirs = any(token.lower in _COMPANY_WORDS for token in words[start : group.end])
        own = any(head.start - 1 <= group.end <= head.start for head in found)  # "with 12 others wounded"
        return place if not own and (theirs or (parts != ("with",) and group.counted)) else None
    return None


def of_the_dead(words: list[Token]) -> Iterator[tuple[int, int, int | None, int | None]]:
    """Yield (first token, token after the last, low, high) of "fifteen of the dead came in the strike on X".

    "Five of the dead were children" says nothing of another toll.
    """
    for at, token in enumerate(words):
        if token.lower not in _OF_THE_DEAD or at < 3 or words[at - 2].lower != "of":
            continue
        if words[at - 1].lower not in {"the", "those"} or not may_count(words[at - 3].lower):
            continue
        start = next((s for s in (at - 5, at - 4, at - 3) if s >= 0 and _ends(words, s, at - 2)), None)
        if start is None or not _died_there(words, at + 1):
            continue
        quantity = quantity_at(words, start)
        if quantity is not None:
            yield start, at + 1, quantity.low, quantity.high


def _ends(words: list[Token], start: int, end: int) -> bool:
    quantity = quantity_at(words, start)
    return quantity is not None and quantity.end == end


def _died_there(words: list[Token], at: int) -> bool:
    for place in range(at, min(at + _REACH, len(words))):
        word = words[place].lower
        if word in _DEAD_THERE:
            return True
        if word in {"were", "was"}:
            return place + 1 < len(words) and words[place + 1].lower in _DEAD_THERE
    return False
