"""Noun groups that count people: "at least 12 civilians", "a woman", "a family of five", "many fighters".

Works on the tokens of one sentence; says nothing about what became of them (`casualty_heads.py`).
"""

from __future__ import annotations

from functools import lru_cache

from pipeline.extract.named_victims import NAME_OPENERS, name_end
from pipeline.extract.numbers import Quantity, may_count, no_count_at, quantity_at
from pipeline.extract.record import record
from pipeline.extract.victim_nouns import (
    ENDS,
    FAMILIES,
    HEAD_WORDS,
    NOT_VICTIMS,
    NOUNS,
    SINGULAR,
    class_of,
    is_known,
    last_noun,
    noun_from,
    unknown_noun,
)
from pipeline.extract.words import REMEMBERED, Token, load_words, phrase_at, phrase_set

_WORDS = load_words("casualties")
_SINGULAR_DETERMINERS = frozenset(_WORDS["singular_determiners"])
_DETERMINERS = frozenset({"the", "its", "their", "his", "her", "our"})
_OF_THEM = frozenset(_WORDS["of_them"])
_SUBTOTAL_LEADS = phrase_set(_WORDS["subtotal_leads"])
_PERSON_ENDINGS = tuple(_WORDS["person_endings"])
_SHORTEST_PERSON = 6
"""Letters of such a word, at least: "a car" is no person."""
_OTHERS = frozenset({"others", "more"})
_DESCRIBED = 4
"""Tokens behind "including" among which those who are included are named."""
_OPENERS = frozenset(NOUNS) | _SINGULAR_DETERMINERS | FAMILIES | NAME_OPENERS
_CREWS = FAMILIES | {"crew"}
"""Words that "of five" counts the people of."""
_LIST_MARKS = frozenset(_WORDS["list_marks"])
_PREPOSITIONS = frozenset(
    {"of", "from", "in", "at", "near", "among", "with", "against", "on", "for", "by", "to", "between"}
)


@record
class Group:
    """tokens[start:end] name people; `counted` False when the words set no figure ("many", "civilians")."""

    start: int
    end: int
    noun: int
    """Token where the words for the people begin; `end` when only a figure stands there ("12", "30 others")."""
    low: int | None
    high: int | None
    approximate: bool
    counted: bool
    weak: bool
    """A noun without figure or article ("Child killed"): counts only right beside the verb."""
    known: bool
    """A noun for people stands in it."""
    victim_class: str
    subtotal: bool
    oblique: bool
    """Behind a preposition: no subject."""
    named: bool = False
    """One person, told by name ("Colonel Omar Badri")."""

    @property
    def is_bare(self) -> bool:
        """Whether no word for people stands in it."""
        return self.noun >= self.end


def groups(words: list[Token]) -> list[Group]:
    """Return the groups of people in a sentence, left to right, not overlapping."""
    found: list[Group] = []
    at, inside_list_until = 0, -1
    while at < len(words):
        word = words[at].lower
        if not _is_of_groups(word):
            at += 1
            continue
        if word in _SUBTOTAL_LEADS and (lead := phrase_at(words, at, _SUBTOTAL_LEADS)):
            at = _past_describing(words, at + len(lead))
            inside_list_until = at
            continue
        if word in _LIST_MARKS:
            inside_list_until += inside_list_until == at
            at += 1
            continue
        group = _group_at(words, at, inside_list_until == at) if _may_open(word) else None
        if group is None:
            at += 1
            continue
        found.append(group)
        at = group.end
        if group.subtotal:
            inside_list_until = at
    return found


def _past_describing(words: list[Token], at: int) -> int:
    """Pass over what describes those who are named behind "including": "including senior Nusra commanders"."""
    for place in range(at, min(at + _DESCRIBED, len(words))):
        if words[place].lower in NOUNS or words[place].lower in _SINGULAR_DETERMINERS or may_count(words[place].lower):
            return place
        if not words[place].text[0].isalpha() or words[place].lower in ENDS:
            break
    return at


@lru_cache(maxsize=REMEMBERED)
def _is_of_groups(word: str) -> bool:
    """Tell whether a group of people, or what leads to one or joins two, can begin with a word: most cannot."""
    return word in _SUBTOTAL_LEADS or word in _LIST_MARKS or _may_open(word)


def _may_open(word: str) -> bool:
    """Tell whether a group of people can begin with a word."""
    return word in _OPENERS or may_count(word)


def _group_at(words: list[Token], at: int, subtotal: bool) -> Group | None:
    oblique = at > 0 and words[at - 1].lower in _PREPOSITIONS
    quantity = quantity_at(words, at)
    if quantity is not None:
        return _counted(words, quantity, subtotal, oblique)
    after = no_count_at(words, at)
    if after is not None and (inner := quantity_at(words, after)) is not None:
        return _counted(
            words, Quantity(at, inner.end, inner.low, inner.high, inner.approximate, False), subtotal, oblique
        )
    if (family := _family_at(words, at, subtotal, oblique)) is not None:
        return family
    if (end := name_end(words, at)) is not None:
        return Group(at, end, at, 1, 1, False, True, True, True, class_of(words, at, end), subtotal, oblique, True)
    if words[at].lower in _SINGULAR_DETERMINERS and not _is_relative(words, at):
        return _one(words, at, subtotal, oblique)
    if after is not None:
        noun = noun_from(words, after)
        if noun is None:
            alone = words[at].lower in {"many", "others", "some", "most", "few", "more"}
            return (
                Group(at, after, after, None, None, False, False, False, False, "unknown", subtotal, oblique)
                if alone
                else None
            )
        return Group(
            at, noun[1], noun[0], None, None, False, False, False, True, class_of(words, *noun), subtotal, oblique
        )
    return _weak(words, at, subtotal, oblique)


