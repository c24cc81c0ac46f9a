"""Counts in words and figures, as the codebook reads them (section 4, "Counts").

Works on tokens. Tells what a number says ("at least 5" is 5 and upwards), not what it counts: that is for
`victims.py`.
"""

from __future__ import annotations

from functools import lru_cache

from pipeline.extract.record import record
from pipeline.extract.words import REMEMBERED, Token, load_words, phrase_at, phrase_set, tokens

_WORDS = load_words("numbers")
_UNITS: dict[str, int] = _WORDS["units"]
_TENS: dict[str, int] = _WORDS["tens"]
_SCALES: dict[str, int] = _WORDS["scales"]
_VAGUE: dict[str, int] = _WORDS["vague"]
_EXACT = {tuple(phrase.split()): value for phrase, value in _WORDS["exact_phrases"].items()}
_EXACT_SET = phrase_set(" ".join(parts) for parts in _EXACT)
_MODIFIERS = {tuple(phrase.split()): way for way in ("at_least", "at_most", "about") for phrase in _WORDS[way]} | {
    tuple(phrase.split()): "none" for phrase in _WORDS["lead_ins"]
}
_MODIFIER_SET = phrase_set(" ".join(parts) for parts in _MODIFIERS)
_NO_COUNT = phrase_set(_WORDS["no_count"])
_OR_MORE = phrase_set(_WORDS["or_more"])
_FIGURES = frozenset({"a"}).union(_EXACT_SET, _VAGUE, _TENS, _UNITS)
_OPENERS = frozenset({"between", "from"}).union(_MODIFIER_SET, _FIGURES)
_RANGE_MARKS = frozenset(_WORDS["range_marks"])
_NOT_COUNTS = frozenset(_WORDS["not_counts"])
_OF_AGE = frozenset({"woman", "man", "boy", "girl", "child", "youth"})
_AGE_DIGITS = 3
_AGE_RANGE = 4
"""Tokens from "aged" to the later one of two ages ("aged between seven and twelve")."""
_NOT_BEFORE = frozenset(_WORDS["not_before"])
_MONTHS = frozenset(_WORDS["months"])
_OLDEST = 110
_COUNTED = frozenset(_WORDS["counted"])
_FOLLOWERS = frozenset(_WORDS["followers"])
LARGEST = 100_000_000
"""Figures above this are no tolls: telephone numbers, document ids."""


@record
class Quantity:
    """tokens[start:end] say a number between `low` and `high` (None: that end is open)."""

    start: int
    end: int
    low: int | None
    high: int | None
    approximate: bool
    bare: bool
    """No modifier before it."""


@record
class _Plain:
    end: int
    low: int
    high: int | None
    approximate: bool


def counts_in(text: str) -> set[int]:
    """Give every number that a text names in words or figures, ends of ranges apart, whatever it counts."""
    words = tokens(text)
    plain = (_plain_at(words, at) for at in range(len(words)))
    return {end for found in plain if found is not None for end in (found.low, found.high) if end is not None}


def no_count_at(words: list[Token], at: int) -> int | None:
    """Return the token after a quantifier that sets nothing ("many", "a number of") at `at`, else None."""
    parts = phrase_at(words, at, _NO_COUNT)
    return at + len(parts) if parts else None


def quantity_at(words: list[Token], at: int) -> Quantity | None:
    """Read the count that begins at token `at`, modifiers and "others"/"more" included; None when there is none."""
    if at >= len(words) or not _may_open(words[at].lower):
        return None
    modifiers: set[str] = set()
    place = at
    while (parts := phrase_at(words, place, _MODIFIER_SET)) is not None:
        modifiers.add(_MODIFIERS[parts])
        place += len(parts)
    between = place < len(words) and words[place].lower in {"between", "from"}
    plain = _plain_at(words, place + between)
    if plain is None:
        return None
    end, low, high, approximate = plain.end, plain.low, plain.high, plain.approximate
    second = _range_end(words, plain, between)
    if second is not None and second.high is not None and second.low >= low:
        end, high = second.end, second.high
    elif between:
        return None
    if _no_count_of_people(words, at, place + between, end):
        return None
    if "at_most" in modifiers:
        return Quantity(at, _past_followers(words, end), None, high if high is not None else low, approximate, False)
    more = phrase_at(words, end, _OR_MORE)
    plus = end < len(words) and words[end].lower == "+"
    if "at_least" in modifiers or more is not None or plus:
        end += len(more) if more else int(plus)
        high = None
    approximate = approximate or "about" in modifiers
    return Quantity(at, _past_followers(words, end), low, high, approximate, place == at)


def may_count(word: str) -> bool:
    """Tell whether a count can begin with a word, or a quantifier that sets nothing: few can."""
    return word in _NO_COUNT or _may_open(word)


@lru_cache(maxsize=REMEMBERED)
def _may_open(word: str) -> bool:
    return word in _OPENERS or _is_plain(word)


@lru_cache(maxsize=REMEMBERED)
def _is_plain(word: str) -> bool:
    """Tell whether a number without modifiers can begin with a word."""
    return word in _FIGURES or word[0].isdigit() or "-" in word


def _range_end(words: list[Token], first: _Plain, between: bool) -> _Plain | None:
    """Read "8" in "5 to 8", "5-8", "between 5 and 8"; only plain figures or words right behind the mark."""
    at = first.end
    if first.high is None or at + 1 >= len(words):
        return None
    mark = words[at].lower
    if mark not in _RANGE_MARKS and not (between and mark == "and"):
        return None
    return _plain_at(words, at + 1)


