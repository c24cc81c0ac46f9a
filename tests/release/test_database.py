"""The database: same rows as the tables, keys and checks that SQLite enforces, views that run, same bytes each time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from pipeline.contracts import Contract
from pipeline.errors import FieldledgerError
from pipeline.release.database import DATABASE, database_bytes, database_faults
from pipeline.release.plan import draft
from pipeline.release.views import release_views
from tests.release.factory import CONTRACT, about, event_id, with_values, world

TABLES = CONTRACT.published
VIEWS = release_views(table.name for table in TABLES)
FRAMES = draft(world()).frames


@pytest.fixture
def database(first: Path) -> Iterator[sqlite3.Connection]:
    """Return the database of a release, in memory, as the SQLite of this Python reads it."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.deserialize((first / DATABASE).read_bytes())
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection


def test_the_same_rows_give_the_same_bytes_and_no_trace_of_the_library(first: Path) -> None:
    data = database_bytes(about(), FRAMES)
    assert data == (first / DATABASE).read_bytes()
    assert (data[24:28], data[92:100]) == (bytes(4), bytes(8)), "change counter and version of the library"
    assert data[68:72] == b"FLDG"


def test_another_reader_finds_every_row_and_nothing_broken(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    for table in TABLES:
        frame = FRAMES[table.name]
        dates = pl.selectors.date().cast(pl.String)
        rows = database.execute(f"SELECT * FROM {table.name}").fetchall()
        assert rows == frame.with_columns(dates, pl.selectors.boolean().cast(pl.Int64)).rows()


def test_every_key_of_the_contract_is_declared(database: sqlite3.Connection) -> None:
    for table in TABLES:
        columns = database.execute(f"SELECT name, pk FROM pragma_table_info('{table.name}') WHERE pk ORDER BY pk")
        assert tuple(name for name, _ in columns) == table.primary_key
        keys = database.execute(f"""SELECT "from", "table", "to" FROM pragma_foreign_key_list('{table.name}')""")
        assert sorted(keys) == sorted((key.field, key.parent, key.parent_field) for key in table.foreign_keys)


@pytest.mark.parametrize(
    "change",
    [
        "event_id = NULL",
        "place_id = 'nowhere'",
        "geo_precision = 99",
        "event_type = 'Sports'",
        "event_date_start = 'yesterday'",
        "latitude = 91",
        "fatalities_low = 'five'",
        "disputed = 2",
        "note = ''",
    ],
)
def test_sqlite_refuses_what_the_contract_refuses(database: sqlite3.Connection, change: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        database.execute(f"UPDATE events SET {change} WHERE place_name = 'Upper Mill'")


def test_the_views_join_events_to_their_sources_and_weeks_to_all_their_dead(database: sqlite3.Connection) -> None:
    reports = "SELECT relation, source_name FROM event_reports WHERE event_id = ? ORDER BY relation"
    found = database.execute(reports, (event_id("m1"),)).fetchall()
    assert found == [("denies", "State Gazette"), ("reports", "Orchard Post")]
    killed, weekly = (
        database.execute(f"SELECT sum(total_fatalities_best), count(*) FROM {name}").fetchall()
        for name in ("weekly_tolls", "weekly_by_governorate")
    )
    assert killed == weekly
    events = "SELECT sum(events) FROM"
    assert database.execute(f"{events} weekly_by_governorate").fetchall() == [(2,)]
    assert database.execute("SELECT count(*) FROM shared_toll_reports").fetchall() == [(1,)]


def test_a_view_is_made_where_all_its_tables_are_published() -> None:
    published = {table.name for table in TABLES}
    for view in VIEWS:
        assert view in release_views(published)
        assert all(view not in release_views(published - {table}) for table in view.tables)


def test_no_view_multiplies_rows(database: sqlite3.Connection) -> None:
    counts = {"event_reports": "event_mentions", "shared_toll_reports": "shared_toll_casualties",
              "weekly_by_governorate": "weekly_tolls"}  # fmt: skip
    assert sorted(counts) == sorted(view.name for view in VIEWS)
    for view, table in counts.items():
        count = "SELECT count(*) FROM"
        assert database.execute(f"{count} {view}").fetchall() == database.execute(f"{count} {table}").fetchall()


def test_the_dictionary_explains_every_table_column_and_code(database: sqlite3.Connection) -> None:
    kinds = dict(database.execute("SELECT kind, count(*) FROM about_tables GROUP BY kind").fetchall())
    assert kinds == {"table": len(TABLES), "view": len(VIEWS)}
    columns = "SELECT title, unit, example, hxl FROM about_columns WHERE table_name = ? AND column_name = ?"
    field = CONTRACT.tables["events"].field("fatalities_low")
    expected = (field.title, field.unit, field.example_text, "#affected+killed+min")
    assert database.execute(columns, ("events", "fatalities_low")).fetchall() == [expected]
    labels = "SELECT code, label FROM about_codes WHERE table_name = 'events' AND column_name = 'corroboration'"
    assert dict(database.execute(labels).fetchall()) == dict(CONTRACT.tables["events"].field("corroboration").labels)
    assert database.execute("SELECT value FROM about_release WHERE property = 'version'").fetchall() == [("1.0.0",)]


def test_a_key_that_comes_twice_is_one_clear_error() -> None:
    frames = {**FRAMES, "events": pl.concat([FRAMES["events"], FRAMES["events"]])}
    with pytest.raises(FieldledgerError, match=r"table events: .*UNIQUE.*; validate the table"):
        database_bytes(about(), frames)


def test_a_view_that_does_not_fit_the_contract_is_named() -> None:
    events = CONTRACT.tables["events"]
    shorter = replace(events, fields=tuple(f for f in events.fields if f.name != "admin1"))
    tables = tuple(shorter if table.name == "events" else table for table in TABLES)
    frames = {**FRAMES, "events": FRAMES["events"].drop("admin1")}
    with pytest.raises(FieldledgerError, match=r"views\.yaml: view event_reports: no such column: events\.admin1"):
        database_bytes(replace(about(), tables=tables), frames)


def test_a_table_named_as_one_of_the_dictionary_is_refused() -> None:
    taken = replace(CONTRACT.tables["events"], name="about_tables")
    with pytest.raises(FieldledgerError, match="about_tables of its own; rename the table"):
        database_bytes(replace(about(), tables=(taken,)), {})


def faults(path: Path, frames: dict[str, pl.DataFrame] | None = None) -> list[str]:
    return list(database_faults(path, TABLES, {**FRAMES, **(frames or {})}))


def test_other_rows_are_found_by_table_and_row(first: Path) -> None:
    assert faults(first / DATABASE) == []
    other = with_values(FRAMES["events"], {"place_name": "Upper Mill"}, fatalities_best=6)
    (fault,) = faults(first / DATABASE, {"events": other})
    assert fault.startswith("table events holds other rows than data/events.csv, first in row ")
    (fault,) = faults(first / DATABASE, {"sources": FRAMES["sources"].head(2)})
    assert fault == "table sources holds other rows than data/sources.csv, first in row 3"


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        ("DROP TABLE accounts", "table accounts is missing"),
        ("DROP TABLE accounts; CREATE VIEW accounts AS SELECT 1", "table accounts is missing"),
        ("ALTER TABLE accounts ADD COLUMN more TEXT", "table accounts has other columns"),
        ("DELETE FROM accounts", "table accounts holds other rows than data/accounts.csv, first in row 1"),
        ("ALTER TABLE accounts ADD COLUMN more AS (abs(-1))", "table accounts has other columns"),
        ("UPDATE sources SET source_name = CAST(x'ff' AS TEXT)", "cannot be read as an SQLite database"),
    ],
)
def test_a_database_of_a_stranger_is_told_and_runs_nothing(first: Path, tmp_path: Path, spoil: str, says: str) -> None:
    path = tmp_path / "odd ?#%41 name.sqlite"
    path.write_bytes((first / DATABASE).read_bytes())
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(spoil)
    (fault,) = faults(path)
    assert fault.startswith(says)


@pytest.mark.parametrize("data", [b"", b"no database", b"SQLite format 3\0" + b"\1" * 200])
def test_what_is_no_database_is_one_line(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.sqlite").write_bytes(data)
    found = faults(tmp_path / "x.sqlite")
    assert found
    assert all("is missing" in fault or "cannot be read as an SQLite database" in fault for fault in found)


def test_the_contract_has_no_table_that_the_database_names_itself() -> None:
    contract: Contract = CONTRACT
    assert not [name for name in contract.tables if name.startswith("about_")]
