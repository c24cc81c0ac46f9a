"""Sentences and paragraphs: exact spans, whatever the wire did to the text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.sentences import LONGEST, sentences
from tests.growth import grows_linearly


def cut(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text)]


def test_a_headline_on_a_line_of_its_own_does_not_fuse_with_the_lead() -> None:
    text = "Shells hit market\n\nShells hit a market in Tal Ward on Monday. Two people died."
    assert cut(text) == ["Shells hit market", "Shells hit a market in Tal Ward on Monday.", "Two people died."]


def test_single_line_breaks_part_paragraphs_unless_the_text_is_wrapped() -> None:
    assert cut("Shells hit market\nTwo people died.") == ["Shells hit market", "Two people died."]
    wrapped = (
        "The army said on Monday that its units had taken\n"
        "the village of Tal Ward after two days of clashes with\n"
        "rebels in the area."
    )
    assert len(cut(wrapped)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Gen. Adel Karim said the shelling stopped.",
        "The U.S. envoy met rebels at 3.5 km from the front.",
        "Brig. Gen. A. B. Haddad denied the report.",
        "The base lies in St. George street and was hit at 9 a.m. on Monday.",
    ],
)
def test_abbreviations_initials_and_decimals_end_no_sentence(text: str) -> None:
    assert cut(text) == [text]


def test_closing_quotes_stay_with_their_sentence() -> None:
    assert cut('"We were hit." He left. “They fled.” Then') == ['"We were hit."', "He left.", "“They fled.”", "Then"]


def test_a_lost_space_after_a_full_stop_is_seen() -> None:
    assert cut("The rebels left for Turkey.The town is empty.") == ["The rebels left for Turkey.", "The town is empty."]


def test_breaks_end_a_sentence_whatever_the_punctuation_says() -> None:
    text = "3 May 2016 Shells hit a market."
    assert [text[s.start : s.end] for s in sentences(text, (10,))] == ["3 May 2016", "Shells hit a market."]


def test_a_text_without_full_stops_is_chopped_between_words() -> None:
    pieces = cut("shelling " * 1000)
    assert all(len(piece) <= LONGEST for piece in pieces)
    assert all(set(piece.split()) == {"shelling"} for piece in pieces)


def test_an_empty_text_has_no_sentences() -> None:
    assert cut("") == []
    assert cut(" \n\n\x00 \n") == []


@pytest.mark.parametrize("unit", ["word ", "W. ", "a.B ", "! ", "\n", "“", "Hit.Town "])
def test_time_is_linear_in_the_length(unit: str) -> None:
    assert grows_linearly(sentences, unit * 30_000, unit * 120_000)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_spans_are_in_order_stripped_and_lose_nothing_but_white_space(text: str) -> None:
    found = sentences(text)
    covered = "".join(text[s.start : s.end] for s in found)
    assert [s.number for s in found] == list(range(len(found)))
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert "".join(covered.split()).replace("\x00", "") == "".join(text.split()).replace("\x00", "")
