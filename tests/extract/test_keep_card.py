"""The scorecard of what is a report: what is weighed, what becomes of the unlikely, and that it stays in sight."""

from __future__ import annotations

import re

import pytest

from pipeline.explain.view import explain
from pipeline.extract import keep_card
from pipeline.extract.keep_card import Fellows, counts, features, fellows_of
from pipeline.extract.model import Mention
from pipeline.extract.rules import RuleExtractor
from pipeline.extract.slots import Chosen
from pipeline.extract.words import load_words
from tests.extract.coded import article, mentions
from tests.growth import grows_linearly

NAMES = re.compile(
    r"any|type (named|by default|blast|territory|other|[A-Z].+)|told by (a verb|(a|the|a bare) noun)|word [A-Z]+\$?"
    r"|clause (main|relcl|acl|advcl|[cpx]comp)|place (own|none|of others|of the title)(, (no )?violence)?"
    r"|(no )?figures(, (no )?violence)?|target (none|loose|named|people)(, (no )?violence)?|agent (none|loose|named)"
    r"|agent of \w+|outlet of \w+|day (not )?told|place of precision \w+|place (un)?known|means told"
    r"|(sentences|position|mentions|alike|alike before) (\d+|more)|alike in place(, (no )?violence)?"
)
SHELLED = "Rebels shelled the town of Saraqib on Monday. Soldiers and rebels clashed near Binnish on Tuesday."


def _told(extractor: RuleExtractor, text: str) -> list[tuple[Chosen, set[str]]]:
    chosen, around = extractor.happenings(article(text))
    found = zip(chosen, fellows_of(chosen), strict=True)
    return [(one, set(features(one, beside, around.leaning))) for one, beside in found if beside is not None]


def _status(extractor: RuleExtractor, text: str) -> dict[str, str]:
    return {m.sub_event_type: m.status for m in mentions(extractor, text)}


@pytest.fixture
def card(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """An empty card: what a test puts into it is all that is weighed."""
    weights: dict[str, int] = {}
    monkeypatch.setattr(keep_card, "_CARD", weights)
    return weights


def test_without_weights_every_report_stands(extractor: RuleExtractor, card: dict[str, int]) -> None:
    assert set(_status(extractor, SHELLED).values()) == {"reported"}


def test_a_report_is_general_only_under_the_threshold(extractor: RuleExtractor, card: dict[str, int]) -> None:
    card["type Armed clash"] = keep_card.LEAST
    assert _status(extractor, SHELLED)["Armed clash"] == "reported"
    card["type Armed clash"] -= 1
    assert _status(extractor, SHELLED)["Armed clash"] == "general"
    assert _status(extractor, SHELLED)["Shelling/artillery/missile attack"] == "reported"


def test_what_is_weighed_as_none_keeps_all_but_its_status(extractor: RuleExtractor, card: dict[str, int]) -> None:
    before = mentions(extractor, SHELLED)
    card["any"] = -500
    after = mentions(extractor, SHELLED)

    def told(mention: Mention) -> tuple[object, ...]:
        return mention.sub_event_type, mention.place, mention.event_date_start, mention.actor2, mention.evidence

    assert [told(m) for m in after] == [told(m) for m in before]
    assert {m.status for m in after} == {"general"}


def test_the_slot_of_the_status_says_how_likely_it_was_and_what_spoke_against_it(
    extractor: RuleExtractor, card: dict[str, int]
) -> None:
    card |= {"any": -100, "no figures": -30, "place own": -20, "told by a verb": -10, "outlet of independent": -5}
    clash = next(m for m in mentions(extractor, SHELLED) if m.sub_event_type == "Armed clash")
    (slot,) = [slot for slot in clash.slots if slot.slot == "status"]
    assert slot.quote == "clashed"
    assert slot.reason == (
        "told as a report and weighed as none, 16 in 100 likely to be coded: no figures; place own; told by a verb"
    )


def test_an_explanation_shows_it_with_its_reason(extractor: RuleExtractor, card: dict[str, int]) -> None:
    card["any"] = -500
    laid_open = explain(article(SHELLED), extractor)
    reasons = [line.reason for shown in laid_open.cards for line in shown.lines if line.kind == "status"]
    assert len(reasons) == 2
    assert all(reason.startswith("told as a report and weighed as none") for reason in reasons)


def test_what_counts_its_victims_or_its_happenings_stands(extractor: RuleExtractor, card: dict[str, int]) -> None:
    card["any"] = -500
    text = "Rebels shelled the town of Saraqib on Monday and killed three people."
    assert [m.status for m in mentions(extractor, text)] == ["reported"]
    text = "Warplanes carried out 12 air strikes on the town of Saraqib on Monday."
    assert [(m.status, m.happenings_low) for m in mentions(extractor, text)] == [("reported", 12)]


def test_what_is_no_report_is_not_weighed(extractor: RuleExtractor, card: dict[str, int]) -> None:
    text = "The army may bomb rebels in the town of Saraqib."
    before = mentions(extractor, text)
    card["any"] = -500
    assert mentions(extractor, text) == before
    assert {m.status for m in before} == {"prospective"}


def test_how_it_is_told_is_weighed(extractor: RuleExtractor) -> None:
    (_, told), *_ = _told(extractor, "Rebels shelled the town of Saraqib on Monday.")
    assert {"told by a verb", "clause main", "place own", "no figures, violence", "day told"} <= told
    (_, passing), *_ = _told(extractor, "Residents recalled the shelling of the town of Saraqib on Monday.")
    assert {"told by the noun", "target none, violence"} <= passing
    (_, aside), *_ = _told(extractor, "The army, which shelled the town of Saraqib on Monday, denied the charge.")
    assert "clause relcl" in aside


def test_its_like_in_the_article_are_counted(extractor: RuleExtractor) -> None:
    text = "Rebels shelled Saraqib on Monday. Rebels shelled Binnish on Tuesday. The army shelled Binnish on April 3."
    chosen, _ = extractor.happenings(article(text))
    assert fellows_of(chosen) == [Fellows(3, 2, 0, False), Fellows(3, 2, 1, True), Fellows(3, 2, 2, True)]


def test_figures_are_told_apart_from_none(extractor: RuleExtractor) -> None:
    (one, _), (other, _) = _told(
        extractor, "Rebels shelled Saraqib on Monday. Warplanes bombed Binnish on Tuesday, killing two people."
    )
    assert (counts(one), counts(other)) == (False, True)


def test_many_happenings_are_weighed_in_linear_time(extractor: RuleExtractor) -> None:
    chosen, _ = extractor.happenings(article("Rebels shelled the town of Saraqib on Monday."))

    def weigh(text: str) -> object:
        return keep_card.kept(chosen * len(text), "independent")

    assert grows_linearly(weigh, "x" * 500, "x" * 2000)


def test_every_line_of_the_card_is_a_feature_that_the_code_gives() -> None:
    assert [name for name in load_words("keep") if NAMES.fullmatch(name) is None] == []
    assert len(load_words("keep")) > 50
