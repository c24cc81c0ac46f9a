"""Words as names are read from them: where each stands, and what parts it from the word before."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pipeline.extract.place_words import cut, words_of


@pytest.mark.parametrize(
    "text",
    ["", " é.", "Tal al-Kabineh, U.S. troops", "a a'a a_a a-a", "the U.S.-led\u00a0raid on\nIdlib’s", "İı 1–2"],
)
def test_words_slice_to_their_text(text: str) -> None:
    found = cut(text)
    places = range(len(found.words))
    assert [text[found.start(at) : found.ends[at]] for at in places] == [word.text for word in found.words]
    assert all(found.ends[one] <= found.start(two) for one, two in pairwise(places))
    assert sum(map(str.isalnum, text)) == sum(sum(map(str.isalnum, word.text)) for word in found.words)


@pytest.mark.parametrize("name", ["Idlib", "İdlib"])
def test_a_name_ends_before_its_possessive(name: str) -> None:
    found = cut(f"the rebels of {name}'s south")
    assert found.text[found.start(3) : found.bare_end(3)] == found.words[3].bare == name


def test_what_parts_two_words_is_counted_up_to_three() -> None:
    assert [word.gap for word in words_of("Idlib, Aleppo-Hama ... Homs")] == [0, 2, 1, 3]


@pytest.mark.parametrize(
    ("text", "joined", "hyphen"),
    [
        ("Khan Shaykhun", True, False),
        ("al-Bab", True, True),
        ("Idlib - Aleppo", False, False),
        ("Idlib, Aleppo", False, False),
        ("Idlib\u00a0province", True, False),
        ("Idlib\nprovince", False, False),
    ],
)
def test_only_a_blank_or_a_hyphen_joins_two_words(text: str, joined: bool, hyphen: bool) -> None:
    first, second = words_of(text)
    assert (second.joined, second.hyphen) == (joined, hyphen)
    assert not first.joined


@pytest.mark.parametrize("before", [" ", "  ", '"', "- "])
def test_nothing_joins_the_first_word(before: str) -> None:
    assert not words_of(f"{before}Idlib.")[0].joined
