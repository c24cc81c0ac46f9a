"""The version follows from what changed, the build time from what was read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType

import polars as pl
import pytest

from pipeline.contracts import Contract, Field, Table
from pipeline.errors import FieldledgerError, InputError
from pipeline.ids import content_id
from pipeline.release.plan import build_time, draft, plan_release
from pipeline.release.reader import open_release
from pipeline.release.schema_changes import Level
from pipeline.release.version import next_version
from tests.release.factory import BUILD_TIME, CONTRACT, WEEKS, event_id, make, with_values, world


def contract_with(table: Table) -> Contract:
    """Return the contract with ``table`` in the place of its namesake."""
    return replace(CONTRACT, tables=MappingProxyType({**CONTRACT.tables, table.name: table}))


def without_column(table: str, column: str) -> Contract:
    """Return the contract without a column."""
    known = CONTRACT.tables[table]
    return contract_with(replace(known, fields=tuple(field for field in known.fields if field.name != column)))


def tightened(table: str, column: str, **constraints: object) -> Contract:
    """Return the contract with further constraints on a column."""

    def tighten(field: Field) -> Field:
        return replace(field, constraints=MappingProxyType({**field.constraints, **constraints}))

    known = CONTRACT.tables[table]
    fields = (tighten(field) if field.name == column else field for field in known.fields)
    return contract_with(replace(known, fields=tuple(fields)))


def _plan(previous: Path, tables: dict[str, pl.DataFrame], contract: Contract | None = None) -> tuple[str, bool]:
    plan = plan_release(tables, open_release(previous), build_time=BUILD_TIME, contract=contract)
    return plan.version, plan.is_new


def test_the_first_release_is_one() -> None:
    plan = plan_release(world(), None, build_time=BUILD_TIME)
    assert (plan.version, plan.previous_version, plan.is_new) == ("1.0.0", None, True)


def test_the_same_tables_are_no_new_release(first: Path) -> None:
    assert _plan(first, world()) == ("1.0.0", False)


def test_rows_in_another_order_are_the_same_tables(first: Path) -> None:
    assert _plan(first, {name: frame.reverse() for name, frame in world().items()}) == ("1.0.0", False)


def test_a_corrected_value_is_a_patch(first: Path) -> None:
    tables = world()
    tables["events"] = with_values(tables["events"], {"place_name": "Upper Mill"}, fatalities_best=6)
    assert _plan(first, tables) == ("1.0.1", True)


def test_a_value_that_people_corrected_is_a_patch_though_its_correction_is_told(first: Path) -> None:
    tables = world()
    tables["events"] = with_values(tables["events"], {"place_name": "Upper Mill"}, fatalities_best=6, corrected=True)
    kept = {"correction_id": content_id("k", "desk"), "state": "applied", "action": "override",
            "event_id": event_id("m1"), "field": "fatalities_best", "original_value": "5", "corrected_value": "6",
            "correction_reason": "Six.", "corrected_by": "The desk", "corrected_on": date(2021, 3, 1),
            "input_name": "desk.yaml", "input_record": 1}  # fmt: skip
    tables["corrections"] = make("corrections", [kept])
    assert _plan(first, tables) == ("1.0.1", True)


def test_new_rows_are_minor_also_beside_corrections(first: Path) -> None:
    tables = world()
    tables["events"] = with_values(tables["events"], {"place_name": "Upper Mill"}, fatalities_best=6)
    week = {"week_start": date(2021, 2, 15), "iso_week": "2021-W07"}
    counts = dict.fromkeys(("articles", "duplicates", "sources", "mentions", "events"), 0)
    tables["weekly_coverage"] = pl.concat([tables["weekly_coverage"], make("weekly_coverage", [week | counts])])
    assert _plan(first, tables) == ("1.1.0", True)


def test_a_column_that_goes_is_major(first: Path) -> None:
    assert _plan(first, world(), without_column("mentions", "weapon")) == ("2.0.0", True)


def test_a_constraint_that_tightens_is_major(first: Path) -> None:
    assert _plan(first, world(), tightened("places", "latitude", maximum=60)) == ("2.0.0", True)


@pytest.mark.parametrize(
    ("previous", "level", "version"),
    [
        (None, "minor", "1.0.0"),
        ("1.2.3", "none", "1.2.3"),
        ("1.2.3", "patch", "1.2.4"),
        ("1.2.9", "minor", "1.3.0"),
        ("1.9.9", "major", "2.0.0"),
        ("9.10.11", "patch", "9.10.12"),
    ],
)
def test_numbers_below_the_one_that_moves_start_again(previous: str | None, level: Level, version: str) -> None:
    assert next_version(previous, level) == version


def test_a_missing_table_is_named() -> None:
    tables = world()
    del tables["places"]
    with pytest.raises(FieldledgerError, match="no table places"):
        draft(tables)


def test_tables_that_are_not_published_stay_out() -> None:
    texts = make("article_texts", [{"article_id": "a-0123456789abcdef", "text": "x"}])
    assert "article_texts" not in draft({**world(), "article_texts": texts}).frames


def test_the_build_time_is_the_newest_day_of_publication() -> None:
    assert build_time(world()["articles"], {}) == datetime(2021, 2, 9, tzinfo=UTC)


def test_without_any_dated_article_the_build_time_is_the_epoch() -> None:
    undated = world()["articles"].with_columns(published_date=pl.lit(None, dtype=pl.Date))
    assert build_time(undated, {}) == build_time(undated.clear(), {}) == datetime(1970, 1, 1, tzinfo=UTC)


def test_source_date_epoch_wins() -> None:
    given = build_time(world()["articles"], {"SOURCE_DATE_EPOCH": "1612137600"})
    assert given == datetime(WEEKS[0].year, WEEKS[0].month, WEEKS[0].day, tzinfo=UTC)


@pytest.mark.parametrize("text", ["-1", "soon", "1.5", "9" * 30, "253402300800", "١"])
def test_an_unusable_source_date_epoch_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="SOURCE_DATE_EPOCH"):
        build_time(world()["articles"], {"SOURCE_DATE_EPOCH": text})
