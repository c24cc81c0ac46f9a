"""Who acts and who is hit, where another verb, another sentence or the enemy's name tells it."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.extract.rules import RuleExtractor
from tests.extract.coded import mentions, reported


def sides(extractor: RuleExtractor, text: str, **given: object) -> list[tuple[str, str | None]]:
    told = [m for m in mentions(extractor, text, **given) if m.status in {"reported", "general"}]  # likely or not
    return [(m.actor1_bloc, m.actor2_bloc) for m in told]


@pytest.mark.parametrize(
    "text",
    [
        "Hundreds of evacuees fled the town of Madaya on Monday.",
        "Families were evacuated by rebels from Madaya on Monday.",
    ],
)
def test_whoever_is_displaced_moves_and_is_no_second_side(extractor: RuleExtractor, text: str) -> None:
    found = [m for m in mentions(extractor, text) if m.sub_event_type == "Displacement"]
    assert {(m.actor1_bloc, m.actor2_bloc) for m in found} == {("civilians", None)}


def test_two_states_before_one_word_for_forces_act_together(extractor: RuleExtractor) -> None:
    text = "Clashes broke out between the Syrian and Lebanese forces and Jaish al-Islam in Arsal al-Ward on Monday."
    assert sides(extractor, text) == [("syrian_government", "opposition")]


def test_whoever_is_attacked_in_an_ambush_did_not_lay_it(extractor: RuleExtractor) -> None:
    text = "Army troops trapped gunmen near Harasta on Monday, hit them in an ambush and killed six of Jaish al-Islam."
    assert sides(extractor, text) == [("syrian_government", "opposition")]


def test_whoever_stands_behind_the_dead_is_their_killer(extractor: RuleExtractor) -> None:
    text = "A baker was among 12 people killed on Monday in Syrian government shelling of a rebel-held town near Homs."
    assert sides(extractor, text) == [("syrian_government", "civilians")]


@pytest.mark.parametrize("verb", ["condemned", "denounced", "deplored"])
def test_whoever_speaks_up_against_shelling_did_not_shell(extractor: RuleExtractor, verb: str) -> None:
    text = f"The Kurdish YPG {verb} the shelling of Afrin on Monday, in which two people were killed."
    assert sides(extractor, text) == [("unidentified", "civilians")]


def test_sites_for_a_group_are_its_own(extractor: RuleExtractor) -> None:
    text = "Sites for ISIL terrorists were hit in army airstrikes in Uqayribat on Monday."
    assert sides(extractor, text) == [("syrian_government", "islamic_state")]


@pytest.mark.parametrize("ground", ["regime-held villages in", "the regime-held town of"])
def test_whoever_holds_what_is_attacked_is_attacked(extractor: RuleExtractor, ground: str) -> None:
    text = f"Fighters of Hayat Tahrir al-Sham launched an offensive against {ground} Maardes on March 20, 2017."
    assert sides(extractor, text, on=None) == [("hts", "syrian_government")]


def test_a_post_that_is_bombed_is_of_the_one_enemy_whom_the_article_names(extractor: RuleExtractor) -> None:
    text = (
        "Islamic State fighters stormed an army base near Tabqa on Monday in fierce clashes with soldiers. "
        "An air force jet bombed a checkpoint in Ayn Issa on the same day."
    )
    assert sides(extractor, text)[-1] == ("syrian_government", "islamic_state")


def test_fire_in_answer_goes_to_whoever_fired(extractor: RuleExtractor) -> None:
    text = (
        "Islamic State fired rockets on the Turkish town of Kilis on Monday. "
        "Turkish howitzers responded with artillery fire, the governor said."
    )
    assert ("turkey", "islamic_state") in sides(extractor, text)


def test_a_bomb_of_another_day_need_not_be_of_the_same_group(extractor: RuleExtractor) -> None:
    text = (
        "Islamic State set off a car bomb in Homs on Monday and killed four people. "
        "On April 2 a car bomb killed two people in Hama."
    )
    assert [m.actor1_bloc for m in reported(extractor, text)] == ["islamic_state", "unidentified"]


def test_they_went_on_to_fight_is_of_the_side_told_before(extractor: RuleExtractor) -> None:
    text = (
        "The Syrian Democratic Forces seized the airport of Tabqa from Islamic State on Monday. "
        "They continue to battle for the town of al-Safsafa."
    )
    assert sides(extractor, text)[-1] == ("sdf", "islamic_state")


def test_fighters_from_the_group_are_of_the_group_told_of(extractor: RuleExtractor) -> None:
    text = (
        "Islamic State attacked the town of Uqayribat on Monday. "
        "Fighters from the group shelled the village of Salba, killing a woman."
    )
    assert [m.actor1_bloc for m in reported(extractor, text)] == ["islamic_state", "islamic_state"]


def test_elite_units_of_two_groups_are_led_by_the_one_named_first(extractor: RuleExtractor) -> None:
    text = "Units of Ahrar al-Sham and of Jabhat al-Nusra attacked soldiers in Maan on Monday."
    assert sides(extractor, text) == [("opposition", "syrian_government")]


@pytest.mark.parametrize(
    "doubt",
    [
        "It was not clear whether the raids were carried out by either Syrian or Russian war planes.",
        "Nobody could say whether the strikes were conducted by planes of the Syrian army or of Russia.",
    ],
)
def test_what_may_have_been_done_by_either_is_of_nobody_named(extractor: RuleExtractor, doubt: str) -> None:
    text = (
        "Syrian army jets bombed a farm in Hass on Monday. "
        f"Air strikes on Kafr Nabl killed seven people, a monitor said. {doubt} "
        "A mill in Binnish was hit in a raid later."
    )
    found = {m.place: m.actor1_bloc for m in reported(extractor, text)}
    assert found["Hass"] == "syrian_government"
    assert found["Kafr Nabl"] == "unidentified"


def test_whoever_claims_an_attack_told_last_did_that_one_alone(extractor: RuleExtractor) -> None:
    text = (
        "Rebels shelled the market of Adra on Monday, killing a woman. "
        "On April 2 two blasts hit a bakery in Harasta, killing nine people. "
        "Hayat Tahrir al-Sham militants claimed responsibility for the attack."
    )
    found = {m.place: m.actor1_bloc for m in reported(extractor, text, on=date(2017, 5, 4))}
    assert found == {"Adra": "opposition", "Harasta": "hts"}


def test_whoever_says_it_was_behind_a_bomb_set_it_off(extractor: RuleExtractor) -> None:
    text = "A car bomb killed six people in Homs on Monday. Islamic State said it was behind the bloodshed."
    assert sides(extractor, text) == [("islamic_state", "civilians")]


def test_whoever_leads_an_offensive_carries_it_out(extractor: RuleExtractor) -> None:
    text = "The village of Maan was the target on Monday of an offensive led by Jaish al-Islam against army soldiers."
    assert sides(extractor, text) == [("opposition", "syrian_government")]


def test_an_offshoot_acts_and_not_the_group_it_came_from(extractor: RuleExtractor) -> None:
    text = "Islamic State, an offshoot of al Qaeda, attacked army soldiers in Salamiyah on Monday."
    assert sides(extractor, text) == [("islamic_state", "syrian_government")]


def test_its_forces_are_those_of_the_side_told_before(extractor: RuleExtractor) -> None:
    text = (
        "The Syrian Democratic Forces fought Islamic State in Ayn Issa on Sunday. "
        "Its forces seized the town of al-Karama from Islamic State on Monday."
    )
    last = reported(extractor, text)[-1]
    assert (last.sub_event_type, last.actor1_bloc) == ("Non-state actor overtakes territory", "sdf")


def test_planes_are_of_nobody_without_an_air_force(extractor: RuleExtractor) -> None:
    text = (
        "A monitor said planes bombed the town of Kafr Zita on Monday, killing three people. "
        "Ahrar al-Sham described the attack on Kafr Zita as a massacre."
    )
    assert {m.actor1_bloc for m in reported(extractor, text)} == {"unidentified"}


def test_what_the_law_says_of_a_group_is_no_second_side(extractor: RuleExtractor) -> None:
    text = "Daesh militants (a terrorist group banned in Russia) attacked army soldiers in Palmyra on Monday."
    assert sides(extractor, text, leaning="russia") == [("islamic_state", "syrian_government")]


def test_whoever_holds_the_quarter_that_is_attacked_is_attacked(extractor: RuleExtractor) -> None:
    text = "Islamic State attacked two quarters of Hasakah held by government troops on Monday."
    assert sides(extractor, text) == [("islamic_state", "syrian_government")]


def test_a_coalition_acts_and_not_one_of_those_in_it(extractor: RuleExtractor) -> None:
    text = "A coalition of groups that included Jabhat al-Nusra shelled the town of Nubl on Monday, killing two."
    assert [m.actor1_bloc for m in reported(extractor, text)] == ["opposition"]


def test_a_coalition_of_anybody_is_not_the_known_one(extractor: RuleExtractor) -> None:
    text = "The village of Maarin was shelled on Monday, two days after a coalition was formed there."
    assert [m.actor1_bloc for m in reported(extractor, text) if m.place == "Maarin"] == ["unidentified"]


def test_fighters_among_people_shot_are_not_the_target(extractor: RuleExtractor) -> None:
    text = "Two rebels were among 30 people executed by army troops in Kafr Laha on Monday."
    assert sides(extractor, text) == [("syrian_government", "civilians")]


def test_rebels_are_not_from_the_army_they_take_ground_from(extractor: RuleExtractor) -> None:
    text = "The village of Bashkoy was recaptured by rebels from army troops on Monday."
    assert sides(extractor, text) == [("opposition", "syrian_government")]


def test_ground_lost_by_the_army_was_taken_by_its_foe(extractor: RuleExtractor) -> None:
    text = (
        "By Friday the village of Bashkoy taken by army troops had been recaptured by the rebels. "
        "The fighting in Bashkoy claimed the lives of 20 soldiers and 30 rebels."
    )
    assert sides(extractor, text, on=date(2016, 5, 8)) == [("opposition", "syrian_government")]


@pytest.mark.parametrize("group", ["the terrorist group", "the extremist group", "the rebel alliance", "the militia"])
def test_a_word_for_a_group_before_its_name_is_no_second_side(extractor: RuleExtractor, group: str) -> None:
    text = f"A car bomb planted by {group} Jabhat al-Nusra killed four students in Ariha on May 2, 2015."
    assert sides(extractor, text, on=date(2015, 5, 4)) == [("hts", "civilians")]


@pytest.mark.parametrize("word", ["terror group", "takfiri terrorist group", "(ISIS, ISIL) terrorists", "hardliners"])
def test_a_loaded_word_behind_a_name_is_no_second_side(extractor: RuleExtractor, word: str) -> None:
    text = f"Fighters of the Islamic State {word} shelled the YPG near Tell Abyad on Monday."
    assert sides(extractor, text) == [("islamic_state", "sdf")]


@pytest.mark.parametrize("said", ["terrorists", '"terrorists"', "a terrorist group"])
def test_terrorists_without_a_name_are_opposition_fighters_in_any_outlet(extractor: RuleExtractor, said: str) -> None:
    text = f"State television said mortars fired by {said} killed two pupils in Jaramana on Monday."
    assert sides(extractor, text) == [("opposition", "civilians")]


def test_a_group_without_aircraft_did_not_do_the_next_air_strike(extractor: RuleExtractor) -> None:
    text = "Jaish al-Islam struck Harasta with drones on Monday. An air strike on a bakery in Zamalka killed six."
    assert sides(extractor, text)[1] == ("unidentified", "civilians")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Kurdish YPG fighters clashed with Islamic State in Sarrin on Monday. "
            "Nine Islamic State gunmen were killed in an ambush near Jarablus on Tuesday.",
            ("sdf", "islamic_state"),
        ),
        (
            "The army fought Islamic State near Palmyra on Monday. A drone of Islamic State was intercepted near Homs.",
            ("syrian_government", "islamic_state"),
        ),
    ],
)
def test_whoever_suffered_in_a_fight_was_fought_by_its_one_enemy(
    extractor: RuleExtractor, text: str, expected: tuple[str, str]
) -> None:
    assert sides(extractor, text)[-1] == expected


def test_nobody_knows_who_shot_an_aircraft_down(extractor: RuleExtractor) -> None:
    text = "Russian forces fought rebels near Kinsabba on Monday. A Russian helicopter was shot down near Saraqib."
    assert ("unidentified", "russia") in sides(extractor, text)


@pytest.mark.parametrize(
    ("fighters", "bloc"),
    [
        ("Turkish-backed militants", "opposition"),
        ("Turkey-aligned Syrian gunmen", "opposition"),
        ("Pro-Turkey militants", "opposition"),
        ("Iran-aligned militiamen", "iran_allies"),
        ("Russian-backed troops", "syrian_government"),
        ("US-backed rebels", "opposition"),
    ],
)
def test_fighters_are_on_the_side_of_whoever_backs_them(extractor: RuleExtractor, fighters: str, bloc: str) -> None:
    assert sides(extractor, f"{fighters} shelled the town of Tadif on Monday.") == [(bloc, "civilians")]


@pytest.mark.parametrize("front", ["A coalition led by", "An alliance spearheaded by", "Factions dominated by"])
def test_whoever_leads_a_joint_force_acts(extractor: RuleExtractor, front: str) -> None:
    text = f"{front} Jabhat al-Nusra seized the town of Darkush from the army on May 2, 2015."
    assert sides(extractor, text, on=date(2015, 5, 4)) == [("hts", "syrian_government")]


@pytest.mark.parametrize("name", ["Army of Conquest", "Army of Islam"])
def test_an_army_of_somebody_is_not_the_army(extractor: RuleExtractor, name: str) -> None:
    text = f"The {name} shelled the town of Darkush on May 2, 2015."
    assert "syrian_government" not in {a for a, _ in sides(extractor, text, on=date(2015, 5, 4))}


def test_the_group_in_capitals_is_no_verb(extractor: RuleExtractor) -> None:
    assert sides(extractor, "IS executed nine government soldiers in Sawran on Monday.") == [
        ("islamic_state", "syrian_government")
    ]


@pytest.mark.parametrize("means", ["heavy airstrikes of the Russian warplanes", "the air raids of Russian jets"])
def test_the_raids_of_planes_are_made_by_them(extractor: RuleExtractor, means: str) -> None:
    text = f"Eight ISIL gunmen were killed after their camp in Uqayribat came under {means} on Monday."
    assert sides(extractor, text) == [("russia", "islamic_state")]


@pytest.mark.parametrize(
    ("said", "bloc"),
    [
        ("Turkey said Syrian artillery targeted one of its outposts near Taftanaz on Monday.", "turkey"),
        ("Israel said a rocket fired by Hezbollah hit one of its patrols near Quneitra on Monday.", "israel"),
        ("The SDF said Turkish drones struck two of their vehicles near Ain Issa on Monday.", "sdf"),
    ],
)
def test_its_patrols_are_of_the_side_told_before(extractor: RuleExtractor, said: str, bloc: str) -> None:
    assert [target for _, target in sides(extractor, said)] == [bloc]


def test_what_is_hit_and_destroyed_in_strikes_is_their_target(extractor: RuleExtractor) -> None:
    text = "Three vehicles for ISIS terrorists were hit and destroyed in army airstrikes in Uqayribat on Monday."
    assert ("syrian_government", "islamic_state") in sides(extractor, text)


@pytest.mark.parametrize("ally", ["Damascus ally Russia", "government ally Russia"])
def test_an_ally_told_by_its_friend_acts_itself(extractor: RuleExtractor, ally: str) -> None:
    assert sides(extractor, f"Air strikes by {ally} killed six people in Maarrat Misrin on Monday.") == [
        ("russia", "civilians")
    ]


def test_bombs_from_a_helicopter_do_not_hit_it(extractor: RuleExtractor) -> None:
    text = "Two patients were killed by barrel bombs dropped from a helicopter on a clinic in Saraqib on Monday."
    assert sides(extractor, text) == [("unidentified", "civilians")]


def test_a_bomber_is_no_target_of_his_bomb(extractor: RuleExtractor) -> None:
    text = "Nine commuters died in Homs on Monday in a blast set off by a suicide bomber near the station."
    assert "civilians" in {target for _, target in sides(extractor, text)}


def test_suicide_attackers_are_of_the_group_that_attacked_before(extractor: RuleExtractor) -> None:
    text = (
        "Islamic State fighters attacked a camp near Shaddadi on Monday. "
        "Three suicide attackers blew themselves up among refugees in the camp."
    )
    assert {a for a, _ in sides(extractor, text)} == {"islamic_state"}


def test_a_post_from_which_is_fired_is_not_hit(extractor: RuleExtractor) -> None:
    text = "Rebels fired dozens of rockets on the western districts of Aleppo from positions in the east on Monday."
    assert sides(extractor, text) == [("opposition", "civilians")]
