"""Headlines run into the text, leads told twice, quotes without a full stop."""

from __future__ import annotations

import pytest

from pipeline.extract.headlines import heading_breaks, repeated
from pipeline.extract.sentences import sentences


def cut(text: str, title: str = "") -> list[str]:
    return [text[s.start : s.end] for s in sentences(text, heading_breaks(text, title))]


@pytest.mark.parametrize(
    ("text", "title", "pieces"),
    [
        (
            "Market hit in Tal Ward Shells hit a market on Monday.",
            "Market hit in Tal Ward",
            ["Market hit in Tal Ward", "Shells hit a market on Monday."],
        ),
        ("3 May 2016 Shells hit a market.", "", ["3 May 2016", "Shells hit a market."]),
        ("No end in sight Several shells hit a market.", "", ["No end in sight", "Several shells hit a market."]),
        (
            '"They shelled us" Reports also said that two died.',
            "",
            ['"They shelled us"', "Reports also said that two died."],
        ),
        (
            "Shells hit a market in town Shells hit a market in town killing two.",
            "",
            ["Shells hit a market in town", "Shells hit a market in town killing two."],
        ),
    ],
)
def test_a_sentence_starts_where_the_wire_lost_the_break(text: str, title: str, pieces: list[str]) -> None:
    assert cut(text, title) == pieces


@pytest.mark.parametrize(
    "text",
    [
        '"They shelled us" Captain Adel Karim said on Monday.',
        "The shells fell near The Old Bridge.",
    ],
)
def test_names_and_attributions_break_nothing(text: str) -> None:
    assert cut(text) == [text]


def test_the_title_and_a_lead_told_twice_are_context_only() -> None:
    title = "Market hit in Tal Ward"
    text = f"{title}. Shells hit a market on Monday. Shells hit a market on Monday killing two."
    assert repeated(text, sentences(text, heading_breaks(text, title)), title) == {0, 1}


def test_behind_a_tweet_the_story_goes_on() -> None:
    text = "Bombs hit the town pic.twitter.com/aB3 Jane Roe (@janeroe) May 3, 2016 State media spoke of eight dead."
    at = [text[start:].split()[0] for start in heading_breaks(text, "")]
    assert at == ["Jane", "State"]
