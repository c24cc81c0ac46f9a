"""Who acts on whom in sentences of many newsrooms: helpers, owners of aircraft, speakers, people in houses."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.extract.model import Article, Mention
from pipeline.extract.rules import RuleExtractor

WEDNESDAY = date(2018, 3, 14)


def told(extractor: RuleExtractor, text: str, leaning: str = "independent", on: date = WEDNESDAY) -> list[Mention]:
    found = extractor.extract([Article("a-1", "", text, "Test Gazette", leaning, on)])[0]
    return [mention for mention in found if mention.status == "reported"]


def sides(mention: Mention) -> tuple[str, str | None]:
    return mention.actor1_bloc, mention.actor2_bloc


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Army troops backed by attack helicopters fought rebels in Saraqib on Monday.",
            ("syrian_government", "opposition"),
        ),
        (
            "Rebels supported by Turkish tanks seized the town of Bizaa from Islamic State on Monday.",
            ("opposition", "islamic_state"),
        ),
        (
            "Rebels aided by Turkish guns seized Bizaa on Monday and were driven out of it at night by Islamic State.",
            ("opposition", "islamic_state"),
        ),
        (
            "The village of Maar Shamarin was freed by army troops from ISIS on Monday.",
            ("syrian_government", "islamic_state"),
        ),
        ("Russian jets hit a school used by rebels in Sarmin on Monday.", ("russia", "opposition")),
        (
            "Two ISIS positions near Manbij were hit on Monday by jets of the U.S.-led coalition.",
            ("us_coalition", "islamic_state"),
        ),
        ("Warplanes belonging to Russia bombed a market in Ariha on Monday.", ("russia", "civilians")),
        (
            "An air force helicopter dropped barrel bombs on a bakery in Sarmin on Monday.",
            ("syrian_government", "civilians"),
        ),
        ("A Russian Su-25 bombed a pharmacy in Sarmin on Monday.", ("russia", "civilians")),
        ("A MiG-23 bombed a family house in Sarmin on Monday.", ("syrian_government", "civilians")),
        ("Gunmen fired a missile at a Turkish observation post near Morek on Monday.", ("unidentified", "turkey")),
        ("Turkish commandos killed three gunmen who tried to slip into Azaz on Monday.", ("turkey", "unidentified")),
    ],
)
def test_what_helps_a_side_or_belongs_to_it_is_no_side_of_its_own(
    extractor: RuleExtractor, text: str, expected: tuple[str, str]
) -> None:
    assert sides(told(extractor, text)[0]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Israel said on Monday it had struck Iranian positions near Qara.", ("israel", "iran_allies")),
        (
            "The Islamic Resistance in Iraq announced that it had hit the American base at al-Tanf on Monday.",
            ("iran_allies", "us_coalition"),
        ),
        ("The Turkish army said its howitzers shelled YPG positions near Tal Rifaat on Monday.", ("turkey", "sdf")),
        ("Turkey said that Russian jets bombed rebels in Sarmin on Monday.", ("russia", "opposition")),
    ],
)
def test_who_tells_of_his_own_deed_acts_and_who_tells_of_others_does_not(
    extractor: RuleExtractor, text: str, expected: tuple[str, str]
) -> None:
    assert sides(told(extractor, text)[0]) == expected


@pytest.mark.parametrize(
    ("leaning", "text", "expected"),
    [
        ("sdf", "Our fighters attacked a base of the occupiers near Tal Abyad on Monday.", ("sdf", "turkey")),
        ("russia", "Our aircraft bombed a workshop of Jabhat al-Nusra near Ariha on Monday.", ("russia", "hts")),
        ("turkey", "Two terrorists were killed by Turkish soldiers near Manbij on Monday.", ("turkey", "sdf")),
        (
            "iran_allies",
            "The resistance attacked takfiri gangs near Zabadani on Monday.",
            ("iran_allies", "opposition"),
        ),
    ],
)
def test_our_and_the_enemy_are_read_from_where_the_outlet_stands(
    extractor: RuleExtractor, leaning: str, text: str, expected: tuple[str, str]
) -> None:
    assert sides(told(extractor, text, leaning)[0]) == expected


def test_aircraft_without_an_owner_are_those_of_the_state_that_acted_before(extractor: RuleExtractor) -> None:
    text = (
        "Turkish artillery shelled Tal Rifaat on Monday.\n\nWarplanes then bombed a clinic in the village of Minnigh."
    )
    assert [m.actor1_bloc for m in told(extractor, text)] == ["turkey", "turkey"]
    text = "Turkish artillery shelled Tal Rifaat on Monday.\n\nUnidentified warplanes bombed a clinic in Minnigh."
    assert [m.actor1_bloc for m in told(extractor, text)] == ["turkey", "unidentified"]
    text = "Rebels shelled Nubl on Monday.\n\nWarplanes then bombed a clinic in the town of Azaz."
    assert [m.actor1_bloc for m in told(extractor, text)] == ["opposition", "unidentified"]


def test_people_act_in_protests_and_flights_even_where_nobody_is_named(extractor: RuleExtractor) -> None:
    (protest,) = told(extractor, "A sit-in was held in Tafas on Monday.")
    assert (protest.sub_event_type, *sides(protest)) == ("Peaceful protest", "civilians", None)


def test_who_was_hit_in_several_towns_was_hit_in_each(extractor: RuleExtractor) -> None:
    text = "Militants fired rockets at the towns of Jurin and Salhab on Monday. Two women were wounded."
    assert [m.actor2_bloc for m in told(extractor, text)] == ["civilians", "civilians"]


def test_a_town_goes_to_whoever_it_is_surrendered_to(extractor: RuleExtractor) -> None:
    (given,) = told(extractor, "Rebels in Tafas surrendered the town to the government on Monday.")
    assert (given.sub_event_type, *sides(given)) == (
        "Non-violent transfer of territory", "opposition", "syrian_government",
    )  # fmt: skip
    (left,) = told(extractor, "Our forces were withdrawn from the town of Ain Issa on Monday.", "sdf")
    assert left.actor1_bloc == "sdf"


def test_the_police_command_speaks_and_the_police_act(extractor: RuleExtractor) -> None:
    text = "A bomb went off near a clinic in Hasaka on Monday, a source at Hasaka Police Command said."
    assert [m.actor2_bloc for m in told(extractor, text)] == ["civilians"]
    (arrest,) = told(extractor, "Police in Tartus detained nine people on Monday.")
    assert sides(arrest) == ("syrian_government", "civilians")


def test_a_former_fighter_is_a_civilian(extractor: RuleExtractor) -> None:
    (killed,) = told(extractor, "Gunmen shot dead a former rebel in the town of Dael in Daraa on Monday.")
    assert (killed.sub_event_type, *sides(killed)) == ("Attack", "unidentified", "civilians")


def test_who_flees_is_told_before_whoever_drove_them_out(extractor: RuleExtractor) -> None:
    text = "Residents fled the village of Bala after shelling by the army on Monday."
    assert [sides(m) for m in told(extractor, text) if m.sub_event_type == "Displacement"] == [("civilians", None)]


@pytest.mark.parametrize(
    "text",
    [
        "All the villages taken by government forces had been recaptured by the rebels by Monday.",
        "The villages seized by the army were retaken by rebels on Monday.",
        "The hills captured by the army near Morek were recaptured by rebels on Monday.",
    ],
)
def test_a_place_taken_by_one_side_and_retaken_by_the_other_is_with_the_other(
    extractor: RuleExtractor, text: str
) -> None:
    taken = [mention for mention in told(extractor, text) if mention.sub_event_type.startswith("Non-state")]
    assert [sides(mention) for mention in taken] == [("opposition", "syrian_government")]


@pytest.mark.parametrize(
    "text",
    [
        "An explosion at the base of the Hamza Division in Jarabulus on Monday killed six fighters.",
        "A car bomb exploded at a checkpoint of the Hamza Division in Jarabulus on Monday.",
        "Shelling on the headquarters of the Hamza Division in Jarabulus on Monday wounded four.",
    ],
)
def test_whoever_keeps_the_post_where_it_happened_did_not_do_it(extractor: RuleExtractor, text: str) -> None:
    (found,) = told(extractor, text)
    assert sides(found)[0] == "unidentified"
