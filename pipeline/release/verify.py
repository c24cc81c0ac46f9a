"""Whether a release is whole and keeps what it promises, from nothing but its own folder.

Nothing in the folder is trusted: no link is followed, no path left, no damaged file opened further than needed; every
fault becomes one finding, none a crash. Figures are not judged here: that the events are right is for readers of the
evidence, how they came about for `reproduce`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.contract_validation import split
from pipeline.contracts import Table
from pipeline.errors import FieldledgerError, InputError, cut
from pipeline.release import files
from pipeline.release.descriptor import table_of
from pipeline.release.evidence import broken_evidence
from pipeline.release.lock import LOCK, lock_faults, read_lock
from pipeline.release.manifest import Books, Manifest, TableRecord, json_object, read_manifest
from pipeline.release.tables import read_csv, read_parquet

MANIFEST, DESCRIPTOR = "manifest.json", "datapackage.json"
_ROWS_NAMED = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a release."""

    where: str
    """The file, or the table, at fault."""
    says: str

    def __str__(self) -> str:
        """Return one line."""
        return f"{cut(self.where, 120)}: {self.says}"


def verify_release(path: Path) -> list[Finding]:
    """Return everything that is wrong with the release in the folder ``path``; an empty list when nothing is.

    Checked are: the files that are there against the manifest, byte counts and hashes; the descriptor against the
    manifest; that CSV and Parquet hold the same rows; every constraint, cross-column check and key of the contract
    that the release carries in its descriptor; the books of the stages; that evidence and quotes fit their spans and
    articles; that the lock fits the rest.
    Tables are checked only once all files are sound.

    Raises:
        InputError: ``path`` is no folder.
    """
    if not path.is_dir():
        raise InputError(f"{path}: no such folder; name the folder of a release")
    try:
        manifest = read_manifest((path / MANIFEST).read_bytes()) if _plain(path / MANIFEST) else None
        if manifest is None:
            return [Finding(MANIFEST, "is missing: not a release, or one that was copied in part")]
        if findings := list(_file_findings(path, manifest)):
            return findings
        descriptor = json_object((path / DESCRIPTOR).read_bytes(), DESCRIPTOR)
        if findings := list(_descriptor_findings(descriptor, manifest)):
            return findings
        tables = [table_of(resource) for resource in descriptor["resources"]]
        frames, findings = _read_tables(path, tables, manifest.tables)
        lock = read_lock((path / LOCK).read_bytes())
    except FieldledgerError as error:
        where, _, says = str(error).partition(": ")
        return [Finding(where, says)]
    except OSError as error:
        return [Finding(error.filename or str(path), f"cannot be read: {error.strerror}")]
    if findings:
        return findings
    return [
        *(finding for table in tables for finding in _table_findings(table, frames)),
        *_book_findings(manifest.books, frames),
        *(Finding(table, says) for table, says in broken_evidence(frames)),
        *(Finding(LOCK, says) for says in lock_faults(lock, manifest, frames)),
    ]


def _plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _file_findings(path: Path, manifest: Manifest) -> Iterator[Finding]:
    """Compare what is there with what the manifest lists."""
    there = files.listing(path)
    listed = [record.path for record in manifest.files]
    yield from (Finding(other, "is a link or device, not a file") for other in there.others)
    yield from (Finding(name, "is not in the manifest") for name in there.files if name not in {*listed, MANIFEST})
    needed = {parent.as_posix() for name in listed for parent in Path(name).parents}
    yield from (
        Finding(name, "is a folder that the manifest does not need") for name in there.folders if name not in needed
    )
    if listed != sorted(set(listed)):
        yield Finding(MANIFEST, "lists files twice or out of order")
    for record in manifest.files:
        if fault := files.path_fault(record.path):
            yield Finding(record.path, f"the path {fault}")
        elif record.path not in there.files:
            if record.path not in there.others:
                yield Finding(record.path, "is missing")
        else:
            yield from _content_findings(path, record)
    wanted = {DESCRIPTOR, LOCK, "README.md", "CITATION.cff", "changes.json"}
    yield from (
        Finding(name, "is not in the manifest, and no release is without") for name in sorted(wanted - set(listed))
    )
    for table in manifest.tables:
        if table.csv not in manifest.files or table.parquet not in manifest.files:
            yield Finding(MANIFEST, f"table {cut(table.name)}: its files are not among the files listed")


