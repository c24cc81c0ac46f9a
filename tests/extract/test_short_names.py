"""Names cut short after they were told in full."""

from __future__ import annotations

from pipeline.extract.rules import RuleExtractor
from tests.extract.coded import reported

RAID = "The coalition attacked the village of Tal Ghazal on Monday, killing two people."


def test_a_short_name_means_the_one_whose_full_name_was_told(extractor: RuleExtractor) -> None:
    text = "The Syrian Coalition said its men had left the village of Tal Saki on Sunday. " + RAID
    assert [m.actor1_bloc for m in reported(extractor, text) if m.place == "Tal Ghazal"] == ["opposition"]


def test_a_short_name_told_alone_means_what_the_registry_says(extractor: RuleExtractor) -> None:
    assert [m.actor1_bloc for m in reported(extractor, RAID)] == ["us_coalition"]


def test_the_full_name_told_last_counts(extractor: RuleExtractor) -> None:
    text = "The Syrian Coalition condemned raids of the US-led coalition on Manbij on Sunday. " + RAID
    assert [m.actor1_bloc for m in reported(extractor, text) if m.place == "Tal Ghazal"] == ["us_coalition"]
