"""The dead told by name and those who died with them, other ways to count, and damage only."""

from __future__ import annotations

import pytest

from tests.extract.tolls_told import tolls


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("A drone killed Abu Yahya, a Nusra leader, and two of his bodyguards near Dabra.", 3, 3),
        ("Field commander Abu Sami was killed along with four of his companions.", 5, 5),
        ("Abu Jarrah, a Tunisian militant, was killed along with other fighters.", 1, None),
        ("Gunmen assassinated Omar Badri and his driver.", 2, 2),
        ("Ibrahim al-Omari alongside nine of his men were killed in an ambush.", 10, 10),
        ("A sniper shot dead the journalist Samer Ali.", 1, 1),
        ("The blast killed 12 people, Khaled Omar of the hospital said.", 12, 12),
        ("Clashes killed six Omar Brigade fighters.", 6, 6),
        ("Mines killed a farmer, then him and his two sons.", 1, 1),
        ("A strike killed him and his two sons.", 3, 3),
    ],
)
def test_victims_told_by_name_and_those_with_them(text: str, low: int, high: int | None) -> None:
    assert tolls(text) == [("killed", low, high)]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Over 40 gunmen including field commanders were killed.", 40, None),
        ("The shelling left seven martyrs.", 7, 7),
        ("Seven martyrs fell in the shelling.", 7, 7),
        ("The film showed the beheadings of at least eight men.", 8, None),
        ("The monitor updated to 18 its toll for the raid.", 18, 18),
        ("A doctor spoke to us, bringing to 37 the number of people killed.", 37, 37),
        ("Number of victims climbed to 14.", 14, 14),
        ("Fifteen of the dead, four children among them, came in the strike on Dabra.", 15, 15),
        ("Its crew of three were killed when it went down.", 3, 3),
        ("Three men were said to be killed in the ambush.", 3, 3),
        ("The gunmen killed and buried two shepherds.", 2, 2),
        ("Seventeen soldiers along with two officers were killed.", 19, 19),
    ],
)
def test_more_ways_to_count_the_dead(text: str, low: int | None, high: int | None) -> None:
    assert tolls(text) == [("killed", low, high)]


@pytest.mark.parametrize(
    "text",
    [
        "Rockets fell on Dabra, causing material damage only.",
        "The shells caused only material losses.",
        "Damage was limited to property.",
    ],
)
def test_damage_only_leaves_nobody_hurt(text: str) -> None:
    assert tolls(text) == [("injured", 0, 0), ("killed", 0, 0)]


def test_damage_beside_the_hurt_says_nothing_of_the_dead() -> None:
    assert tolls("Shells fell on Dabra, injuring two men and causing material damage.") == [("injured", 2, 2)]
    assert tolls("A shell fell near the mill but only caused injuries.") == [("killed", 0, 0)]
    assert tolls("Five of the dead were children.") == []
