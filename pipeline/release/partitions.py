"""A large table in Parquet, by year: which file holds which rows, said once for those who write, read and judge.

A table of more rows than the setting `partition_rows`, whose contract names a date in `partitionBy`, is not in
`data/NAME.parquet` but in `data/NAME/NAME-2021.parquet` and so on: one file for each calendar year of that date that
has rows, and `NAME-unknown.parquet`, which sorts last, for rows without a date. No file is empty. In each file rows are
sorted by primary key; all of them, read by `data/NAME/*.parquet`, are the table once sorted by primary key. The year is
in the name of a file, not in `year=2021/`: readers would add a column that the table does not have. CSV stays one file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from pipeline.contracts import Table

UNKNOWN = "unknown"
"""Stands for the year of rows without a date."""
_YEAR = re.compile(r"-(\d{4,})\.parquet$")


def whole_path(name: str) -> str:
    """Return the path of a table that is one Parquet file."""
    return f"data/{name}.parquet"


def all_parts(name: str) -> str:
    """Return the pattern that all parts of a table match, and nothing else does."""
    return f"data/{name}/*.parquet"


def part_path(name: str, year: int | None) -> str:
    """Return the path of the part that holds the rows of ``year``; of those without a date for None."""
    return f"data/{name}/{name}-{UNKNOWN if year is None else f'{year:04}'}.parquet"


def year_of_part(path: str) -> int | None:
    """Return the year of the part at ``path``; None for rows without a date."""
    found = _YEAR.search(path)
    return int(found.group(1)) if found else None


def parquet_files(table: Table, frame: pl.DataFrame, most_rows: int | None) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield path and rows of each Parquet file of a table, sorted by path.

    Args:
        table: the contract.
        frame: the rows, sorted by primary key.
        most_rows: how many one file may hold of a table that can be partitioned; any number for None.
    """
    if table.partition_by is None or most_rows is None or frame.height <= most_rows:
        yield whole_path(table.name), frame
        return
    years = frame[table.partition_by].dt.year()
    for year in years.unique().sort(nulls_last=True):
        rows = frame.filter(years.is_null() if year is None else years == year)
        yield part_path(table.name, year), rows
