"""Who was hit, by what the tolls say, on sentences of our own."""

from __future__ import annotations

from tests.extract.scenes import Stage, blocs


def test_the_side_whose_members_are_counted_was_hit(stage: Stage) -> None:
    (bomb,) = stage.told("A suicide bomber killed six SDF fighters at a checkpoint in Manbij.")
    assert blocs(bomb)[1] == "sdf"


def test_whoever_killed_is_not_among_the_dead(stage: Stage) -> None:
    (attack,) = stage.told("Rebels killed four civilians in Nubl.")
    assert blocs(attack) == ("opposition", "civilians")


def test_a_house_makes_it_violence_against_civilians(stage: Stage) -> None:
    (grenade,) = stage.told("A hand grenade was thrown at a house in Azaz.")
    assert grenade.civil is not None
    assert (grenade.civil.surface, blocs(grenade)[1]) == ("house", None)


def test_attackers_who_died_were_not_attacked(stage: Stage) -> None:
    (raid,) = stage.told("Islamic State gunmen raided an army post near Palmyra and three attackers were killed.")
    assert blocs(raid) == ("islamic_state", "syrian_government")
