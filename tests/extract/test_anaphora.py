"""Sides that a sentence only points to, on sentences of our own."""

from __future__ import annotations

import pytest

from pipeline.extract.anaphora import pointed
from tests.extract.scenes import Stage, blocs


def sides(stage: Stage, *sentences: str) -> tuple[str | None, str | None]:
    """Give the blocs of the two sides of the happening told last."""
    return blocs(pointed(stage.told(*sentences))[-1])


def test_its_fighters_are_those_of_the_side_named_before_them(stage: Stage) -> None:
    text = "Ahrar al-Sham said its fighters ambushed a government patrol near Jisr al-Shughur."
    assert sides(stage, text) == ("opposition", "syrian_government")


@pytest.mark.parametrize("again", ["They killed two soldiers.", "The attackers killed two soldiers."])
def test_who_attacked_is_known_from_the_sentence_before(stage: Stage, again: str) -> None:
    assert sides(stage, "Islamic State gunmen raided a checkpoint in al-Busayrah.", again)[0] == "islamic_state"


def test_the_group_is_the_side_told_of_before(stage: Stage) -> None:
    first = "The Islamic State raided a village near al-Sukhnah on Saturday."
    assert sides(stage, first, "On Sunday the group attacked army positions near al-Mayadin.") == (
        "islamic_state",
        "syrian_government",
    )


def test_the_attackers_of_a_repelled_attack_are_those_who_were_beaten_off(stage: Stage) -> None:
    first = "The army repelled an attack by the Islamic State near Palmyra."
    assert sides(stage, first, "Warplanes bombed the attackers near Palmyra.")[1] == "islamic_state"


def test_the_two_sides_are_those_of_the_clash_before(stage: Stage) -> None:
    first = "HTS clashed with Ahrar al-Sham in Darkush."
    assert sides(stage, first, "The two sides exchanged heavy fire.") == ("hts", "opposition")


def test_soldiers_are_those_of_the_state_named_before(stage: Stage) -> None:
    text = "A roadside bomb hit a Turkish patrol near Muhambal and gunmen shot two soldiers."
    assert sides(stage, text)[1] == "turkey"


def test_soldiers_of_nobody_named_are_those_of_the_regions_army(stage: Stage) -> None:
    assert sides(stage, "Rebels ambushed soldiers near Morek.") == ("opposition", "syrian_government")


def test_a_word_that_points_too_far_back_stays_as_it_is(stage: Stage) -> None:
    between = ["The weather was fine."] * 6
    first = "Islamic State gunmen raided a checkpoint in al-Busayrah."
    assert sides(stage, first, *between, "The gunmen killed two soldiers.")[0] == "unidentified"


def test_a_name_always_stands(stage: Stage) -> None:
    assert sides(stage, "Islamic State raided Morek.", "Rebels of Jaish al-Islam shelled the army in Douma.") == (
        "opposition",
        "syrian_government",
    )


@pytest.mark.parametrize("pointer", ["The terror group", "The extremist group", "The terrorists", "The radicals"])
def test_a_loaded_word_with_an_article_means_the_armed_group_told_before(stage: Stage, pointer: str) -> None:
    first = "Kurdish YPG fighters clashed with the Islamic State near Sarrin on Saturday."
    assert sides(stage, first, f"{pointer} attacked a checkpoint in Manbij on Sunday.")[0] == "islamic_state"
