"""Nouns for people: which words count persons, where such a group of words ends, and what kind of people it tells.

Words are in `lexicon/casualties.yaml`. Figures and articles before the noun are read by `victims.py`.
"""

from __future__ import annotations

from pipeline.extract.numbers import quantity_at
from pipeline.extract.words import Token, load_words

_WORDS = load_words("casualties")
SINGULAR: dict[str, str] = {one: kind for kind, nouns in _WORDS["victims"].items() for one in nouns if one}
PLURAL: dict[str, str] = {many: kind for kind, nouns in _WORDS["victims"].items() for many in nouns.values()}
NOUNS = {**SINGULAR, **PLURAL, **dict.fromkeys(_WORDS["nations"], "unknown")}
_ADJECTIVAL = frozenset(_WORDS["adjectival"])
_CLASS_WORDS: dict[str, str] = {word: kind for kind, words in _WORDS["class_words"].items() for word in words}
NOT_VICTIMS = frozenset(_WORDS["not_victims"])
ENDS = frozenset(_WORDS["ends_group"])
HEAD_WORDS = frozenset(
    phrase.split()[0]
    for forms in _WORDS["kinds"].values()
    for form in ("participle", "gerund", "finite", "intransitive", "adjective")
    for phrase in forms.get(form, ())
)
COUNTNOUNS = frozenset(
    {"lives", "casualties"}
    | {word for forms in _WORDS["kinds"].values() for word in forms.get("count_noun", ()) if " " not in word}
)
"""Nouns that are counted instead of people: "three deaths", "12 lives"."""
_NOT_QUALIFIED = ENDS | HEAD_WORDS | COUNTNOUNS
"""Words before which no adjective stands."""
_LONGEST_GROUP = 8
FAMILIES = frozenset({"family", "families", "household", "households"})
"""A count of families is no count of people."""


def noun_from(words: list[Token], at: int) -> tuple[int, int] | None:
    """Return where the words for people begin and end when a noun for people closes the group at `at`, else None."""
    last, body = None, False
    for place in range(at, min(at + _LONGEST_GROUP, len(words))):
        word = words[place].lower
        if word in NOUNS:
            if last is not None and words[last].lower not in SINGULAR:
                break
            last, body = place, False
        elif word in NOT_VICTIMS and not (place + 1 < len(words) and words[place + 1].lower in NOUNS):
            return None  # but "a school teacher" is a teacher
        elif word in {"group", "militia"}:
            body = True  # "Daesh group fighters" are counted, "3 rebel groups" are not
        elif (last is not None and not (body or _qualifies(words, last))) or not _may_stand_before(
            words, place, place == at
        ):
            break
    if body or (last is not None and _qualifies(words, last)):
        return None
    if last is None:
        return None
    return at, _with_complement(words, last + 1)


def _qualifies(words: list[Token], at: int) -> bool:
    """Tell a noun that is an adjective here: "the terrorist commanders", "a rebel position"."""
    if words[at].lower not in _ADJECTIVAL or at + 1 >= len(words):
        return False
    following = words[at + 1].lower
    return following[0].isalpha() and following not in _NOT_QUALIFIED


def _may_stand_before(words: list[Token], place: int, first: bool) -> bool:
    word = words[place].lower
    if word in ENDS or word in COUNTNOUNS or not (word[0].isalpha() or word.endswith("-old")):
        return False
    if word in HEAD_WORDS:
        return first and place + 1 < len(words) and words[place + 1].lower in NOUNS
    return quantity_at(words, place) is None or word in {"one"}


def _with_complement(words: list[Token], end: int) -> int:
    """Take "of the regime forces" in behind a noun."""
    if end >= len(words) or words[end].lower not in {"of", "from"} or end + 1 >= len(words):
        return end
    place = end + 1 + (words[end + 1].lower in {"the", "a", "an", "one", "its", "their"})
    opened = place
    while place < len(words) and place - end <= 6:
        word = words[place].lower
        if (word in ENDS or word in HEAD_WORDS or not word[0].isalnum()) or word[0].isdigit():
            break
        place += 1
    return place if place > opened else end


def unknown_noun(words: list[Token], at: int) -> int | None:
    """Return the end of at most three words that no list knows ("12 pedestrians", "40 Hezbollah"); None when a thing
    is counted."""
    place = at
    while place < len(words) and place - at < 3:
        word = words[place].lower
        if word in NOT_VICTIMS:
            return None
        if (
            word in ENDS
            or word in HEAD_WORDS
            or not word[0].isalpha()
            or word in COUNTNOUNS
            or word in {"a", "an", "the", "of"}
        ):
            break
        if quantity_at(words, place) is not None:
            break
        place += 1
    return place


def last_noun(words: list[Token], start: int, end: int) -> int:
    """Return the token of the last noun for people before a complement; `start` when there is none."""
    last = start
    for place in range(start, end):
        if words[place].lower in NOUNS:
            last = place
        elif words[place].lower in {"of", "from"}:
            break
    return last


def is_known(words: list[Token], start: int, end: int) -> bool:
    """Tell whether a noun of the lists stands in words[start:end]."""
    return any(words[place].lower in NOUNS for place in range(start, end))


def class_of(words: list[Token], start: int, end: int) -> str:
    """Give the class that the words tell: the noun, unless a word beside it tells more ("rebel fighters")."""
    if start >= end:
        return "unknown"
    noun = NOUNS.get(words[last_noun(words, start, end)].lower, "unknown")
    for place in range(start, end):
        told = _CLASS_WORDS.get(words[place].lower)
        if told is not None and noun in {"unknown", "combatant-other"}:
            return told
        if told == "combatant-opposition" and noun == "combatant-government":
            return told
    return noun
