"""The scorecard of sides: who may fill a role, what is weighed, and that only what the text names is taken."""

from __future__ import annotations

import re
from datetime import date

import pytest

from pipeline.extract import side_card
from pipeline.extract.model import Article, Mention
from pipeline.extract.rules import RuleExtractor
from pipeline.extract.side_card import CIVILIANS, NOBODY, Role, Setting, candidates, features, likeliest, span_of
from pipeline.extract.side_choice import roles_of, settings_of
from pipeline.extract.words import load_words

NAMES = re.compile(
    r"bloc \w+( .+)?|rule( .+)?|sentence [+-]\d|before|after|close|loose word|cannot|titled|only one|fill .+"
    r"|agency (none|(acts|undergoes)( surely)?)|share of (names|deeds)"
)
STRIKE = (
    "Russian warplanes took off from the coast. Bombs fell on the town of Saraqib on Monday. "
    "Rebels of Ahrar al-Sham ambushed a patrol near Sarmin."
)


def _article(text: str, title: str = "") -> Article:
    return Article("a", title, text, "The Ford Post", "independent", date(2020, 3, 10))


def _first(extractor: RuleExtractor, text: str, title: str = "") -> tuple[Setting, tuple[Role, Role]]:
    chosen, around = extractor.happenings(_article(text, title))
    at = next(n for n, one in enumerate(chosen) if one.lead.sub_event_type == "Air/drone strike")
    return settings_of(chosen, around)[at], roles_of(chosen[at])


def _coded(extractor: RuleExtractor, text: str) -> list[Mention]:
    (found,) = extractor.extract([_article(text)])
    return found


@pytest.fixture
def card(monkeypatch: pytest.MonkeyPatch) -> dict[str, dict[str, int]]:
    """An empty card: what a test puts into it is all that is weighed."""
    weights: dict[str, dict[str, int]] = {"actor1": {}, "actor2": {}}
    monkeypatch.setattr(side_card, "_CARD", weights)
    return weights


def test_without_weights_the_choice_of_the_rules_stands(
    extractor: RuleExtractor, card: dict[str, dict[str, int]]
) -> None:
    setting, roles = _first(extractor, STRIKE)
    assert [likeliest(setting, role) for role in roles] == [role.bloc for role in roles]


def test_the_heaviest_of_those_named_nearby_is_taken(extractor: RuleExtractor, card: dict[str, dict[str, int]]) -> None:
    setting, (first, _) = _first(extractor, STRIKE)
    card["actor1"] = {f"bloc {bloc}": 500 for bloc in ("opposition", "israel")}
    expected = "opposition" if "opposition" in candidates(setting, first) else first.bloc
    assert likeliest(setting, first) == expected != "israel"


def test_only_what_the_sentences_around_name_can_be_taken(extractor: RuleExtractor) -> None:
    setting, roles = _first(extractor, STRIKE)
    named = {actor.bloc for scene in setting.near for actor in scene.actors}
    for role in roles:
        assert set(candidates(setting, role)) <= named | {NOBODY, CIVILIANS, role.bloc}


def test_nobody_is_on_both_sides(extractor: RuleExtractor) -> None:
    setting, (first, second) = _first(extractor, STRIKE)
    as_second = Role(2, NOBODY, False, "russia")
    assert "russia" not in candidates(setting, as_second)
    assert second.other == first.bloc


def test_civilians_do_not_act_and_are_no_side_of_a_battle(extractor: RuleExtractor) -> None:
    text = "Residents said that rebels and soldiers clashed in the town of Sarmin on Monday."
    chosen, around = extractor.happenings(_article(text))
    (setting,) = settings_of(chosen, around)
    first, second = roles_of(chosen[0])
    assert CIVILIANS not in candidates(setting, first)
    assert CIVILIANS not in candidates(setting, second)


def test_whoever_denies_a_deed_is_not_given_it(extractor: RuleExtractor, card: dict[str, dict[str, int]]) -> None:
    card["actor1"] = {"bloc sdf": 900}
    found = _coded(
        extractor, "The SDF denied any responsibility for the car bomb that killed four people in Afrin on Monday."
    )
    assert {m.actor1_bloc for m in found if m.status == "reported"} == {"unidentified"}


def test_the_words_taken_are_those_that_stand_nearest(extractor: RuleExtractor) -> None:
    text = "Rebels left Binnish. Warplanes bombed rebels in the town of Saraqib on Monday. Rebels fired back."
    setting, _ = _first(extractor, text)
    span = span_of(setting, "opposition")
    assert span is not None
    assert text[: span.start].endswith("bombed ")
    assert span_of(setting, "israel") is None


def test_civilians_put_in_place_of_a_side_make_them_the_target(
    extractor: RuleExtractor, card: dict[str, dict[str, int]]
) -> None:
    card["actor2"] = {f"bloc {CIVILIANS}": 900}
    strike = next(
        m
        for m in _coded(extractor, "Warplanes bombed rebels in the town of Saraqib on Monday.")
        if m.sub_event_type == "Air/drone strike"
    )
    assert (strike.actor2_bloc, strike.civilian_targeting) == (CIVILIANS, True)


def test_what_is_not_reported_is_left_as_it_is(extractor: RuleExtractor, card: dict[str, dict[str, int]]) -> None:
    text = "The army may bomb rebels in the town of Saraqib."
    before = _coded(extractor, text)
    card["actor2"] = {f"bloc {CIVILIANS}": 900}
    assert _coded(extractor, text) == before
    assert {m.status for m in before} == {"prospective"}


def test_the_title_counts_for_the_sides_that_it_names(extractor: RuleExtractor) -> None:
    setting, (first, _) = _first(extractor, STRIKE, title="Ahrar al-Sham fighters near Sarmin")
    assert ("titled", 1) in set(features(setting, first, "opposition"))
    assert ("titled", 1) not in set(features(setting, first, "russia"))


@pytest.mark.parametrize("role", ["actor1", "actor2"])
def test_every_line_of_the_card_is_a_feature_that_the_code_gives(role: str) -> None:
    assert [name for name in load_words("sides")[role] if NAMES.fullmatch(name) is None] == []
    assert len(load_words("sides")[role]) > 20
