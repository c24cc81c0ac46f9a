"""Sides that a text leaves to the reader."""

from __future__ import annotations

import pytest

from pipeline.extract.rules import RuleExtractor
from tests.extract.coded import reported


def sides(extractor: RuleExtractor, text: str, **given: object) -> list[tuple[str, str | None]]:
    return [(m.actor1_bloc, m.actor2_bloc) for m in reported(extractor, text, **given)]


@pytest.mark.parametrize(
    "text",
    [
        "The army killed nine militants in an ambush near Adra on Monday.",
        "Two soldiers were killed and four gunmen wounded in clashes in Jobar on Monday.",
        "A wanted commander and his guards were killed in a clash with the Syrian army near Busra on Monday.",
    ],
)
def test_whom_the_army_clashes_with_is_the_opposition_where_nobody_is_named(
    extractor: RuleExtractor, text: str
) -> None:
    assert [set(pair) for pair in sides(extractor, text)] == [{"syrian_government", "opposition"}]


@pytest.mark.parametrize("who", ["unknown gunmen", "unidentified gunmen"])
def test_gunmen_of_whom_nobody_knows_who_they_are_stay_so(extractor: RuleExtractor, who: str) -> None:
    found = sides(extractor, f"Two army soldiers were killed in a clash with {who} near Daraa on Monday.")
    assert [set(pair) for pair in found] == [{"syrian_government", "unidentified"}]


def test_a_place_retaken_from_nobody_named_is_taken_from_nobody(extractor: RuleExtractor) -> None:
    assert sides(extractor, "The Syrian army recaptured the town of Maardes on Monday.") == [
        ("syrian_government", "unidentified")
    ]


@pytest.mark.parametrize(
    ("text", "agent"),
    [
        ("US missile strikes on the Kweires air base on Monday killed six people.", "us_coalition"),
        ("Israeli jets bombed Mezzeh military airport on Monday.", "israel"),
        ("Israeli warplanes hit a military research centre near Damascus on Monday.", "israel"),
        ("Islamic State fighters fired rockets at the Deir Ezzor military airport on Monday.", "islamic_state"),
        ("Insurgents attacked the Kweires airfield with mortars on Monday.", "opposition"),
        ("The Nusra Front stormed the Abu al-Duhur airbase on Monday.", "hts"),
    ],
)
def test_an_air_base_is_the_states(extractor: RuleExtractor, text: str, agent: str) -> None:
    assert sides(extractor, text) == [(agent, "syrian_government")]


def test_an_air_base_from_which_planes_took_off_was_not_bombed(extractor: RuleExtractor) -> None:
    text = "US jets from Incirlik air base bombed a village near Manbij on Monday, killing four civilians."
    assert sides(extractor, text) == [("us_coalition", "civilians")]