def _content_findings(path: Path, record: files.FileRecord) -> Iterator[Finding]:
    try:
        found = files.record_of(path, record.path)
    except OSError as error:
        yield Finding(record.path, f"cannot be read: {error.strerror}")
        return
    if found.bytes != record.bytes:
        yield Finding(record.path, f"has {found.bytes} bytes, the manifest says {record.bytes}: fetch it again")
    elif found.sha256 != record.sha256:
        yield Finding(record.path, "has another content than the manifest says (SHA-256 differs): fetch it again")


def _descriptor_findings(descriptor: Mapping[str, Any], manifest: Manifest) -> Iterator[Finding]:
    """Compare the descriptor with the manifest: version, tables, and every path, byte count and hash."""
    if descriptor.get("version") != manifest.version:
        yield Finding(
            DESCRIPTOR,
            f"is of version {cut(descriptor.get('version'))}, the manifest of {cut(manifest.version)}",
        )
    resources = descriptor.get("resources")
    if not isinstance(resources, list) or not all(isinstance(resource, dict) for resource in resources):
        yield Finding(DESCRIPTOR, "lists no resources")
        return
    if [resource.get("name") for resource in resources] != [record.name for record in manifest.tables]:
        yield Finding(DESCRIPTOR, "lists other tables than the manifest")
        return
    for resource, record in zip(resources, manifest.tables, strict=True):
        for told, file in ((resource, record.csv), (resource.get("fieldledger:parquet"), record.parquet)):
            expected = {"path": file.path, "bytes": file.bytes, "hash": f"sha256:{file.sha256}"}
            if not isinstance(told, dict) or {key: told.get(key) for key in expected} != expected:
                yield Finding(
                    DESCRIPTOR,
                    f"table {record.name}: path, bytes or hash of {file.path} differ from the manifest",
                )


def _read_tables(
    path: Path, tables: Sequence[Table], records: Sequence[TableRecord]
) -> tuple[dict[str, pl.DataFrame], list[Finding]]:
    frames: dict[str, pl.DataFrame] = {}
    findings: list[Finding] = []
    for table, record in zip(tables, records, strict=True):
        frame = read_csv(table, (path / record.csv.path).read_bytes())
        if frame.shape != (record.rows, record.columns):
            size = f"{frame.height} rows and {frame.width} columns"
            findings.append(
                Finding(record.csv.path, f"has {size}, the manifest says {record.rows} and {record.columns}")
            )
        elif not frame.equals(read_parquet(table, (path / record.parquet.path).read_bytes()), null_equal=True):
            findings.append(Finding(record.parquet.path, f"holds other rows than {record.csv.path}"))
        frames[table.name] = frame
    return frames, findings


def _table_findings(table: Table, frames: Mapping[str, pl.DataFrame]) -> Iterator[Finding]:
    """Enforce the release's own contract: types, constraints, cross-column checks, primary and foreign keys, order."""
    try:
        judged = split(table, frames[table.name], stage="aggregate", parents=frames)
    except FieldledgerError as error:
        yield Finding(table.name, str(error))
        return
    for key in table.foreign_keys:
        if key.parent not in frames:
            yield Finding(table.name, f"{key.field} refers to the table {cut(key.parent)}, which is not in the release")
    broken = judged.rejections.sort("record")
    for row in broken.head(_ROWS_NAMED).iter_rows(named=True):
        yield Finding(table.name, f"row {cut(row['record'])}: {row['field']} {cut(row['value'])}: {row['message']}")
    if broken.height > _ROWS_NAMED:
        yield Finding(table.name, f"{broken.height - _ROWS_NAMED} more rows break its rules")
    if not broken.height and not judged.accepted.equals(frames[table.name], null_equal=True):
        yield Finding(table.name, "rows are not sorted by primary key")


def _book_findings(books: Sequence[Books], frames: Mapping[str, pl.DataFrame]) -> Iterator[Finding]:
    """Check in = accepted + rejected + merged in every stage, and that every record rejected is told of."""
    told = dict(frames["rejections"]["stage"].value_counts().iter_rows()) if "rejections" in frames else {}
    for stage in books:
        if not stage.balanced:
            out = f"{stage.accepted} accepted + {stage.rejected} rejected + {stage.merged} merged"
            yield Finding(f"books of {cut(stage.stage)}", f"{stage.taken_in} in, but {out}")
        if stage.rejected != (rows := told.pop(stage.stage, 0)):
            yield Finding(
                f"books of {cut(stage.stage)}",
                f"{stage.rejected} rejected, but the table rejections has {rows} of them",
            )
    for name in sorted(told):
        yield Finding(
            f"books of {cut(name)}",
            f"are missing, but the table rejections has {told[name]} rows of that stage",
        )
