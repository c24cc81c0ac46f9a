"""Rows and descriptors that break what a release promises are found, though every hash is right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.parquet import parquet_bytes
from pipeline.release.manifest import Books
from pipeline.release.verify import verify_release
from tests.release.factory import FIRST, with_values, world
from tests.release.forging import describe, forge, rehash, replace_table, says


def test_parquet_that_holds_other_rows_is_found_though_every_hash_is_right(release: Path) -> None:
    other = with_values(world()["events"], {"place_name": "Upper Mill"}, fatalities_best=6)
    (release / "data/events.parquet").write_bytes(parquet_bytes(other))
    rehash(release, "data/events.parquet")
    assert says(release) == "data/events.parquet: holds other rows than data/events.csv"


@pytest.mark.parametrize(
    ("table", "key", "values", "expected"),
    [
        ("events", {"place_name": "Upper Mill"}, {"actor2_id": "ghost"}, "must name a row of actors"),
        ("events", {"place_name": "Upper Mill"}, {"latitude": 99.0}, "must be at most 90"),
        ("mentions", {"status": "denied"}, {"mention_id": "m-0000000000000000"}, "event_mentions: row"),
        (
            "mentions",
            {"status": "denied"},
            {"char_end": 9_999, "char_start": 9_951},
            "char_end lies behind the end",
        ),
        ("articles", {"input_record": 1}, {"kept_spans": "[[0,5]]"}, "kept_spans do not add up"),
        (
            "articles",
            {"input_record": 1},
            {"kept_spans": "[[0,5],[99999,100075]]"},
            "kept_spans do not add up",
        ),
        ("articles", {"input_record": 1}, {"text_sha256": "0"}, "text_sha256 0: "),
        ("sources", {"source_id": "river-wire"}, {"source_id": "a-wire"}, "not sorted by primary key"),
    ],
)
def test_rows_that_break_the_contract_are_found_though_every_hash_is_right(
    release: Path, table: str, key: dict[str, Any], values: dict[str, Any], expected: str
) -> None:
    replace_table(release, table, key, **values)
    assert expected in says(release)


def test_many_broken_rows_are_counted_not_listed(release: Path) -> None:
    replace_table(release, "weekly_events", {"admin1": "North"}, events=-1)
    found = verify_release(release)
    assert len(found) == 4
    assert found[-1].says == "51 more rows break its rules"


def test_books_that_do_not_balance_are_found(release: Path) -> None:
    forge(release, lambda m: replace(m, books=(Books("ingest", 7, 5, 1, 0), *m.books[1:])))
    assert says(release) == "books of ingest: 7 in, but 5 accepted + 1 rejected + 0 merged"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda d: d.update(version="9.9.9"), "is of version 9.9.9"),
        (lambda d: d.update(resources="none"), "lists no resources"),
        (lambda d: d["resources"].pop(), "lists other tables"),
        (
            lambda d: d["resources"][0].update(hash="sha256:0"),
            f"path, bytes or hash of data/{FIRST}.csv differ",
        ),
        (
            lambda d: d["resources"][0].update(path="../x.csv"),
            f"path, bytes or hash of data/{FIRST}.csv differ",
        ),
        (
            lambda d: d["resources"][0].pop("fieldledger:parquet"),
            f"path, bytes or hash of data/{FIRST}.parquet differ",
        ),
        (lambda d: d["resources"][0].pop("schema"), "not described as fieldledger does it"),
        (lambda d: d["resources"][0]["schema"]["fields"].pop(), "the columns are"),
        (
            lambda d: d["resources"][0]["schema"]["fields"][0].update(type="geopoint"),
            "not described as fieldledger does it",
        ),
        (
            lambda d: d["resources"][0]["schema"]["fields"][0]["constraints"].update(multipleOf=2),
            "cannot enforce",
        ),
        (lambda d: d["resources"][0]["fieldledger:checks"].append("later_rule"), "no check named later_rule"),
    ],
)
def test_a_descriptor_that_says_otherwise_is_found(
    release: Path, change: Callable[[dict[str, Any]], Any], expected: str
) -> None:
    describe(release, change)
    assert expected in says(release)
