"""Whole articles of our own invention, from text to mentions."""

from __future__ import annotations

from datetime import date
from time import process_time

import pytest

from pipeline.extract.model import Article, Mention
from pipeline.extract.rules import RuleExtractor

WEDNESDAY = date(2016, 5, 4)


def article(text: str, *, title: str = "", leaning: str = "independent", on: date | None = WEDNESDAY) -> Article:
    return Article("a-1", title, text, "The Ford Post", leaning, on)


def mentions(extractor: RuleExtractor, text: str, **given: object) -> list[Mention]:
    return extractor.extract([article(text, **given)])[0]  # type: ignore[arg-type]


def reported(extractor: RuleExtractor, text: str, **given: object) -> list[Mention]:
    return [m for m in mentions(extractor, text, **given) if m.status == "reported"]


def killed(mention: Mention) -> list[tuple[int | None, int | None]]:
    return [(c.low, c.high) for c in mention.casualties if c.kind == "killed" and not c.shared]


def test_an_air_strike_with_all_its_slots(extractor: RuleExtractor) -> None:
    text = "Russian warplanes bombed the town of Saraqib in Idlib on Tuesday, killing five civilians, a monitor said."
    (mention,) = mentions(extractor, text)
    assert mention.sub_event_type == "Air/drone strike"
    assert (mention.event_date_start, mention.time_precision) == (date(2016, 5, 3), 1)
    assert (mention.actor1_bloc, mention.actor2_bloc, mention.civilian_targeting) == ("russia", "civilians", True)
    assert (mention.place, mention.admin1, mention.geo_precision) == ("Saraqib", "Idlib", 1)
    assert killed(mention) == [(5, 5)]
    assert mention.attributed_to == "a monitor"
    assert (mention.evidence, mention.char_start, mention.char_end) == (text, 0, len(text))


def test_three_towns_named_as_hit_are_three_mentions_and_share_the_toll(extractor: RuleExtractor) -> None:
    found = reported(extractor, "Rebels shelled Nubl, Kafr Hamra and Azaz on Monday, killing seven people.")
    assert [m.place for m in found] == ["Nubl", "Kafr Hamra", "Azaz"]
    assert all(killed(m) == [] for m in found)
    (shared,) = [c for m in found for c in m.casualties if c.shared and c.kind == "killed"]
    assert (shared.low, shared.high, shared.shared_with) == (7, 7, (1, 2))


def test_a_toll_that_the_text_divides_by_place_is_divided(extractor: RuleExtractor) -> None:
    found = reported(
        extractor, "Air strikes hit Douma and Harasta on Monday. Five people were killed in Douma and two in Harasta."
    )
    assert {m.place: killed(m) for m in found} == {"Douma": [(5, 5)], "Harasta": [(2, 2)]}


def test_several_sentences_that_tell_one_happening_are_one_mention(extractor: RuleExtractor) -> None:
    text = (
        "A suicide bomber blew himself up at a checkpoint in Manbij on Tuesday.\n\n"
        "The attack killed at least six fighters, a monitor said.\n\nThe blast also wounded ten others."
    )
    (mention,) = reported(extractor, text)
    assert mention.sub_event_type == "Suicide bomb"
    assert mention.place == "Manbij"
    assert killed(mention) == [(6, None)]


def test_a_lead_that_sums_up_one_place_is_no_mention_of_its_own(extractor: RuleExtractor) -> None:
    text = (
        "Air strikes in Idlib province killed four people on Tuesday.\n\n"
        "Government warplanes bombed a market in Saraqib, killing four civilians, the civil defence said."
    )
    (mention,) = reported(extractor, text)
    assert (mention.place, mention.actor1_bloc) == ("Saraqib", "syrian_government")


def test_territory_depends_on_who_takes_it(extractor: RuleExtractor) -> None:
    (regained,) = reported(extractor, "The Syrian army recaptured the town of Morek from rebels on Monday.")
    (lost,) = reported(extractor, "Islamic State militants seized the town of Marea from rebels on Monday.")
    assert regained.sub_event_type == "Government regains territory"
    assert lost.sub_event_type == "Non-state actor overtakes territory"
    assert (lost.actor1_bloc, lost.actor2_bloc) == ("islamic_state", "opposition")


