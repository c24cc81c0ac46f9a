"""Who is blamed for a gas attack whose author hides, in sentences of our own."""

from __future__ import annotations

import pytest

from pipeline.extract.rules import RuleExtractor
from tests.extract.coded import reported

ATTACK = "A suspected sarin attack killed 70 people in Kafr Zita on Monday."


def authors(extractor: RuleExtractor, text: str) -> set[str]:
    return {m.actor1_bloc for m in reported(extractor, text) if m.sub_event_type == "Chemical weapon"}


@pytest.mark.parametrize(
    "blame",
    [
        "Western capitals blamed the government for the attack.",
        "Washington pointed the finger at Assad's forces.",
        "The opposition accused the Syrian army of using poison gas.",
        "The attack was widely blamed on the regime.",
        "Investigators found that government forces were responsible for the sarin attack.",
        "Paris had no doubt that the Assad regime gassed its own people.",
        "The U.S. military fired missiles at a Syrian army base near Homs in retaliation for the attack.",
    ],
)
def test_a_gas_attack_is_of_the_side_that_is_blamed_for_it(extractor: RuleExtractor, blame: str) -> None:
    assert authors(extractor, f"{ATTACK} {blame}") == {"syrian_government"}


@pytest.mark.parametrize(
    "after",
    [
        "Doctors treated the wounded in three hospitals.",
        "Paris condemned the attack.",
    ],
)
def test_a_gas_attack_of_which_nobody_is_accused_is_of_nobody(extractor: RuleExtractor, after: str) -> None:
    assert authors(extractor, f"{ATTACK} {after}") == {"unidentified"}


def test_blame_changes_nothing_where_the_author_is_told(extractor: RuleExtractor) -> None:
    text = "Government helicopters dropped chlorine on Kafr Zita on Monday. Moscow said rebels were responsible."
    assert authors(extractor, text) == {"syrian_government"}
