"""The parts of weekly figures: every figure of every row is what its parts add up to, and each part is a row."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
import pytest

from pipeline.aggregate.parts import COPIES, KEYS, ROWS_OF, counted, figures_of, parts_of, sums
from pipeline.aggregate.weekly_tolls import weekly_tolls
from pipeline.ids import content_id
from tests.aggregate.ledger import AIR, CLASH, MONDAY, Ledger
from tests.aggregate.test_weekly_tolls import frame, shared

col = pl.col
NEXT = "2021-02-09"


@pytest.fixture(scope="module")
def tables() -> Mapping[str, pl.DataFrame]:
    """Return a ledger with every turn: open tolls, unknown ones, zeros, copies alone, one outlet in two cells."""
    made = Ledger()
    made.article("own", outlet="herald")
    made.article("again", outlet="herald")
    made.article("other", outlet="wire")
    made.article("copy", outlet="mirror", copy_of="own")
    made.article("undated", published=None)
    made.event("known", "2021-02-01", ["own", "other"], killed=(3, 4, 8), injured=(2, 2), hit_civilians=True)
    made.event("open", "2021-02-02", ["again"], killed=(5, 5, None))
    made.event("none", "2021-02-03", ["own"], killed=(0, 0, 0), kind=CLASH)
    made.event("unknown", "2021-02-04", ["own"], kind=CLASH, denied_in=["other"])
    made.event("copied", "2021-02-04", ["copy"], admin1="Aleppo")
    made.event("later", NEXT, ["undated"], killed=(1, 1, 1))
    tolls = frame(
        shared("one", 7),
        shared("open", 4, counted_high=None),
        shared("wounded", 6, kind="injured"),
        shared("half known", 2, counted_low=None),
        shared("everywhere", 9, admin1=None),
        shared("not counted", None),
    )
    figures = made.figures()
    return {
        **{name: made.table(name) for name in ("articles", "mentions", "event_mentions", "events")},
        "shared_tolls": tolls,
        "weekly_events": figures,
        "weekly_tolls": weekly_tolls(figures, tolls),
        "weekly_coverage": made.coverage(),
    }


@pytest.mark.parametrize("table", KEYS)
def test_every_figure_of_every_row_is_the_sum_of_its_parts(tables: Mapping[str, pl.DataFrame], table: str) -> None:
    keys, stored = list(KEYS[table]), tables[table]
    parts = counted(parts_of(tables.__getitem__, table), keys)
    by_row = {key: sums(rows) for key, rows in parts.group_by(keys)}
    walked = 0
    for row in stored.iter_rows(named=True):
        added = by_row.get(tuple(row[name] for name in keys), {})
        for figure in figures_of(table, stored.columns):
            assert added.get(figure, 0) == row[figure], (row, figure)
            walked += row[figure] != 0
    assert walked > 5
    assert parts.join(stored, on=keys, how="anti").is_empty()


def test_parts_name_rows_that_there_are(tables: Mapping[str, pl.DataFrame]) -> None:
    keys = {"events": "event_id", "mentions": "mention_id", "articles": "article_id", "shared_tolls": "shared_toll_id"}
    for table, rows_of in ROWS_OF.items():
        assert sorted(parts_of(tables.__getitem__, table)["part"].unique()) == sorted(rows_of)
    named = pl.concat([parts_of(tables.__getitem__, table).select("part", "part_id", "part_column") for table in KEYS])
    assert {*named["part"]} == {*keys}
    for (part,), rows in named.group_by("part"):
        assert {*rows["part_id"]} <= {*tables[str(part)][keys[str(part)]]}
        assert {*rows["part_column"].drop_nulls()} <= {*tables[str(part)].columns}


def test_only_the_weeks_that_are_asked_for_are_told_of(tables: Mapping[str, pl.DataFrame]) -> None:
    for table in KEYS:
        every, first = parts_of(tables.__getitem__, table), parts_of(tables.__getitem__, table, [MONDAY])
        assert first.equals(every.filter(col("week_start") == MONDAY))
        assert first.height < every.height
        assert parts_of(tables.__getitem__, table, []).is_empty()


def test_only_the_figure_that_is_asked_for_is_told_of(tables: Mapping[str, pl.DataFrame]) -> None:
    every = parts_of(tables.__getitem__, "weekly_events")
    outlets = parts_of(tables.__getitem__, "weekly_events", figure="distinct_sources")
    assert outlets.equals(every.filter(col("figure") == "distinct_sources"))
    assert 0 < outlets.height < every.height


def test_an_outlet_counts_once_in_a_cell_and_once_over_all_its_cells(tables: Mapping[str, pl.DataFrame]) -> None:
    outlets = parts_of(tables.__getitem__, "weekly_events", [MONDAY]).filter(col("figure") == "distinct_sources")
    here = (col("admin1") == "Idlib") & (col("sub_event_type") == AIR)
    cell = counted(outlets.filter(here))
    assert sorted(cell["one_of"]) == ["herald", "herald", "wire"]
    assert sorted(cell["adds"]) == [0, 1, 1]
    assert sums(counted(outlets)) == {"distinct_sources": 2}


def test_copies_alone_are_one_source_and_none_where_there_is_an_outlet(tables: Mapping[str, pl.DataFrame]) -> None:
    outlets = parts_of(tables.__getitem__, "weekly_events", [MONDAY]).filter(col("figure") == "distinct_sources")
    alone = counted(outlets.filter(col("admin1") == "Aleppo"))
    assert alone.select("part_id", "one_of", "adds").rows() == [(content_id("m", "copied in copy"), COPIES, 1)]
    among = counted(outlets).filter(col("one_of") == COPIES)
    assert among["adds"].to_list() == [0]


def test_an_open_toll_leaves_its_sum_open_and_an_unknown_one_adds_nothing(tables: Mapping[str, pl.DataFrame]) -> None:
    parts = parts_of(tables.__getitem__, "weekly_events", [MONDAY])
    idlib = counted(parts.filter((col("admin1") == "Idlib") & (col("sub_event_type") == AIR)))
    assert sums(idlib)["fatalities_high"] is None
    assert sums(idlib)["fatalities_best"] == 9
    clashes = parts.filter((col("sub_event_type") == CLASH) & (col("figure") == "fatalities_best"))
    assert clashes.select("part_id", "adds").rows() == [(content_id("e", "none"), 0)]
