"""A digest must change with whatever the page shows, and stay when it shows nothing of a change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
import pytest

from pipeline.brief import render_briefings
from pipeline.site.week_digests import week_digests
from tests.brief.golden import golden_book

Tables = dict[str, pl.DataFrame]
THIRD, FIFTH, SIXTH = date(2021, 1, 18), date(2021, 2, 1), date(2021, 2, 8)


@dataclass(frozen=True)
class Stub:
    tables: Tables

    def frame(self, name: str) -> pl.DataFrame:
        return self.tables[name]


@pytest.fixture(scope="module")
def tables() -> Tables:
    return golden_book()[0].tables()


def with_value(table: str, column: str, value: Any, where: pl.Expr) -> Callable[[Tables], Tables]:
    def change(tables: Tables) -> Tables:
        frame = tables[table]
        assert frame.filter(where).height, "nothing to change"
        new = pl.when(where).then(pl.lit(value, frame.schema[column])).otherwise(pl.col(column)).alias(column)
        return {**tables, table: frame.with_columns(new)}

    return change


def changed_weeks(before: Tables, after: Tables) -> set[date]:
    old, new = week_digests(Stub(before)), week_digests(Stub(after))
    return {week for week in old if old[week] != new[week]}


ANY = pl.lit(value=True)
CHANGES = {
    "title": with_value("articles", "title", "Another", pl.col("week_start") == FIFTH),
    "actor": with_value("actors", "actor_name", "Southern Army", pl.col("actor_id") == "army"),
    "place": with_value("places", "place_name", "Old Mill", pl.col("place_id") == "upper-mill"),
    "outlet": with_value("sources", "leaning", "russia", pl.col("source_id") == "salt-post"),
    "quote": with_value("mentions", "evidence", "We did.", pl.col("status") == "denied"),
    "threat": with_value("mentions", "evidence", "We shall not.", pl.col("status") == "prospective"),
    "toll": with_value("casualties", "quote", "ten died", pl.col("shared")),
    "shared": with_value("shared_tolls", "counting", "rest", ANY),
    "account": with_value("accounts", "relation", "reports", pl.col("relation") == "denies"),
    "accuracy": with_value("accuracy", "count", 1, pl.col("measure") == "false_alarms"),
    "read": with_value("weekly_coverage", "articles", 99, pl.col("week_start") == THIRD),
    "past": with_value("events", "fatalities_best", 7, pl.col("week_start") == THIRD),
}


@pytest.fixture(scope="module")
def old(tables: Tables) -> dict[str, bytes]:
    return render_briefings(tables, golden_book()[1])


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_week_whose_page_changes_has_another_digest(
    change: Callable[[Tables], Tables], tables: Tables, old: dict[str, bytes]
) -> None:
    after = change(tables)
    new = render_briefings(after, golden_book()[1])
    pages = {
        date.fromisocalendar(int(path[10:14]), int(path[16:18]), 1)
        for path in old
        if path.startswith("briefings/2") and old[path] != new[path]
    }
    assert pages
    assert pages <= changed_weeks(tables, after)


def test_a_week_that_nothing_of_a_change_reaches_keeps_its_digest(tables: Tables) -> None:
    after = with_value("articles", "title", "Another", pl.col("week_start") == FIFTH)(tables)
    assert changed_weeks(tables, after) == {FIFTH}


def test_later_weeks_are_reached_by_the_counts_of_earlier_ones_and_not_the_other_way(tables: Tables) -> None:
    after = with_value("weekly_coverage", "articles", 99, pl.col("week_start") == FIFTH)(tables)
    assert changed_weeks(tables, after) == {FIFTH, SIXTH}


def test_the_order_of_rows_does_not_matter(tables: Tables) -> None:
    assert not changed_weeks(tables, {name: frame.reverse() for name, frame in tables.items()})
