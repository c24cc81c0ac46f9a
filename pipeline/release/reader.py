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
from pipeline.release import files
from pipeline.release.carried import DESCRIPTOR, carried_tables, is_ours
from pipeline.release.files import path_fault
from pipeline.release.manifest import json_object, refuse_later
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

    Raises:
        FieldledgerError: the folder cannot be read.
    """
    versions = released_versions(releases)
    return releases / release_folder(versions[-1]) if versions else None


def released_versions(releases: Path) -> list[str]:
    """Return the versions that folders below ``releases`` are named after, lowest first.

    Raises:
        FieldledgerError: the folder cannot be read.
    """
    try:
        names = files.subfolders(releases) if files.is_folder(releases) else ()
    except OSError as error:
        raise files.explain(error, releases) from error
    versions = [name[1:] for name in names if name.startswith("v") and VERSION.fullmatch(name[1:])]
    return sorted(versions, key=version_key)


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
            InputError: the file is missing, a link, or not the one that the descriptor announces.
        """
        resource = self.resources[name]
        path = self.path / resource["path"]
        try:
            data = files.read_file(self.path, resource["path"])
        except OSError as error:
            raise InputError(f"{path}: {error.strerror}; fetch the release again") from error
        if resource["hash"] != f"sha256:{sha256_bytes(data)}":
            raise InputError(f"{path}: not the file that datapackage.json announces; fetch the release again")
        table = self.tables[name]
        try:
            return read_csv(table, data).sort(table.primary_key)
        except FieldledgerError as error:
            raise InputError(f"{self.path}: {error}") from error


def open_release(path: Path) -> Release:
    """Open the release in the folder ``path``.

    Raises:
        InputError: there is no such folder, or it holds no package that this program made, or one of a later version.
    """
    try:
        descriptor = json_object(files.read_file(path, DESCRIPTOR), DESCRIPTOR)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise InputError(
            f"{path}: no release ({error.strerror}: {DESCRIPTOR}); name the folder of a release"
        ) from error
    except OSError as error:
        raise InputError(f"{path / DESCRIPTOR}: cannot be read: {cut(error.strerror)}") from error
    except FieldledgerError as error:
        raise InputError(f"{path}: {error}") from error
    if not is_ours(descriptor):
        raise InputError(f"{path}: {DESCRIPTOR} is of another tool; name the folder of a release of fieldledger")
    _refuse_later(path)
    version = descriptor.get("version")
    try:
        version_key(version if isinstance(version, str) else cut(version))
        tables = {table.name: table for table in carried_tables(descriptor)}
    except FieldledgerError as error:
        raise InputError(f"{path}: {DESCRIPTOR}: {error}") from error
    resources = {resource["name"]: resource for resource in descriptor["resources"]}
    for name, resource in resources.items():
        where = resource.get("path")
        if not isinstance(where, str) or path_fault(where) or not isinstance(resource.get("hash"), str):
            raise InputError(f"{path}: {DESCRIPTOR}: resource {cut(name)} has no usable path and hash")
    return Release(path, str(version), tables, resources)


def _refuse_later(path: Path) -> None:
    """Refuse a release whose manifest says that a later program wrote it; a package may have come without one."""
    try:
        content = json_object(files.read_file(path, "manifest.json"), "manifest.json")
    except FileNotFoundError:
        return
    except OSError as error:
        raise InputError(f"{path / 'manifest.json'}: {cut(error.strerror)}; fetch the release again") from error
    except FieldledgerError:
        return  # that it is damaged is for `verify` to tell
    try:
        refuse_later(content)
    except InputError as error:
        raise InputError(f"{path}: {error}") from error
