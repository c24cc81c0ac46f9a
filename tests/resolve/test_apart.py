"""Codebook section 5: which mentions are not of one event."""

from __future__ import annotations

from typing import Any

import pytest

from tests.resolve.corpus import CLASH, SHELLING, Corpus


@pytest.fixture
def corpus() -> Corpus:
    return Corpus()


class TestNotTheSameEvent:
    @pytest.mark.parametrize(
        "other",
        [
            {"kind": SHELLING},
            {"place": "saraqib"},
            {"named": "Tell Hamra"},
            {"actor1": "russia"},
            {"on": "02-04"},
            {"on": "2020-02-06"},
        ],
        ids=["other means", "other town", "unlisted place", "other side", "two days earlier", "a year earlier"],
    )
    def test_contradiction_in_one_slot(self, corpus: Corpus, other: dict[str, str]) -> None:
        corpus.mention("a", killed=(5, 5))
        corpus.mention("b", outlet="courier", killed=(5, 5), **other)  # type: ignore[arg-type]
        assert corpus.together() == [["a"], ["b"]]

    def test_anniversary_article_tells_the_old_event_under_its_old_date(self, corpus: Corpus) -> None:
        corpus.mention("old", on="2020-02-06", published="2020-02-07", killed=(12, 12))
        corpus.mention("again", on="2021-02-06", published="2021-02-07", killed=(2, 2))
        corpus.mention("anniversary", on="2020-02-06", published="2021-02-06", killed=(12, 12), outlet="courier")
        assert corpus.together() == [["again"], ["anniversary", "old"]]

    def test_two_towns_are_not_chained_by_a_report_of_the_governorate(self, corpus: Corpus) -> None:
        corpus.mention("ariha", place="ariha")
        corpus.mention("saraqib", place="saraqib", outlet="courier")
        corpus.mention("wide", place="idlib", outlet="lantern")
        assert corpus.together() == [["ariha"], ["saraqib"], ["wide"]]

    def test_toll_tells_which_town_a_report_of_the_governorate_means(self, corpus: Corpus) -> None:
        corpus.mention("ariha", place="ariha", killed=(7, 7))
        corpus.mention("saraqib", place="saraqib", outlet="courier", killed=(5, 5))
        corpus.mention("wide", place="idlib", outlet="lantern", killed=(7, 7))
        assert corpus.together() == [["ariha", "wide"], ["saraqib"]]

    def test_toll_of_a_governorate_far_above_that_of_the_town(self, corpus: Corpus) -> None:
        corpus.mention("town", killed=(3, 3))
        corpus.mention("wide", place="idlib", outlet="courier", killed=(40, 40))
        assert corpus.together() == [["town"], ["wide"]]

    def test_dozens_in_the_governorate_and_a_few_in_the_town(self, corpus: Corpus) -> None:
        corpus.mention("town", killed=(3, 3))
        corpus.mention("wide", place="idlib", outlet="courier")
        corpus.casualty("wide", "killed", 24, None, vague=True)
        assert corpus.together() == [["town"], ["wide"]]

    def test_vague_toll_is_no_agreement(self, corpus: Corpus) -> None:
        corpus.mention("town", actor1=None, killed=(26, 26))
        corpus.mention("wide", place="idlib", actor1=None, outlet="courier")
        corpus.casualty("wide", "killed", 24, None, vague=True)
        assert corpus.together() == [["town"], ["wide"]]

    def test_governorate_and_town_with_nobody_named(self, corpus: Corpus) -> None:
        corpus.mention("town", actor1=None)
        corpus.mention("wide", place="idlib", outlet="courier", actor1=None)
        assert corpus.together() == [["town"], ["wide"]]

    def test_two_reports_of_a_governorate_with_nobody_named(self, corpus: Corpus) -> None:
        corpus.mention("a", place="idlib", actor1=None)
        corpus.mention("b", place="idlib", outlet="courier", actor1=None)
        assert corpus.together() == [["a"], ["b"]]

    def test_sources_that_blame_different_sides_and_one_that_blames_nobody(self, corpus: Corpus) -> None:
        corpus.mention("army", actor1="army", killed=(3, 3))
        corpus.mention("russia", actor1="russia", killed=(8, 8), outlet="courier")
        corpus.mention("nobody", actor1=None, killed=(8, 8), outlet="lantern")
        assert corpus.together() == [["army"], ["nobody", "russia"]]

    def test_two_registered_groups_that_belong_to_no_side(self, corpus: Corpus) -> None:
        corpus.mention("a", kind=CLASH, actor1="clan-a", actor2="sdf")
        corpus.mention("b", kind=CLASH, actor1="clan-b", actor2="sdf", outlet="courier")
        assert corpus.together() == [["a"], ["b"]]

    def test_next_day_by_an_account_that_was_out_before_it(self, corpus: Corpus) -> None:
        corpus.mention("a", on="02-06", published="02-06")
        corpus.mention("b", on="02-07", published="02-07", outlet="courier")
        assert corpus.together() == [["a"], ["b"]]

    def test_one_source_that_tells_two_days(self, corpus: Corpus) -> None:
        corpus.mention("a", on="02-06", published="02-08", killed=(4, 4))
        corpus.mention("b", on="02-07", published="02-08", killed=(4, 4))
        corpus.mention("c", on="02-07", published="02-08", killed=(4, 4), outlet="mirror")
        assert corpus.together() == [["a"], ["b", "c"]]

    def test_town_hit_day_after_day_is_not_one_long_event(self, corpus: Corpus) -> None:
        for number, outlet in ((4, "herald"), (5, "courier"), (6, "lantern")):
            corpus.mention(f"on the {number}th", on=f"02-0{number}", published="02-08", outlet=outlet)
        assert max(len(group) for group in corpus.together()) <= 2

    def test_month_alone_is_not_enough_without_a_toll(self, corpus: Corpus) -> None:
        corpus.mention("a", on="02-06")
        corpus.mention("b", on="02-01", until="02-28", precision=3, outlet="courier")
        assert corpus.together() == [["a"], ["b"]]

    @pytest.mark.parametrize("missing", [{"actor1": None}, {"killed": None}, {"kind": "Chemical weapon"}])
    def test_loose_in_two_respects_and_not_both_side_and_toll_agree(
        self, corpus: Corpus, missing: dict[str, str | None]
    ) -> None:
        wide: dict[str, Any] = {"on": "02-07", "place": "idlib", "killed": (5, 5)} | missing
        corpus.mention("a", on="02-06", killed=(5, 5), published="02-08")
        corpus.mention("b", published="02-08", outlet="courier", **wide)
        assert corpus.together() == [["a"], ["b"]]

    def test_days_of_publication_more_than_a_night_apart(self, corpus: Corpus) -> None:
        corpus.mention("a", on="02-06", published="02-06", precision=2)
        corpus.mention("b", on="02-08", published="02-08", precision=2, outlet="courier")
        assert corpus.together() == [["a"], ["b"]]

    def test_day_of_publication_before_the_happening(self, corpus: Corpus) -> None:
        corpus.mention("a", on="02-09", published="02-10")
        corpus.mention("b", on="02-07", published="02-07", precision=2, outlet="courier")
        assert corpus.together() == [["a"], ["b"]]

    def test_name_that_a_town_and_its_governorate_share_is_not_enough(self, corpus: Corpus) -> None:
        corpus.mention("name", place="idlib-city")
        corpus.mention("town", place="saraqib", outlet="courier")
        assert corpus.together() == [["name"], ["town"]]

    def test_at_least_three_is_not_fifteen(self, corpus: Corpus) -> None:
        corpus.mention("early", killed=(3, None))
        corpus.mention("wide", place="idlib", outlet="courier", killed=(15, 15))
        assert corpus.together() == [["early"], ["wide"]]

    def test_what_its_article_calls_another_happening(self, corpus: Corpus) -> None:
        corpus.mention("first", killed=(7, 7))
        corpus.mention("another", outlet="courier", evidence="Another strike hit the town.")
        assert corpus.together() == [["another"], ["first"]]

    def test_other_is_no_weaker_word(self, corpus: Corpus) -> None:
        corpus.mention("a", kind="Other", actor2=None)
        corpus.mention("b", kind="Arrests", actor2=None, outlet="courier")
        assert corpus.together() == [["a"], ["b"]]
