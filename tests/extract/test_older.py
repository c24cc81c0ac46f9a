"""What an article recalls of older times is not where the news is, on texts of our own."""

from __future__ import annotations

import pytest

from pipeline.extract.rules import RuleExtractor
from tests.extract.coded import reported

NEWS = "A car bomb killed six people in the town of Azaz on Monday. "


@pytest.mark.parametrize(
    "older",
    [
        "The Turkish army began its operation against Daesh in August.",
        "Russia launched air strikes on Syria on September 30.",
        "In June the army started an offensive against the rebels.",
        "The coalition has been carrying out air strikes against Daesh; it launched them in August.",
    ],
)
def test_what_was_long_before_the_news_is_not_where_the_news_is(extractor: RuleExtractor, older: str) -> None:
    bomb, *recalled = reported(extractor, NEWS + older)
    assert bomb.place == "Azaz"
    assert all(mention.place is None for mention in recalled)


@pytest.mark.parametrize(
    "older",
    [
        "A suicide bomber killed four people there in August.",
        "In June a car bomb killed 12 people in the same area.",
        "The town was shelled by the army on September 30.",
        "A similar car bomb killed two people in June.",
    ],
)
def test_words_that_point_back_put_it_where_the_news_is(extractor: RuleExtractor, older: str) -> None:
    found = reported(extractor, NEWS + older)
    assert len(found) == 2
    assert {mention.place for mention in found} == {"Azaz"}


def test_what_went_on_at_the_same_older_time_is_told_of_one_place(extractor: RuleExtractor) -> None:
    text = "Rebels captured the town of Sarmin in June. On June 20 a car bomb killed three soldiers."
    found = reported(extractor, NEWS + text)
    assert [mention.place for mention in found] == ["Azaz", "Sarmin", "Sarmin"]
