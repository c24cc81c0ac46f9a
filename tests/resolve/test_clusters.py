"""Complete linkage, and loose links that must be clear."""

from __future__ import annotations

import polars as pl

from pipeline.resolve.clusters import cluster

Pair = tuple[int, int, bool, bool, int]
TIGHT, LOOSE = (True, True), (False, True)
MERELY_COMPATIBLE = (False, False)


def clusters(size: int, *pairs: tuple[int, int, tuple[bool, bool], int]) -> list[int]:
    rows = [(i, j, tight, joins, score, 0) for i, j, (tight, joins), score in pairs]
    schema = {
        "i": pl.UInt32,
        "j": pl.UInt32,
        "tight": pl.Boolean,
        "joins": pl.Boolean,
        "score": pl.Int32,
        "closeness": pl.Int32,
    }
    return cluster(size, pl.DataFrame(rows, schema=schema, orient="row"))


def test_nothing_to_compare_leaves_everybody_alone() -> None:
    assert clusters(3) == [0, 1, 2]


def test_tight_pairs_join_when_all_are_compatible() -> None:
    assert clusters(3, (0, 1, TIGHT, 0), (1, 2, TIGHT, 0), (0, 2, MERELY_COMPATIBLE, 0)) == [0, 0, 0]


def test_chain_of_tight_pairs_breaks_where_the_ends_contradict() -> None:
    assert clusters(3, (0, 1, TIGHT, 0), (1, 2, TIGHT, 0)) == [0, 0, 2]


def test_chain_breaks_at_its_weaker_link() -> None:
    assert clusters(3, (0, 1, TIGHT, 0), (1, 2, TIGHT, 8)) == [0, 1, 1]


def test_compatible_pairs_do_not_join_of_themselves() -> None:
    assert clusters(2, (0, 1, MERELY_COMPATIBLE, 8)) == [0, 1]


def test_clear_loose_pair_joins() -> None:
    assert clusters(2, (0, 1, LOOSE, 1)) == [0, 0]


def test_loose_report_with_two_equal_rivals_stays_alone() -> None:
    assert clusters(3, (0, 2, LOOSE, 1), (1, 2, LOOSE, 1)) == [0, 1, 2]


def test_stronger_loose_pair_beats_its_rival() -> None:
    assert clusters(3, (0, 2, LOOSE, 1), (1, 2, LOOSE, 9)) == [0, 1, 1]


def test_rivals_that_can_be_one_event_are_none() -> None:
    assert clusters(3, (0, 2, LOOSE, 1), (1, 2, LOOSE, 1), (0, 1, MERELY_COMPATIBLE, 0)) == [0, 0, 0]


def test_loose_pair_between_clusters_needs_all_to_be_compatible() -> None:
    assert clusters(3, (0, 1, TIGHT, 0), (1, 2, LOOSE, 1)) == [0, 0, 2]
