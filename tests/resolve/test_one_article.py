"""Codebook sections 3 and 5: what one article tells twice, and what it tells as two."""

from __future__ import annotations

import pytest

from tests.resolve.corpus import Corpus


@pytest.fixture
def corpus() -> Corpus:
    return Corpus()


class TestOneArticle:
    def test_repeated_strikes_with_their_own_tolls_stay_two(self, corpus: Corpus) -> None:
        corpus.article("x")
        corpus.mention("dawn", "x", killed=(3, 3))
        corpus.mention("dusk", "x", killed=(2, 2))
        assert corpus.together() == [["dawn"], ["dusk"]]

    def test_repeated_strikes_told_by_two_articles_pair_up_by_their_tolls(self, corpus: Corpus) -> None:
        for article, outlet in (("x", "herald"), ("y", "courier")):
            corpus.article(article, outlet)
            corpus.mention(f"{article} dusk", article, killed=(8, 8))
            corpus.mention(f"{article} dawn", article, killed=(3, 3))
        assert corpus.together() == [["x dawn", "y dawn"], ["x dusk", "y dusk"]]

    def test_town_and_governorate_of_one_article_stay_two(self, corpus: Corpus) -> None:
        corpus.article("x")
        corpus.mention("town", "x")
        corpus.mention("wide", "x", place="idlib")
        assert corpus.together() == [["town"], ["wide"]]

    def test_they_stay_two_though_a_vaguer_article_fits_both(self, corpus: Corpus) -> None:
        corpus.article("x")
        corpus.mention("first", "x", actor1="army", killed=(3, 3))
        corpus.mention("second", "x", actor1="russia", killed=(6, 6))
        corpus.mention("vague", actor1=None, outlet="courier")
        assert len(corpus.together()) == 2

    def test_identical_in_all_slots_is_one_happening_told_twice(self, corpus: Corpus) -> None:
        corpus.article("x")
        corpus.mention("lead", "x")
        corpus.mention("detail", "x", killed=(3, 3))
        assert corpus.together() == [["detail", "lead"]]
        assert (corpus.event()["mention_count"], corpus.event()["source_count"]) == (2, 1)

    def test_second_place_told_in_one_article_does_not_keep_apart_what_agrees_in_its_toll(self, corpus: Corpus) -> None:
        corpus.article("x")
        corpus.mention("x wide", "x", place="idlib", killed=(20, 20))
        corpus.mention("x town", "x", killed=(18, None))
        corpus.mention("y", outlet="courier", killed=(20, None))
        corpus.mention("z", outlet="lantern", killed=(20, 20))
        assert corpus.together() == [["x town", "x wide", "y", "z"]]

    def test_toll_of_another_kind_told_further_on(self, corpus: Corpus) -> None:
        corpus.article("x")
        corpus.mention("x dead", "x", killed=(6, 6))
        corpus.mention("x injured", "x", injured=(30, 30))
        corpus.mention("y", outlet="courier", killed=(6, 6), injured=(30, 30))
        assert corpus.together() == [["x dead", "x injured", "y"]]

    def test_gas_told_as_an_air_strike_further_on(self, corpus: Corpus) -> None:
        corpus.article("x")
        corpus.mention("x gas", "x", kind="Chemical weapon", killed=(24, None))
        corpus.mention("x air", "x", killed=(58, None))
        corpus.mention("y", kind="Chemical weapon", outlet="courier", killed=(58, None))
        assert corpus.together() == [["x air", "x gas", "y"]]

    def test_second_strike_without_a_toll_stays_apart_from_what_others_tell(self, corpus: Corpus) -> None:
        corpus.article("x")
        corpus.mention("x first", "x", killed=(3, 3))
        corpus.mention("x second", "x", actor1=None, evidence="A second strike hit the town.")
        corpus.mention("y", outlet="courier", killed=(3, 3))
        corpus.mention("z", outlet="lantern")
        assert corpus.together() == [["x first", "y", "z"], ["x second"]]

    def test_one_sentence_and_one_place_is_one_happening(self, corpus: Corpus) -> None:
        corpus.article("x")
        corpus.mention("named", "x", evidence="Planes of the army killed three.")
        corpus.mention("counted", "x", actor1=None, killed=(3, 3), evidence="Planes of the army killed three.")
        for end in ("char_start", "char_end"):
            corpus.mentions["counted"][end] = corpus.mentions["named"][end]
        assert corpus.together() == [["counted", "named"]]
