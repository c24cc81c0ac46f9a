"""Which pairs of accounts one article, one sentence or one source tells."""

from __future__ import annotations

import polars as pl
import pytest

from pipeline.resolve.one_voice import told_by_one

Bearer = tuple[int, str, str, int]
A, B = (0, "x", "herald", 0), (1, "y", "courier", 0)


def told(*bearers: Bearer) -> tuple[bool, bool, bool]:
    schema = {"node": pl.UInt32, "article_id": pl.String, "source": pl.String, "char_start": pl.Int64}
    pairs = pl.DataFrame({"i": [0], "j": [1]}, schema={"i": pl.UInt32, "j": pl.UInt32})
    made = told_by_one(pairs, pl.DataFrame(list(bearers), schema=schema, orient="row"))
    assert made.height == 1
    one_article, one_sentence, one_source = made.select("one_article", "one_sentence", "one_source").row(0)
    return one_article, one_sentence, one_source


@pytest.mark.parametrize(
    ("bearers", "expected"),
    [
        ([A, B], (False, False, False)),
        ([A, (1, "x", "herald", 50)], (True, False, True)),
        ([A, (1, "x", "herald", 0)], (True, True, True)),
        ([A, (1, "y", "herald", 0)], (False, False, True)),
        ([A, B, (0, "z", "courier", 9), (1, "x", "herald", 7)], (True, False, True)),
    ],
    ids=["strangers", "one article", "one sentence", "one source", "accounts that several tell"],
)
def test_one_that_tells_both(bearers: list[Bearer], expected: tuple[bool, bool, bool]) -> None:
    assert told(*bearers) == expected


def test_pairs_keep_their_order() -> None:
    pairs = pl.DataFrame({"i": [0, 0, 1], "j": [1, 2, 2]}, schema={"i": pl.UInt32, "j": pl.UInt32})
    bearers = pl.DataFrame(
        {"node": [2, 1, 0], "article_id": ["x", "x", "y"], "source": ["a", "b", "a"], "char_start": [5, 1, 1]},
        schema_overrides={"node": pl.UInt32},
    )
    made = told_by_one(pairs, bearers)
    assert made.select("i", "j").equals(pairs)
    assert made["one_article"].to_list() == [False, False, True]
    assert made["one_source"].to_list() == [False, True, False]
