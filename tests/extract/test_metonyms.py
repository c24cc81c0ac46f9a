"""Places that say who ruled or where somebody spoke, and not where anything happened."""

from __future__ import annotations

import pytest

from pipeline.extract.rules import RuleExtractor
from tests.extract.coded import reported


@pytest.mark.parametrize(
    "speech",
    [
        "Hilal told reporters in Ankara that the army had shelled Azaz on Monday.",
        "Speaking from Gaziantep, an activist said the army had shelled Azaz on Monday.",
        "The army had shelled Azaz on Monday, he said speaking at his group's office in the Turkish city of Gaziantep.",
        "A doctor reached by telephone in the Turkish border town of Kilis said the army had shelled Azaz.",
        "Hilal said in Turkey the army had shelled Azaz on Monday.",
        "A nurse in Istanbul described the army's shelling of Azaz on Monday.",
        "The army shelled Azaz on Monday, a monitoring group based in the UK reported.",
    ],
)
def test_where_somebody_spoke_is_no_scene(extractor: RuleExtractor, speech: str) -> None:
    assert {m.place for m in reported(extractor, speech)} == {"Azaz"}


def test_a_raid_told_in_an_interview_keeps_its_place(extractor: RuleExtractor) -> None:
    (raid,) = reported(extractor, "He said in an interview that the air raid in Azaz had killed 12 people on Monday.")
    assert raid.place == "Azaz"


@pytest.mark.parametrize(
    "blame",
    [
        "The attack, which killed 12 people, drew criticism of Moscow and Damascus.",
        "Damascus and Tehran were blamed for the attack, which killed 12 people.",
        "The attack that killed 12 people was condemned by both Ankara and Damascus.",
        "The attack killed 12 people, and France put pressure on Damascus.",
    ],
)
def test_capitals_side_by_side_are_governments(extractor: RuleExtractor, blame: str) -> None:
    places = {m.place for m in reported(extractor, f"Warplanes bombed Azaz on Monday. {blame}")}
    assert places == {"Azaz"}


def test_a_capital_with_a_preposition_is_a_place(extractor: RuleExtractor) -> None:
    (blast,) = reported(extractor, "A car bomb exploded in Damascus on Monday, Moscow said.")
    assert blast.admin1 == "Damascus"


@pytest.mark.parametrize(
    "capital",
    ["de facto Syrian capital", "self-declared Syrian capital", "de-facto Syrian capital"],
)
def test_the_capital_of_a_group_is_not_that_of_the_country(extractor: RuleExtractor, capital: str) -> None:
    (raid,) = reported(extractor, f"Jets bombed the group's {capital} on Monday.")
    assert raid.admin1 is None


@pytest.mark.parametrize("wide", ["the Levant", "the Middle East", "Europe"])
def test_half_the_world_is_no_scene(extractor: RuleExtractor, wide: str) -> None:
    (clash,) = reported(extractor, f"Fighters of a group known in {wide} clashed with the army in Azaz on Monday.")
    assert clash.place == "Azaz"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Clashes were reported from Harasta on Monday.", "Harasta"),
        ("The army shelled the village of Afis, and cars queued on the road to Ariha on Monday.", "Afis"),
        ("Rebels killed 12 soldiers near Nubl, a negotiator told Gulf Saraqib on Monday.", "Nubl"),
    ],
)
def test_what_stands_around_the_scene(extractor: RuleExtractor, text: str, place: str) -> None:
    assert [m.place for m in reported(extractor, text)] == [place]
