"""Weekly figures: the grid, the sums, and what was read."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.aggregate.books import aggregate_books
from pipeline.aggregate.weeks import covered_weeks
from pipeline.contract_validation import split
from pipeline.contracts import event_types_frame, load_contract
from tests.aggregate.ledger import AIR, CLASH, MONDAY, Ledger

CONTRACT = load_contract()
TYPES = event_types_frame(CONTRACT)


def cell(frame: pl.DataFrame, week: date = MONDAY, admin1: str = "Idlib", kind: str = AIR) -> dict[str, Any]:
    found = frame.filter(
        (pl.col("week_start") == week) & (pl.col("admin1") == admin1) & (pl.col("sub_event_type") == kind)
    )
    (row,) = found.iter_rows(named=True)
    return row


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


class TestCoveredWeeks:
    def test_nothing_read_and_nothing_happened_covers_no_week(self, ledger: Ledger) -> None:
        assert ledger.weeks().is_empty()

    def test_silent_weeks_between_articles_are_covered(self, ledger: Ledger) -> None:
        ledger.article("a", "2021-02-01")
        ledger.article("b", "2021-02-28")
        assert ledger.weeks()["iso_week"].to_list() == ["2021-W05", "2021-W06", "2021-W07", "2021-W08"]

    def test_week_of_an_older_event_is_covered_and_those_between_are_not(self, ledger: Ledger) -> None:
        ledger.event("old", "2020-12-30", ["a"])
        ledger.article("a", "2021-02-01")
        assert ledger.weeks()["iso_week"].to_list() == ["2020-W53", "2021-W05"]

    def test_undated_articles_cover_no_week(self, ledger: Ledger) -> None:
        ledger.article("a", None)
        assert ledger.weeks().is_empty()

    def test_iso_year_is_that_of_the_thursday(self) -> None:
        events = pl.DataFrame({"week_start": [date(2018, 12, 31), date(2020, 12, 28)]})
        weeks = covered_weeks(events.clear(), events)
        assert weeks["iso_week"].to_list() == ["2019-W01", "2020-W53"]


class TestFigures:
    def test_grid_is_complete_with_zeros(self, ledger: Ledger) -> None:
        ledger.article("a", "2021-02-01")
        ledger.article("b", "2021-02-08")
        figures = ledger.figures()
        assert figures.height == 2 * 2 * TYPES.height
        counts = figures.select(pl.exclude("week_start", "iso_week", "admin1", "event_type", "sub_event_type"))
        assert counts.null_count().sum_horizontal().item() == 0
        assert counts.sum().sum_horizontal().item() == 0

    def test_event_counts_in_the_week_of_its_first_day(self, ledger: Ledger) -> None:
        ledger.event("sunday to monday", "2021-02-07", ["a"], until="2021-02-08")
        ledger.article("a", "2021-02-09")
        figures = ledger.figures()
        assert cell(figures)["events"] == 1
        assert cell(figures, date(2021, 2, 8))["events"] == 0

    def test_figures_are_sums_and_an_event_without_toll_adds_nothing(self, ledger: Ledger) -> None:
        ledger.event("a", "2021-02-01", ["x"], killed=(3, 4, 8), injured=(2, 2), hit_civilians=True)
        ledger.event("b", "2021-02-03", ["x"], killed=(1, 1, 1), injured=(None, 9))
        ledger.event("c", "2021-02-05", ["x"])
        row = cell(ledger.figures())
        assert (row["fatalities_low"], row["fatalities_best"], row["fatalities_high"]) == (4, 5, 9)
        assert (row["events"], row["injured"], row["civilian_targeting_events"]) == (3, 2, 1)

    def test_one_toll_that_is_open_upwards_opens_the_sum(self, ledger: Ledger) -> None:
        ledger.event("a", "2021-02-01", ["x"], killed=(3, 4, 8))
        ledger.event("b", "2021-02-03", ["x"], killed=(5, 5, None))
        ledger.event("c", "2021-02-03", ["x"], kind=CLASH, killed=(1, 1, 1))
        figures = ledger.figures()
        assert (cell(figures)["fatalities_best"], cell(figures)["fatalities_high"]) == (9, None)
        assert cell(figures, kind=CLASH)["fatalities_high"] == 1

    def test_event_in_a_governorate_that_the_region_does_not_list_is_not_lost(self, ledger: Ledger) -> None:
        ledger.event("abroad", "2021-02-01", ["x"], admin1="Elsewhere")
        figures = ledger.figures()
        assert cell(figures, admin1="Elsewhere")["events"] == 1
        assert figures.height == 3 * TYPES.height


class TestSources:
    def test_outlet_with_two_events_is_one_source(self, ledger: Ledger) -> None:
        ledger.article("x", outlet="herald")
        ledger.article("y", outlet="herald")
        ledger.article("z", outlet="courier")
        ledger.event("a", "2021-02-01", ["x", "z"])
        ledger.event("b", "2021-02-02", ["y"])
        assert cell(ledger.figures())["distinct_sources"] == 2

    def test_outlet_of_a_copy_is_no_source(self, ledger: Ledger) -> None:
        ledger.article("x", outlet="herald")
        ledger.article("y", outlet="courier", copy_of="x")
        ledger.event("a", "2021-02-01", ["x", "y"])
        assert cell(ledger.figures())["distinct_sources"] == 1

    def test_event_that_only_a_copy_reports_has_one(self, ledger: Ledger) -> None:
        ledger.article("x", outlet="herald")
        ledger.article("y", outlet="courier", copy_of="x")
        ledger.event("a", "2021-02-01", ["y"])
        assert cell(ledger.figures())["distinct_sources"] == 1

    def test_outlet_that_denies_is_no_source(self, ledger: Ledger) -> None:
        ledger.article("x", outlet="herald")
        ledger.article("y", outlet="courier")
        ledger.event("a", "2021-02-01", ["x"], denied_in=["y"])
        assert cell(ledger.figures())["distinct_sources"] == 1


class TestCoverage:
    def test_what_was_read_is_counted_by_week_of_publication(self, ledger: Ledger) -> None:
        ledger.article("x", "2021-02-01", outlet="herald")
        ledger.article("y", "2021-02-02", outlet="courier", copy_of="x")
        ledger.article("z", "2021-02-16", outlet="herald")
        ledger.event("a", "2021-02-10", ["x", "z"])
        rows = ledger.coverage().select("iso_week", "articles", "duplicates", "sources", "mentions", "events").rows()
        assert rows == [("2021-W05", 2, 1, 2, 1, 0), ("2021-W06", 0, 0, 0, 0, 1), ("2021-W07", 1, 0, 1, 1, 0)]

    def test_undated_articles_are_in_no_week_and_in_the_books(self, ledger: Ledger) -> None:
        ledger.article("x", "2021-02-01")
        ledger.article("undated", None)
        ledger.event("a", "2021-02-01", ["x", "undated"])
        assert ledger.coverage()["articles"].sum() == 1
        assert ledger.balances()["ok"].all()


class TestBooks:
    def test_lost_event_is_seen(self, ledger: Ledger) -> None:
        ledger.event("a", "2021-02-01", ["x"], killed=(3, 3, None))
        figures, coverage = ledger.figures(), ledger.coverage()
        tables = (ledger.events(), ledger.table("articles"), ledger.table("mentions"))
        assert aggregate_books(figures, coverage, *tables)["ok"].all()
        lost = aggregate_books(figures.filter(pl.col("events") == 0), coverage, *tables)
        assert lost.filter(~pl.col("ok")).height >= 3


TOLLS = st.none() | st.tuples(*[st.integers(0, 50)] * 3).map(sorted).flatmap(
    lambda ends: st.sampled_from([tuple(ends), (*ends[:2], None)])
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.sampled_from([AIR, CLASH]), st.booleans(), TOLLS), max_size=8))
def test_weekly_sums_equal_event_sums_and_keep_to_the_contract(drawn: list[tuple[int, str, bool, Any]]) -> None:
    ledger = Ledger()
    for number, (day, kind, here, killed) in enumerate(drawn):
        on = date.fromordinal(MONDAY.toordinal() + day).isoformat()
        ledger.event(f"event {number}", on, ["x"], kind=kind, admin1="Idlib" if here else "Aleppo", killed=killed)
    figures, coverage = ledger.figures(), ledger.coverage()
    assert ledger.balances()["ok"].all()
    parents = {"weekly_coverage": coverage, "event_types": TYPES}
    assert split(CONTRACT.tables["weekly_events"], figures, stage="aggregate", parents=parents).rejections.is_empty()
    assert split(CONTRACT.tables["weekly_coverage"], coverage, stage="aggregate").rejections.is_empty()


def test_order_of_rows_does_not_matter(ledger: Ledger) -> None:
    for number in range(5):
        ledger.event(
            f"event {number}", f"2021-02-0{number + 1}", [f"article {number}", "x"], killed=(number, number, None)
        )
    turned = Ledger(*[dict(reversed(rows.items())) for rows in ledger.rows()])
    assert ledger.figures().equals(turned.figures())
    assert ledger.coverage().equals(turned.coverage())
