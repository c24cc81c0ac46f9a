from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.casualties import CasualtySpan, find_casualties
from tests.extract.slots import anything, reads_linearly
from tests.extract.tolls_told import Toll, tolls


def only(text: str) -> CasualtySpan:
    (found,) = find_casualties(text)
    return found


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Clashes near Kabani cost the regime four soldiers.", 4),
        ("The raid cost the army two men.", 2),
        ("A crowd beat a man to death.", 1),
        ("Two guards burned to death in the depot.", 2),
        ("Gunmen shot dead a beekeeper.", 1),
        ("The farmer and his brother were killed.", 2),
        ("The number of people killed in the bombing rose to nine.", 9),
        ("Nasser, 17, and a nurse were killed.", 1),
        ("Twelve people fell victim to the gas.", 12),
        ("Two others - including a child - died in the yard.", 2),
    ],
)
def test_ways_to_tell_of_the_dead(text: str, count: int) -> None:
    found = [(c.kind, c.low, c.high) for c in find_casualties(text) if not c.is_subtotal]
    assert found == [("killed", count, count)]


@pytest.mark.parametrize("claim", ["claiming eight lives and wounding 14 citizens", "claiming eight and wounding 14"])
def test_claimed_lives_stand_beside_the_wounded(claim: str) -> None:
    found = [(c.kind, c.low, c.high) for c in find_casualties(f"A car bomb went off, {claim}.")]
    assert found == [("killed", 8, 8), ("injured", 14, 14)]


@pytest.mark.parametrize(
    "text", ["Brothers aged between seven and twelve were killed.", "A number of men were killed."]
)
def test_ages_and_vague_numbers_are_no_counts(text: str) -> None:
    assert find_casualties(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Five villagers were killed.", [("killed", 5, 5)]),
        ("At least 5 were killed and more than 7 others were wounded.", [("injured", 7, None), ("killed", 5, None)]),
        ("Up to 5 soldiers were killed, and as many as 12 hurt.", [("injured", None, 12), ("killed", None, 5)]),
        ("Between 5 and 8 fighters died in the raid.", [("killed", 5, 8)]),
        ("Dozens of people were injured.", [("injured", 24, None)]),
        ("Nearly 30 fighters were killed.", [("killed", 30, 30)]),
        ("A bomb went off, killing 12 and wounding 30 others.", [("injured", 30, 30), ("killed", 12, 12)]),
        ("The raid left 12 dead and 30 wounded.", [("injured", 30, 30), ("killed", 12, 12)]),
        ("Ten were killed and 75 injured.", [("injured", 75, 75), ("killed", 10, 10)]),
        ("The blast claimed the lives of 12 people.", [("killed", 12, 12)]),
        ("The attack claimed 12 lives.", [("killed", 12, 12)]),
        ("It ended in the death of four guards of the depot.", [("killed", 4, 4)]),
        ("It led to the martyrdom of a woman and her two children.", [("killed", 3, 3)]),
        ("12 people lost their lives.", [("killed", 12, 12)]),
        ("Rescuers found the bodies of 12 men in the rubble.", [("killed", 12, 12)]),
        ("Six deaths and 41 injuries marked the day.", [("injured", 41, 41), ("killed", 6, 6)]),
        ("The column lost over two hundred militants.", [("killed", 200, None)]),
        ("Gunners destroyed over 60 terrorists.", [("killed", 60, None)]),
        (
            "Mortar fire killed a girl, injured another 20 and 7 others were hurt.",
            [("injured", 7, 7), ("injured", 20, 20), ("killed", 1, 1)],
        ),
        ("Forces arrested 20 people and took five villages.", [("captured", 20, 20)]),
        ("Some 3,000 people fled their homes.", [("displaced", 3000, 3000)]),
        ("No fewer than 3 medics died.", [("killed", 3, None)]),
        ("An hour later 1,200 people were displaced.", [("displaced", 1200, 1200)]),
    ],
)
def test_plain_phrases(text: str, expected: list[Toll]) -> None:
    assert tolls(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14 residents killed 19 injured as rockets fell on the town.", [("injured", 19, 19), ("killed", 14, 14)]),
        ("Nurse killed three others injured by mortar.", [("injured", 3, 3), ("killed", 1, 1)]),
        ("Rockets Kill 4 Wound 7", [("injured", 7, 7), ("killed", 4, 4)]),
        ("Toll of Market Blast Climbs to 13 52 Injured.", [("injured", 52, 52), ("killed", 13, 13)]),
        ("21 pupils 5 guards killed in raid.", [("killed", 26, 26)]),
        ("An uncle a niece and a cousin died.", [("killed", 3, 3)]),
        ("Six women were killed \u2019 and 3 hurt .", [("injured", 3, 3), ("killed", 6, 6)]),
    ],
)
def test_headlines_and_texts_that_lost_their_commas(text: str, expected: list[Toll]) -> None:
    assert tolls(text) == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("A man was killed.", 1),
        ("A 45-year-old farmer was killed.", 1),
        ("Two brothers were killed.", 2),
        ("The shell killed a man and his wife.", 2),
        ("A family of five was killed.", 5),
        ("A five-member family was killed.", 5),
        ("Abu Salim the commander of the post was killed near the river.", 1),
        ("The raid killed a senior commander.", 1),
        ("The driver was killed.", 1),
    ],
)
def test_persons_told_without_a_figure_are_counted(text: str, count: int) -> None:
    assert tolls(text) == [("killed", count, count)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The raids caused no casualties.", [("injured", 0, 0), ("killed", 0, 0)]),
        ("The raids passed without any casualties.", [("injured", 0, 0), ("killed", 0, 0)]),
        ("The raids did not cause any casualties.", [("injured", 0, 0), ("killed", 0, 0)]),
        ("No injuries were recorded.", [("injured", 0, 0)]),
        ("There were no deaths.", [("killed", 0, 0)]),
        ("Nobody was killed.", [("killed", 0, 0)]),
        ("No civilians were hurt.", [("injured", 0, 0), ("killed", 0, 0)]),
        ("No civilians were wounded.", [("injured", 0, 0)]),
    ],
)
def test_none_is_zero(text: str, expected: list[Toll]) -> None:
    assert tolls(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Many were killed and others injured.",
        "A number of fighters were killed.",
        "Civilians were killed.",
        "The strike killed and wounded dozens of people.",
        "12 people were killed or injured.",
        "There were casualties among civilians.",
        "There were no reports of casualties.",
        "There were no further casualties.",
        "The army captured 12 villages and destroyed 3 tanks.",
        "500 families were displaced.",
        "The attack of October 4 killed many.",
        "The dead were buried by the Dead Sea.",
        "They blamed it for killing both shepherds and guards.",
        "The toll could rise; the earlier toll was 9.",
        "Shelling from 50 kilometers away went on for 3 hours.",
        "",
    ],
)
def test_what_sets_no_figure_gives_no_row(text: str) -> None:
    assert find_casualties(text) == []


