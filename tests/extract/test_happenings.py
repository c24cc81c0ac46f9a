"""What newsrooms of all sides write for each of the sub-event types, and what looks like it and is none.

The sentences of `happenings.tsv` are our own; a type left empty means that nothing is reported.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.extract.lexicon import Lexicon
from pipeline.extract.model import Article
from pipeline.extract.rules import RuleExtractor

WEDNESDAY = date(2016, 5, 4)
QUIET = " The army made no comment."
"""A word of war, as every article on the war holds one, in a sentence that tells nothing."""


def sentences() -> list[tuple[str, str]]:
    lines = Path(__file__).with_name("happenings.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    return [(sentence, name) for name, sentence in rows]


@pytest.fixture(scope="module")
def told(extractor: RuleExtractor) -> dict[str, set[str]]:
    """The types reported of each sentence, read in one go."""
    texts = [sentence for sentence, _ in sentences()]
    articles = [
        Article(f"a-{at}", "", text + QUIET, "The Ford Post", "independent", WEDNESDAY) for at, text in enumerate(texts)
    ]
    found = extractor.extract(articles)
    return {
        text: {m.sub_event_type for m in mentions if m.status == "reported"}
        for text, mentions in zip(texts, found, strict=True)
    }


@pytest.mark.parametrize(("sentence", "name"), sentences())
def test_a_sentence_tells_its_type_and_no_other(told: dict[str, set[str]], sentence: str, name: str) -> None:
    assert told[sentence] == ({name} if name else set())


def test_every_type_has_a_sentence(lexicon: Lexicon) -> None:
    assert {name for _, name in sentences() if name} == set(lexicon.types)
