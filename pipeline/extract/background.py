"""Background on the whole war: "since the conflict began more than ...", which is no mention at all (codebook section
3).

Asked of a sentence before its triggers are; what became of a single happening is told in `status.py`.
"""

from __future__ import annotations

from collections.abc import Set

from pipeline.extract.words import load_words

_WORDS = load_words("status")
_WAR = frozenset(_WORDS["war"])
_BEGAN = frozenset(_WORDS["began"])
_OF_LONG_AGO = frozenset({"2011", "2012", "protests", "demonstrations", "killed", "people"})
_WHOLE_WAR = 20_000
"""A toll this large is that of the war, not of a happening in it."""


def is_background(words: Set[str], cumulative: bool, largest: int) -> bool:
    """Tell whether a sentence of `words` sums up the whole war, so that it mentions no happening (codebook section
    3)."""
    if largest >= _WHOLE_WAR:
        return True
    if _WAR.isdisjoint(words) or _BEGAN.isdisjoint(words):
        return False
    return cumulative or not _OF_LONG_AGO.isdisjoint(words)
