"""Words that only speak of a happening tell none, on sentences of our own."""

from __future__ import annotations

import pytest

from tests.extract.scenes import Stage


def told(stage: Stage, text: str) -> set[str]:
    return {c.sub_event_type for c in stage.told(text) if c.status == "reported"}


@pytest.mark.parametrize(
    "text",
    [
        "The envoy praised the help given to assist the Kurds fighting against IS near Kobane.",
        "The group is besieging an estimated 300 families in the town of Kafraya.",
        "Two villages are besieged by rebels near Idlib.",
        "Soldiers left the hills of Jobar under a deal reached between the army and elders.",
        "Fighters broke the truce brokered by two states in Daraa.",
        "Ministers gave no comment on the attack in Idlib.",
        "Rebels have full control of the town of Idlib.",
        "The town of Daraya is surrounded by soldiers.",
        "In the aftermath of the raid on Sarmin nobody spoke.",
        "The deal in Madaya was touted as a way to end the fighting.",
        "A lull in the clashes let people shop in Idlib.",
        "Families were caught in the middle of fierce fighting in Manbij.",
        "Two of the men were accused of fighting the group in Idlib.",
        "The Kurds deal with the army in Afrin rather than fighting it.",
        "The faction belongs to an alliance that fights the army in Idlib.",
        "The brigade fought alongside the rebels in Idlib.",
        "Thousands of residents fled the fighting in Manbij.",
    ],
)
def test_what_is_known_or_lasts_is_not_told(stage: Stage, text: str) -> None:
    assert not told(stage, text) & {"Armed clash", "Agreement", "Chemical weapon", "Air/drone strike"}


@pytest.mark.parametrize(
    ("text", "sub_event_type"),
    [
        ("Rebels besieged the air base of Menagh on Monday.", "Armed clash"),
        ("Soldiers had full control of the district of Leramun on Monday.", "Government regains territory"),
        ("Soldiers surrounded the town of Daraya on Monday.", "Armed clash"),
        ("Rebels severed the supply route to Fuah on Monday.", "Armed clash"),
        ("The army and rebels reached a deal on the town of Qudsaya on Sunday.", "Agreement"),
        ("A truce brokered by Jordan took effect in Daraa on Monday.", "Agreement"),
        ("The militia, which fought the rebels near Ariha on Monday, lost three men.", "Armed clash"),
        ("IS fighters attacked the village of Kafr Hamra on Monday.", "Armed clash"),
    ],
)
def test_what_was_done_is_told(stage: Stage, text: str, sub_event_type: str) -> None:
    assert sub_event_type in told(stage, text)