def test_the_passive_and_light_verbs_keep_the_sides(extractor: RuleExtractor) -> None:
    (passive,) = reported(extractor, "Army positions near Morek were attacked by rebels on Monday.")
    (light,) = reported(extractor, "Army positions in Morek came under heavy shelling by rebels on Monday.")
    assert (passive.actor1_bloc, passive.actor2_bloc) == ("opposition", "syrian_government")
    assert light.actor1_bloc == "opposition"
    assert light.sub_event_type == "Shelling/artillery/missile attack"


def test_places_where_shells_came_from_are_no_scenes(extractor: RuleExtractor) -> None:
    found = reported(extractor, "Rebels positioned in Binnish fired rockets at the town of al-Fuah on Monday.")
    assert [m.place for m in found] == ["al-Fuah"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The army may shell the town of Saraqib in the coming days.", "prospective"),
        ("The ministry denied that its warplanes bombed the town of Saraqib.", "denied"),
        ("Reports of displacement from Saraqib are not true.", "denied"),
        ("Warplanes regularly bomb the town of Saraqib.", "general"),
        ("Russian warplanes have launched more than 11 raids on Idlib province in the past two days.", "general"),
    ],
)
def test_what_did_not_happen_once_is_not_reported(extractor: RuleExtractor, text: str, status: str) -> None:
    assert {m.status for m in mentions(extractor, text)} == {status}


def test_a_running_total_keeps_its_count(extractor: RuleExtractor) -> None:
    (total,) = mentions(extractor, "Russian warplanes have launched more than 11 raids on Idlib in the past two days.")
    assert (total.happenings_low, total.happenings_high) == (11, None)


def test_background_on_the_whole_war_yields_nothing(extractor: RuleExtractor) -> None:
    text = "More than 280,000 people have been killed since the conflict began in March 2011 with protests."
    assert mentions(extractor, text) == []


def test_a_text_without_any_date_has_no_dates(extractor: RuleExtractor) -> None:
    (mention,) = mentions(extractor, "Rebels shelled the town of Nubl on Monday.", on=None)
    assert (mention.event_date_start, mention.event_date_end, mention.time_precision) == (None, None, None)


def test_a_dateline_beats_the_date_of_publication(extractor: RuleExtractor) -> None:
    (mention,) = mentions(extractor, "2 March 2016 Rebels shelled the town of Nubl on Tuesday.")
    assert mention.event_date_start == date(2016, 3, 1)


def test_either_or_names_nobody(extractor: RuleExtractor) -> None:
    (mention,) = reported(extractor, "Russian or Syrian warplanes bombed the town of Saraqib on Monday.")
    assert mention.actor1_bloc == "unidentified"


@pytest.mark.parametrize(
    "text",
    [
        "A strong earthquake killed eight people in the town of Salqin on Monday.",
        "The tanker was struck by another ship off the coast.",
        "The two ministers discussed trade in Damascus.",
    ],
)
def test_disasters_accidents_and_diplomacy_yield_nothing(extractor: RuleExtractor, text: str) -> None:
    assert mentions(extractor, text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Police fired tear gas to disperse protesters in the capital.", "Protest with intervention"),
        ("Thousands of people staged a protest in the capital on Friday.", "Peaceful protest"),
        ("Protesters threw stones and petrol bombs at police in the capital.", "Violent demonstration"),
        ("Gunmen kidnapped a doctor in the town on Monday.", "Abduction/forced disappearance"),
        ("Security forces arrested dozens of activists in the city.", "Arrests"),
        ("Turkish forces set up a new observation post near Morek.", "Headquarters or base established"),
        ("The two sides signed a ceasefire agreement on Friday.", "Agreement"),
        ("Thousands of residents fled the town of Saraqib on Monday.", "Displacement"),
        ("Rebels withdrew from the town of Morek without a fight.", "Non-violent transfer of territory"),
        ("Soldiers defused two bombs in the market.", "Disrupted weapons use"),
        ("A landmine exploded near the village, killing a shepherd.", "Remote explosive/landmine/IED"),
        ("Militants hurled a grenade at a police post.", "Grenade"),
        ("The army sent reinforcements to the front.", "Force movement"),
        ("Fighters looted shops in the town on Monday.", "Looting/property destruction"),
        ("An angry mob lynched a man in the village.", "Mob violence"),
        ("Soldiers raped two women in the village, the rights group said.", "Sexual violence"),
        ("Chlorine gas was used in an attack on the town on Monday.", "Chemical weapon"),
        ("Two rebel factions merged into a new alliance on Monday.", "Change to group/activity"),
        ("Troops opened fire on protesters in the city, killing three.", "Excessive force against protesters"),
        ("Soldiers found a network of tunnels under the town.", "Other"),
    ],
)
def test_each_type_is_told_by_its_words(extractor: RuleExtractor, text: str, name: str) -> None:
    assert name in {m.sub_event_type for m in mentions(extractor, text)}


