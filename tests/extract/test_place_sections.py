"""Articles that go through the country part by part, and names told more than once: which governorate is spoken of."""

from __future__ import annotations

import pytest

from pipeline.extract.rules import RuleExtractor
from tests.extract.coded import reported


def _where(extractor: RuleExtractor, text: str, **given: object) -> list[tuple[str | None, str | None]]:
    return [(m.place, m.admin1) for m in reported(extractor, text, **given)]


@pytest.mark.parametrize(
    "opening",
    [
        "In Daraa province, an army unit shelled Tell Khudra hill. ",
        "Meanwhile in the southern province of Daraa an army unit shelled Tell Khudra hill. ",
        "Elsewhere, in Daraa countryside, an army unit shelled Tell Khudra hill. ",
        "Daraa. An army unit shelled Tell Khudra hill. ",
        "Daraa: An army unit shelled Tell Khudra hill. ",
        "Daraa Army units shelled Tell Khudra hill. ",
        "And in the neighbouring Daraa province an army unit shelled Tell Khudra hill. ",
    ],
)
def test_an_unknown_place_lies_in_the_governorate_that_opens_its_part(extractor: RuleExtractor, opening: str) -> None:
    text = (
        "Aleppo Police Command said rockets fell on Azaz, Marea, Nubl and Manbij. The army shelled Azaz on Sunday. "
        + opening
        + "The units also destroyed a launcher and a store with a tank and two cars that the group had kept there for "
        "months, a military source told the agency in a statement. Artillery then shelled al-Juhmaniya farms."
    )
    found = _where(extractor, text)
    assert ("al-Juhmaniya", "Daraa") in found
    assert {admin1 for place, admin1 in found if place == "Tell Khudra"} <= {"Daraa"}


def test_a_happening_without_a_place_is_in_the_part_that_has_just_opened(extractor: RuleExtractor) -> None:
    text = (
        "Homs. Army units shelled a depot in Talbiseh, killing ten terrorists. "
        "Sweida. Army artillery shelled a column of terrorists, killing four of them."
    )
    assert [admin1 for _, admin1 in _where(extractor, text)] == ["Homs", "As-Suwayda"]


def test_the_dateline_of_a_capital_opens_no_part(extractor: RuleExtractor) -> None:
    text = "DAMASCUS - Rebels shelled Khirbet Zamal in Hama province. An air strike hit Tell Zaryab, killing two."
    assert dict(_where(extractor, text))["Tell Zaryab"] == "Hama"


@pytest.mark.parametrize(
    "told",
    [
        "The village lies in Raqqa province.",
        "The hamlet is in the Raqqa countryside.",
        "Families have fled to Raqqa.",
    ],
)
def test_an_unknown_place_lies_where_the_nearest_places_do(extractor: RuleExtractor, told: str) -> None:
    text = (
        f"A mine killed two shepherds in Khirbet Zamal. {told} It was the third blast since the spring, a doctor said. "
        "Flour is dear and the roads are bad, he added. Rebels shelled Hama. Warplanes bombed Hama. "
        "Clashes went on in Hama."
    )
    assert _where(extractor, text)[0] == ("Khirbet Zamal", "Raqqa")


def test_one_name_is_one_place_in_an_article(extractor: RuleExtractor) -> None:
    text = (
        "A drone struck a car in Khirbet Zamal. Ground forces came to Aleppo and Azaz, he said. "
        "Residents of the village of Khirbet Zamal in Hama province buried the driver."
    )
    assert _where(extractor, text)[0] == ("Khirbet Zamal", "Hama")


@pytest.mark.parametrize(
    "away",
    ["12 km west of Hama city", "about 30 kilometres north-east of Hama", "some 15 km (9 miles) south of Hama"],
)
def test_a_place_told_by_its_distance_lies_there(extractor: RuleExtractor, away: str) -> None:
    text = f"Warplanes bombed Tell Zaryab village {away}. Warplanes flew over Idlib, Saraqib and Ariha."
    assert _where(extractor, text)[0] == ("Tell Zaryab", "Hama")


def test_a_quarter_of_a_city_that_nobody_speaks_of_is_another_place_of_its_name(extractor: RuleExtractor) -> None:
    text = "Rebels shelled the village of al-Amiriyah. Families fled to Salqin. Clashes went on in the south of Idlib."
    assert _where(extractor, text)[0] == ("al-Amiriyah", "Idlib")


@pytest.mark.parametrize(
    ("where", "place", "admin1"),
    [
        ("the Douma suburb of Damascus", "sy-rif-dimashq-douma", "Rif Dimashq"),
        ("Douma suburb of Damascus", "sy-rif-dimashq-douma", "Rif Dimashq"),
        ("the Damascus suburb of Douma", "sy-rif-dimashq-douma", "Rif Dimashq"),
        ("the eastern Bab Tuma quarter", "sy-damascus-bab-tuma", "Damascus"),
    ],
)
def test_a_quarter_with_its_city_is_the_quarter(extractor: RuleExtractor, where: str, place: str, admin1: str) -> None:
    (found,) = reported(extractor, f"Two shells landed in {where} on Monday.")
    assert (found.place_id, found.admin1) == (place, admin1)


def test_the_direction_before_a_quarter_is_no_part_of_its_name(extractor: RuleExtractor) -> None:
    (found,) = reported(extractor, "An air strike hit the southern Salahuddin district of Aleppo on Monday.")
    assert found.place == "Salahuddin"


def test_a_name_behind_another_word_of_its_own_is_another_place(extractor: RuleExtractor) -> None:
    text = "Warplanes bombed Dabit al-Mayadin village in Homs province on Monday."
    assert _where(extractor, text) == [("Dabit al-Mayadin", "Homs")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels fighting in the Qalamoun region seized the town of Rankus on Monday.", ["Rankus"]),
        ("The army, based in Hama, captured Saraqib and Khan al-Subul on Monday.", ["Saraqib", "Khan al-Subul"]),
        ("A shell hit a mosque north of Hama city in Kafr Zita on Monday.", ["Kafr Zita"]),
        ("A shell hit the western side of Saraqib on Monday.", ["Saraqib"]),
        ("A shell hit the Old City of Aleppo on Monday.", ["Old City of Aleppo"]),
        ("A shell hit Khirbet Zamal Hill on Monday.", ["Khirbet Zamal Hill"]),
        ("A drone killed Abu Zuhur, a leader of the group, in Sarmada on Monday.", ["Sarmada"]),
        ("Terrorists who fortify in Ghanthara village shelled Salhab on Monday.", ["Salhab"]),
    ],
)
def test_what_is_named_beside_the_scene(extractor: RuleExtractor, text: str, expected: list[str]) -> None:
    assert list(dict.fromkeys(place for place, _ in _where(extractor, text))) == expected
