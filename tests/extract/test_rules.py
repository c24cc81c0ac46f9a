"""Whole articles of our own invention, from text to mentions."""

from __future__ import annotations

from datetime import date
from time import process_time

import pytest

from pipeline.extract.rules import RuleExtractor
from tests.extract.coded import article, killed, mentions, reported


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
