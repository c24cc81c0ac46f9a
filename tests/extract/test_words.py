from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given

from pipeline.errors import FieldledgerError
from pipeline.extract.words import LEXICON_DIR, alternation, load_words, phrase_at, phrase_set, tokens
from tests.extract.slots import anything

SLOT_LEXICONS = ("actors_words", "casualties", "dates", "numbers", "places_words")


def leaves(value: Any) -> Iterator[Any]:
    """Yield what stands in the lists of a lexicon."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    else:
        yield value


@pytest.mark.parametrize("name", SLOT_LEXICONS)
def test_every_entry_is_a_word_or_a_number(name: str) -> None:
    """YAML reads a bare on, no or yes as a truth value: such words must stand in quotes."""
    assert [
        leaf for leaf in leaves(load_words(name)) if isinstance(leaf, bool) or not isinstance(leaf, str | int)
    ] == []


@pytest.mark.parametrize("name", SLOT_LEXICONS)
def test_every_word_is_in_small_letters(name: str) -> None:
    assert [leaf for leaf in leaves(load_words(name)) if isinstance(leaf, str) and leaf != leaf.lower()] == []


def test_a_missing_lexicon_is_named() -> None:
    with pytest.raises(FieldledgerError, match=r"lexicon/none\.yaml"):
        load_words("none")
    assert LEXICON_DIR.is_dir()


def test_phrases_match_longest_first() -> None:
    phrases = phrase_set(["at least", "at", "least"])
    assert phrase_at(tokens("At least five"), 0, phrases) == ("at", "least")
    assert phrase_at(tokens("At five"), 0, phrases) == ("at",)
    assert phrase_at(tokens("five"), 1, phrases) is None


def test_alternation_is_longest_first_and_takes_any_white_space() -> None:
    assert alternation(["a", "a b"]) == r"(?:a\s+b|a)"


def test_ages_figures_and_hyphens_are_one_token_and_quotation_marks_none() -> None:
    assert [token.text for token in tokens('a "9-year-old" of al-Bab and 1,200 more, 3.5')] == [
        "a", "9-year-old", "of", "al-Bab", "and", "1,200", "more", ",", "3", ".", "5",
    ]  # fmt: skip


@given(anything)
def test_tokens_slice_back(text: str) -> None:
    assert all(text[token.start : token.end] == token.text for token in tokens(text))
