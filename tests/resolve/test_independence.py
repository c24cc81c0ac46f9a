"""Copies report an event and are no source of it."""

from __future__ import annotations

import pytest

from pipeline.ids import content_id
from tests.resolve.corpus import Corpus


@pytest.fixture
def corpus() -> Corpus:
    return Corpus()


class TestCopies:
    def test_copy_reports_the_event_and_is_no_source(self, corpus: Corpus) -> None:
        corpus.article("x")
        corpus.article("y", "courier", "02-08", copy_of="x")
        corpus.mention("a", "x", evidence="Two shells fell.")
        corpus.mention("b", "y", evidence="Two shells fell.")
        assert corpus.together() == [["a", "b"]]
        assert (corpus.event()["mention_count"], corpus.event()["source_count"]) == (2, 1)

    def test_yesterday_of_a_republished_copy_means_the_day_of_the_original(self, corpus: Corpus) -> None:
        corpus.article("x", published="02-07")
        corpus.article("y", "courier", "02-10", copy_of="x")
        corpus.mention("a", "x", on="02-06", evidence="Yesterday shells fell.")
        corpus.mention("b", "y", on="02-09", evidence="Yesterday shells fell.")
        assert corpus.together() == [["a", "b"]]
        assert corpus.event()["event_date_end"].isoformat() == "2021-02-06"

    def test_next_weeks_report_in_nearly_the_same_words_is_of_another_event(self, corpus: Corpus) -> None:
        corpus.article("x", published="02-07")
        corpus.article("y", published="02-14", copy_of="x", kind="near")
        corpus.mention("a", "x", on="02-06", evidence="On Saturday shells fell.")
        corpus.mention("b", "y", on="02-13", evidence="On Saturday shells fell.")
        assert corpus.together() == [["a"], ["b"]]

    def test_two_happenings_of_one_sentence_pair_up_in_their_order(self, corpus: Corpus) -> None:
        corpus.article("x")
        corpus.article("y", "courier", "02-08", copy_of="x")
        for article in ("x", "y"):
            corpus.mention(f"{article} army", article, actor1="army", evidence="Both fired.")
            corpus.mention(f"{article} russia", article, actor1="russia", evidence="Both fired.")
        assert corpus.together() == [["x army", "y army"], ["x russia", "y russia"]]

    def test_outlet_that_republishes_another_is_no_source_beside_it(self, corpus: Corpus) -> None:
        corpus.mention("a", outlet="herald")
        corpus.mention("b", outlet="mirror")
        assert (corpus.event()["mention_count"], corpus.event()["source_count"]) == (2, 1)

    def test_copy_of_the_same_day_does_not_found_the_event(self, corpus: Corpus) -> None:
        corpus.article("x", published="02-08")
        corpus.article("y", "courier", "02-07", copy_of="x")
        corpus.mention("a", "x", evidence="Shells fell.")
        corpus.mention("b", "y", evidence="Shells fell.")
        assert corpus.event()["founding_mention_id"] == content_id("m", "a")

    def test_event_that_a_near_copy_alone_tells_has_one_source(self, corpus: Corpus) -> None:
        corpus.article("x")
        corpus.article("y", "courier", "02-08", copy_of="x", kind="near")
        corpus.mention("b", "y", killed=(2, 2))
        assert (corpus.event()["source_count"], corpus.event()["fatalities_best"]) == (1, 2)
