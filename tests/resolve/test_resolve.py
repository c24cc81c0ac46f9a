"""Codebook section 5: which mentions report one event."""

from __future__ import annotations

import pytest

from pipeline.contract_validation import split
from pipeline.contracts import event_types_frame, load_contract
from pipeline.ids import content_id
from tests.resolve.corpus import AIR, CLASH, Corpus


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
