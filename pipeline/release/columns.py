"""A table of an edition, read a few columns at a time: what a comparison of large releases has in memory.

A release gives them from its Parquet file, or its parts put together, checked against the hashes that its descriptor
states; where a file was not copied along, from the CSV, all at once. Tables about to be published are there already.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Protocol

import polars as pl

from pipeline.errors import InputError, cut
from pipeline.ids import sha256_bytes
from pipeline.release import files
from pipeline.release.descriptor import PARQUET
from pipeline.release.files import path_fault
from pipeline.release.reader import Release

PEOPLE = "persons"
"""Unit of the columns that count people."""


class Edition(Protocol):
    """A version of the tables, or what is to become one."""

    @property
    def version(self) -> str | None:
        """The version number, None as long as there is none."""

    @property
    def resources(self) -> Mapping[str, Mapping[str, Any]]:
        """The Frictionless resource of each table, by name, in the order of the package."""

    def frame(self, name: str) -> pl.DataFrame:
        """Return the rows of a table, sorted by primary key."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A table of an edition: its Frictionless resource, and its rows, sorted by primary key."""

    resource: Mapping[str, Any]
    dtypes: Mapping[str, pl.DataType]
    """Of each column, in order."""
    select: Callable[[Sequence[str]], pl.DataFrame]
    """Gives columns by name."""

    @property
    def keys(self) -> list[str]:
        """The columns of the primary key."""
        return list(self.resource["schema"]["primaryKey"])

    @property
    def units(self) -> dict[str, str]:
        """Unit of each column that has one."""
        return {f["name"]: f["unit"] for f in self.resource["schema"]["fields"] if f.get("unit")}

    @property
    def people(self) -> list[str]:
        """The columns that count people."""
        units = self.units
        return [name for name, dtype in self.dtypes.items() if units.get(name) == PEOPLE and dtype.is_numeric()]

    def tells(self, schema: Mapping[str, pl.DataType]) -> bool:
        """Tell whether all columns of ``schema`` are there in these types."""
        return all(self.dtypes.get(name) == dtype for name, dtype in schema.items())


def rows_of(edition: Edition | None, name: str) -> Rows | None:
    """Return the table ``name`` of ``edition``; None where it has none.

    Raises:
        InputError: a file is missing or is not the one that the descriptor announces.
    """
    if edition is None or name not in edition.resources:
        return None
    data = _parquet(edition, name) if isinstance(edition, Release) else None
    if data is None:
        frame = edition.frame(name)
        return Rows(edition.resources[name], frame.schema, lambda columns: frame.select(columns))
    return _from_parquet(edition.resources[name], data)


def _parquet(release: Release, name: str) -> list[bytes] | None:
    """Return the table's Parquet file, or its parts in their order; None where one of them is not there."""
    told = release.resources[name].get(PARQUET)
    parts = told.get("parts", [told]) if isinstance(told, dict) else None
    if not isinstance(parts, list) or not parts:
        return None
    found: list[bytes] = []
    for part in parts:
        if (data := _part(release, name, part)) is None:
            return None
        found.append(data)
    return found


def _part(release: Release, name: str, told: object) -> bytes | None:
    """Return the Parquet file that ``told`` announces; None where there is none."""
    if not isinstance(told, dict) or not isinstance(where := told.get("path"), str) or path_fault(where):
        return None
    path = release.path / where
    try:
        data = files.read_file(release.path, where)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; fetch the release again") from error
    if told.get("hash") != f"sha256:{sha256_bytes(data)}":
        raise InputError(f"{path}: not the file that datapackage.json announces; fetch the release again")
    try:
        found = pl.read_parquet_schema(BytesIO(data))
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        raise InputError(f"{path}: {cut(str(error), 200)}; fetch the release again") from error
    if pl.Schema(found) != release.tables[name].polars_schema():
        raise InputError(f"{path}: columns or types differ from those of datapackage.json")
    return data


def _from_parquet(resource: Mapping[str, Any], parts: Sequence[bytes]) -> Rows:
    def read(columns: Sequence[str]) -> pl.DataFrame:
        return pl.concat(
            pl.read_parquet(BytesIO(part), columns=list(columns), glob=False, hive_partitioning=False) for part in parts
        )

    keys = list(resource["schema"]["primaryKey"])
    order = _order(read(keys), keys)
    dtypes = pl.read_parquet_schema(BytesIO(parts[0]))
    if order is None:
        return Rows(resource, dtypes, read)
    return Rows(resource, dtypes, lambda columns: read(columns)[order])


def _order(rows: pl.DataFrame, keys: Sequence[str]) -> pl.Series | None:
    """Return where each row is in the order of the key; None when it is there already, as `verify` wants it."""
    if len(keys) == 1 and rows[keys[0]].is_sorted():
        return None
    order = rows.select(pl.arg_sort_by(keys)).to_series()
    return None if order.is_sorted() else order