def _is_relative(words: list[Token], at: int) -> bool:
    """Tell "an attack that killed Colonel X" from "that colonel"."""
    return words[at].lower == "that" and at + 1 < len(words) and words[at + 1].lower in HEAD_WORDS


def _counted(words: list[Token], quantity: Quantity, subtotal: bool, oblique: bool) -> Group | None:
    at = quantity.end
    if at + 1 < len(words) and words[at].lower == "of":
        if words[at + 1].lower in _OF_THEM:
            subtotal, at = True, at + 2
        else:
            at += 1 + (quantity.high is not None and words[at + 1].lower in _DETERMINERS)
            if noun_from(words, at) is None:
                return None
    noun = noun_from(words, at)
    if noun is None:
        if at < len(words) and (
            words[at].lower in NOT_VICTIMS or (words[at].lower == "-" and not _is_others(words, at))
        ):
            return None
        other = unknown_noun(words, at)
        if other is None:
            return None
        noun = (at, other)
    start, end = noun
    if start < end and words[last_noun(words, start, end)].lower in FAMILIES:
        return Group(quantity.start, end, start, None, None, False, False, False, False, "civilian", subtotal, oblique)
    high = None if _at_least(words, end) else quantity.high
    return Group(
        quantity.start, end, start, quantity.low, high, quantity.approximate, True, False,
        is_known(words, start, end), class_of(words, start, end), subtotal, oblique,
    )  # fmt: skip


def _at_least(words: list[Token], end: int) -> bool:
    """Tell "12 civilians at least were hurt" from "12 civilians, at least 3 of them children"."""
    if not all(word.lower == told for word, told in zip(words[end : end + 2], ("at", "least"), strict=False)):
        return False
    return len(words) - end >= len(("at", "least")) and quantity_at(words, end + 2) is None


def _is_others(words: list[Token], at: int) -> bool:
    """Tell "two others - a child and ..." from "12-": behind such a word a dash belongs to no number."""
    return words[at - 1].lower in _OTHERS


def _one(words: list[Token], at: int, subtotal: bool, oblique: bool) -> Group | None:
    """Read "a child", "another son", "his wife", "the commander": one person, when the noun is a singular."""
    if (inner := quantity_at(words, at + 1)) is not None:
        return _counted(
            words, Quantity(at, inner.end, inner.low, inner.high, inner.approximate, False), subtotal, oblique
        )
    noun = noun_from(words, at + 1)
    if noun is None:
        return _unlisted(words, at, subtotal, oblique)
    last = words[last_noun(words, *noun)].lower
    counted = last in SINGULAR and last not in FAMILIES
    definite = words[at].lower in {"the", "this", "that"}
    one = 1 if counted else None
    return Group(
        at, noun[1], noun[0], one, one, False, counted, definite, True, class_of(words, *noun), subtotal, oblique
    )


def _unlisted(words: list[Token], at: int, subtotal: bool, oblique: bool) -> Group | None:
    """Read "a beekeeper": one person, told by the end of the word; nobody of a kind that can be relied on."""
    if words[at].lower not in {"a", "an", "another"} or at + 1 >= len(words):
        return None
    word = words[at + 1].lower
    end = unknown_noun(words, at + 1)
    measure = at + 2 < len(words) and words[at + 2].lower == "of"
    if end is None or end < at + 2 or measure or len(word) < _SHORTEST_PERSON or not word.endswith(_PERSON_ENDINGS):
        return None
    return Group(at, at + 2, at + 1, 1, 1, False, True, False, False, "unknown", subtotal, oblique)


def _weak(words: list[Token], at: int, subtotal: bool, oblique: bool) -> Group | None:
    """Read a noun that nothing precedes: "Child killed" is one, "civilians were killed" says no figure."""
    if words[at].lower not in NOUNS:
        return None
    noun = noun_from(words, at)
    if noun is None:
        return None
    last = words[last_noun(words, *noun)].lower
    single = last in SINGULAR and last not in FAMILIES
    one = 1 if single else None
    return Group(at, noun[1], noun[0], one, one, False, single, True, True, class_of(words, *noun), subtotal, oblique)


def _family_at(words: list[Token], at: int, subtotal: bool, oblique: bool) -> Group | None:
    """Read "a family of seven (persons)" and "a five-member family"."""
    place = at + (words[at].lower in _SINGULAR_DETERMINERS)
    if place >= len(words):
        return None
    first, _, rest = words[place].lower.partition("-")
    if (
        rest in {"member", "person", "strong"}
        and place + 1 < len(words)
        and words[place + 1].lower in FAMILIES | {"group", "crew"}
    ):
        quantity = quantity_at([Token(first, first, 0, 0)], 0)
        if quantity is not None:
            return Group(
                at,
                place + 2,
                place + 1,
                quantity.low,
                quantity.high,
                False,
                True,
                False,
                True,
                "civilian",
                subtotal,
                oblique,
            )
    if words[place].lower in _CREWS and place + 2 < len(words) and words[place + 1].lower == "of":
        quantity = quantity_at(words, place + 2)
        if quantity is not None:
            noun = noun_from(words, quantity.end)
            end = noun[1] if noun else quantity.end
            return Group(
                at, end, place, quantity.low, quantity.high, False, True, False, True, "civilian", subtotal, oblique
            )
    return None
