"""Codebook section 5: which mentions report one event, and which do not."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.contract_validation import split
from pipeline.contracts import event_types_frame, load_contract
from pipeline.ids import content_id
from tests.resolve.corpus import AIR, CLASH, SHELLING, Corpus


@pytest.fixture
def corpus() -> Corpus:
    return Corpus()


def test_no_mentions_give_no_events(corpus: Corpus) -> None:
    resolved = corpus.resolve()
    assert resolved.events.is_empty()
    assert resolved.event_mentions.is_empty()
    assert resolved.rejections.is_empty()


def test_one_mention_founds_an_event_with_its_slots(corpus: Corpus) -> None:
    corpus.mention("a", killed=(5, 5), injured=(3, None), hit_civilians=True)
    event = corpus.event()
    assert event["event_id"] == content_id("e", content_id("m", "a"))
    assert event["founding_mention_id"] == content_id("m", "a")
    assert (event["place_id"], event["place_name"], event["latitude"]) == ("ariha", "Ariha", 35.813)
    assert (event["admin1"], event["admin2"], event["geo_precision"]) == ("Idlib", "Ariha", 1)
    assert (event["actor1_name"], event["actor1_bloc"]) == ("Syrian Arab Army", "syrian_government")
    assert (event["fatalities_low"], event["fatalities_best"], event["fatalities_high"]) == (5, 5, 5)
    assert (event["injured_low"], event["injured_high"]) == (3, None)
    assert (event["mention_count"], event["source_count"], event["disputed"]) == (1, 1, False)
    assert event["week_start"].isoformat() == "2021-02-01"
    assert event["civilian_targeting"] is True


def test_what_comes_out_keeps_to_the_contract(corpus: Corpus) -> None:
    corpus.mention("a", killed=(5, None))
    corpus.mention("b", outlet="courier", killed=(None, 3))
    corpus.mention("c", outlet="lantern", place=None, on="03-01", until="03-20", precision=3)
    corpus.mention("d", status="denied")
    tables, contract, resolved = corpus.tables(), load_contract(), corpus.resolve()
    parents = {**tables, "event_types": event_types_frame(contract), "events": resolved.events}
    for name in ("events", "event_mentions", "rejections"):
        checked = split(contract.tables[name], getattr(resolved, name), stage="resolve", parents=parents)
        assert checked.rejections.is_empty()


class TestSameEvent:
    def test_same_type_place_day_and_side_with_different_tolls(self, corpus: Corpus) -> None:
        corpus.mention("a", killed=(5, 5))
        corpus.mention("b", outlet="courier", killed=(26, None))
        assert corpus.together() == [["a", "b"]]

    def test_unidentified_side_fits_a_named_one(self, corpus: Corpus) -> None:
        corpus.mention("a", actor1=None)
        corpus.mention("b", outlet="courier", actor1="russia")
        assert corpus.together() == [["a", "b"]]

    def test_two_forces_of_one_bloc(self, corpus: Corpus) -> None:
        corpus.mention("a", actor1="army")
        corpus.mention("b", outlet="courier", actor1="tigers")
        assert corpus.together() == [["a", "b"]]

    def test_one_names_the_ally_that_the_other_names_as_associate(self, corpus: Corpus) -> None:
        corpus.mention("a", actor1="army", associate="russia")
        corpus.mention("b", outlet="courier", actor1="russia")
        assert corpus.together() == [["a", "b"]]

    def test_sides_of_a_clash_in_either_order(self, corpus: Corpus) -> None:
        corpus.mention("a", kind=CLASH, actor1="army", actor2="hts")
        corpus.mention("b", outlet="courier", kind=CLASH, actor1="hts", actor2="army")
        assert corpus.together() == [["a", "b"]]

    @pytest.mark.parametrize("group", ["hts", "islamic-state"])
    def test_loose_word_fits_the_groups_it_is_used_for(self, corpus: Corpus, group: str) -> None:
        corpus.mention("a", kind=CLASH, actor1="army", actor2="fighters")
        corpus.mention("b", outlet="courier", kind=CLASH, actor1="army", actor2=group)
        assert corpus.together() == [["a", "b"]]

    def test_one_outlet_tells_a_strike_as_a_hit_on_homes_the_other_on_fighters(self, corpus: Corpus) -> None:
        corpus.mention("a", actor2="civilians")
        corpus.mention("b", outlet="courier", actor2="hts")
        assert corpus.together() == [["a", "b"]]

    def test_midnight_between_two_accounts_published_after_it(self, corpus: Corpus) -> None:
        corpus.mention("a", on="02-06", published="02-08")
        corpus.mention("b", on="02-07", published="02-08", outlet="courier")
        assert corpus.together() == [["a", "b"]]

    def test_midnight_and_an_early_account_when_the_tolls_agree(self, corpus: Corpus) -> None:
        corpus.mention("a", on="02-06", published="02-06", killed=(4, 4))
        corpus.mention("b", on="02-07", published="02-07", killed=(4, 5), outlet="courier")
        assert corpus.together() == [["a", "b"]]

    def test_night_between_two_days_overlaps_both(self, corpus: Corpus) -> None:
        corpus.mention("a", on="02-06", until="02-07", actor1=None)
        corpus.mention("b", on="02-07", outlet="courier", actor1=None)
        assert corpus.together() == [["a", "b"]]

    def test_governorate_contains_the_only_town_that_fits(self, corpus: Corpus) -> None:
        corpus.mention("town", place="ariha")
        corpus.mention("wide", place="idlib", outlet="courier")
        assert corpus.together() == [["town", "wide"]]

    @pytest.mark.parametrize("wide", ["ariha-district", "zawiya"])
    def test_district_and_area_contain_a_town_in_them(self, corpus: Corpus, wide: str) -> None:
        corpus.mention("town", place="ariha")
        corpus.mention("wide", place=wide, outlet="courier")
        assert corpus.together() == [["town", "wide"]]

    def test_town_contains_its_market(self, corpus: Corpus) -> None:
        corpus.mention("town", place="ariha")
        corpus.mention("market", place="ariha-market", outlet="courier")
        assert corpus.together() == [["market", "town"]]

    def test_place_that_is_in_no_gazetteer_by_its_name(self, corpus: Corpus) -> None:
        corpus.mention("a", named="Tell Hamra")
        corpus.mention("b", named="tell  Hamra,", outlet="courier")
        assert corpus.together() == [["a", "b"]]

    @pytest.mark.parametrize(
        ("weak", "telling"),
        [
            (CLASH, "Government regains territory"),
            (CLASH, "Non-state actor overtakes territory"),
            ("Remote explosive/landmine/IED", "Suicide bomb"),
            (AIR, "Chemical weapon"),
        ],
    )
    def test_weaker_word_for_it_when_a_side_agrees(self, corpus: Corpus, weak: str, telling: str) -> None:
        corpus.mention("a", kind=weak, actor2="hts")
        corpus.mention("b", kind=telling, actor2="hts", outlet="courier")
        assert corpus.together() == [["a", "b"]]
        assert corpus.event()["sub_event_type"] == telling

    def test_date_known_to_the_week_when_a_side_agrees(self, corpus: Corpus) -> None:
        corpus.mention("a", on="02-06")
        corpus.mention("b", on="02-01", until="02-07", precision=2, outlet="courier")
        assert corpus.together() == [["a", "b"]]
        assert (corpus.event()["event_date_end"].isoformat(), corpus.event()["time_precision"]) == ("2021-02-06", 1)

    def test_dozens_in_a_town_can_be_the_exact_toll_that_another_gives_for_the_governorate(
        self, corpus: Corpus
    ) -> None:
        corpus.mention("town")
        corpus.casualty("town", "killed", 24, None, vague=True)
        corpus.mention("wide", place="idlib", outlet="courier", killed=(87, None))
        assert corpus.together() == [["town", "wide"]]

    def test_loose_in_two_respects_when_side_and_toll_agree(self, corpus: Corpus) -> None:
        corpus.mention("a", on="02-06", killed=(5, 5), published="02-08")
        corpus.mention("b", on="02-07", place="idlib", killed=(5, 5), published="02-08", outlet="courier")
        assert corpus.together() == [["a", "b"]]

    def test_weaker_word_at_one_spot_on_one_day_needs_no_further_sign(self, corpus: Corpus) -> None:
        corpus.mention("a", actor1=None)
        corpus.mention("b", kind="Chemical weapon", actor1=None, outlet="courier")
        assert corpus.together() == [["a", "b"]]

    def test_at_least_three_can_be_ten(self, corpus: Corpus) -> None:
        corpus.mention("early", killed=(3, None))
        corpus.mention("wide", place="idlib", outlet="courier", killed=(10, 10))
        assert corpus.together() == [["early", "wide"]]

    @pytest.mark.parametrize("day", ["02-06", "02-07", "02-08"])
    def test_day_of_publication_stands_for_a_happening_of_one_or_two_days_before(
        self, corpus: Corpus, day: str
    ) -> None:
        corpus.mention("dated", on="02-06", published="02-08")
        corpus.mention("undated", on=day, published=day, precision=2, outlet="courier")
        assert corpus.together() == [["dated", "undated"]]

    def test_quarter_far_from_the_point_of_its_town(self, corpus: Corpus) -> None:
        corpus.mention("town", place="ariha")
        corpus.mention("quarter", place="ariha-outskirts", outlet="courier")
        assert corpus.together() == [["quarter", "town"]]

    def test_village_near_the_town_that_an_account_names(self, corpus: Corpus) -> None:
        corpus.mention("near", place="ariha", near=True)
        corpus.mention("village", place="nahlaya", outlet="courier")
        assert corpus.together() == [["near", "village"]]

    def test_name_that_a_town_and_its_governorate_share_when_the_tolls_agree(self, corpus: Corpus) -> None:
        corpus.mention("name", place="idlib-city", killed=(20, 20))
        corpus.mention("town", place="saraqib", outlet="courier", killed=(20, 20))
        assert corpus.together() == [["name", "town"]]

    def test_so_many_dead_are_of_one_happening_however_loosely_it_is_told(self, corpus: Corpus) -> None:
        corpus.mention("a", killed=(72, None), actor1=None, kind="Chemical weapon")
        corpus.mention("b", place="idlib", killed=(58, 58), precision=2, published="02-06", outlet="courier")
        assert corpus.together() == [["a", "b"]]

    def test_follow_up_in_a_later_week(self, corpus: Corpus) -> None:
        corpus.mention("a", killed=(3, None), published="02-06")
        corpus.mention("b", killed=(9, 9), published="02-16")
        assert corpus.together() == [["a", "b"]]


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
