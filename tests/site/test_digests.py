"""Digests tell any change of a page's rows, and nothing else."""

from __future__ import annotations

from itertools import combinations_with_replacement

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from pipeline.site.digests import HASHES, digest, part_digests, row_digests, row_hashes, value_digest

ROWS = pl.DataFrame(
    {
        "key": ["a", "a", "b", None],
        "text": ["x", None, "x", "y"],
        "figure": [1, 2, None, 3],
        "share": [0.1, 0.2, 0.3, 0.4],
    }
)


def test_one_digest_for_each_key() -> None:
    assert sorted(row_digests(ROWS, "key")) == ["a", "b"]
    assert row_digests(ROWS.clear(), "key") == {}


@given(st.permutations(range(ROWS.height)))
def test_order_of_rows_and_columns_does_not_matter(order: list[int]) -> None:
    assert row_digests(ROWS[order].select("share", "text", "key", "figure"), "key") == row_digests(ROWS, "key")


def test_a_changed_cell_changes_its_key_alone() -> None:
    changed = ROWS.with_columns(figure=pl.when(pl.col("figure") == 2).then(5).otherwise("figure"))
    before, after = row_digests(ROWS, "key"), row_digests(changed, "key")
    assert before["a"] != after["a"]
    assert before["b"] == after["b"]


def test_rows_are_counted() -> None:
    twice = pl.concat([ROWS, ROWS.filter(pl.col("key") == "b")])
    assert row_digests(twice, "key")["b"] != row_digests(ROWS, "key")["b"]


def test_empty_is_not_the_empty_text() -> None:
    empty, missing = pl.DataFrame({"key": ["a"], "text": [""]}), pl.DataFrame({"key": ["a"], "text": [None]})
    assert row_digests(empty, "key") != row_digests(missing.cast(pl.String), "key")


def test_texts_that_run_on_are_told_apart() -> None:
    assert digest(["ab", "c"]) != digest(["a", "bc"]) != digest(["abc"])


def test_digests_are_the_same_in_every_process() -> None:
    assert digest(["a"]) == "4162fddd39a3e4225e8e2392eced237fbeb34e6e218b5647d27bd4d2b9c0da24"
    rows = pl.DataFrame({"key": ["a"], "n": [1]})
    assert row_digests(rows, "key") == {"a": "1 6457737430786652060 5887200083308008552"}
    assert value_digest({"b": 1, "a": [None, "é"]}) == value_digest({"a": [None, "é"], "b": 1})


def test_digests_of_parts_know_in_which_part_a_row_stands() -> None:
    one, two = ROWS.filter(pl.col("figure") == 1), ROWS.filter(pl.col("figure") == 2)
    assert part_digests({"one": one, "two": two}, "key") != part_digests({"one": two, "two": one}, "key")
    assert part_digests({"one": one, "two": two.clear()}, "key") != part_digests({"one": one.clear(), "two": one}, "key")
    assert part_digests({"one": one, "two": ROWS}, "key") == part_digests({"two": ROWS[::-1], "one": one}, "key")
    assert sorted(part_digests({"one": one, "two": ROWS}, "key")) == ["a", "b"]


def test_no_two_pairs_of_rows_add_up_to_the_same_though_their_cells_are() -> None:
    grid = pl.DataFrame({"one": range(8)}).join(pl.DataFrame({"other": range(8)}), how="cross")
    pairs = list(combinations_with_replacement(range(grid.height), 2))
    hashes = row_hashes(grid)
    for name in HASHES:
        sums = hashes[name][[one for one, _ in pairs]] + hashes[name][[other for _, other in pairs]]
        assert sums.n_unique() == len(pairs)
