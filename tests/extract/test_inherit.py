"""What a happening takes over from those told before it, on texts of our own."""

from __future__ import annotations

from pipeline.extract.rules import RuleExtractor
from tests.extract.test_rules import reported


def test_a_similar_attack_used_the_same_means(extractor: RuleExtractor) -> None:
    found = reported(
        extractor, "A car bomb hit the town of Azaz on Monday. A similar attack killed two people in al-Bab."
    )
    assert [m.sub_event_type for m in found] == ["Remote explosive/landmine/IED"] * 2


def test_a_killing_on_another_day_does_not_take_over_the_means(extractor: RuleExtractor) -> None:
    found = reported(
        extractor,
        "A mine killed two farmers east of Salamiyah on Sunday. "
        "A sniper killed a shepherd in the village of Kafr Taal on Tuesday.",
    )
    assert [m.sub_event_type for m in found] == ["Remote explosive/landmine/IED", "Attack"]


def test_the_other_side_of_a_fight_is_the_one_fought_before(extractor: RuleExtractor) -> None:
    found = reported(
        extractor,
        "The army clashed with Islamic State fighters in Palmyra on Monday. "
        "The army recaptured the town of al-Sukhnah on Tuesday.",
    )
    assert [m.actor2_bloc for m in found] == ["islamic_state", "islamic_state"]


def test_a_happening_without_a_place_is_where_the_title_says(extractor: RuleExtractor) -> None:
    (strike,) = reported(extractor, "Russian warplanes carried out air strikes on Monday.", title="Raids on Saraqib")
    assert strike.place == "Saraqib"
