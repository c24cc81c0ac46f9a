"""The scorecard of who is hit: who may be, what is weighed, and that only what the text names is taken."""

from __future__ import annotations

import re
from datetime import date

import pytest

from pipeline.extract import side_card
from pipeline.extract.model import Article, Mention
from pipeline.extract.rules import RuleExtractor
from pipeline.extract.side_card import CIVILIANS, NOBODY, Hit, Setting, candidates, features, likeliest, span_of
from pipeline.extract.side_choice import hit_in, settings_of
from pipeline.extract.words import load_words

NAMES = re.compile(
    r"bloc \w+( .+)?|rule( .+)?|sentence [+-]\d|before|after|close|loose word|titled|only one|fill .+"
    r"|agency (none|(acts|undergoes)( surely)?)|share of (names|deeds)"
)
STRIKE = (
    "Rebels of Ahrar al-Sham held the hills. Russian bombs fell on the town of Saraqib on Monday, warplanes struck it. "
    "Islamic State fighters ambushed a patrol near Sarmin."
)


def _article(text: str, title: str = "") -> Article:
    return Article("a", title, text, "The Ford Post", "independent", date(2020, 3, 10))


def _strike(extractor: RuleExtractor, text: str, title: str = "") -> tuple[Setting, Hit]:
    chosen, around = extractor.happenings(_article(text, title))
    at = next(n for n, one in enumerate(chosen) if one.lead.sub_event_type == "Air/drone strike")
    return settings_of(chosen, around)[at], hit_in(chosen[at])


def _coded(extractor: RuleExtractor, text: str) -> list[Mention]:
    (found,) = extractor.extract([_article(text)])
    return found


@pytest.fixture
def card(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """An empty card: what a test puts into it is all that is weighed."""
    weights: dict[str, int] = {}
    monkeypatch.setattr(side_card, "_CARD", weights)
    return weights


def test_without_weights_the_choice_of_the_rules_stands(extractor: RuleExtractor, card: dict[str, int]) -> None:
    setting, hit = _strike(extractor, STRIKE)
    assert likeliest(setting, hit) == hit.bloc


def test_the_heaviest_of_those_named_nearby_is_taken(extractor: RuleExtractor, card: dict[str, int]) -> None:
    setting, hit = _strike(extractor, STRIKE)
    card |= {"bloc islamic_state": 500, "bloc israel": 900}
    assert likeliest(setting, hit) == "islamic_state" != hit.bloc


def test_only_what_the_sentences_around_name_can_be_taken(extractor: RuleExtractor) -> None:
    setting, hit = _strike(extractor, STRIKE)
    named = {actor.bloc for scene in setting.near for actor in scene.actors}
    assert set(candidates(setting, hit)) <= named | {NOBODY, CIVILIANS, hit.bloc}
    assert "islamic_state" in candidates(setting, hit)


def test_nobody_hits_itself_or_its_allies(extractor: RuleExtractor) -> None:
    setting, _ = _strike(extractor, "Russian warplanes bombed Saraqib on Monday. The army advanced. Rebels fled.")
    assert {"russia", "syrian_government"}.isdisjoint(candidates(setting, Hit(NOBODY, False, "russia")))
    assert "opposition" in candidates(setting, Hit(NOBODY, False, "russia"))


def test_civilians_are_no_side_of_a_battle(extractor: RuleExtractor) -> None:
    text = "Residents said that rebels and soldiers clashed in the town of Sarmin on Monday."
    chosen, around = extractor.happenings(_article(text))
    (setting,) = settings_of(chosen, around)
    assert CIVILIANS not in candidates(setting, hit_in(chosen[0]))


def test_of_enemies_named_elsewhere_none_is_taken_for_that_of_a_battle(extractor: RuleExtractor) -> None:
    text = "Rebels shelled Binnish on Monday. The army captured the village of Kafr Takharim on Tuesday."
    chosen, around = extractor.happenings(_article(text))
    setting = settings_of(chosen, around)[1]
    assert candidates(setting, Hit(NOBODY, False, "syrian_government")) == [NOBODY]


def test_the_words_taken_are_those_that_stand_nearest(extractor: RuleExtractor) -> None:
    text = "Rebels left Binnish. Warplanes bombed rebels in the town of Saraqib on Monday. Rebels fired back."
    setting, _ = _strike(extractor, text)
    span = span_of(setting, "opposition")
    assert span is not None
    assert text[: span.start].endswith("bombed ")
    assert span_of(setting, "israel") is None


def test_civilians_put_in_place_of_a_side_make_them_the_target(extractor: RuleExtractor, card: dict[str, int]) -> None:
    card[f"bloc {CIVILIANS}"] = 900
    (strike,) = _coded(extractor, "Warplanes bombed rebels in the town of Saraqib on Monday.")
    assert (strike.actor2_bloc, strike.civilian_targeting) == (CIVILIANS, True)


def test_a_side_that_is_taken_is_quoted(extractor: RuleExtractor, card: dict[str, int]) -> None:
    card["bloc islamic_state"] = 900
    found = _coded(extractor, STRIKE)
    strike = next(m for m in found if m.sub_event_type == "Air/drone strike")
    (slot,) = [slot for slot in strike.slots if slot.slot == "actor2"]
    assert (strike.actor2, strike.actor2_bloc, slot.quote) == ("Islamic State fighters", "islamic_state", strike.actor2)


def test_what_is_not_reported_is_left_as_it_is(extractor: RuleExtractor, card: dict[str, int]) -> None:
    text = "The army may bomb rebels in the town of Saraqib."
    before = _coded(extractor, text)
    card[f"bloc {CIVILIANS}"] = 900
    assert _coded(extractor, text) == before
    assert {m.status for m in before} == {"prospective"}


def test_the_title_counts_for_the_sides_that_it_names(extractor: RuleExtractor) -> None:
    setting, hit = _strike(extractor, STRIKE, title="Ahrar al-Sham fighters near Sarmin")
    assert ("titled", 1) in set(features(setting, hit, "opposition"))
    assert ("titled", 1) not in set(features(setting, hit, "islamic_state"))


def test_every_line_of_the_card_is_a_feature_that_the_code_gives() -> None:
    assert [name for name in load_words("sides") if NAMES.fullmatch(name) is None] == []
    assert len(load_words("sides")) > 20
