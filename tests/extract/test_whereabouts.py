"""Places that no gazetteer has, where they lie, and what is said of a place that is no scene."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.extract.model import Article
from pipeline.extract.place_words import words_of
from pipeline.extract.places import PlaceIndex
from pipeline.extract.rules import RuleExtractor
from tests.extract.small_region import REGION

INDEX = PlaceIndex(REGION)


def names(text: str) -> list[str]:
    return [span.surface for span in INDEX.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A drone hit a car at Sorkhan on Monday.", ["Sorkhan"]),
        ("A mine went off near Khirbet Majd yesterday.", ["Khirbet Majd"]),
        ("The army took Saraqib al-Gharbiya on Monday.", ["Saraqib al-Gharbiya"]),
        ("The army took the hill of Tell Qamar on Monday.", ["Tell Qamar"]),
        ("The army took Umm Zahr al-Sharqiya on Monday.", ["Umm Zahr al-Sharqiya"]),
        ("Gunmen fired at the Hass crossroads.", ["Hass crossroads"]),
        ("A checkpoint of the Internal Security at Sorkhan was hit.", ["Sorkhan"]),
        ("It was calm in March and in May.", []),
        ("She spoke in Arabic at Reuters and in General Darwish's car.", []),
        ("Rebels Kill Three In Heavy Fighting Near Front Line", []),
        ("They were in rebel-held land and in Assad-held land.", []),
    ],
)
def test_names_that_the_gazetteer_does_not_have(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_letters_with_full_stops_are_one_word() -> None:
    assert [word.text for word in words_of("The U.S.-led jets left the U.S. base.")] == [
        "The", "U.S.", "led", "jets", "left", "the", "U.S.", "base",
    ]  # fmt: skip


def _code(extractor: RuleExtractor, text: str, title: str = "") -> list[tuple[str | None, str | None, str | None]]:
    article = Article("a-1", title, text, "Test Gazette", "independent", date(2021, 3, 3))
    return [(m.place, m.place_id, m.admin1) for m in extractor.extract([article])[0]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Government artillery fired from al-Mayadin at Dhiban on Monday, killing a farmer.",
            ("Dhiban", "sy-deir-ez-zor-dhiban", "Deir ez-Zor"),
        ),
        (
            "Jets bombed a market in Ariha on Monday; the blast was heard in Turkey.",
            ("Ariha", "sy-idlib-ariha", "Idlib"),
        ),
        ("The army shelled Saraqib al-Qibliya on Monday.", ("Saraqib al-Qibliya", None, "Idlib")),
        ("The army shelled Saraqib al-Qibliya in Hama province on Monday.", ("Saraqib al-Qibliya", None, "Hama")),
        ("A drone hit a car at Zarba, south of Qamishli, on Monday.", ("Zarba", None, "Al-Hasakah")),
    ],
)
def test_where_a_happening_was(
    extractor: RuleExtractor, text: str, expected: tuple[str | None, str | None, str | None]
) -> None:
    assert _code(extractor, text) == [expected]


def test_a_place_of_the_title_counts_although_no_gazetteer_has_it(extractor: RuleExtractor) -> None:
    text = "The army shelled the town on Monday, killing a farmer."
    assert _code(extractor, text, "Farmer killed in the village of Ghanthara")[0][0] == "Ghanthara"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army shelled the Damascus suburb of Harasta on Monday.", ("Harasta", "sy-rif-dimashq-harasta")),
        ("The army shelled the Idlib town of Saraqib on Monday.", ("Saraqib", "sy-idlib-saraqib")),
        ("The army shelled the al-Waer quarter of Homs on Monday.", ("al-Waer", "sy-homs-al-waer")),
    ],
)
def test_a_suburb_of_a_city_is_the_suburb(extractor: RuleExtractor, text: str, expected: tuple[str, str]) -> None:
    assert [(place, place_id) for place, place_id, _ in _code(extractor, text)] == [expected]


@pytest.mark.parametrize(
    "report",
    ["a report issued in Geneva", "a study published in Berlin", "remarks to lawmakers convened in Vienna"],
)
def test_where_a_report_came_out_is_no_scene(extractor: RuleExtractor, report: str) -> None:
    text = f"An air strike killed 12 civilians the group said in {report}."
    (found,) = extractor.extract([Article("a-1", "", text, "Test Gazette", "independent", date(2018, 3, 14))])[0]
    assert found.place is None
