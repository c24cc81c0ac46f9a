"""Words that say that nobody came to harm: "no casualties", "nobody was killed" (codebook section 4: 0-0).

"No further casualties" and "no reports of casualties" say no such thing; "material damage only" does.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.numbers import may_count
from pipeline.extract.words import Token, load_words, phrase_at, phrase_set

_WORDS = load_words("casualties")["zero"]
_BOTH = phrase_set(_WORDS["both"])
_KILLED = phrase_set(_WORDS["killed"])
_INJURED = phrase_set(_WORDS["injured"])
_OPENERS = frozenset(_WORDS["openers"])
_BETWEEN = frozenset(_WORDS["between"])
_NOBODY = phrase_set(_WORDS["nobody"])
_DIED = frozenset(_WORDS["died"])
_HURT = frozenset(_WORDS["hurt"])
_UNSCATHED = frozenset(_WORDS["unscathed"])
"""Whoever was not even hurt was not killed; "nobody was injured" often stands beside a number of dead."""
_HELPERS = frozenset(
    {
        "was",
        "were",
        "has",
        "have",
        "had",
        "been",
        "is",
        "are",
        "of",
        "them",
        "the",
        "reported",
        "reportedly",
        "or",
        "and",
    }
)
_SPARED = phrase_set(_WORDS["spared"])
_WOUNDED_ONLY = phrase_set(_WORDS["wounded_only"])
_SIGNS = frozenset({"any", *_OPENERS, *_NOBODY, *_SPARED, *_WOUNDED_ONLY})
"""Words with which such a statement begins."""
_NEGATIONS = frozenset({"not", "didn't", "never", "didn’t", "didnt"})
_REACH = 5


def zero_rows(words: list[Token]) -> Iterator[tuple[str, int, int, str | None]]:
    """Yield (kind, first token, token after the last, words for who) of each statement that nobody was killed or
    injured."""
    for at, token in enumerate(words):
        if token.lower not in _SIGNS:
            continue
        negated = token.lower == "any" and any(word.lower in _NEGATIONS for word in words[max(0, at - 6) : at])
        if token.lower in _OPENERS or negated:
            yield from _of_nouns(words, at)
        if (parts := phrase_at(words, at, _SPARED)) is not None:
            yield "killed", at, at + len(parts), None
            yield "injured", at, at + len(parts), None
        elif (parts := phrase_at(words, at, _WOUNDED_ONLY)) is not None and not _counts(words, at + len(parts)):
            yield "killed", at, at + len(parts), None
        if (parts := phrase_at(words, at, _NOBODY)) is not None:
            yield from _of_verbs(words, at, at + len(parts))


def _counts(words: list[Token], at: int) -> bool:
    """Tell "only wounded three of them", which says less of the dead than it seems."""
    return at < len(words) and may_count(words[at].lower)


def _of_nouns(words: list[Token], at: int) -> Iterator[tuple[str, int, int, str | None]]:
    place, told, victims = at + 1, set[str](), None
    while place < len(words) and place - at <= _REACH + 2:
        for names, kinds in ((_BOTH, ("killed", "injured")), (_KILLED, ("killed",)), (_INJURED, ("injured",))):
            parts = phrase_at(words, place, names)
            if parts is None or (parts == ("losses",) and words[place - 1].lower == "material"):
                continue
            if place + 1 < len(words) and words[place].lower == "death" and words[place + 1].lower == "toll":
                return
            for kind in kinds:
                if kind not in told:
                    told.add(kind)
                    yield kind, at, place + len(parts), victims
        if words[place].lower == "civilian":
            victims = words[place].text
        if words[place].lower not in _BETWEEN and not told:
            return
        if told and words[place].lower not in _BETWEEN | {
            "casualties",
            "injuries",
            "wounded",
            "fatalities",
            "dead",
            "victims",
        }:
            return
        place += 1


def _of_verbs(words: list[Token], at: int, start: int) -> Iterator[tuple[str, int, int, str | None]]:
    victims = words[start - 1].text if words[at].lower == "no" and words[start - 1].lower != "one" else None
    for place in range(start, min(start + _REACH, len(words))):
        word = words[place].lower
        if word in _DIED:
            yield "killed", at, place + 1, victims
        elif word in _HURT:
            yield "injured", at, place + 1, victims
            if word in _UNSCATHED:
                yield "killed", at, place + 1, victims
        elif word not in _HELPERS:
            return
