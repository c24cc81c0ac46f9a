"""Ids that last, and books in which every mention is found again."""

from __future__ import annotations

import pytest

from pipeline.ids import content_id
from tests.resolve.corpus import Corpus


@pytest.fixture
def corpus() -> Corpus:
    return Corpus()


class TestIds:
    def test_first_published_mention_founds_the_event_and_undated_articles_come_last(self, corpus: Corpus) -> None:
        corpus.mention("undated", published=None, outlet="lantern")
        corpus.mention("late", published="02-09", outlet="courier")
        corpus.mention("early", published="02-07")
        assert corpus.event()["founding_mention_id"] == content_id("m", "early")

    def test_late_report_leaves_the_id(self, corpus: Corpus) -> None:
        corpus.mention("early", published="02-07")
        before = corpus.event()["event_id"]
        corpus.mention("late", published="02-20", outlet="courier")
        assert corpus.event()["event_id"] == before


class TestBooks:
    def test_every_mention_is_accounted_for(self, corpus: Corpus) -> None:
        corpus.mention("a")
        corpus.mention("b", outlet="courier")
        corpus.mention("denies", status="denied")
        corpus.mention("denies nothing", status="denied", kind="Looting/property destruction")
        corpus.mention("threat", status="prospective", on=None, place=None, admin1=None)
        corpus.mention("total", status="general")
        corpus.mention("undated", on=None)
        corpus.mention("unplaced", place=None, admin1=None)
        books = corpus.resolve().books
        assert (books.mentions, books.reporting, books.denying, books.denying_nothing_found) == (8, 2, 1, 1)
        assert (books.prospective, books.general, books.rejected) == (1, 1, 2)
        assert (books.events, books.merged) == (1, 1)

    def test_undated_and_unplaced_reports_are_rejected_with_that_reason(self, corpus: Corpus) -> None:
        corpus.mention("undated", on=None)
        corpus.mention("unplaced", place=None, admin1=None)
        rejections = corpus.resolve().rejections
        assert sorted(rejections["rule"]) == ["undated", "unplaced"]
        assert set(rejections["stage"]) == {"resolve"}

    def test_mention_of_an_article_that_is_not_there_is_rejected(self, corpus: Corpus) -> None:
        corpus.mention("a")
        corpus.articles.clear()
        corpus.article("another")
        assert corpus.resolve().rejections["rule"].to_list() == ["foreign_key"]
