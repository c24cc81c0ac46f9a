"""Fighters told by who backs them: "X-backed militants", "pro-X gunmen" are of no name, yet on a side.

The registry has the commonest of these names; this reads the others from the backer. Which side the friends of a state
are on is told by names that the registry has for them (`lexicon/actors_words.yaml`).
"""

from __future__ import annotations

from pipeline.extract.actor_words import FORCES, generic_at, phrase_end
from pipeline.extract.place_words import Word
from pipeline.extract.words import load_words

_LEXICON = load_words("actors_words")
_BACKED = frozenset(_LEXICON["backed"])
FRIENDS: dict[str, list[str]] = _LEXICON["friends"]
"""For the bloc of a backer, names of those it backs."""
_BETWEEN = 2
"""Words between "backed" and the fighters: "Syrian", "Islamist"."""


def friends_end(words: list[Word], first: int, end: int, bloc: str) -> int | None:
    """Give the word after the fighters whom the state words[first:end] backs; None where no such fighters follow."""
    backed = end < len(words) and words[end].hyphen and words[end].lower in _BACKED
    if bloc not in FRIENDS or not (backed or is_pro(words, first)):
        return None
    return _fighters_end(words, end + backed)


def is_pro(words: list[Word], first: int) -> bool:
    """Tell "pro-X"."""
    return first > 0 and words[first].hyphen and words[first - 1].lower == "pro"


def backed_end(words: list[Word], end: int) -> int | None:
    """Give the word after the fighters behind a name that ends in "-backed" at `end`; None where none follow."""
    return _fighters_end(words, end) if words[end - 1].hyphen and words[end - 1].lower in _BACKED else None


def _fighters_end(words: list[Word], start: int) -> int | None:
    for at in range(start, min(start + _BETWEEN + 1, len(words))):
        if not words[at].joined or words[at].hyphen:
            return None
        generic = generic_at(words, at)
        if generic is not None:
            return generic[0] if generic[1] == "unidentified" and generic[2] == "ground" else None
        forces = phrase_end(words, at, FORCES)
        if forces is not None:
            return forces
    return None
