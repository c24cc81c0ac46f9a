"""An extractor is measured by what it makes of the articles of a gold set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.evaluate.evaluation import evaluate_extractor, evaluate_file
from pipeline.evaluate.sets import ARTICLES, GoldSet, set_in
from pipeline.extract.model import Article, Mention
from pipeline.extract.rules import RuleExtractor
from pipeline.ingest.documents import Limits
from pipeline.progress import Unwatched
from pipeline.regions import load_region
from tests.built_rules import built_rules
from tests.end_to_end.articles import CLASH, RAID, SHELLING, write_jsonl
from tests.evaluate.makers import gold_record, write_set

SYRIA = load_region("syria")


class Watching:
    """The rules, keeping which articles they were given; finds nothing in those it is told to skip."""

    name = "watching-1"

    def __init__(self, rules: RuleExtractor, skip: str = "") -> None:
        self.rules, self.skip, self.seen = rules, skip, []  # type: ignore[var-annotated]

    def extract(self, articles: Sequence[Article]) -> list[list[Mention]]:
        self.seen += [article.article_id for article in articles]
        told = self.rules.extract(articles)
        return [[] if a.article_id == self.skip else ms for a, ms in zip(articles, told, strict=True)]


@pytest.fixture(scope="module")
def rules() -> RuleExtractor:
    return built_rules()


def test_what_the_rules_find_is_compared_with_the_gold(tmp_path: Path, rules: RuleExtractor) -> None:
    made = evaluate_extractor(set_in(write_set(tmp_path / "ours")), SYRIA, rules, Limits(), Unwatched())
    assert (made.gold_set, made.extractor) == ("ours", rules.name)
    assert made.measures["where_recall"].part == 2
    assert made.measures["slot_killed"].value == 1.0


def test_what_is_not_found_is_missed(tmp_path: Path, rules: RuleExtractor) -> None:
    gold = set_in(write_set(tmp_path / "ours"))
    made = evaluate_extractor(gold, SYRIA, Watching(rules, skip="raid-1"), Limits(), Unwatched())
    assert [(fault.kind, fault.article_id) for fault in made.faults if fault.kind == "missed"] == [("missed", "raid-1")]


def test_only_articles_that_the_gold_codes_are_read_by_the_extractor(tmp_path: Path, rules: RuleExtractor) -> None:
    folder = write_set(tmp_path / "ours", {"raid-1": [gold_record()]})
    write_jsonl(folder / ARTICLES, RAID, CLASH, SHELLING)
    watching = Watching(rules)
    evaluate_extractor(set_in(folder), SYRIA, watching, Limits(), Unwatched())
    assert watching.seen == ["raid-1"]


def test_without_articles_a_ready_coding_can_be_measured_and_no_extractor(tmp_path: Path, rules: RuleExtractor) -> None:
    whole = set_in(write_set(tmp_path / "ours"))
    gold = replace(whole, articles=None)
    predicted = write_jsonl(
        tmp_path / "said.jsonl", {"article_id": "raid-1", **gold_record(admin1="Aleppo", confidence=0.6)}
    )
    made = evaluate_file(gold, SYRIA, predicted, Limits())
    assert (made.extractor, made.measures["type_recall"].part, made.measures["where_recall"].part) == (
        "said.jsonl",
        1,
        0,
    )
    assert made.reliability is not None
    assert made.reliability.bins[0].label == "0.6-0.7"
    with pytest.raises(InputError, match="give the articles that it codes with --articles FILE"):
        evaluate_extractor(GoldSet("ours", gold.mentions, None), SYRIA, rules, Limits(), Unwatched())
