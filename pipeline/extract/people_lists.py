"""Lists of people: which group goes on with the one before it ("a man, two women and a child").

And which only tells of it once more ("Abu Sami, a commander").

Works on the tokens of one sentence, with the groups of `victims.py`.
"""

from __future__ import annotations

from collections.abc import Set

from pipeline.extract.victims import Group
from pipeline.extract.words import Token, load_words

_WORDS = load_words("casualties")
_ADVERBS = frozenset(_WORDS["adverbs"])
_BARRIERS = frozenset(_WORDS["barriers"])
_LIST_MARKS = frozenset(_WORDS["list_marks"])
_LIST_PHRASES = frozenset(tuple(phrase.split()) for phrase in _WORDS["list_phrases"])
_ARTICLES = frozenset({"a", "an", "the", "one", "its", "their", "another"})


def continues(words: list[Token], group: Group, following: Group) -> bool:
    """Tell whether a group goes on with the list of the one before; without comma or "and" a speaker may follow
    instead."""
    if not following.counted or following.subtotal or following.weak:
        return False
    if not is_list(words, group.end, following.start):
        return False
    speaks = (
        following.end < len(words) and words[following.end].lower in _BARRIERS and words[following.end].text.isalpha()
    )
    return not (speaks or (group.end == following.start and group.is_bare))


def is_apposed(words: list[Token], group: Group, following: Group) -> bool:
    """Tell "Abu Sami, a commander" and "a commander, Abu Sami": one man, told twice."""
    one, other = (group, following) if group.named else (following, group)
    if not one.named or other.named or other.high != 1 or not only(words, group.end, following.start, {","}):
        return False
    return words[other.start].lower in _ARTICLES


def is_joint(words: list[Token], start: int, end: int) -> bool:
    """Tell "killed and buried two men": one verb more, of the same people."""
    return end - start == 2 and words[start].lower == "and" and words[start + 1].lower.endswith("ed")


def is_name(words: list[Token], start: int, end: int) -> bool:
    """Tell words that may name a group before a noun: "killing Nusra commander"."""
    return end - start <= 3 and all(
        token.text[0].isupper() and token.lower not in _ADVERBS for token in words[start:end]
    )


def only(words: list[Token], start: int, end: int, allowed: Set[str]) -> bool:
    """Tell whether few tokens stand in words[start:end], all of them allowed."""
    return end - start <= 4 and all(token.lower in allowed for token in words[start:end])


def is_list(words: list[Token], start: int, end: int) -> bool:
    """Tell whether what stands between two groups goes on with a list: "and", "as well as"."""
    if only(words, start, end, _LIST_MARKS):
        return True
    return tuple(token.lower for token in words[start:end]) in _LIST_PHRASES


def _is_kin(words: list[Token], group: Group, following: Group) -> bool:
    """Tell "the farmer and his brother": one known person, and one of his."""
    return words[group.start].lower == "the" and words[following.start].lower in {"his", "her"}


def with_list(words: list[Token], place: int, people: list[Group], claimed: frozenset[int]) -> list[int]:
    """Take in the groups listed before: "an uncle, a niece and a cousin were hurt"."""
    members = [place]
    while members[0] > 0 and people[members[0]].counted:
        earlier = people[members[0] - 1]
        listed = is_list(words, earlier.end, people[members[0]].start)
        beside = earlier.end == people[members[0]].start
        if (beside and earlier.is_bare) or is_apposed(words, earlier, people[members[0]]):
            break
        if (
            not listed
            or not earlier.counted
            or (earlier.weak and not (earlier.named or _is_kin(words, earlier, people[members[0]])))
            or earlier.subtotal
            or earlier.oblique
            or members[0] - 1 in claimed
        ):
            break
        members.insert(0, members[0] - 1)
    return members


def is_in_company(words: list[Token], place: int, people: list[Group]) -> bool:
    """Tell "the driver along with nine of his men were killed": those with him are as much the subject as he is."""
    if place == 0 or not people[place - 1].counted:
        return False
    return tuple(token.lower for token in words[people[place - 1].end : people[place].start]) in _LIST_PHRASES
