"""What a release holds more than once says the same each time: database, archive and HXL twins, and hashes told.

Hashes of the manifest show that no byte changed since the release was made; this shows that it was made right. A form
that a release does not list is not missed: releases of earlier programs have fewer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.contracts import Table
from pipeline.errors import FieldledgerError, cut
from pipeline.release import files
from pipeline.release.database import DATABASE, database_faults
from pipeline.release.discovery.croissant import FILE_SET
from pipeline.release.discovery.slsa import STATEMENT
from pipeline.release.hxl import hxl_path, without_tags
from pipeline.release.manifest import Manifest, json_object
from pipeline.release.package_zip import PACKAGE, zip_faults

_TOLD_BY_DOWNLOADS = ("croissant.json", "dataset.jsonld")


def unlike_copies(
    path: Path, manifest: Manifest, tables: Sequence[Table], frames: Mapping[str, pl.DataFrame]
) -> Iterator[tuple[str, str]]:
    """Yield the file and what is wrong with it, for each that differs from what it repeats.

    Args:
        path: the folder of the release, whose files are those of ``manifest``.
        manifest: read and found true.
        tables: of the descriptor.
        frames: rows of the CSV files by table, sorted by primary key.
    """
    try:
        yield from _unlike(path, manifest, tables, frames)
    except OSError as error:
        yield Path(error.filename or path).name, f"cannot be read: {error.strerror}"


def _unlike(
    path: Path, manifest: Manifest, tables: Sequence[Table], frames: Mapping[str, pl.DataFrame]
) -> Iterator[tuple[str, str]]:
    records = {record.path: record for record in manifest.files}
    if DATABASE in records:
        yield from ((DATABASE, fault) for fault in database_faults(path / DATABASE, tables, frames))
    if PACKAGE in records:
        needed = ["datapackage.json", *(table.csv.path for table in manifest.tables)]
        yield from ((PACKAGE, fault) for fault in zip_faults(path / PACKAGE, records, needed))
    for table in tables:
        twin = hxl_path(table.name)
        if twin in records and without_tags(files.read_file(path, twin)) != files.read_file(
            path, f"data/{table.name}.csv"
        ):
            yield twin, f"holds other rows than data/{table.name}.csv, or no HXL tags"
    for document in (*_TOLD_BY_DOWNLOADS, STATEMENT):
        if document in records:
            yield from ((document, fault) for fault in _hash_faults(path, document, records))


def _hash_faults(path: Path, document: str, records: Mapping[str, Any]) -> Iterator[str]:
    try:
        told = dict(_hashes(json_object(files.read_file(path, document), document)))
    except (FieldledgerError, KeyError, TypeError, AttributeError):
        yield "does not tell files and hashes as fieldledger does"
        return
    for name, sha256 in told.items():
        if name not in records or records[name].sha256 != sha256:
            yield f"tells another hash of {cut(name)} than the manifest"


def _hashes(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for subject in content.get("subject", ()):
        yield subject["name"], subject["digest"]["sha256"]
    for download in content.get("distribution", ()):
        if download.get("@type") == FILE_SET:  # has no hash of its own: its files are told one by one
            continue
        yield download["contentUrl"], download["sha256"]
