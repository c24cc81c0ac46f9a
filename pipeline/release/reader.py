"""Reading a release back: which there are, and the rows of one, by what its own `datapackage.json` says of them.

Only the descriptor and the CSV files are needed, so that a package that was copied without its Parquet files reads as
well. Full verification is `verify`; here a file is refused when its hash is not the one announced.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.contracts import Table
from pipeline.errors import FieldledgerError, InputError, cut
from pipeline.ids import sha256_bytes
from pipeline.release.descriptor import table_of
from pipeline.release.files import path_fault
from pipeline.release.manifest import json_object
from pipeline.release.tables import read_csv
from pipeline.version_numbers import VERSION


def version_key(version: str) -> tuple[int, int, int]:
    """Return MAJOR, MINOR and PATCH as numbers.

    Raises:
        FieldledgerError: ``version`` is not of that form.
    """
    if not (match := VERSION.fullmatch(version)):
        raise FieldledgerError(f"{cut(version)!r} is no version MAJOR.MINOR.PATCH")
    major, minor, patch = map(int, match.groups())
    return major, minor, patch


def release_folder(version: str) -> str:
    """Return the name of the folder of a version."""
    return f"v{version}"


def newest_release(releases: Path) -> Path | None:
    """Return the folder of the highest version below ``releases``; None when there is none yet.

    `latest` is not asked: a publisher that died before swapping it has published nevertheless.
    """
    if not releases.is_dir():
        return None
    found = [
        path
        for path in releases.iterdir()
        if path.name.startswith("v") and VERSION.fullmatch(path.name[1:]) and path.is_dir() and not path.is_symlink()
    ]
    return max(found, key=lambda path: version_key(path.name[1:]), default=None)


@dataclass(frozen=True, slots=True)
class Release:
    """A release on disk; rows are read when asked for."""

    path: Path
    version: str
    tables: Mapping[str, Table]
    """The contract that it was made under."""
    resources: Mapping[str, Mapping[str, Any]]
    """The resources of its descriptor, by table."""

    def frame(self, name: str) -> pl.DataFrame:
        """Return the rows of a table, sorted by primary key.

        Raises:
            FieldledgerError: the file is missing, or is not the one that the descriptor announces.
        """
        resource = self.resources[name]
        path = self.path / resource["path"]
        try:
            data = path.read_bytes()
        except OSError as error:
            raise FieldledgerError(f"{path}: {error.strerror}; fetch the release again") from error
        if resource["hash"] != f"sha256:{sha256_bytes(data)}":
            raise FieldledgerError(f"{path}: not the file that datapackage.json announces; fetch the release again")
        table = self.tables[name]
        return read_csv(table, data).sort(table.primary_key)


def open_release(path: Path) -> Release:
    """Open the release in the folder ``path``.

    Raises:
        InputError: there is no such folder, or it holds no package that this program made.
    """
    try:
        descriptor = json_object((path / "datapackage.json").read_bytes(), str(path / "datapackage.json"))
    except OSError as error:
        raise InputError(
            f"{path}: no release ({error.strerror}: datapackage.json); name the folder of a release"
        ) from error
    resources = descriptor.get("resources")
    version = descriptor.get("version")
    if not isinstance(resources, list) or not isinstance(version, str):
        raise InputError(f"{path}: datapackage.json is not fieldledger's; name the folder of a release")
    tables = [table_of(resource) for resource in resources]
    version_key(version)
    for resource in resources:
        if (
            not isinstance(where := resource.get("path"), str)
            or path_fault(where)
            or not isinstance(resource.get("hash"), str)
        ):
            raise InputError(f"{path}: datapackage.json: resource {cut(resource['name'])} has no usable path and hash")
    return Release(
        path=path,
        version=version,
        tables={table.name: table for table in tables},
        resources={table.name: resource for table, resource in zip(tables, resources, strict=True)},
    )
