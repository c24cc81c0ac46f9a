"""The first sieve: whole words only, weak words only in company and no more time than the length asks for."""

from __future__ import annotations

import pytest

from pipeline.extract.lexicon import Lexicon
from pipeline.extract.prefilter import Prefilter
from tests.growth import grows_linearly


@pytest.fixture(scope="module")
def prefilter(lexicon: Lexicon) -> Prefilter:
    return Prefilter(lexicon)


@pytest.mark.parametrize(
    "text",
    [
        "Artillery shelled the village.",
        "SHELLING KILLED TWO.",
        "Troops set up a checkpoint.",
        "An air-strike hit it.",
        "two IED attacks",
    ],
)
def test_reports_of_violence_pass(prefilter: Prefilter, text: str) -> None:
    assert prefilter.relevant(text)


@pytest.mark.parametrize(
    "text",
    [
        "The minister carried a bag to the market.",
        "The company set up an office and found new staff.",
        "A new seashell museum has opened.",
        "",
        "\x00\u200f\U0001f600",
    ],
)
def test_other_texts_do_not(prefilter: Prefilter, text: str) -> None:
    assert not prefilter.relevant(text)


def test_letters_whose_lower_case_is_longer_do_no_harm(prefilter: Prefilter) -> None:
    assert prefilter.relevant("İİİİ shelled the town")


def test_an_irrelevant_article_is_left_out_however_long(prefilter: Prefilter) -> None:
    sentence = "The council met on Monday to talk about water prices and the new school year in the province. "
    assert not prefilter.relevant(sentence * 16)
    assert grows_linearly(prefilter.relevant, sentence * 1_000, sentence * 4_000)


@pytest.mark.parametrize(
    "sentence",
    [
        "The army took Sarmin.",  # a named place will do for what is taken
        "Buses carried the fighters and their families out.",
        "They used chlorine.",
        "HTS freed the village.",
        "The group said that it was responsible.",
    ],
)
def test_sentences_worth_a_parse(prefilter: Prefilter, sentence: str) -> None:
    assert prefilter.sentence(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "They used the old road.",  # it takes toxic agents to use as a weapon
        "We saw nothing of the kind.",
        "Prices rose by a tenth.",
    ],
)
def test_sentences_without_what_their_verb_needs_are_not(prefilter: Prefilter, sentence: str) -> None:
    assert not prefilter.sentence(sentence)
