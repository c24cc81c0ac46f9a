"""Lists of places, with their commas and without, and namesakes elsewhere in the country; texts of our own."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.extract.model import Article
from pipeline.extract.places import PlaceIndex
from pipeline.extract.rules import RuleExtractor
from tests.extract.small_region import REGION

INDEX = PlaceIndex(REGION)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Jets hit the villages of Tal Omran Zeitaneh al-Kubra Zeitaneh al-Sughra Wardeh Sahn and Hass.",
            ["Tal Omran", "Zeitaneh al-Kubra", "Zeitaneh al-Sughra", "Wardeh Sahn", "Hass"],
        ),
        ("Jets hit the towns of Saraqib Murjan and Hass.", ["Saraqib", "Murjan", "Hass"]),
        ("Jets hit the villages of Hass al-Murjan and Shuhayl.", ["Hass", "al-Murjan", "Shuhayl"]),
        ("Shells fell in Saraqib Murjan and Shuhayl.", ["Saraqib", "Murjan", "Shuhayl"]),
        ("Shells fell in Saraqib, Murjan and Shuhayl.", ["Saraqib", "Murjan", "Shuhayl"]),
        ("Shells fell in al-Bab Hass and Shuhayl.", ["al-Bab", "Hass", "Shuhayl"]),
        ("He spoke in Saraqib, Reuters and Shuhayl News said.", ["Saraqib"]),
        ("Rallies were held in Saraqib, President Karim and Shuhayl.", ["Saraqib", "Shuhayl"]),
    ],
)
def test_each_name_of_a_list_is_a_place(text: str, expected: list[str]) -> None:
    assert [span.surface for span in INDEX.find(text)] == expected


def test_two_towns_in_a_row_do_not_lie_in_each_other() -> None:
    first, second, *_ = INDEX.find("Jets hit the towns of Saraqib Hass and Shuhayl.")
    assert (first.within, second.within) == (None, None)


def _placed(extractor: RuleExtractor, text: str) -> list[tuple[str | None, str | None, str | None]]:
    article = Article("a-1", "", text, "Test Gazette", "independent", date(2021, 3, 3))
    return [(m.place, m.place_id, m.admin1) for m in extractor.extract([article])[0]]


def test_a_quarter_named_like_one_in_another_part_of_the_country_keeps_its_raw_name(extractor: RuleExtractor) -> None:
    found = _placed(extractor, "Rebels shelled the al-Arbaeen neighbourhood in Daraa al-Mahatta on Monday.")
    assert ("al-Arbaeen", None, "Daraa") in found


def test_a_village_is_recognised_beside_places_of_its_own_part_of_the_country(extractor: RuleExtractor) -> None:
    (found,) = _placed(extractor, "Rebels shelled the al-Arbaeen neighbourhood of Hama city on Monday.")
    assert found == ("al-Arbaeen", "sy-hama-arbaeen", "Hama")


def test_a_quarter_of_a_foreign_city_is_not_in_the_region(extractor: RuleExtractor) -> None:
    found = _placed(extractor, "An air strike hit the al-Jadida neighbourhood in western Mosul on Monday.")
    assert found == [("al-Jadida", None, None)]


def test_a_place_behind_a_raid_on_is_told_although_no_gazetteer_has_it() -> None:
    assert [span.surface for span in INDEX.find("Two were hurt in the air raid on Murjan on Monday.")] == ["Murjan"]


def test_a_quarter_said_to_lie_in_another_is_one_place_with_it(extractor: RuleExtractor) -> None:
    found = _placed(
        extractor,
        "Rebels shelled the al-Sulaymaniyah area in Aleppo city on Monday. "
        "A rocket shell fired by the rebels hit the Murjana neighbourhood in al-Sulaymaniyah, a nurse said.",
    )
    assert [place for place, _, _ in found] == ["Murjana"]


def test_a_well_known_town_is_not_its_namesake_village(extractor: RuleExtractor) -> None:
    found = _placed(
        extractor,
        "Buses from al-Fuah and Madaya met on the road. Shells hit Madaya on Monday, killing two. "
        "Clashes broke out in al-Zabadani.",
    )
    assert ("Madaya", "sy-rif-dimashq-madaya", "Rif Dimashq") in found


def test_a_foreign_town_that_is_hit_is_where_it_was(extractor: RuleExtractor) -> None:
    found = _placed(
        extractor,
        "Rebels shelled the town of Azaz on Monday. Three rockets fired from Syria hit the border city of Kilis.",
    )
    assert ("Kilis", None, None) in found


def test_a_place_beside_which_it_was_is_told_although_no_gazetteer_has_it() -> None:
    assert [span.surface for span in INDEX.find("A shepherd was shot on the edge of Murjan on Monday.")] == ["Murjan"]