def test_the_mentions_of_an_article_do_not_depend_on_its_company(extractor: RuleExtractor) -> None:
    texts = ["Rebels shelled Nubl on Monday.", "The ministers met.", "Warplanes bombed Saraqib, killing two people."]
    alone = [extractor.extract([article(text)])[0] for text in texts]
    assert extractor.extract([article(text) for text in texts]) == alone
    assert extractor.extract([article(text) for text in texts[::-1] * 12]) == alone[::-1] * 12


def test_every_span_slices_to_its_text(extractor: RuleExtractor) -> None:
    text = (
        "Saraqib shelled\n\nRebels\u200f said the \u201carmy\u201d shelled Saraqib on Monday \U0001f600. "
        "Two people died.\n\n"
        "At least 3 soldiers were killed in clashes with rebels near Morek."
    )
    found = mentions(extractor, text)
    assert found
    for mention in found:
        assert text[mention.char_start : mention.char_end] == mention.evidence
        assert all(text[c.char_start : c.char_end] == c.quote for c in mention.casualties)


LINE = "Rebels shelled the town of Saraqib in Idlib province killing five civilians and wounding ten others on Monday "


@pytest.mark.parametrize(
    "text",
    [
        "shelling",
        LINE.upper() * 20,
        LINE * 50,
        "".join("\u200f" + letter for letter in LINE),
        LINE.replace(" ", " \U0001f600 "),
        "<div><p>" + LINE.replace("town", "<b>town</b>") + "</p>" + "<br>" * 100,
        LINE.replace(" ", "\x00"),
        '"' * 5000 + LINE,
        "shelling " * 20_000,
        "",
    ],
)
def test_hostile_text_crashes_nothing(extractor: RuleExtractor, text: str) -> None:
    for mention in mentions(extractor, text):
        assert text[mention.char_start : mention.char_end] == mention.evidence


def test_time_is_linear_in_the_length_of_one_paragraph(extractor: RuleExtractor) -> None:
    def seconds(times: int) -> float:
        start = process_time()
        mentions(extractor, LINE * times)
        return process_time() - start

    seconds(50)
    once, twice = seconds(150), seconds(300)
    assert twice < 3 * once + 0.5


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
    ("text", "bloc"),
    [
        ("Russian and Syrian warplanes bombed the town of Saraqib on Monday.", "syrian_government"),
        ("Russian and Syrian reconnaissance planes were flying over Saraqib on Monday.", "russia"),
    ],
)
def test_joint_attacks_are_of_the_one_whose_war_it_is_and_flights_of_the_one_named_first(
    extractor: RuleExtractor, text: str, bloc: str
) -> None:
    (mention,) = reported(extractor, text)
    assert mention.actor1_bloc == bloc


def test_people_live_in_a_bombed_town_but_not_on_a_hill(extractor: RuleExtractor) -> None:
    (town,) = reported(extractor, "Russian warplanes bombed the town of Saraqib on Monday.")
    (hill,) = reported(extractor, "Russian warplanes bombed the Kabani hills in Latakia on Monday.")
    assert (town.actor2_bloc, hill.actor2_bloc) == ("civilians", "unidentified")
