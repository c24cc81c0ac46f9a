"""One happening, one mention: what merges within an article and what stays apart, on texts of our own."""

from __future__ import annotations

from pipeline.extract.rules import RuleExtractor
from tests.extract.coded import mentions, reported


def test_a_strike_on_fighters_is_not_the_one_on_civilians_told_before(extractor: RuleExtractor) -> None:
    found = reported(
        extractor,
        "Government warplanes killed ten civilians in Ariha on Monday. "
        "Elsewhere, Russian airstrikes hit rebel fighters, a monitor said.",
    )
    first, _ = found
    assert (first.place, first.actor2_bloc) == ("Ariha", "civilians")


def test_flights_and_convoys_are_two_movements(extractor: RuleExtractor) -> None:
    found = reported(
        extractor,
        "Government warplanes flew over the countryside of Idlib on Monday. "
        "Government forces sent reinforcements to the countryside of Idlib.",
    )
    assert [m.sub_event_type for m in found] == ["Force movement", "Force movement"]


def test_threats_of_two_speakers_are_two(extractor: RuleExtractor) -> None:
    found = mentions(
        extractor,
        "Turkey may shell the town of Manbij, one officer said.\n\n"
        "Russian warplanes may bomb Idlib province, said another.",
    )
    assert [(m.status, m.actor1_bloc) for m in found] == [("prospective", "turkey"), ("prospective", "russia")]


def test_a_bomb_needs_no_armed_side_to_be_told(extractor: RuleExtractor) -> None:
    (bomb,) = reported(extractor, "A motorcycle bomb exploded in the town of al-Bab on Monday, killing one person.")
    assert bomb.sub_event_type == "Remote explosive/landmine/IED"


def test_shelling_told_as_a_chemical_attack_is_one_wherever_it_fell(extractor: RuleExtractor) -> None:
    found = reported(
        extractor,
        "Government forces fired rockets with poison gas, a chemical attack, on Idlib province on Monday. "
        "The shelling hit the town of Ariha, a doctor said.",
    )
    assert {m.sub_event_type for m in found} == {"Chemical weapon"}


def test_a_crossing_named_after_a_town_is_where_the_town_is(extractor: RuleExtractor) -> None:
    found = reported(
        extractor,
        "A suicide bomber struck a bus at the Bab al-Hawa border crossing on Monday. "
        "The suicide attack at Bab al-Hawa killed 20 fighters, a medic said.",
    )
    assert [m.sub_event_type for m in found] == ["Suicide bomb"]


def test_the_one_gas_attack_of_an_article_is_meant_wherever_it_is_named_again(extractor: RuleExtractor) -> None:
    (gas,) = reported(
        extractor,
        "A chemical attack killed 30 people in the town of Sarmin on Monday. "
        + "Doctors spoke of their work. " * 8
        + "Medics said the chemical attack filled their wards.",
    )
    assert gas.place == "Sarmin"


def test_a_large_toll_told_again_with_a_finer_place_is_of_one_happening(extractor: RuleExtractor) -> None:
    (ambush,) = reported(
        extractor,
        "Soldiers killed 35 rebels in an ambush in Eastern Ghouta on Sunday. "
        "The soldiers attacked the rebels in an ambush in Jobar on Sunday and killed 35 of the rebels.",
    )
    assert ambush.place == "Jobar"


def test_a_strike_told_again_far_below_is_the_same_strike(extractor: RuleExtractor) -> None:
    found = reported(
        extractor,
        "Government warplanes bombed the town of Ariha on Monday, killing four people. "
        + "The baker looked at the sky. " * 7
        + "Gunmen abducted a teacher in Ariha. Air strikes hit a school, a nurse said.",
    )
    assert [m.sub_event_type for m in found] == ["Air/drone strike", "Abduction/forced disappearance"]


def test_a_strike_with_dead_of_its_own_is_another(extractor: RuleExtractor) -> None:
    found = reported(
        extractor,
        "Government warplanes bombed the town of Ariha on Monday, killing four people. "
        + "The baker looked at the sky. " * 7
        + "Gunmen abducted a teacher in Ariha. Air strikes on a house killed nine people, a nurse said.",
    )
    assert [m.sub_event_type for m in found].count("Air/drone strike") == 2


def test_who_is_hit_does_not_contradict_who_struck(extractor: RuleExtractor) -> None:
    found = reported(
        extractor,
        "Russian warplanes bombed the town of Ariha on Monday, killing four people. "
        "The air strikes on Ariha hit a town held by the Islamic State group, a monitor said.",
    )
    assert [m.sub_event_type for m in found] == ["Air/drone strike"]


def test_who_was_killed_in_a_village_did_not_fall_to_who_took_the_countryside(extractor: RuleExtractor) -> None:
    found = reported(
        extractor,
        "Rebels killed a commander of Islamic State in the town of Ariha on Monday. "
        "Islamic State took most of the countryside of Idlib.",
    )
    assert ("Non-state actor overtakes territory", "Ariha") not in {(m.sub_event_type, m.place) for m in found}


def test_an_attack_with_dead_in_a_place_is_told_though_nobody_is_named(extractor: RuleExtractor) -> None:
    (attack,) = reported(extractor, "An attack on aid trucks killed eight civilians in Ariha on Monday, medics said.")
    assert (attack.sub_event_type, attack.place) == ("Attack", "Ariha")


def test_a_blast_is_the_suicide_bombing_told_before(extractor: RuleExtractor) -> None:
    (bombing,) = reported(
        extractor,
        "A suicide bomber struck a market in Azaz on Monday. The bomb blast in Azaz killed 12 people, a doctor said.",
    )
    assert bombing.sub_event_type == "Suicide bomb"
