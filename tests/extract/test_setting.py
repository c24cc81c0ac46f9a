"""One happening at one place: words that only help to find a place make no second scene and share no toll."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.extract.model import Article, Mention
from pipeline.extract.rules import RuleExtractor
from tests.extract.coded import reported

DAY = date(2021, 3, 1)


def _code(extractor: RuleExtractor, text: str, published: date | None = DAY) -> list[Mention]:
    return extractor.extract([Article("a-1", "", text, "Test Gazette", "independent", published)])[0]


def _killed(mention: Mention) -> list[tuple[int | None, int | None, bool]]:
    return [(c.low, c.high, c.shared) for c in mention.casualties if c.kind == "killed"]


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ("the town of Nubl, northwestern Aleppo countryside", "sy-aleppo-nubl"),
        ("the village of Qastun in the al-Ghab plain, northern Hama countryside", "sy-hama-qastun"),
        ("the village of Dandaniyah, northwest of Manbij", "sy-aleppo-al-dandaniyah"),
        ("the road between Palmyra and al-Sukhnah in eastern Homs countryside", "sy-homs-palmyra"),
        ("the M4 highway near Muhambal in Idlib province", "sy-idlib-muhambal"),
        ("the town of Saraqib, near Maarat al-Numan", "sy-idlib-saraqib"),
        ("the Qalamoun region town of Yabrud", "sy-rif-dimashq-yabroud"),
        ("the Euphrates valley town of Tibni in Deir Ezzor province", "sy-deir-ez-zor-al-tibni"),
        ("the rebel-held Eastern Ghouta town of Douma", "sy-rif-dimashq-douma"),
        ("the Ghab plain's strategic village of Qastun", "sy-hama-qastun"),
    ],
)
def test_a_place_told_with_its_surroundings_is_one_place(extractor: RuleExtractor, where: str, place: str) -> None:
    (mention,) = _code(extractor, f"Army shelling killed three farmers on Sunday at {where}, residents said.")
    assert mention.place_id == place
    assert _killed(mention) == [(3, 3, False)]


def test_several_towns_share_a_toll_and_none_counts_it_as_its_own(extractor: RuleExtractor) -> None:
    mentions = _code(extractor, "Army shelling of Sarmin, Binnish and Ariha killed nine people on Sunday.")
    assert len(mentions) == 3
    assert [toll for mention in mentions for toll in _killed(mention)] == [(9, 9, True)]


def test_no_casualties_in_several_towns_is_none_in_each(extractor: RuleExtractor) -> None:
    mentions = _code(extractor, "Army artillery shelled Sarmin and Binnish on Sunday, causing no casualties.")
    assert [_killed(mention) for mention in mentions] == [[(0, 0, False)], [(0, 0, False)]]


def test_the_name_of_an_outlet_is_no_hill(extractor: RuleExtractor) -> None:
    (mention,) = _code(extractor, "Army shelling killed a farmer in Sarmin on Sunday, a medic told Olive Hill Press.")
    assert mention.place_id == "sy-idlib-sarmin"


def test_without_any_date_a_report_stays_a_report_and_its_day_is_not_guessed(extractor: RuleExtractor) -> None:
    (mention,) = _code(extractor, "Army shelling killed a farmer in Sarmin on Sunday.", published=None)
    assert (mention.status, mention.event_date_start, mention.time_precision) == ("reported", None, None)


def test_a_clash_has_no_civilians_for_a_side(extractor: RuleExtractor) -> None:
    text = (
        "Clashes on Sunday near the village of Sarmin left six fighters dead and damaged several homes, residents said."
    )
    (mention,) = _code(extractor, text)
    assert mention.sub_event_type == "Armed clash"
    assert mention.actor2_bloc == "unidentified"
    assert not mention.civilian_targeting
    assert _killed(mention) == [(6, 6, False)]


@pytest.mark.parametrize(
    "aside",
    [
        "Paris blamed the strike on Damascus.",
        "Several capitals accused Damascus of the strike.",
        "The government in Damascus did not comment on the strike.",
        "The Damascus government did not comment on the strike.",
        "Damascus ally Hezbollah praised the strike.",
        "Damascus denied that the strike hit a market.",
    ],
)
def test_a_capital_that_means_a_government_is_no_scene(extractor: RuleExtractor, aside: str) -> None:
    article = f"An air strike hit a market in the town of Ariha on Monday, killing two people. {aside}"
    assert {m.place for m in reported(extractor, article)} == {"Ariha"}


def test_a_capital_that_is_struck_is_the_scene(extractor: RuleExtractor) -> None:
    (shelling,) = reported(extractor, "Rebels fired mortar shells on Damascus on Monday, killing two people.")
    assert shelling.place == "Damascus"


def test_two_countries_in_which_a_war_is_fought_are_no_scene(extractor: RuleExtractor) -> None:
    (strike,) = reported(
        extractor,
        "An air strike hit the town of Hajin on Monday, killing two people. "
        "The strike was carried out by the coalition fighting the Islamic State group in Syria and Iraq.",
    )
    assert strike.place == "Hajin"
