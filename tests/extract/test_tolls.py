"""The toll of one happening from several sentences, on texts of our own."""

from __future__ import annotations

import pytest

from pipeline.extract.model import Mention
from pipeline.extract.rules import RuleExtractor
from tests.extract.coded import reported


def killed(mention: Mention) -> list[tuple[str, int | None, int | None]]:
    return sorted((c.party, c.low, c.high) for c in mention.casualties if c.kind == "killed")


def test_the_losses_of_one_side_are_no_other_count_of_those_of_the_other(extractor: RuleExtractor) -> None:
    (clash,) = reported(
        extractor,
        "Eight members of the Syrian army were killed when Daesh terrorists attacked a post near Palmyra on Monday. "
        "The army engaged the attackers and killed three of them.",
    )
    assert (clash.actor1_bloc, clash.actor2_bloc) == ("islamic_state", "syrian_government")
    assert killed(clash) == [("actor1", 3, 3), ("actor2", 8, 8)]


def test_two_sums_of_the_same_dead_make_a_range(extractor: RuleExtractor) -> None:
    (bomb,) = reported(
        extractor,
        "A car bomb killed five people in Azaz on Monday. A doctor said that seven people were killed.",
    )
    assert killed(bomb) == [("unknown", 5, 7)]


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("Rebels repelled an army attack on Kansafra on Monday, killing six attackers.", "actor2"),
        ("Islamic State fighters attacked an army post near Palmyra on Monday; six attackers were killed.", "actor1"),
    ],
)
def test_dead_attackers_are_of_the_side_that_attacked(extractor: RuleExtractor, text: str, party: str) -> None:
    (clash,) = reported(extractor, text)
    assert killed(clash) == [(party, 6, 6)]


def test_fighters_killed_by_a_bomb_are_not_those_who_laid_it(extractor: RuleExtractor) -> None:
    (bomb,) = reported(
        extractor, "An Islamic State suicide bomber blew himself up in Manbij on Monday, killing four fighters."
    )
    assert killed(bomb) == [("actor2", 4, 4)]


def test_nobody_hurt_in_the_next_sentence_is_a_toll_of_nought(extractor: RuleExtractor) -> None:
    (shelling,) = reported(
        extractor, "Syrian artillery pounded the outskirts of Balyun on Monday. There were no casualties."
    )
    assert killed(shelling) == [("unknown", 0, 0)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("SDF fighters opened fire on demonstrators in al-Shaddadi on Monday, killing two protesters.", 2),
        ("A crowd beat a man to death in the town of al-Atarib on Monday.", 1),
    ],
)
def test_crowds_and_protests_keep_their_dead(extractor: RuleExtractor, text: str, count: int) -> None:
    (mention,) = reported(extractor, text)
    assert [(low, high) for _, low, high in killed(mention)] == [(count, count)]


def test_arrests_count_those_who_were_caught_and_no_others(extractor: RuleExtractor) -> None:
    (arrests,) = reported(extractor, "Military police arrested 14 people in Afrin on Monday.")
    assert [(c.kind, c.low, c.high) for c in arrests.casualties] == [("captured", 14, 14)]


def test_at_least_and_a_later_count_are_the_ends_of_a_range(extractor: RuleExtractor) -> None:
    (raid,) = reported(
        extractor,
        "Air raids on Saraqib on Monday killed at least 16 people, a monitor said. Activists put the toll at 32.",
    )
    assert killed(raid) == [("unknown", 16, 32)]


def test_a_rounded_figure_gives_way_to_the_count(extractor: RuleExtractor) -> None:
    (raid,) = reported(
        extractor,
        "Air raids on Saraqib on Monday killed more than 30 people. A doctor said that 32 people were killed.",
    )
    assert killed(raid) == [("unknown", 32, 32)]


def test_who_stands_beside_a_total_is_in_it(extractor: RuleExtractor) -> None:
    (raid,) = reported(
        extractor,
        "Air raids hit Saraqib on Monday. Six teachers died in the attacks, while 35 people in total had died.",
    )
    assert killed(raid) == [("unknown", 35, 35)]


def test_a_lead_and_the_place_that_follows_it_with_the_same_dead_are_one(extractor: RuleExtractor) -> None:
    found = reported(
        extractor,
        "Helicopters dropped barrel bombs on a district of northern Aleppo on Monday, killing at least 20 people. "
        "A monitor said 20 people were killed in the attacks on the Sukkari neighbourhood.",
    )
    assert [(m.place, killed(m)) for m in found] == [("Sukkari", [("unknown", 20, None)])]


def test_a_count_so_far_stays_open_when_the_same_number_is_told_again(extractor: RuleExtractor) -> None:
    (bomb,) = reported(
        extractor, "A car bomb killed at least 16 people in Azaz on Monday. A doctor said that 16 people were killed."
    )
    assert killed(bomb) == [("unknown", 16, None)]


