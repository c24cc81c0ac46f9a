"""Layers made quick: the vectors are those of the model as it comes, whatever other words come with them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import spacy
from spacy.language import Language
from thinc.api import Linear

from pipeline.extract import parser_layers
from pipeline.extract.parse import DEFAULT_MODEL
from pipeline.extract.parser_layers import quicken, remember_words

TEXTS = ("Warplanes bombed Saraqib.", "Shells hit Saraqib and Sarmin, killing 12.", "Warplanes bombed it again , twice")


@pytest.fixture
def nlp() -> Language:
    return spacy.load(DEFAULT_MODEL, exclude=["ner", "lemmatizer", "attribute_ruler", "tagger", "parser"])


def _model(nlp: Language) -> Any:
    return nlp.get_pipe("tok2vec").model


def test_the_quick_pipeline_gives_the_vectors_of_the_model(nlp: Language) -> None:
    own = [nlp(text).tensor for text in TEXTS]
    quicken(nlp)
    for mine, theirs in zip((nlp(text).tensor for text in TEXTS), own, strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-4, atol=1e-5)


def test_vectors_are_those_of_the_model(nlp: Language) -> None:
    docs = [nlp.make_doc(text) for text in TEXTS]
    model = _model(nlp)
    own = model.predict(docs)
    assert remember_words(model)
    for _ in range(2):  # learnt, then remembered
        for mine, theirs in zip(model.predict(docs), own, strict=True):
            np.testing.assert_allclose(mine, theirs, rtol=1e-4, atol=1e-5)


def test_a_vector_is_the_same_to_the_bit_whatever_comes_with_it(nlp: Language) -> None:
    model = _model(nlp)
    assert remember_words(model)
    alone = model.layers[0].predict([nlp.make_doc(TEXTS[0])])[0]
    again = spacy.load(DEFAULT_MODEL, exclude=["ner", "lemmatizer", "attribute_ruler", "tagger", "parser"])
    other = _model(again)
    assert remember_words(other)
    many = [again.make_doc(" ".join(TEXTS) * 40), again.make_doc(TEXTS[0])]
    assert np.array_equal(alone, other.layers[0].predict(many)[1])


def test_it_starts_anew_when_it_is_full(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    model = _model(nlp)
    docs = [nlp.make_doc(text) for text in TEXTS]
    own = model.predict(docs)
    monkeypatch.setattr(parser_layers, "_MOST", 3)
    assert remember_words(model)
    for _ in range(3):
        for doc, theirs in zip(docs, own, strict=True):
            np.testing.assert_allclose(model.predict([doc])[0], theirs, rtol=1e-4, atol=1e-5)


def test_an_empty_text_has_no_vectors(nlp: Language) -> None:
    model = _model(nlp)
    assert remember_words(model)
    assert model.layers[0].predict([nlp.make_doc(""), nlp.make_doc("Saraqib")])[0].shape == (0, 96)


def test_a_model_built_otherwise_is_left_alone() -> None:
    assert not remember_words(Linear(2, 2))
