from __future__ import annotations

import pytest
from hypothesis import given

from pipeline.extract.numbers import quantity_at
from pipeline.extract.words import tokens
from tests.extract.slots import anything


@pytest.mark.parametrize(
    ("text", "low", "high", "approximate"),
    [
        ("five men", 5, 5, False),
        ("twenty-three men", 23, 23, False),
        ("one hundred and five men", 105, 105, False),
        ("1,200 men", 1200, 1200, False),
        ("3 million men", 3_000_000, 3_000_000, False),
        ("two thousand three hundred men", 2300, 2300, False),
        ("a dozen men", 12, 12, False),
        ("half a dozen men", 6, 6, False),
        ("two dozen men", 24, 24, False),
        ("a couple of men", 2, 2, False),
        ("a hundred men", 100, 100, False),
        ("at least 5 men", 5, None, False),
        ("more than 5 men", 5, None, False),
        ("over 5 men", 5, None, False),
        ("no fewer than 5 men", 5, None, False),
        ("5 or more men", 5, None, False),
        ("20+ men", 20, None, False),
        ("up to 5 men", None, 5, False),
        ("as many as 5 men", None, 5, False),
        ("fewer than 5 men", None, 5, False),
        ("5 to 8 men", 5, 8, False),
        ("5-8 men", 5, 8, False),
        ("between 5 and 8 men", 5, 8, False),
        ("nearly 30 men", 30, 30, True),
        ("about 30 men", 30, 30, True),
        ("around 30 men", 30, 30, True),
        ("some 30 men", 30, 30, True),
        ("several men", 3, None, True),
        ("tens of men", 20, None, True),
        ("dozens of men", 24, None, True),
        ("several dozen men", 24, None, True),
        ("scores of men", 40, None, True),
        ("hundreds of men", 200, None, True),
        ("several hundred men", 300, None, True),
        ("thousands of men", 2000, None, True),
        ("tens of thousands of men", 20_000, None, True),
        ("hundreds of thousands of men", 200_000, None, True),
        ("another 20 men", 20, 20, False),
        ("a total of 20 men", 20, 20, False),
    ],
)
def test_counts_have_the_ends_that_the_codebook_gives_them(
    text: str, low: int | None, high: int | None, approximate: bool
) -> None:
    found = quantity_at(tokens(text), 0)
    assert found is not None
    assert (found.low, found.high, found.approximate) == (low, high, approximate)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("many men", 0),
        ("70 percent of men", 0),
        ("50 kilometers away", 0),
        ("October 4 operation", 1),
        ("in 2016 men", 1),
        ("9-year-old girl", 0),
        ("3rd Division", 0),
        ("no one came", 1),
        ("1130 am", 0),
        ("99999999999 men", 0),
    ],
)
def test_what_counts_nobody_is_no_quantity(text: str, at: int) -> None:
    assert quantity_at(tokens(text), at) is None


@given(anything)
def test_any_tokens_are_read_without_a_crash(text: str) -> None:
    words = tokens(text)
    for at in range(len(words)):
        found = quantity_at(words, at)
        assert found is None or at < found.end <= len(words)