def test_the_dead_of_the_day_before_are_not_those_of_today(extractor: RuleExtractor) -> None:
    found = reported(
        extractor, "Army tanks shelled Saraqib on Monday killing four people a day after 30 people were killed there."
    )
    (shelling,) = [m for m in found if m.sub_event_type == "Shelling/artillery/missile attack"]
    assert [(low, high) for _, low, high in killed(shelling)] == [(4, 4)]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("A bomb in Azaz on Monday left six dead. The toll of the bombing has risen to 14, doctors said.", (14, 14)),
        (
            "At least 40 people were killed in a bombing on buses in Azaz on Monday. "
            "A doctor said 31 travellers were killed when the bomb hit the buses in Azaz.",
            (40, None),
        ),
        ("A bomb killed 23 people in Azaz: a bomb in Azaz killed 23 people on Monday.", (23, 23)),
        (
            "An air strike on Hass killed 20 people on Monday. "
            "Activists said the air strike on Hass killed at least 26.",
            (20, 26),
        ),
        ("A car bomb in Azaz on Monday claimed the lives of 14 civilians at least.", (14, None)),
        (
            "An air strike killed 18 people in Sarmin on Monday. The group updated its earlier toll of 15 for the "
            "strike on Sarmin, saying three more people had died.",
            (18, 18),
        ),
        (
            "A helicopter was shot down by rebels near Sarmin on Monday, killing all four men on board, in the "
            "heaviest loss for Moscow since it sent troops in 2015.",
            (4, 4),
        ),
    ],
)
def test_the_latest_and_fullest_toll_stands(extractor: RuleExtractor, text: str, ends: tuple[int, int | None]) -> None:
    mention = reported(extractor, text)[0]
    (toll,) = [casualty for casualty in mention.casualties if casualty.kind == "killed"]
    assert (toll.low, toll.high) == ends


def test_a_leader_and_those_with_him_are_counted(extractor: RuleExtractor) -> None:
    (mention,) = reported(
        extractor, "The army killed a rebel commander as well as four of his aides near Dael on Monday."
    )
    assert sum(casualty.low or 0 for casualty in mention.casualties) == 5


def test_sniper_shots_beside_shells_hit_who_the_shells_hit(extractor: RuleExtractor) -> None:
    (shelling,) = reported(
        extractor,
        "Two civilians were killed on Monday in rebel attacks with mortar shells and sniper shots on Saraqib.",
    )
    assert (shelling.actor1_bloc, shelling.actor2_bloc) == ("opposition", "civilians")


def test_a_sum_over_two_places_is_the_toll_of_neither(extractor: RuleExtractor) -> None:
    first, second = reported(
        extractor,
        "At least 35 people were killed in air strikes in northern Syria on Monday. "
        "A monitor said 30 people were killed around the town of Ariha and another five outside the town of Manbij.",
    )
    assert [killed(first), killed(second)] == [[("unknown", 30, 30)], [("unknown", 5, 5)]]


def test_a_figure_replaces_dozens(extractor: RuleExtractor) -> None:
    (shelling,) = reported(
        extractor,
        "Shelling killed dozens of civilians in Sarmin on Monday. The shelling of Sarmin killed at least 58 civilians.",
    )
    assert killed(shelling) == [("civilians", 58, None)]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("The air strike killed five men in a market. A nurse said the air strike killed three men in a lane.", (8, 8)),
        ("The monitor had initially given a toll of five dead in the strike.", (8, 8)),
        ("A medic said six people died in the strike.", (6, 8)),
        ("In the air strike two died on the way to a hospital.", (8, 8)),
    ],
)
def test_parts_early_counts_and_figures_out_of_proportion_are_not_the_toll(
    extractor: RuleExtractor, more: str, expected: tuple[int, int]
) -> None:
    (strike, *_) = reported(extractor, f"A Russian air strike killed eight civilians in Balyun on Monday. {more}")
    (row,) = killed(strike)
    assert row[1:] == expected


def test_a_crash_has_its_dead_but_bodies_handed_over_died_before(extractor: RuleExtractor) -> None:
    (crash,) = reported(extractor, "Four airmen were killed when their helicopter crashed near Saraqib on Monday.")
    assert [row[1:] for row in killed(crash)] == [(4, 4)]
    for mention in reported(extractor, "The Red Crescent handed over the bodies of six soldiers in Saraqib on Monday."):
        assert killed(mention) == []


def test_villages_that_are_counted_are_no_dead(extractor: RuleExtractor) -> None:
    text = (
        "At least 12 people were killed on Monday in air strikes on Ihsim, Balyun and Kansafra, three villages in the "
        "Jabal al-Zawiya area of southern Idlib, rescue workers said."
    )
    (toll,) = (casualty for mention in reported(extractor, text) for casualty in mention.casualties)
    assert (toll.low, toll.high, toll.shared) == (12, None, True)
    assert toll.shared_with == (1, 2)
