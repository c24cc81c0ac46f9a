"""The parser taken out of its pipeline: the same parse as in it, and left where it is where that would not hold."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.extract.parse import DEFAULT_MODEL
from pipeline.extract.parser_steps import take_parser

TEXTS = (
    "Three farmers were wounded on Monday when a mine went off beside the road to the mill, they said.",
    "Shells hit the market.",
    "",
    "He said",
)


@pytest.fixture
def nlp() -> Language:
    return spacy.load(DEFAULT_MODEL, exclude=["ner", "lemmatizer", "attribute_ruler"])


def _arcs(docs: list[Doc]) -> list[list[tuple[int, str]]]:
    return [[(token.head.i, token.dep_) for token in doc] for doc in docs]


def _taken_out(nlp: Language) -> list[list[tuple[int, str]]]:
    """Return the parse of the texts by the parser taken out of the pipeline."""
    parse = take_parser(nlp)
    assert parse is not None
    docs = list(nlp.pipe(TEXTS))
    parse(docs)
    return _arcs(docs)


def test_the_parse_is_that_of_the_pipeline(nlp: Language) -> None:
    own = _arcs(list(nlp.pipe(TEXTS)))
    assert _taken_out(nlp) == own
    assert len({dep for _, dep in own[0]}) > 5


def test_a_model_that_does_not_know_all_of_its_moves_scores_them_itself(nlp: Language) -> None:
    plain = _arcs(list(nlp.pipe(TEXTS)))
    nlp.get_pipe("parser").model.attrs["unseen_classes"] = set(range(60))
    own = _arcs(list(nlp.pipe(TEXTS)))
    assert _taken_out(nlp) == own
    assert own != plain


def test_texts_without_words_are_parsed_to_nothing(nlp: Language) -> None:
    parse = take_parser(nlp)
    assert parse is not None
    docs = [nlp.make_doc("")]
    parse(docs)
    assert _arcs(docs) == [[]]


def test_a_pipeline_that_goes_on_behind_the_parser_keeps_it(nlp: Language) -> None:
    nlp.add_pipe("sentencizer")
    assert take_parser(nlp) is None
    assert "parser" in nlp.pipe_names


def test_a_parser_that_weighs_several_parses_is_kept(nlp: Language) -> None:
    nlp.get_pipe("parser").cfg["beam_width"] = 4
    assert take_parser(nlp) is None
