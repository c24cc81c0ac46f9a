"""Who acts and who is acted upon, on sentences of our own."""

from __future__ import annotations

import pytest

from tests.extract.scenes import Stage, blocs


def sides(stage: Stage, text: str) -> tuple[str | None, str | None]:
    """Give the blocs of agent and target of the first happening of a sentence."""
    return blocs(stage.told(text)[0])


@pytest.mark.parametrize(
    "text",
    [
        "Rebel fighters repelled an attack by regime forces on the village of Kansafra.",
        "Rebel fighters foiled an infiltration attempt by the army near Kansafra.",
        "Rebels beat back regime forces near Kansafra.",
        "Rebels pushed back an army advance towards Kansafra.",
        "An attack by regime forces on Kansafra was repulsed by rebel fighters.",
    ],
)
def test_whoever_repels_an_attack_acts_and_the_attacker_is_the_target(stage: Stage, text: str) -> None:
    assert sides(stage, text) == ("opposition", "syrian_government")


def test_an_attacker_repelled_by_nobody_named_is_still_the_target(stage: Stage) -> None:
    text = "Our units thwarted an attempt by ISIS terrorists to storm a post near Palmyra."
    assert sides(stage, text) == (None, "islamic_state")


def test_whose_positions_are_attacked_is_the_target(stage: Stage) -> None:
    text = "On Sunday the group attacked Syrian army positions near al-Mayadin, killing five soldiers."
    assert sides(stage, text) == (None, "syrian_government")


@pytest.mark.parametrize(
    "text",
    [
        "Clashes between the army and rebels continued in Aleppo on Monday.",
        "The army and rebels exchanged fire in Aleppo on Monday.",
    ],
)
def test_two_hostile_sides_side_by_side_fight_each_other(stage: Stage, text: str) -> None:
    assert sides(stage, text) == ("syrian_government", "opposition")


def test_allies_side_by_side_fight_the_third_side(stage: Stage) -> None:
    text = "The army and Hezbollah clashed with rebels near Zabadani."
    assert sides(stage, text) == ("syrian_government", "opposition")


@pytest.mark.parametrize(
    "text",
    [
        "Jaish al-Islam fighters clashed with Faylaq al-Rahman in Arbin on Monday.",
        "Clashes between Jaish al-Islam and Faylaq al-Rahman broke out in Arbin.",
    ],
)
def test_two_groups_of_one_bloc_can_fight_each_other(stage: Stage, text: str) -> None:
    roles = stage.told(text)[0].roles
    assert roles.agent is not None
    assert roles.target is not None
    assert (roles.agent.bloc, roles.target.bloc) == ("opposition", "opposition")
    assert roles.agent.actor_id != roles.target.actor_id


def test_whoever_claims_an_attack_acts(stage: Stage) -> None:
    assert sides(stage, "The Islamic State later claimed the attack.")[0] == "islamic_state"


@pytest.mark.parametrize(
    "text",
    [
        "Opposition media said that Israel was behind the raid.",
        "Local officials blamed the YPG for the bombing in al-Bab.",
        "The bombing in al-Bab was blamed on the YPG.",
    ],
)
def test_whoever_is_blamed_acts_where_nobody_else_does(stage: Stage, text: str) -> None:
    assert sides(stage, text)[0] in {"israel", "sdf"}


def test_two_who_blame_each_other_leave_it_open(stage: Stage) -> None:
    assert sides(stage, "The army and the rebels blamed each other for the bombing in al-Bab.")[0] is None


@pytest.mark.parametrize(
    "text",
    [
        "Syrian soldiers stand at the site of an explosion in Tartus.",
        "Syrian soldiers closed the streets after an explosion in Tartus.",
    ],
)
def test_whoever_comes_afterwards_did_not_do_it(stage: Stage, text: str) -> None:
    assert sides(stage, text)[0] is None


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("A drone struck a checkpoint held by the YPG in Hasakah.", "sdf"),
        ("Shells hit positions controlled by rebels in Kansafra.", "opposition"),
        ("Russian jets bombed the town of Ariha, where rebels fought the army.", None),
        ("Air strikes hit the village of Kansafra near the border with Turkey.", None),
        ("Rockets fell on Kansafra while the army advanced elsewhere.", None),
    ],
)
def test_bombs_hit_whoever_stands_as_their_object_or_keeps_the_post(
    stage: Stage, text: str, target: str | None
) -> None:
    assert sides(stage, text)[1] == target


def test_an_adjective_after_be_makes_no_passive(stage: Stage) -> None:
    text = "Warplanes believed to be Russian or Syrian bombed a market in Ariha, killing eight civilians."
    assert sides(stage, text) == ("unidentified", "civilians")


def test_attackers_among_the_dead_are_not_the_target(stage: Stage) -> None:
    text = "Islamic State gunmen raided an army post near Palmyra and three attackers were killed."
    assert sides(stage, text) == ("islamic_state", "syrian_government")


def test_only_states_bomb_from_the_air(stage: Stage) -> None:
    text = "Rebels advanced near Idlib during air strikes on the city that killed three people."
    assert all(c.roles.agent is None for c in stage.told(text) if c.sub_event_type == "Air/drone strike")


def test_tolls_of_two_sides_are_of_a_fight_between_them(stage: Stage) -> None:
    assert sides(stage, "At least 12 rebels and five Syrian soldiers were killed.") == (
        "opposition",
        "syrian_government",
    )


def test_a_former_member_is_no_fighter(stage: Stage) -> None:
    assert sides(stage, "Gunmen shot dead a former member of Hezbollah in Daraa.")[1] == "civilians"


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("The army captured the rebel-held town of Douma on Monday.", ("syrian_government", "opposition")),
        ("Air strikes hit rebel-held positions near Khan Tuman on Monday.", (None, "opposition")),
        ("Air strikes hit a market in rebel-held Douma on Monday.", (None, None)),
        ("Rockets fired from rebel-held suburbs killed two people in Damascus.", ("opposition", "civilians")),
        ("Rebel groups led by Nusra attacked army positions near Hama.", ("hts", "syrian_government")),
    ],
)
def test_whoever_holds_the_ground_is_fought_over_it_but_not_bombed_with_it(
    stage: Stage, text: str, pair: tuple[str | None, str | None]
) -> None:
    assert sides(stage, text) == pair