def _past_followers(words: list[Token], at: int) -> int:
    while at < len(words) and words[at].lower in _FOLLOWERS:
        at += 1
    return at


def _plain_at(words: list[Token], at: int) -> _Plain | None:
    if at >= len(words) or not _is_plain(words[at].lower):
        return None
    exact = phrase_at(words, at, _EXACT_SET)
    if exact is not None:
        return _Plain(at + len(exact), _EXACT[exact], _EXACT[exact], False)
    if words[at].lower in _VAGUE:
        return _vague_at(words, at)
    return _number_at(words, at)


def _vague_at(words: list[Token], at: int) -> _Plain:
    """Read "dozens", "tens of thousands", "several hundred": the lower end only."""
    low = _VAGUE[words[at].lower]
    end = at + 1
    if words[at].lower == "several" and end < len(words) and words[end].lower in {*_SCALES, "dozen"}:
        word = words[end].lower
        return _Plain(end + 1, _VAGUE["dozens"] if word == "dozen" else low * _SCALES[word], None, True)
    while end + 1 < len(words) and words[end].lower == "of" and words[end + 1].lower in _VAGUE and low < LARGEST:
        scale = words[end + 1].lower
        times = {"thousands": 1000, "millions": 1_000_000}.get(scale)
        if times is None:
            break
        low = {"tens": 20, "dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000}.get(
            words[end - 1].lower, 2
        ) * times
        end += 2
    return _Plain(end, low, None, True)


def _number_at(words: list[Token], at: int) -> _Plain | None:
    """Read figures ("1,200", "3 million") and number words ("twenty-three", "one hundred and five", "two dozen")."""
    value, end = _small_at(words, at)
    if value is None:
        return None
    total = 0
    while end < len(words):
        word = words[end].lower
        if word == "dozen":
            return _Plain(end + 1, (total + value) * 12, (total + value) * 12, False)
        if word in _SCALES:
            value *= _SCALES[word]
            end += 1
            if value >= 1000 and value > total:
                total, value = total + value, 0
            step = 1 if end < len(words) and words[end].lower == "and" else 0
            more, after = _small_at(words, end + step)
            if more is None or more >= _SCALES[word] or words[end + step].lower[0].isdigit():
                break
            value, end = value + more, after
        else:
            break
    total += value
    return _Plain(end, total, total, False) if total <= LARGEST else None


def _small_at(words: list[Token], at: int) -> tuple[int | None, int]:
    """Read a figure, or a number word below a hundred; ("a hundred" counts one)."""
    if at >= len(words):
        return None, at
    word = words[at].lower
    if word[0].isdigit():
        digits = word.replace(",", "")
        return (int(digits), at + 1) if digits.isascii() and len(digits) <= 9 else (None, at)
    if word == "a" and at + 1 < len(words) and words[at + 1].lower in _SCALES:
        return 1, at + 1
    if "-" in word:
        first, _, second = word.partition("-")
        return (_TENS[first] + _UNITS[second], at + 1) if first in _TENS and _UNITS.get(second, 10) < 10 else (None, at)
    if word in _TENS:
        following = words[at + 1].lower if at + 1 < len(words) else ""
        return (
            (_TENS[word] + _UNITS[following], at + 2) if 0 < _UNITS.get(following, 10) < 10 else (_TENS[word], at + 1)
        )
    return (_UNITS[word], at + 1) if word in _UNITS else (None, at)


def _no_count_of_people(words: list[Token], at: int, number: int, end: int) -> bool:
    """Tell dates, years, ages, distances, clock times and list numbers from counts."""
    before = words[at - 1].lower if at else ""
    after = words[end].lower if end < len(words) else ""
    second = words[end + 1].lower if end + 1 < len(words) else ""
    word = words[number].lower
    if (
        after in _NOT_COUNTS
        or (after in {"-", "–"} and second.split("-")[0] in _NOT_COUNTS)
        or after.startswith(("year-", "years-"))
    ):
        return True
    if _is_age(words, at, end):
        return True
    if before in _NOT_BEFORE or (
        before in {".", ":", "/"}
        and at > 1
        and words[at - 2].end == words[at - 1].start
        and words[at - 2].text[-1:].isdigit()
    ):
        return True
    if before == after == "," and number == at and word.isdecimal() and int(word) <= _OLDEST:
        return True  # an age: "a teacher, 34, was killed"
    if not word[0].isdigit():
        return word == "one" and before in {"no", "any", "every", "each", "this", "that"}
    on_day = at > 1 and words[at - 2].lower == "on"
    counted = after in _COUNTED and not on_day and before not in {"in", "since", "of", "by", "until", "from"}
    if before in _MONTHS and number == at and words[at - 1].text[0].isupper() and len(word) <= 2:
        return int(word) <= 31 and not counted
    if after in _MONTHS and words[end].text[0].isupper() and len(word) <= 2:
        return True
    return len(word) == 4 and 1900 <= int(word) <= 2099 and not counted


def _is_age(words: list[Token], at: int, end: int) -> bool:
    """Tell "aged between seven and twelve", "a woman of 44" and "Nasser, 17, died" from counts."""
    if at == 0:
        return False
    before = words[at - 1].lower
    if before in {"aged", "age"} or (at > _AGE_RANGE and words[at - _AGE_RANGE].lower == "aged"):
        return True
    if before == "of" and at > 1 and words[at - 2].lower in _OF_AGE:
        return True
    named = before == "," and at > 1 and words[at - 2].text[0].isupper()
    closed = end < len(words) and words[end].text == ","
    return named and closed and words[at].text.isdecimal() and len(words[at].text) <= _AGE_DIGITS
