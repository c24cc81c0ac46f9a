"""The scorecard of happenings told twice: which pairs come into question, what is weighed, what becomes of them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from pipeline.extract import twice_card
from pipeline.extract.gazetteer import RegionGazetteer
from pipeline.extract.model import Article, Mention
from pipeline.extract.rules import RuleExtractor
from pipeline.extract.told_twice import LEAST, NEAR, pairs
from pipeline.extract.twice_card import features
from pipeline.extract.words import load_words
from pipeline.regions import load_region

NAMES = re.compile(
    r"base|only two|many|place (open|same|within|apart)|both (placed|certain|told again)|day told once|days apart"
    r"|(no|same) agent|same (day|target|toll|words|sentence)|next sentence|unlike (sides|means)"
)
NEARBY_START = "Warplanes bombed the village of Ayn al-Rummana near Saraqib on Monday, killing 11 people. "
NEARBY = NEARBY_START + "Warplanes bombed and killed 11 people in the south of Idlib province on Monday, medics said."


def _article(text: str) -> Article:
    return Article("a", "", text, "The Ford Post", "independent", date(2020, 3, 10))


def _coded(extractor: RuleExtractor, text: str) -> list[Mention]:
    (found,) = extractor.extract([_article(text)])
    return found


def _pairs(extractor: RuleExtractor, text: str) -> list[set[str]]:
    """What is weighed of each pair of a text that comes into question."""
    contains = RegionGazetteer(load_region("syria")).contains
    chosen, _ = extractor.happenings(_article(text), once=False)
    found = pairs([one.group for one in chosen], contains)
    return [set(features(one, other, alike, contains)) for one, other, alike in found]


@pytest.fixture
def card(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """An empty card: what a test puts into it is all that is weighed."""
    weights: dict[str, int] = {}
    monkeypatch.setattr(twice_card, "_CARD", weights)
    return weights


def test_without_weights_what_the_rules_left_apart_stays_apart(extractor: RuleExtractor, card: dict[str, int]) -> None:
    assert [mention.place for mention in _coded(extractor, NEARBY)] == ["Ayn al-Rummana", "south of Idlib province"]


def test_what_is_likely_told_twice_is_one_mention_that_says_so(extractor: RuleExtractor, card: dict[str, int]) -> None:
    card["same toll"] = LEAST
    (strike,) = _coded(extractor, NEARBY)
    reason = next(slot.reason for slot in strike.slots if slot.slot == "sub_event_type")
    assert reason.endswith('; likely told again with "bombed"')
    assert [(toll.kind, toll.low) for toll in strike.casualties] == [("killed", 11)]


def test_short_of_three_to_two_they_stay_two(extractor: RuleExtractor, card: dict[str, int]) -> None:
    card["same toll"] = LEAST - 1
    assert len(_coded(extractor, NEARBY)) == 2


def test_the_card_joins_a_strike_told_again_with_its_toll_and_leaves_a_list_alone(extractor: RuleExtractor) -> None:
    assert len(_coded(extractor, NEARBY)) == 1
    villages = "Ayn al-Rummana, Tall al-Zaytun, Kafr Zarda and Umm al-Louz near Saraqib"
    assert len(_coded(extractor, f"Warplanes bombed the villages of {villages} on Monday.")) == 4


@pytest.mark.parametrize(
    "text",
    [
        "Warplanes bombed Saraqib on Monday. Warplanes bombed Binnish.",  # two towns
        "Warplanes bombed Saraqib on Monday. Warplanes bombed the south of Aleppo province.",  # two governorates
        "Warplanes bombed Saraqib on Monday. Warplanes bombed Saraqib on Sunday.",  # two days
        "Warplanes bombed Saraqib on Monday. Rebels shelled Saraqib on Monday.",  # two types
        NEARBY_START + "Warplanes killed six people in the south of Idlib province on Monday.",  # with dead of its own
        NEARBY_START + "Another air strike hit the south of Idlib province on Monday.",  # said to be another
        "Russian planes flew over Saraqib on Monday. Rebels sent reinforcements to Saraqib on Monday.",  # two movers
        "Turkish shells hit Saraqib on Monday. Government shells hit Saraqib on Monday.",  # two sides in one breath
        "Rebels shelled Saraqib on Monday. Nobody spoke of it. The army responded by shelling Saraqib on Monday.",
    ],
)
def test_what_is_two_by_the_codebook_does_not_come_into_question(extractor: RuleExtractor, text: str) -> None:
    chosen, _ = extractor.happenings(_article(text), once=False)
    assert (len(chosen), _pairs(extractor, text)) == (2, [])


def test_sides_told_otherwise_further_on_are_weighed(extractor: RuleExtractor) -> None:
    text = "Rebels shelled Saraqib on Monday. Nobody spoke of it. The army shelled Saraqib on Monday."
    (seen,) = _pairs(extractor, text)
    assert {"unlike sides", "place same", "same day", "only two"} <= seen


def test_place_day_toll_and_words_are_weighed(extractor: RuleExtractor) -> None:
    (seen,) = _pairs(extractor, NEARBY)
    assert {"place apart", "both placed", "same day", "same toll", "same words", "next sentence", "no agent"} <= seen


def test_of_very_many_each_is_only_held_against_those_near_it(extractor: RuleExtractor) -> None:
    chosen, _ = extractor.happenings(_article(NEARBY), once=False)
    many = [one.group for one in chosen] * 100
    found = list(pairs(many, lambda wide, fine: False))
    assert 0 < len(found) <= len(many) * NEAR


def test_every_line_of_the_card_is_a_feature_that_the_code_gives() -> None:
    assert [name for name in load_words("twice") if NAMES.fullmatch(name) is None] == []
    assert len(load_words("twice")) > 10


LISTED = (
    "At least 12 people were killed on Monday in air strikes on Ihsim, Balyun and Kansafra, three villages in the "
    "Jabal al-Zawiya area of southern Idlib, rescue workers said."
)


def test_an_area_is_put_with_one_town_of_it_and_never_makes_one_of_several(
    extractor: RuleExtractor, card: dict[str, int]
) -> None:
    card["base"] = LEAST
    assert [mention.place for mention in _coded(extractor, LISTED)] == ["Ihsim", "Balyun", "Kansafra"]
