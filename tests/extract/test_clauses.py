"""What the clauses of one sentence tell together, on sentences of our own."""

from __future__ import annotations

from tests.extract.scenes import Stage, blocs


def types(stage: Stage, text: str) -> list[str]:
    return [candidate.sub_event_type for candidate in stage.told(text)]


def test_fighters_who_fled_are_not_displaced(stage: Stage) -> None:
    assert types(stage, "The gunmen killed three guards in Busayrah before they fled.") == []
    assert types(stage, "Hundreds of families fled the town of Ihsim.") == ["Displacement"]


def test_denied_responsibility_leaves_the_happening_and_denies_the_part_in_it(stage: Stage) -> None:
    denied, told = stage.told("The SDF denied any responsibility for the car bomb that killed four people in Afrin.")
    assert (told.status, blocs(told)[0], bool(told.tolls)) == ("reported", None, True)
    assert (denied.status, blocs(denied)[0], bool(denied.tolls)) == ("denied", "sdf", False)


def test_a_sentence_denies_a_happening_once(stage: Stage) -> None:
    told = stage.told("Moscow denied that its planes had bombed Saraqib and that its planes had bombed Binnish.")
    assert [(candidate.sub_event_type, candidate.status) for candidate in told] == [("Air/drone strike", "denied")]


def test_a_second_verb_has_the_subject_of_the_first(stage: Stage) -> None:
    shelled, stormed = stage.told("The army shelled Harim but later stormed the town of Salqin.")
    assert blocs(shelled)[0] == blocs(stormed)[0] == "syrian_government"


def test_what_a_bombardment_burned_is_its_damage(stage: Stage) -> None:
    assert types(stage, "Jets bombed Binnish, setting fire to a market.") == ["Air/drone strike"]
    assert types(stage, "A school was destroyed by barrel bombs in Ihsim.") == ["Air/drone strike"]
    told = types(stage, "Jets bombed Binnish and gunmen looted shops in Salqin.")
    assert told == ["Air/drone strike", "Looting/property destruction"]


def test_gas_that_was_used_has_the_place_of_the_strikes_that_brought_it(stage: Stage) -> None:
    (gas,) = stage.told("Strikes hit the town of Binnish, and doctors said that poison gas was used.")
    assert gas.sub_event_type == "Chemical weapon"
    assert [place.surface for place in gas.places] == ["Binnish"]
