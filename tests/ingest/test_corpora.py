"""Real articles and pages, where they are at hand: what is kept of them, and that all are accounted for.

The texts belong to their publishers and are no part of the project; without them these tests are skipped.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from pipeline.ingest.articles import to_articles
from pipeline.ingest.boilerplate import kept_spans, kept_text
from pipeline.ingest.copies import with_copies
from pipeline.ingest.documents import Limits
from pipeline.ingest.records import read_inputs
from tests.ingest.makers import REGION

SHARED = Path(__file__).resolve().parents[3] / "shared"
CORPORA = SHARED / "corpora"

pytestmark = pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are not at hand")

PRECISION, RECALL = 0.98, 0.93
"""Floors for the words kept of web pages; lowering one is a decision to be recorded."""


def test_the_box_and_the_teaser_of_the_first_article_go_and_nothing_else() -> None:
    (path,) = (CORPORA / "seed").glob("*.txt")
    raw = path.read_text(encoding="utf-8")
    ((start, end),) = kept_spans(raw)
    assert start == 0
    assert raw[end:].lstrip().startswith("About ")
    assert raw[:end].endswith("it.")


def test_every_wire_article_is_accounted_for() -> None:
    read = read_inputs([CORPORA / "syria-wire" / "articles.jsonl"], Limits(first_date=REGION.first_date))
    result = to_articles(read.documents, REGION)
    assert (len(read.documents), len(read.rejections)) == (398, 0)
    assert result.articles.height + result.rejections.height + result.merged == 398
    assert result.articles.height == 390
    marks = with_copies(result.articles, result.texts)
    assert marks.filter(pl.col("duplicate_kind") == "near").height == 8


def test_no_evidence_that_coders_found_is_cut() -> None:
    with (CORPORA / "syria-wire" / "articles.jsonl").open(encoding="utf-8") as lines:
        raw = {row["id"]: row["text"] for row in map(json.loads, lines)}
    with (SHARED / "gold" / "syria-wire-dev.jsonl").open(encoding="utf-8") as lines:
        coded = [(raw[row["article_id"]], row["mentions"]) for row in map(json.loads, lines)]
    quotes = [(text, mention["evidence"]) for text, mentions in coded for mention in mentions]
    assert len(quotes) > 100
    assert [quote for text, quote in quotes if quote in text and quote not in kept_text(text, kept_spans(text))] == []


def test_the_words_of_real_pages_are_kept_and_those_around_them_not() -> None:
    bodies = json.loads((CORPORA / "web" / "bodies.json").read_text(encoding="utf-8"))
    read = read_inputs([CORPORA / "web" / "html"])
    both = kept = body = 0
    for document in read.documents:
        ours = _words(kept_text(document.raw, kept_spans(document.raw)))
        theirs = _words(bodies[Path(document.input_name).stem])
        both += (ours & theirs).total()
        kept += ours.total()
        body += theirs.total()
    assert len(read.documents) == len(bodies)
    assert both / kept >= PRECISION
    assert both / body >= RECALL


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))
