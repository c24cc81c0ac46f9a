"""Weekly tolls: event tolls and shared tolls together, every person in one row."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from pipeline.aggregate.weekly_tolls import SEVERAL, weekly_toll_books, weekly_tolls
from pipeline.contract_validation import split
from pipeline.contracts import load_contract
from pipeline.ids import content_id
from tests.aggregate.ledger import ADMIN1, MONDAY, Ledger

CONTRACT = load_contract()
Row = dict[str, Any]


def shared(label: str, persons: int | None, **changed: Any) -> Row:
    """Return a row of `shared_tolls` that counts ``persons``, None for one that does not count."""
    row: Row = {
        "shared_toll_id": content_id("t", label), "kind": "killed", "low": 19, "best": 19, "high": 19,
        "source_count": 1, "event_count": 2, "covers_more": False, "week_start": MONDAY, "admin1": "Idlib",
        "counting": "divided" if persons is None else "whole", "counted_low": persons, "counted_best": persons,
        "admin2": None, "counted_high": persons,
    }  # fmt: skip
    return row | changed


def frame(*rows: Row) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=CONTRACT.tables["shared_tolls"].polars_schema())


@pytest.fixture
def ledger() -> Ledger:
    made = Ledger()
    made.event("a", "2021-02-01", ["x"], killed=(3, 4, 8), injured=(2, 2))
    made.event("b", "2021-02-03", ["x"], admin1="Aleppo")
    return made


def summed(ledger: Ledger, *rows: Row) -> pl.DataFrame:
    """Return the table, which keeps to the contract and whose books balance."""
    figures = weekly_tolls(ledger.figures(), frame(*rows))
    kept = split(
        CONTRACT.tables["weekly_tolls"], figures, stage="aggregate", parents={"weekly_coverage": ledger.coverage()}
    )
    assert kept.rejections.is_empty(), kept.rejections["message"].to_list()
    books = weekly_toll_books(figures, ledger.events(), frame(*rows))
    assert books["ok"].all(), books
    return figures


def of(figures: pl.DataFrame, area: str, week: date = MONDAY) -> Row:
    (row,) = figures.filter((pl.col("area") == area) & (pl.col("week_start") == week)).iter_rows(named=True)
    return row


def total(row: Row) -> tuple[int, int, int | None, int]:
    ends = (row["total_fatalities_low"], row["total_fatalities_best"], row["total_fatalities_high"])
    return (*ends, row["total_injured"])


def test_grid_has_every_governorate_and_a_row_for_several(ledger: Ledger) -> None:
    figures = summed(ledger)
    assert figures["area"].to_list() == [*ADMIN1, SEVERAL]
    assert total(of(figures, "Idlib")) == (3, 4, 8, 2)
    assert total(of(figures, SEVERAL)) == (0, 0, 0, 0)


def test_shared_toll_is_added_in_its_governorate(ledger: Ledger) -> None:
    row = of(summed(ledger, shared("t", 19)), "Idlib")
    assert total(row) == (22, 23, 27, 2)
    assert (row["fatalities_best"], row["shared_fatalities_best"], row["shared_toll_count"]) == (4, 19, 1)


def test_toll_over_governorates_has_a_row_of_its_own(ledger: Ledger) -> None:
    figures = summed(ledger, shared("t", 19, admin1=None))
    assert [total(of(figures, area))[1] for area in (*ADMIN1, SEVERAL)] == [0, 4, 19]


def test_what_does_not_count_adds_nothing(ledger: Ledger) -> None:
    row = of(summed(ledger, shared("t", None), shared("u", None, counting="no_event", week_start=None)), "Idlib")
    assert (total(row), row["shared_toll_count"]) == ((3, 4, 8, 2), 0)


def test_open_toll_opens_the_sum_and_a_missing_low_end_adds_nothing(ledger: Ledger) -> None:
    row = of(summed(ledger, shared("t", 19, counted_high=None), shared("u", 5, counted_low=None)), "Idlib")
    assert total(row) == (22, 28, None, 2)


def test_injured_are_added_by_their_low_end(ledger: Ledger) -> None:
    row = of(summed(ledger, shared("t", 30, kind="injured", counted_high=None)), "Idlib")
    assert total(row) == (3, 4, 8, 32)


def test_toll_that_is_counted_twice_is_seen(ledger: Ledger) -> None:
    rows = frame(shared("t", 19))
    figures = weekly_tolls(ledger.figures(), rows)
    assert not weekly_toll_books(pl.concat([figures, figures]), ledger.events(), rows)["ok"].all()


def test_nothing_read_and_nothing_happened() -> None:
    assert summed(Ledger()).is_empty()
