"""`fieldledger.sqlite`: all tables of a release in one database, with keys, checks, indexes, views and a dictionary.

The bytes follow from rows, contract and dependency lock. What SQLite would let vary is fixed: page size, encoding and
vacuum mode are stated, freed bytes are zeroed, rows come in the order of their keys, nothing is ever deleted (so there
is nothing to vacuum), and the file is made in memory, so that change counter and version of the library stand as zero
in its header. How rows and pages are laid out is the library's affair and does change: between 3.40 and 3.46 in a few
bytes, with 3.54 in how whole numbers in REAL columns are stored. So the library is one that the lock pins (apsw
carries its own SQLite), as polars is for Parquet, and bytes may be compared wherever the lock is the same. Any SQLite
of these years reads the file.

Constraints are declared here and enforced when the release is verified, which says more of a fault than SQLite does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from itertools import zip_longest
from pathlib import Path
from typing import Any
from urllib.parse import quote

import apsw
import polars as pl

from pipeline.contracts import Table
from pipeline.errors import FieldledgerError, cut
from pipeline.release.about import About
from pipeline.release.database_schema import (
    DICTIONARY,
    TYPES,
    create_indexes,
    create_table,
    create_view,
    dictionary_rows,
    literal,
    quoted,
)
from pipeline.release.views import release_views

DATABASE = "fieldledger.sqlite"
_SETTINGS = {
    "page_size": 4096,
    "encoding": "'UTF-8'",
    "auto_vacuum": "NONE",
    "secure_delete": "ON",
    "temp_store": "MEMORY",
    "foreign_keys": "OFF",
    "ignore_check_constraints": "ON",
    "application_id": int.from_bytes(b"FLDG", "big"),
}


def database_bytes(about: About, frames: Mapping[str, pl.DataFrame]) -> bytes:
    """Return the database of a release.

    Args:
        about: gives tables and words.
        frames: rows of every table, as `publishable` gives them.

    Raises:
        FieldledgerError: a row has a key twice or lacks a required value, or a view does not fit the contract.
    """
    views = release_views(table.name for table in about.tables)
    if taken := {table.name for table in about.tables} & {*DICTIONARY, *(view.name for view in views)}:
        raise FieldledgerError(f"schemas/tables: the database has a {min(taken)} of its own; rename the table")
    with closing(apsw.Connection(":memory:")) as database:
        for setting, value in _SETTINGS.items():
            database.execute(f"PRAGMA {setting} = {value}")
        with database:
            for table in about.tables:
                database.execute(create_table(table))
                _insert(database, table.name, len(table.columns), stored_rows(table, frames[table.name]))
            for table in about.tables:
                for statement in create_indexes(table):
                    database.execute(statement)
            for name, rows in dictionary_rows(about, views).items():
                database.execute(f"CREATE TABLE {name} ({DICTIONARY[name]})")
                _insert(database, name, len(rows[0]) if rows else 0, iter(rows))
            for view in views:
                database.execute(create_view(view))
                _try_view(database, view.name)
        return database.serialize("main")


def _insert(database: apsw.Connection, table: str, columns: int, rows: Iterator[tuple[Any, ...]]) -> None:
    try:
        database.executemany(f"INSERT INTO {quoted(table)} VALUES ({', '.join('?' * columns)})", rows)
    except apsw.ConstraintError as error:
        raise FieldledgerError(f"table {table}: {cut(str(error))}; validate the table before publishing it") from error


def _try_view(database: apsw.Connection, view: str) -> None:
    try:
        database.execute(f"SELECT * FROM {quoted(view)} LIMIT 0")
    except apsw.SQLError as error:
        raise FieldledgerError(
            f"datapackage/views.yaml: view {view}: {cut(str(error))}; mend it, or the contract"
        ) from error


def stored_rows(table: Table, frame: pl.DataFrame) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of ``frame`` as SQLite holds them: dates as ISO text, truth values as 0 and 1."""
    columns = [
        pl.col(field.name).dt.to_string("%Y-%m-%d")
        if field.type == "date"
        else pl.col(field.name).cast(pl.Int8)
        if field.type == "boolean"
        else pl.col(field.name)
        for field in table.fields
    ]
    return frame.select(columns).iter_rows()


def database_faults(path: Path, tables: Sequence[Table], frames: Mapping[str, pl.DataFrame]) -> Iterator[str]:
    """Yield what the database at ``path`` holds otherwise than ``frames``, rows sorted by primary key.

    Nothing in it is trusted: it is opened for reading alone, as a file that nobody changes, and only plain tables with
    the columns of the contract are read, so that no view and no function of a stranger runs.
    """
    address = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
    try:
        with closing(apsw.Connection(address, flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)) as database:
            database.execute("PRAGMA trusted_schema = OFF")
            database.execute("PRAGMA cell_size_check = ON")
            for table in tables:
                if fault := _table_fault(database, table, frames[table.name]):
                    yield f"table {cut(table.name)} {fault}"
    except (apsw.Error, UnicodeDecodeError) as error:
        yield f"cannot be read as an SQLite database ({cut(str(error))})"


def _table_fault(database: apsw.Connection, table: Table, frame: pl.DataFrame) -> str | None:
    plain = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 AND name = ?"
    if database.execute(plain, (table.name,)).fetchall() != [(1,)]:
        return "is missing"
    columns = database.execute(f"SELECT name, type, hidden FROM pragma_table_xinfo({literal(table.name)})").fetchall()
    if columns != [(field.name, TYPES[field.type], 0) for field in table.fields]:
        return "has other columns than datapackage.json says"
    found = database.execute(f"SELECT {', '.join(map(quoted, table.columns))} FROM {quoted(table.name)} ORDER BY rowid")
    for row, (stored, expected) in enumerate(zip_longest(found, stored_rows(table, frame)), start=1):
        if stored != expected:
            return f"holds other rows than data/{table.name}.csv, first in row {row}"
    return None
