"""The codes of real articles hold no text of them, and make gold sets where the corpus is at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.evaluate.gold import read_gold
from tests.wire_gold import CLOSED, OPENED, codes, quoted, write_sets
from tests.wire_gold.__main__ import main

CORPUS = Path(__file__).parents[2] / "shared/corpora/syria-wire/articles.jsonl"
LONGEST = 60
"""Characters of the longest name of a place."""


@pytest.mark.parametrize("name", [OPENED, CLOSED])
def test_nothing_is_as_long_as_a_sentence(name: str) -> None:
    mentions = [mention for coded in codes(name) for mention in coded["mentions"]]
    assert len(mentions) > 400
    assert all(len(value) <= LONGEST for mention in mentions for value in mention.values() if isinstance(value, str))
    assert all(mention["evidence_start"] < mention["evidence_end"] for mention in mentions)


def test_no_article_is_both_opened_and_closed() -> None:
    assert {coded["article_id"] for coded in codes(OPENED)}.isdisjoint(coded["article_id"] for coded in codes(CLOSED))


def test_the_evidence_is_cut_out_of_the_text() -> None:
    mention = {"status": "reported", "evidence_start": 4, "evidence_end": 9}
    made = quoted({"article_id": "a", "mentions": [mention]}, "Now. Rain.")
    assert made["mentions"][0]["evidence"] == " Rain"
    assert "evidence_start" not in made["mentions"][0]


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not here")
def test_with_the_corpus_they_are_gold_sets(tmp_path: Path) -> None:
    folders = write_sets(CORPUS, tmp_path)
    assert {folder.name for folder in folders} >= {"C", "D", "E", "F1", "O1"}
    for folder in folders:
        for mentions in read_gold(folder / "mentions.jsonl").values():
            assert all(mention.evidence.strip() for mention in mentions)


def test_without_files_it_says_how_to_call_it() -> None:
    with pytest.raises(SystemExit, match=r"tests\.wire_gold"):
        main([])
