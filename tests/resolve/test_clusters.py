"""Complete linkage, and loose links that must be clear."""

from __future__ import annotations

import polars as pl

from pipeline.resolve.clusters import cluster

Likeness = tuple[bool, bool, bool]
TIGHT, LOOSE = (True, True, False), (False, True, False)
MERELY_COMPATIBLE = (False, False, False)
KEPT_APART = (False, False, True)
"""By nothing but a far-off toll, or by an article that tells both."""


def clusters(size: int, *pairs: tuple[int, int, Likeness, int]) -> list[int]:
    rows = [(i, j, tight, joins, apart, score, 0) for i, j, (tight, joins, apart), score in pairs]
    schema = {
        "i": pl.UInt32,
        "j": pl.UInt32,
        "tight": pl.Boolean,
        "joins": pl.Boolean,
        "apart": pl.Boolean,
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


def test_what_is_kept_apart_breaks_a_chain() -> None:
    assert clusters(3, (0, 1, TIGHT, 4), (1, 2, TIGHT, 0), (0, 2, KEPT_APART, 0)) == [0, 0, 2]


def test_what_is_kept_apart_gives_way_to_a_pair_that_agrees_in_its_tolls() -> None:
    assert clusters(3, (0, 1, TIGHT, 0), (1, 2, TIGHT, 8), (0, 2, KEPT_APART, 0)) == [0, 1, 1]
    assert clusters(3, (0, 1, TIGHT, 8), (1, 2, TIGHT, 8), (0, 2, KEPT_APART, 0)) == [0, 0, 0]


def test_what_is_kept_apart_never_joins_of_itself() -> None:
    assert clusters(2, (0, 1, KEPT_APART, 12)) == [0, 1]


def test_loose_report_goes_to_what_far_more_accounts_tell() -> None:
    three = [(0, 1, TIGHT, 0), (0, 2, TIGHT, 0), (1, 2, TIGHT, 0)]
    wide = [(i, 5, LOOSE, 1) for i in range(5)]
    assert clusters(6, *three, *wide) == [0, 0, 0, 3, 4, 0]
    assert clusters(6, *three, (3, 4, TIGHT, 0), *wide) == [0, 0, 0, 3, 3, 5]


def test_components_do_not_touch_each_other() -> None:
    assert clusters(6, (0, 3, TIGHT, 0), (1, 4, LOOSE, 1), (2, 5, MERELY_COMPATIBLE, 9)) == [0, 1, 2, 0, 1, 5]
