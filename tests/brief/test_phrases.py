from __future__ import annotations

import pytest

from pipeline.brief import phrases
from pipeline.brief.model import Quantity, Side, Where

ARMY, FRONT = Side("Northern Army", "Government"), Side("River Front", "Opposition")


@pytest.mark.parametrize(
    ("where", "said"),
    [
        (Where("Lower Mill", "village", "Idlib", None, 1), "Lower Mill (Idlib)"),
        (Where("Lower Mill", "village", "Idlib", None, 2), "in or near Lower Mill (Idlib)"),
        (Where("Mill district", "district", "Idlib", None, 2), "Mill district (Idlib)"),
        (Where("Idlib", "governorate", "Idlib", None, 3), "Idlib governorate, place not known more closely"),
        (Where(None, None, "Idlib", None, 3), "Idlib governorate, place not known"),
        (Where("a far hill", None, None, None, None), "a far hill"),
        (Where(None, None, None, None, None), "place not given"),
    ],
)
def test_places_are_told_no_more_closely_than_they_are_known(where: Where, said: str) -> None:
    assert phrases.location(where) == said


@pytest.mark.parametrize(
    ("event_type", "said"),
    [
        ("Battles", "Northern Army against River Front"),
        ("Strategic developments", "Northern Army; other side: River Front"),
    ],
)
def test_only_violence_is_against_somebody(event_type: str, said: str) -> None:
    assert phrases.sides(event_type, ARMY, FRONT) == said


def test_a_happening_with_one_side_names_one() -> None:
    assert phrases.sides("Battles", ARMY, None) == "Northern Army"


def test_an_associate_stands_with_the_side_that_leads() -> None:
    assert phrases.side(Side("Air Wing", "Allies", "Northern Army")) == "Air Wing with Northern Army"


def test_a_side_without_a_name_goes_by_its_bloc_or_is_unidentified() -> None:
    assert phrases.side(Side(None, "Opposition")) == "Opposition (no actor named)"
    assert phrases.side(Side(None, None)) == "an unidentified actor"


@pytest.mark.parametrize(
    ("quantity", "said"),
    [
        (Quantity("killed", "civilians", 5, 5, False, False, "q"), "5 killed (civilians)"),
        (Quantity("injured", None, 0, 0, False, False, "q"), "none injured"),
        (Quantity("displaced", None, 40, None, True, False, "q"), "at least 40 displaced, approximate"),
        (Quantity("killed", None, 19, None, False, True, "q"), "at least 19 killed, together with others"),
    ],
)
def test_figures_of_a_report(quantity: Quantity, said: str) -> None:
    assert phrases.quantity(quantity) == said
