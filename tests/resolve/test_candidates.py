"""Which pairs are looked at: those of one place or of places in each other, never all against all."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from pipeline.resolve.candidates import candidates, contains

PLACE: dict[str, Any] = {
    "place_key": "a",
    "extent": "settlement",
    "admin2": "North",
    "latitude": 36.0,
    "longitude": 37.0,
}


def holds(outer: dict[str, Any], inner: dict[str, Any]) -> bool:
    row = {"reach_km": 10.0} | PLACE | outer
    row |= {f"{name}_in": value for name, value in (PLACE | {"place_key": "b", "reach_km": 6.0} | inner).items()}
    return bool(pl.DataFrame([row]).select(contains()).item())


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        ({"extent": "governorate"}, {}, True),
        ({"extent": "governorate"}, {"place_key": "a"}, False),
        ({"extent": "district"}, {"admin2": "North"}, True),
        ({"extent": "district"}, {"admin2": "South"}, False),
        ({"extent": "district"}, {"admin2": None}, False),
        ({"extent": "district"}, {"extent": "governorate"}, False),
        ({"extent": "area"}, {"latitude": 36.08}, True),
        ({"extent": "area"}, {"latitude": 36.1}, False),
        ({"extent": "area"}, {"latitude": None}, False),
        ({"extent": "settlement"}, {"extent": "site", "longitude": 37.06}, True),
        ({"extent": "settlement"}, {"extent": "site", "longitude": 37.07}, False),
        ({"extent": "settlement"}, {"extent": "site", "longitude": 37.07, "reach_km": 10.0}, True),
        ({"extent": "settlement"}, {"extent": "settlement"}, False),
        ({"extent": "around"}, {"extent": "settlement", "latitude": 36.08}, True),
        ({"extent": "around"}, {"extent": "settlement", "latitude": 36.1}, False),
        ({"extent": "around"}, {"extent": "area"}, False),
        ({"extent": "capital"}, {"extent": "settlement", "latitude": 36.9}, True),
        ({"extent": "capital"}, {"extent": "governorate"}, False),
        ({"extent": "site"}, {"extent": "site"}, False),
    ],
)
def test_one_place_holds_another(outer: dict[str, Any], inner: dict[str, Any], expected: bool) -> None:
    assert holds(outer, inner) is expected


def nodes(*rows: dict[str, Any]) -> pl.DataFrame:
    base = PLACE | {
        "event_type": "Battles",
        "admin1": "Aleppo",
        "first": 100,
        "last": 100,
        "precise": True,
        "reach_km": 10.0,
    }
    schema = {"first": pl.Int32, "last": pl.Int32, "node": pl.UInt32}
    filled = [base | row | {"node": number} for number, row in enumerate(rows)]
    return pl.DataFrame(filled, schema_overrides=schema)


def pairs(*rows: dict[str, Any]) -> list[tuple[int, int]]:
    return candidates(nodes(*rows)).rows()


def test_no_reports_make_no_pairs() -> None:
    assert candidates(nodes({}).clear()).rows() == []


def test_one_place_on_one_day_or_the_next() -> None:
    assert pairs({}, {"first": 101, "last": 101}, {"first": 103, "last": 103}) == [(0, 1)]


def test_vague_date_meets_every_day_in_it_and_the_nights_beside_it() -> None:
    week = {"first": 95, "last": 101, "precise": False}
    days = [{"first": day, "last": day} for day in (93, 94, 101, 102, 103)]
    assert pairs(week, *days) == [(0, 2), (0, 3), (0, 4), (1, 2), (3, 4), (4, 5)]


def test_other_type_or_governorate_never_meets() -> None:
    assert pairs({}, {"event_type": "Protests"}, {"admin1": "Idlib"}) == []


def test_towns_of_one_day_meet_only_what_holds_them() -> None:
    towns = [{"place_key": f"town {number}"} for number in range(50)]
    found = pairs(*towns, {"place_key": "governorate", "extent": "governorate"})
    assert found == [(number, 50) for number in range(50)]