def test_a_subtotal_is_inside_its_toll() -> None:
    found = find_casualties("At least 26 people including 3 children and 2 women were killed on Friday.")
    assert [(c.low, c.high, c.is_subtotal) for c in found] == [(26, None, False), (3, 3, True), (2, 2, True)]
    found = find_casualties("Shells killed 17 people, two of them nurses.")
    assert [(c.low, c.is_subtotal) for c in found] == [(17, False), (2, True)]
    found = find_casualties("20 people were wounded, three of whom died in hospital.")
    assert [(c.kind, c.low, c.is_subtotal) for c in found] == [("injured", 20, False), ("killed", 3, False)]


def test_figures_told_place_by_place_are_marked() -> None:
    found = find_casualties("Seven villagers were killed in Sarmin market and one in Harim square.")
    assert [(c.low, c.distributed, c.is_subtotal) for c in found] == [(7, False, False), (1, True, False)]
    found = find_casualties("A total of 61 were killed, including 20 in one quarter, 14 in Sarmin and 7 in Harim.")
    assert [(c.low, c.distributed, c.is_subtotal) for c in found] == [
        (61, False, False),
        (20, True, True),
        (14, True, True),
        (7, True, True),
    ]


def test_totals_and_running_totals_are_told_from_single_happenings() -> None:
    assert only("The death toll from the raid rose from 9 to 15.").is_total
    assert only("The death toll from the raid rose from 9 to 15.").low == 15
    assert only("The blast killed nine people.").is_total is False
    assert only("That war killed hundreds of thousands since 2011.").cumulative
    assert only("75 civilians were killed in the past week.").cumulative
    assert only("The civil war has killed over 150000 villagers.").cumulative
    assert only("Two war planes have killed 12 people.").cumulative is False


def test_neutralized_sets_no_count() -> None:
    assert find_casualties("The army neutralized 20 terrorists.") == []


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("Gunmen stopped the judge at his door and shot him, killing him instantly.", 1),
        ("A mine killed a sapper.", 1),
        ("Three of the recruits fell as martyrs.", 3),
        ("The night cost four conscripts their lives.", 4),
        ("Two porters were shot to death.", 2),
        ("The raid cost the army four soldiers.", 4),
        ("A teacher, 34, was shot dead.", 1),
    ],
)
def test_deaths_as_other_newsrooms_word_them(text: str, low: int) -> None:
    assert [found.low for found in find_casualties(text) if found.kind == "killed"] == [low]


@pytest.mark.parametrize(
    ("text", "victim_class", "victims"),
    [
        ("Five children were killed.", "civilian", "children"),
        ("Five soldiers were killed.", "combatant-government", "soldiers"),
        ("Nine members of the regime forces died.", "combatant-government", "members of the regime forces"),
        ("Five rebel fighters were killed.", "combatant-opposition", "rebel fighters"),
        ("Five fighters were killed.", "combatant-other", "fighters"),
        ("Five people were killed.", "unknown", "people"),
        ("The raid left five dead.", "unknown", None),
    ],
)
def test_the_words_tell_who_the_victims_are(text: str, victim_class: str, victims: str | None) -> None:
    found = only(text)
    assert (found.victim_class, found.victims) == (victim_class, victims)


def test_civilians_and_fighters_in_one_list_are_two_rows() -> None:
    assert tolls("Twelve civilians and five soldiers were killed.") == [("killed", 5, 5), ("killed", 12, 12)]


def test_the_head_is_the_word_that_says_what_became_of_them() -> None:
    text = "The raid left 12 dead and 30 wounded."
    assert [text[c.head :].split()[0].strip(".") for c in find_casualties(text)] == ["dead", "wounded"]


@given(anything, st.integers(0, 50))
def test_any_text_gives_spans_that_slice_back_and_figures_in_order(text: str, offset: int) -> None:
    found = find_casualties(text, offset)
    for c in found:
        assert text[c.start - offset : c.end - offset] == c.surface
        assert c.low is not None or c.high is not None
        assert c.low is None or c.high is None or 0 <= c.low <= c.high
        assert 0 <= c.head - offset < len(text)
    assert [c.start for c in found] == sorted(c.start for c in found)


def test_time_grows_with_the_length_of_the_text_only() -> None:
    assert reads_linearly(find_casualties, "killing 12 civilians including a child and wounding 30 others were killed ")
    assert reads_linearly(find_casualties, "No casualties. Ten were killed and 75 injured in Sarmin and one in Harim. ")
