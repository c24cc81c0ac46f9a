"""Which of the names and words that stand together is the side: the group, those it leads, those it belongs to."""

from __future__ import annotations

import pytest

from pipeline.extract.rules import RuleExtractor
from tests.extract.coded import reported


def sides(extractor: RuleExtractor, text: str, **given: object) -> list[tuple[str, str | None]]:
    return [(m.actor1_bloc, m.actor2_bloc) for m in reported(extractor, text, **given)]


@pytest.mark.parametrize(
    "who",
    [
        "Al-Nusra (a branch of al-Qaeda) and other armed groups",
        "The Nusra Front, al-Qaeda's branch in Syria, and other rebel groups",
        "Jabhat al-Nusra and a number of terrorist groups",
        "Jabhat al-Nusra together with allied Islamist factions",
        "Jabhat al-Nusra and several smaller rebel factions",
    ],
)
def test_the_group_named_first_leads_others_without_a_name(extractor: RuleExtractor, who: str) -> None:
    assert sides(extractor, f"{who} shelled Nubl on Monday, killing two people.") == [("hts", "civilians")]


@pytest.mark.parametrize(
    ("who", "bloc"),
    [
        ("terrorists of the Takfiri Daesh group", "islamic_state"),
        ("the Takfiri Daesh terrorists", "islamic_state"),
        ("jihadists from the so-called Islamic State", "islamic_state"),
        ("Islamic State-affiliated gunmen", "islamic_state"),
        ("militants belonging to Jabhat al-Nusra", "hts"),
    ],
)
def test_fighters_and_the_name_of_their_group_are_one_side(extractor: RuleExtractor, who: str, bloc: str) -> None:
    text = f"Syrian troops fought on Monday near Khanaser with {who}."
    assert sides(extractor, text) == [("syrian_government", bloc)]


def test_rebels_who_take_a_place_from_a_group_are_no_members_of_it(extractor: RuleExtractor) -> None:
    text = "The village of Dudyan was captured on Monday by rebels from the Islamic State."
    assert sides(extractor, text) == [("opposition", "islamic_state")]


def test_a_group_among_rebels_is_one_of_them(extractor: RuleExtractor) -> None:
    text = "Rebels, among them the Nusra Front, shelled Nubl on Monday, killing two people."
    assert sides(extractor, text) == [("opposition", "civilians")]


def test_whoever_helps_does_not_lead(extractor: RuleExtractor) -> None:
    text = "The regime, bolstered by Iran-backed militias, took the village of Maan from rebels on Monday."
    assert sides(extractor, text) == [("syrian_government", "opposition")]


def test_a_coalition_of_rebel_groups_is_not_the_international_one(extractor: RuleExtractor) -> None:
    text = "The coalition of Islamist and moderate rebel groups captured Ariha from regime forces on Monday."
    assert sides(extractor, text) == [("opposition", "syrian_government")]
