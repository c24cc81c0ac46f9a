"""From one sentence to the happenings it tells, on sentences of our own."""

from __future__ import annotations

import pytest

from pipeline.extract.rules import RuleExtractor
from tests.extract.coded import reported
from tests.extract.scenes import Stage, blocs


def types(stage: Stage, text: str) -> list[str]:
    return [candidate.sub_event_type for candidate in stage.told(text)]


@pytest.mark.parametrize(
    ("text", "sub_event_type"),
    [
        ("A bomb exploded near a bus stop in al-Bab.", "Remote explosive/landmine/IED"),
        ("A shell that boys had found in a field near Taftanaz exploded.", "Remote explosive/landmine/IED"),
        ("A shell exploded in the market of Sarmin.", "Shelling/artillery/missile attack"),
        ("Bombs fell on the village of Hass.", "Air/drone strike"),
        ("A suicide drone of the army struck a motorcycle in Kansafra.", "Air/drone strike"),
        ("Gunmen fired a rocket-propelled grenade at a house in Daraa.", "Shelling/artillery/missile attack"),
        ("The army foiled an attack by rebels on the village of Morek.", "Armed clash"),
        ("Police thwarted a bombing in Azaz.", "Disrupted weapons use"),
        ("Syrian air defences shot down two missiles near Homs.", "Disrupted weapons use"),
        ("The village of Hantutin fell to rebels.", "Non-state actor overtakes territory"),
        ("A crowd beat a man to death in al-Atarib.", "Mob violence"),
        ("About 120 families returned to Ihsim.", "Displacement"),
        ("Soldiers shot dead three rebels near Morek.", "Armed clash"),
        ("Army units backed by warplanes and tanks foiled an attack by rebels on posts near Morek.", "Armed clash"),
        ("Rebels shot down a helicopter of the army near Morek.", "Armed clash"),
        ("Air defences shot down a drone near Jableh.", "Disrupted weapons use"),
        ("Rebels killed a pilot they had captured near Morek.", "Attack"),
        ("Tank positions of rebels were destroyed in the town of Salma.", "Armed clash"),
        ("Troops sent reinforcements to the base of Kweires to fight rebels.", "Force movement"),
        ("Islamic State bombers hit two posts in Hasakah.", "Suicide bomb"),
        ("Rebel rocket and sniper fire near Salqin killed four people.", "Shelling/artillery/missile attack"),
    ],
)
def test_the_type_follows_from_the_words_and_the_sides(stage: Stage, text: str, sub_event_type: str) -> None:
    assert types(stage, text) == [sub_event_type]


def test_a_place_that_fell_to_a_side_was_taken_by_it(stage: Stage) -> None:
    (taken,) = stage.told("The village of Hantutin fell to rebels.")
    assert blocs(taken)[0] == "opposition"


def test_a_helicopter_that_carried_the_wounded_struck_nobody(stage: Stage) -> None:
    assert "Air/drone strike" not in types(stage, "The injured soldiers were evacuated by helicopter to Homs.")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Hundreds gathered in Idlib to protest against the crossing.", "reported"),
        ("Police prevented a massacre in Azaz by defusing a car bomb.", "reported"),
        ("Government helicopters drop barrel bombs on the town of Douma every day.", "general"),
        ("Residents fear that the army will storm the town of Maarat al-Numan.", "prospective"),
        ("Moscow denied that Russian planes had bombed the hospital in Kafr Nabl.", "denied"),
    ],
)
def test_what_happened_is_told_from_what_is_feared_denied_or_usual(stage: Stage, text: str, status: str) -> None:
    assert {candidate.status for candidate in stage.told(text)} == {status}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The air force continues to pound the towns of Hayyan, Anadan and Hreitan.", "reported"),
        ("The air force continues to pound the countryside of Aleppo.", "general"),
        ("Rebels killed 14 soldiers near Morek as fighting has intensified in the area.", "reported"),
        ("Kurdish units were able to repel an attack of rebels on the village of Basuta.", "reported"),
        ("The importance of capturing the town of Dabiq is that it is near the border.", "prospective"),
        ("Russia began carrying out air strikes in Syria in September 2015.", "general"),
        ("At least 200 people were killed in recent air strikes in Idlib.", "general"),
        ("The buses stood in Rashidin with residents who were evacuated from Kafraya.", "general"),
        ("Kurdish units will be able to repel an attack of rebels on the village of Basuta.", "prospective"),
        ("The front which changed its name from al-Nusra Front is strong in Idlib.", "general"),
    ],
)
def test_the_news_is_told_from_what_goes_on_and_from_asides(stage: Stage, text: str, status: str) -> None:
    assert {candidate.status for candidate in stage.told(text)} == {status}


@pytest.mark.parametrize(
    "text",
    [
        "An aid convoy of 30 trucks entered the town of Rastan on Tuesday.",
        "Friends celebrated the graduation of a student in Homs on Monday.",
        "The army sent letters to the fighters in Aleppo on Monday.",
        "The wounded rebels were taken to the city of Idlib on Friday.",
    ],
)
def test_aid_feasts_and_people_who_are_carried_move_no_front(stage: Stage, text: str) -> None:
    names = {candidate.sub_event_type for candidate in stage.told(text)}
    assert not names & {"Force movement", "Change to group/activity", "Government regains territory"}


def test_people_without_arms_act_in_a_protest(stage: Stage) -> None:
    (protest,) = stage.told("Residents demonstrated in the town of Binnish on Friday.")
    assert blocs(protest)[0] == "civilians"


def test_casualties_that_nobody_caused_tell_nothing(extractor: RuleExtractor) -> None:
    assert not reported(extractor, "Hospitals in rebel-held Sarmin struggle with a large number of casualties.")


def test_nobody_took_the_place_that_an_advance_is_headed_for(stage: Stage) -> None:
    (taken,) = stage.told("Soldiers took control of the town of Morek before moving on towards Latamneh.")
    assert [place.surface for place in taken.places] == ["Morek"]


@pytest.mark.parametrize(
    "text",
    [
        "Rebels opened a battle to liberate the district of Morek on Monday.",
        "The army began an operation aimed at retaking Ariha on Monday.",
        "An operation was launched by the army on Monday to regain the town of Salqin.",
        "The group unleashed a major attack on Monday in a bid to seize the town of Binnish.",
    ],
)
def test_an_offensive_launched_to_take_a_place_is_fought_for_it(stage: Stage, text: str) -> None:
    assert {(c.sub_event_type, c.status) for c in stage.told(text)} == {("Armed clash", "reported")}


@pytest.mark.parametrize(
    "text",
    [
        "The army plans to launch an offensive to retake the town of Ariha.",
        "The army will begin an operation to retake the town of Ariha.",
    ],
)
def test_an_offensive_that_is_planned_is_not_fought(stage: Stage, text: str) -> None:
    assert {c.status for c in stage.told(text)} <= {"prospective"}


def test_none_of_those_who_were_hit_were_hit(stage: Stage) -> None:
    assert {c.status for c in stage.told("None of the bases of the group in Manbij were targeted.")} <= {"denied"}


def test_the_air_force_attacks_positions_from_the_air(stage: Stage) -> None:
    assert types(stage, "The air force attacked a position of the rebels near Ariha.") == ["Air/drone strike"]
    assert types(stage, "Medics rushed to Ariha after a barrel bomb explosion.") == ["Air/drone strike"]
