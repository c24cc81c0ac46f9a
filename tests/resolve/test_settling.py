"""What an event says when its reports say different things: date, place, sides."""

from __future__ import annotations

import pytest

from tests.resolve.corpus import CLASH, Corpus


@pytest.fixture
def corpus() -> Corpus:
    return Corpus()


def dates(corpus: Corpus) -> tuple[str, str, int]:
    event = corpus.event()
    return event["event_date_start"].isoformat(), event["event_date_end"].isoformat(), event["time_precision"]


class TestDate:
    def test_day_beats_week(self, corpus: Corpus) -> None:
        corpus.mention("a", on="02-01", until="02-07", precision=2)
        corpus.mention("b", on="02-03", outlet="courier")
        assert dates(corpus) == ("2021-02-03", "2021-02-03", 1)

    def test_two_vague_dates_leave_the_days_they_share(self, corpus: Corpus) -> None:
        corpus.mention("a", on="02-01", until="02-05", precision=2)
        corpus.mention("b", on="02-04", until="02-08", precision=2, outlet="courier")
        assert dates(corpus) == ("2021-02-04", "2021-02-05", 2)

    def test_a_night_apart_the_day_of_most_sources(self, corpus: Corpus) -> None:
        corpus.mention("a", on="02-06", published="02-08")
        corpus.mention("b", on="02-07", published="02-08", outlet="courier")
        corpus.mention("c", on="02-07", published="02-09", outlet="lantern")
        assert dates(corpus) == ("2021-02-07", "2021-02-07", 1)

    def test_a_night_apart_and_as_many_sources_for_each_day(self, corpus: Corpus) -> None:
        corpus.mention("a", on="02-06", published="02-08")
        corpus.mention("b", on="02-07", published="02-08", outlet="courier")
        assert dates(corpus) == ("2021-02-06", "2021-02-07", 2)


class TestPlace:
    def test_town_beats_governorate_though_that_was_told_first(self, corpus: Corpus) -> None:
        corpus.mention("wide", place="idlib", published="02-06")
        corpus.mention("town", outlet="courier")
        event = corpus.event()
        assert (event["place_id"], event["geo_precision"], event["latitude"]) == ("ariha", 1, 35.813)

    def test_market_beats_town(self, corpus: Corpus) -> None:
        corpus.mention("town", published="02-06")
        corpus.mention("market", place="ariha-market", outlet="courier")
        assert corpus.event()["place_name"] == "Ariha market"

    @pytest.mark.parametrize(("of_the_town", "name"), [(2, "Ariha market"), (3, "Ariha")])
    def test_market_that_fewer_than_a_third_of_the_sources_name(
        self, corpus: Corpus, of_the_town: int, name: str
    ) -> None:
        corpus.mention("market", place="ariha-market")
        for outlet in ("courier", "lantern", "banner")[:of_the_town]:
            corpus.mention(f"town by {outlet}", outlet=outlet)
        assert corpus.event()["place_name"] == name

    def test_town_that_only_one_source_names_beats_the_governorate(self, corpus: Corpus) -> None:
        corpus.mention("town")
        for outlet in ("courier", "lantern", "banner"):
            corpus.mention(f"wide by {outlet}", place="idlib", outlet=outlet)
        assert corpus.event()["place_name"] == "Ariha"

    def test_place_in_no_gazetteer_keeps_the_name_of_the_text_and_has_no_point(self, corpus: Corpus) -> None:
        corpus.mention("a", named="Tell Hamra")
        event = corpus.event()
        assert (event["place_id"], event["place_name"], event["latitude"]) == (None, "Tell Hamra", None)

    def test_without_any_place_the_governorate_lends_its_name(self, corpus: Corpus) -> None:
        corpus.mention("a", place=None)
        assert (corpus.event()["place_name"], corpus.event()["geo_precision"]) == ("Idlib", 3)


class TestSides:
    def test_named_beats_unidentified(self, corpus: Corpus) -> None:
        corpus.mention("a", actor1=None)
        corpus.mention("b", actor1="russia", outlet="courier")
        assert corpus.event()["actor1_name"] == "Russian Armed Forces"

    def test_registered_group_beats_loose_word(self, corpus: Corpus) -> None:
        corpus.mention("a", kind=CLASH, actor2="fighters")
        corpus.mention("b", kind=CLASH, actor2="fighters", outlet="lantern")
        corpus.mention("c", kind=CLASH, actor2="hts", outlet="courier")
        assert corpus.event()["actor2_bloc"] == "hts"

    def test_of_two_forces_of_one_bloc_the_one_most_sources_name(self, corpus: Corpus) -> None:
        corpus.mention("a", actor1="tigers")
        corpus.mention("b", actor1="army", outlet="courier")
        corpus.mention("c", actor1="army", outlet="lantern")
        assert corpus.event()["actor1_id"] == "army"

    def test_clash_told_from_the_other_side_is_turned_round(self, corpus: Corpus) -> None:
        corpus.mention("a", kind=CLASH, actor1="army", actor2=None)
        corpus.mention("b", kind=CLASH, actor1="hts", actor2="army", outlet="courier")
        event = corpus.event()
        assert {event["actor1_id"], event["actor2_id"]} == {"army", "hts"}

    def test_associate_is_kept(self, corpus: Corpus) -> None:
        corpus.mention("a", actor1="army")
        corpus.mention("b", actor1="army", associate="russia", outlet="courier")
        assert corpus.event()["actor1_associate_id"] == "russia"

    def test_lead_of_one_account_is_the_associate_beside_the_side_that_others_name(self, corpus: Corpus) -> None:
        corpus.mention("a", actor1="russia")
        corpus.mention("b", actor1="russia", outlet="courier")
        corpus.mention("c", actor1="army", associate="russia", outlet="lantern")
        event = corpus.event()
        assert (event["actor1_id"], event["actor1_associate_id"]) == ("russia", "army")

    def test_happening_without_a_second_side(self, corpus: Corpus) -> None:
        corpus.mention("a", kind="Force movement", actor2=None)
        assert (corpus.event()["actor2_id"], corpus.event()["actor2_bloc"]) == (None, None)
