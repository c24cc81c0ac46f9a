"""Whole articles: which day a happening is of, and whether it happened at all."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.extract.rules import RuleExtractor
from tests.extract.coded import killed, mentions, reported


def test_the_day_of_the_lead_dates_what_follows_wherever_it_stands(extractor: RuleExtractor) -> None:
    text = (
        "Warplanes bombed the town of Saraqib on Monday, a monitor said.\n\nDoctors were tired.\n\nSchools were shut."
        "\n\nRebels shelled Nubl with mortars."
    )
    days = {m.place: m.event_date_start for m in reported(extractor, text)}
    assert days == {"Saraqib": date(2016, 5, 2), "Nubl": date(2016, 5, 2)}


def test_a_day_named_by_a_sentence_that_tells_nothing_dates_the_next_one(extractor: RuleExtractor) -> None:
    text = "It was quiet in the valley until Monday evening. Warplanes bombed the town of Saraqib."
    (mention,) = reported(extractor, text)
    assert mention.event_date_start == date(2016, 5, 2)


def test_fighting_since_a_day_of_this_week_is_one_happening(extractor: RuleExtractor) -> None:
    text = "Clashes between rebels and the Islamic State have raged in Azaz since the weekend."
    (mention,) = mentions(extractor, text)
    assert (mention.status, mention.event_date_start) == ("reported", date(2016, 4, 30))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The army said it had nothing to do with the blast in Azaz.", "denied"),
        ("The ministry rejected reports that warplanes had bombed Saraqib.", "denied"),
        ("No shells were fired at Saraqib, the army said.", "denied"),
        ("Rebels swore to storm the town of Saraqib.", "prospective"),
    ],
)
def test_what_is_denied_or_only_threatened_is_found_as_such(extractor: RuleExtractor, text: str, status: str) -> None:
    assert {m.status for m in mentions(extractor, text)} == {status}


def test_shelling_that_did_not_stop_happened(extractor: RuleExtractor) -> None:
    (mention,) = mentions(extractor, "The army did not stop shelling Saraqib on Monday.")
    assert mention.status == "reported"


def test_he_said_is_the_source_named_last(extractor: RuleExtractor) -> None:
    text = "Warplanes bombed Saraqib on Monday, Abu Omar said. Rebels shelled Nubl with mortars, he said."
    assert [m.attributed_to for m in reported(extractor, text)] == ["Abu Omar", "Abu Omar"]


def test_a_source_that_closes_the_sentence_is_found_behind_a_name(extractor: RuleExtractor) -> None:
    text = "Warplanes bombed Saraqib on Monday, an officer and the Ford Monitor tweeted."
    (mention,) = reported(extractor, text)
    assert mention.attributed_to == "an officer and the Ford Monitor"


def test_one_dated_case_of_a_habit_is_a_mention_of_its_own(extractor: RuleExtractor) -> None:
    text = "Saraqib is often targeted by Islamic State, including in March when a suicide bomber killed four people."
    assert [(m.sub_event_type, m.event_date_start, killed(m)) for m in reported(extractor, text)] == [
        ("Suicide bomb", date(2016, 3, 1), [(4, 4)])
    ]


def test_an_older_attack_dated_in_its_noun_keeps_its_day(extractor: RuleExtractor) -> None:
    text = (
        "A suicide bomber blew himself up in Saraqib on Tuesday, killing nine people. Islamic State claimed a "
        "mid-April suicide attack there that killed four."
    )
    found = [(m.event_date_start, m.time_precision, killed(m)) for m in reported(extractor, text)]
    assert found == [(date(2016, 5, 3), 1, [(9, 9)]), (date(2016, 4, 11), 3, [(4, 4)])]


def test_what_others_are_compared_with_did_happen_on_its_day(extractor: RuleExtractor) -> None:
    text = "The blast is the deadliest since the March 19 bombing of Saraqib that killed 30 people."
    (mention,) = reported(extractor, text)
    assert (mention.event_date_start, killed(mention)) == (date(2016, 3, 19), [(30, 30)])


def test_the_day_of_another_attack_is_not_that_of_this_one(extractor: RuleExtractor) -> None:
    text = "Before the April 4 attack on Douma, warplanes bombed Saraqib on March 30."
    assert date(2016, 3, 30) in {m.event_date_start for m in reported(extractor, text) if m.place == "Saraqib"}


@pytest.mark.parametrize(
    "text",
    [
        "Thousands have fled the fighting in Saraqib.",
        "The rebels have tried several times to storm the town of Saraqib.",
        "Warplanes of the coalition use the base to bomb the town of Saraqib.",
        "Air raids on Saraqib have killed hundreds of civilians.",
    ],
)
def test_what_goes_on_without_a_day_is_no_single_happening(extractor: RuleExtractor, text: str) -> None:
    assert {m.status for m in mentions(extractor, text)} <= {"general"}


def test_what_has_a_day_happened_however_often(extractor: RuleExtractor) -> None:
    (mention,) = reported(extractor, "The army shelled the hospital in Saraqib several times on Tuesday.")
    assert mention.event_date_start == date(2016, 5, 3)


def test_tolls_and_places_that_take_turns_belong_together(extractor: RuleExtractor) -> None:
    text = (
        "Air raids on Monday killed nine civilians and wounded ten in Douma, and two others - including a child - "
        "died in Harasta."
    )
    found = reported(extractor, text)
    assert {m.place: killed(m) for m in found} == {"Douma": [(9, 9)], "Harasta": [(2, 2)]}
    assert [(c.low, c.high) for c in found[0].casualties if c.kind == "injured"] == [(10, 10)]


def test_two_blasts_in_a_month_are_no_habit(extractor: RuleExtractor) -> None:
    (mention,) = reported(extractor, "In March two blasts near a mosque in Damascus killed at least 40 people.")
    assert (mention.time_precision, killed(mention)) == (3, [(40, None)])


@pytest.mark.parametrize(
    ("words", "start"),
    [("days ago", date(2016, 4, 28)), ("earlier in the week", date(2016, 5, 2)), ("weeks ago", date(2016, 4, 10))],
)
def test_vague_days_are_before_the_report(extractor: RuleExtractor, words: str, start: date) -> None:
    (mention,) = reported(extractor, f"Government forces captured Saraqib {words}.")
    assert (mention.event_date_start, mention.time_precision) == (start, 2)


def test_a_season_is_no_date(extractor: RuleExtractor) -> None:
    assert reported(extractor, "Rebels seized the town of Nubl last summer.") == []


def test_what_had_been_before_does_not_date_what_follows(extractor: RuleExtractor) -> None:
    text = "The army retook the town of Saraqib on Monday, which rebels had captured in March."
    assert date(2016, 5, 2) in {m.event_date_start for m in reported(extractor, text)}
    (mention,) = reported(extractor, "The army retook the town of Saraqib, which rebels had captured in March.")
    assert mention.time_precision == 2


def test_the_day_of_a_picture_is_not_that_of_the_story(extractor: RuleExtractor) -> None:
    text = "Smoke rises over the town of Saraqib, March 27, 2016. Rebels shelled Nubl on Tuesday, killing four."
    assert {m.place: m.event_date_start for m in reported(extractor, text)}["Nubl"] == date(2016, 5, 3)


def test_after_a_look_back_the_story_goes_on_with_its_own_day(extractor: RuleExtractor) -> None:
    text = (
        "Rebels shelled Nubl on Tuesday. The army attacked the town of Saraqib on April 25. It lost a tank there. "
        "Warplanes bombed Douma, killing four civilians."
    )
    assert {m.place: m.event_date_start for m in reported(extractor, text)}["Douma"] == date(2016, 5, 3)


def test_a_weekday_that_lost_its_apostrophe_is_one(extractor: RuleExtractor) -> None:
    (mention,) = reported(extractor, "Mondays air raid on Saraqib killed nine people.")
    assert mention.event_date_start == date(2016, 5, 2)


def test_an_old_report_does_not_tell_of_today(extractor: RuleExtractor) -> None:
    (mention,) = reported(extractor, "In January the monitor said that warplanes had bombed the town of Saraqib.")
    assert (mention.event_date_start, mention.time_precision) == (date(2016, 1, 1), 3)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The air force continues to pound the town of Saraqib.", "reported"),
        ("Warplanes continue to pound Syria.", "general"),
        ("The people of Saraqib have lived through months of shelling by the army.", "general"),
        ("Rebels have answered by shelling Nubl with mortars, killing dozens of civilians.", "general"),
        ("Seven people died in recent air strikes on Saraqib.", "general"),
        ("The toll includes nine people killed by shelling on Nubl.", "general"),
        ("The army stepped up its shelling of Saraqib, killing nine people.", "reported"),
    ],
)
def test_what_goes_on_tells_a_happening_where_it_names_a_town_or_counts_victims(
    extractor: RuleExtractor, text: str, status: str
) -> None:
    assert {m.status for m in mentions(extractor, text)} == {status}


def test_whom_somebody_fights_tells_who_he_is(extractor: RuleExtractor) -> None:
    text = "The coalition is meant to assist the Kurds and Arabs fighting against Islamic State near Azaz."
    assert reported(extractor, text) == []


def test_a_strike_of_long_ago_that_only_began_something_is_background(extractor: RuleExtractor) -> None:
    text = "Rebels shelled Azaz on Monday. Russia started carrying out air strikes in Syria in September 2015."
    assert [m.sub_event_type for m in reported(extractor, text)] == ["Shelling/artillery/missile attack"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Shells hit Nubl on Monday under the eyes of a truce brokered by Ankara.", False),
        ("Shells hit Nubl on Monday despite a truce brokered by Ankara last Thursday.", True),
    ],
)
def test_a_deal_named_beside_another_happening_needs_a_day_of_its_own(
    extractor: RuleExtractor, text: str, told: bool
) -> None:
    assert ("Agreement" in {m.sub_event_type for m in reported(extractor, text)}) == told


def test_an_offensive_begun_to_take_a_town_has_not_taken_it(extractor: RuleExtractor) -> None:
    text = "Rebels began an offensive to seize the town of Saraqib on Monday."
    assert "Non-state actor overtakes territory" not in {m.sub_event_type for m in reported(extractor, text)}


def test_an_attack_of_an_older_summer_is_not_of_today(extractor: RuleExtractor) -> None:
    text = "The blast in Azaz recalled the air strike that killed 40 people in Saraqib in the summer of 2013."
    assert "Air/drone strike" not in {m.sub_event_type for m in reported(extractor, text)}


@pytest.mark.parametrize(
    "text",
    [
        "On Monday the army launched a surprise attack to retake the town of Saraqib.",
        "Rebels on Monday mounted an assault aimed at capturing the town of Saraqib.",
        "The SDF said it had begun a new operation on Monday to liberate the town of Azaz.",
        "The SDF announced on Monday the start of a campaign to liberate Azaz.",
    ],
)
def test_an_offensive_that_was_launched_is_fought_whether_or_not_it_succeeds(
    extractor: RuleExtractor, text: str
) -> None:
    (mention,) = mentions(extractor, text)
    assert (mention.sub_event_type, mention.status) == ("Armed clash", "reported")


@pytest.mark.parametrize(
    "text",
    [
        "The army plans to launch an offensive to retake Saraqib.",
        "The army is preparing for an operation to retake Saraqib.",
        "The offensive to drive rebels out of Saraqib would begin within weeks, the army said.",
    ],
)
def test_an_offensive_yet_to_come_is_not_fought(extractor: RuleExtractor, text: str) -> None:
    assert {m.status for m in mentions(extractor, text)} == {"prospective"}


def test_the_line_above_a_story_does_not_date_a_lead_that_names_a_day(extractor: RuleExtractor) -> None:
    text = "AFP Wednesday 4 May 2016 Ten soldiers were killed Monday in air strikes on Saraqib, a monitor said."
    (mention,) = reported(extractor, text)
    assert mention.event_date_start == date(2016, 5, 2)


def test_today_in_a_quotation_is_the_day_of_the_story(extractor: RuleExtractor) -> None:
    text = (
        "Ten soldiers were killed on Monday in an air strike on Saraqib, the army said. "
        '"Coalition warplanes bombed the town of Nubl today", it said in a statement.'
    )
    assert {m.event_date_start for m in reported(extractor, text)} == {date(2016, 5, 2)}


def test_a_stretch_of_time_ends_on_the_day_it_was_told_of(extractor: RuleExtractor) -> None:
    text = "Over the past 48 hours the army shelled the town of Saraqib, sources said on Monday."
    (mention,) = mentions(extractor, text)
    assert (mention.event_date_start, mention.event_date_end) == (date(2016, 4, 30), date(2016, 5, 2))


def test_what_a_total_of_the_day_counts_is_of_its_stretch(extractor: RuleExtractor) -> None:
    text = (
        "Some 80 militants were killed in Russian air strikes over the past 24 hours, the ministry said on Wednesday. "
        "A warplane bombed a command post near Saraqib."
    )
    (mention,) = reported(extractor, text)
    assert mention.event_date_start == date(2016, 5, 3)


@pytest.mark.parametrize(
    "text",
    [
        "Air raids on Monday hit Saraqib, where a convoy was bombed on 19 March.",
        "On Monday shelling was intense around Saraqib, seized by rebels in March.",
    ],
)
def test_what_a_place_is_known_for_dates_nothing_else(extractor: RuleExtractor, text: str) -> None:
    assert date(2016, 5, 2) in {m.event_date_start for m in reported(extractor, text)}


@pytest.mark.parametrize(
    "text",
    [
        "Rebels shelled the town of Nubl during the past 24 hours.",
        "Rocket attacks killed 5 people in Nubl on Monday in the second heavy bombardment in less than two weeks.",
        "An air strike killed 9 people in Nubl on Monday, the deadliest in three weeks.",
        "Clashes between rebels and the army were ongoing in Nubl on Monday.",
        "Warplanes on Monday bombed the town of Nubl, which had been quiet for two months.",
        "The army killed 15 rebels in clashes in Nubl during the last few hours.",
        "Several villages held by Islamic State have been captured by the SDF, a monitor said on Monday.",
    ],
)
def test_a_stretch_told_beside_makes_no_habit(extractor: RuleExtractor, text: str) -> None:
    assert {m.status for m in mentions(extractor, text)} == {"reported"}


@pytest.mark.parametrize(
    "text",
    [
        "The SDF is now fighting to recapture the town of Azaz from the group.",
        "Rebels are battling to capture the town of Nubl.",
        "Troops have captured most of Nubl and its countryside.",
        "The army is also stepping up chlorine gas attacks near Saraqib.",
        "Saraqib has long been under sniper fire by the army.",
        "The army carried out three air strikes on Saraqib in the past 48 hours.",
    ],
)
def test_what_goes_on_is_general(extractor: RuleExtractor, text: str) -> None:
    assert {m.status for m in mentions(extractor, text)} == {"general"}


def test_a_deal_on_a_condition_is_not_concluded(extractor: RuleExtractor) -> None:
    text = "Rebels in Nubl will be bombed unless they sign a ceasefire agreement."
    assert "reported" not in {m.status for m in mentions(extractor, text)}


def test_the_day_of_a_strike_that_is_said_to_have_hit_is_no_day_of_the_report(extractor: RuleExtractor) -> None:
    text = "The toll rose, a monitor said on Tuesday. It said Mondays air strike destroyed a building in Saraqib."
    (mention,) = reported(extractor, text)
    assert (mention.event_date_start, mention.time_precision) == (date(2016, 5, 2), 1)
