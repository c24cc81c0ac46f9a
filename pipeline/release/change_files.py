"""The files that tell of changes: those of a release, and those of the folder that `fieldledger diff --out` writes.

A release holds all changes of rows in its table `changes`, the folder holds them by table, keys in their own types.
"""

from __future__ import annotations

import os
from pathlib import Path

from pipeline.errors import FieldledgerError, InputError
from pipeline.parquet import parquet_bytes
from pipeline.release.change_pages import Frame, html_page, markdown_page
from pipeline.release.change_size import by_size
from pipeline.release.change_story import declared_sentence, tell
from pipeline.release.changes import Changes
from pipeline.release.changes_json import SCHEMA_FILE, changes_json, json_schema
from pipeline.release.files import path_fault
from pipeline.release.row_changes import TableChanges
from pipeline.storage import write_atomically

IN_WORDS, ON_A_PAGE = 25, 100
"""Entries of each list of `CHANGES.md` and of `changes.html`."""
IN_RELEASE = "All changes of rows are in the table changes (data/changes.csv, data/changes.parquet), largest first."
FIRST = "The table changes is empty: it tells what is different from the release before, and there is none."
IN_FOLDER = "All changes of rows are in changes/, one Parquet file a table, largest first."


def release_files(changes: Changes, version: str, notice: str | None) -> dict[str, bytes]:
    """Return what a release tells of its changes, by path: JSON with its schema, and the pages for people.

    Args:
        changes: since the release before.
        version: of the release.
        notice: what a reader must be told before any figure.
    """
    where = FIRST if changes.previous_version is None else IN_RELEASE
    declared = declared_sentence(changes.previous_version, changes.level, version)
    return _files(changes, version, Frame(where, notice, declared))


def _files(changes: Changes, version: str | None, frame: Frame) -> dict[str, bytes]:
    return {
        "CHANGES.md": markdown_page(tell(changes, version, shown=IN_WORDS), frame).encode(),
        "changes.html": html_page(tell(changes, version, shown=ON_A_PAGE), frame).encode(),
        "changes.json": changes_json(changes, version),
        SCHEMA_FILE: json_schema(),
    }


def side_file(table: TableChanges) -> bytes:
    """Return all changes of a table as Parquet, largest first: its key, ``change``, the cell, size and unit."""
    return parquet_bytes(by_size(table).drop("__group", "__weight"))


def write_folder(
    folder: Path, changes: Changes, version: str | None, notice: str | None, apart: tuple[Path, ...]
) -> int:
    """Write everything about ``changes`` into a new folder; returns the number of files.

    Args:
        folder: is made; may be there when it is empty.
        changes: between two releases.
        version: the later one.
        notice: what a reader must be told before any figure.
        apart: folders of releases, in which nothing may be written.

    Raises:
        InputError: the folder holds something or is part of a release.
        FieldledgerError: a file cannot be written.
    """
    _check_folder(folder, apart)
    tables = [table for table in changes.tables.values() if table.total]
    if fault := next((table.table for table in tables if path_fault(f"changes/{table.table}.parquet")), None):
        raise InputError(f"table {fault!r}: no file can have this name; rename the table")
    files = _files(changes, version, Frame(IN_FOLDER, notice))
    for path, data in files.items():
        write_atomically(folder / path, data)
    for table in tables:
        write_atomically(folder / "changes" / f"{table.table}.parquet", side_file(table))
    return len(files) + len(tables)


def _check_folder(folder: Path, apart: tuple[Path, ...]) -> None:
    where = Path(os.path.realpath(folder))
    if release := next((path for path in apart if where.is_relative_to(os.path.realpath(path))), None):
        raise InputError(f"{folder}: lies in the release {release}, which never changes; name another folder")
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise InputError(f"{folder}: is there already and not empty; name a new folder")
    except OSError as error:
        raise FieldledgerError(f"{folder}: {error.strerror}; name another folder") from error
