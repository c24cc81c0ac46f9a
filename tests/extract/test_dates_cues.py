"""The signs of the date rules: none may hide a date that its rule would find."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.extract.dates_cues import cues_in, known
from pipeline.extract.dates_grammar import find_dates
from pipeline.extract.dates_rules import _RULES

PHRASES = (
    "2016-04-12", "12.4.2016", "Tuesday, 12 April 2016", "April 12", "April 2016", "mid-April", "late in May",
    "the second half\nof September", "New\u00a0Year's Day", "Christmas",
    "in the night to Friday", "last Sunday morning",
    "on Wed", "the day before yesterday", "yesterday evening", "last night", "later today", "this morning", "overnight",
    "shortly before first\tlight", "in the small hours", "at dawn", "by iftar", "during the night",
    "half an hour later",
    "soon after that", "earlier in the day", "three days ago", "two weeks later", "the previous night", "next day",
    "the evening before", "that same week", "later that afternoon", "late last month", "over the past 24 hours",
    "the weekend", "within just two days", "these days", "in the last few weeks", "five days of",
    "in recent days", "in recent weeks", "in recent months",
    "on the 5th", "the summer of 2013", "until now", "when roads are now closing", "the year before",
)  # fmt: skip
SPELLED = str.maketrans({"i": "\u0130", "s": "\u017f"})


@pytest.mark.parametrize(
    "change", [str, str.upper, lambda text: text.translate(SPELLED)], ids=["as is", "upper", "odd"]
)
def test_a_rule_that_matches_has_its_signs(change: Callable[[str], str]) -> None:
    used = set()
    for phrase in PHRASES:
        text = f"He left {change(phrase)}."
        matching = {at for at, (_, pattern, _) in enumerate(_RULES) if pattern.search(text)}
        used |= matching
        assert all(_RULES[at][0] <= cues_in(text) for at in matching), text
    assert used == set(range(len(_RULES)))


def test_a_text_without_a_sign_has_no_date_and_one_with_it_has() -> None:
    assert cues_in("The orchard belongs to them.") == frozenset()
    assert find_dates("The orchard belongs to them.") == []
    assert [span.surface for span in find_dates("They came back on FR\u0130DAY.")] == ["FR\u0130DAY"]


def test_a_rule_cannot_ask_for_a_sign_that_there_is_none_of() -> None:
    with pytest.raises(KeyError, match="harvest"):
        known("digit harvest")
