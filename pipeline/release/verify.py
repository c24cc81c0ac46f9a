"""Whether a release is whole and keeps what it promises, from nothing but its own folder.

Nothing in the folder is trusted: no link is followed, no path left, no damaged file opened further than needed; every
fault becomes one finding, none a crash. Figures are not judged here: that the events are right is for readers of the
evidence, how they came about for `reproduce`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.contract_validation import split
from pipeline.contracts import Contract, Table
from pipeline.errors import FieldledgerError, InputError, cut
from pipeline.release import files
from pipeline.release.carried import DESCRIPTOR, carried_tables, is_ours
from pipeline.release.copies import unlike_copies
from pipeline.release.descriptor import PARQUET, describe_parquet
from pipeline.release.evidence import broken_evidence
from pipeline.release.lock import LOCK, Lock, lock_faults, read_lock
from pipeline.release.manifest import Books, Manifest, TableRecord, json_object, read_manifest
from pipeline.release.partitions import parquet_files
from pipeline.release.tables import read_csv, read_parquet
from pipeline.release.whole import MANIFEST, Finding, file_findings, unreadable

_ROWS_NAMED = 3


def verify_release(path: Path, contract: Contract | None = None) -> list[Finding]:
    """Return everything that is wrong with the release in the folder ``path``; an empty list when nothing is.

    Checked are: the files that are there against the manifest, byte counts and hashes; the descriptor against the
    manifest; that CSV and Parquet hold the same rows, each in the part of its year; every constraint, cross-column
    check and key of the contract that the release carries in its descriptor; the books of the stages; that evidence and
    quotes fit their spans and articles; that the lock fits the rest; that database, archive and all other forms hold
    the same.
    Tables are checked only once all files are sound, other forms once the tables are.

    Args:
        path: of the folder, or of a link to it.
        contract: of the publisher, which the release must carry in full; users have none but the release's own.

    Raises:
        InputError: ``path`` is no folder, holds no release of this program, or one of a later version of it.
    """
    try:
        if not files.is_folder(path):
            raise InputError(f"{path}: no such folder; name the folder of a release")
        manifest = _manifest(path)
        if findings := list(file_findings(path, manifest)):
            return findings
        descriptor = json_object(files.read_file(path, DESCRIPTOR), DESCRIPTOR)
        if findings := list(_descriptor_findings(descriptor, manifest)):
            return findings
        tables = carried_tables(descriptor)
        if findings := list(_contract_findings(tables, contract)):
            return findings
        frames, findings = _read_tables(path, tables, manifest.tables)
        lock = _lock(path)
    except InputError:
        raise
    except FieldledgerError as error:
        where, _, says = str(error).partition(": ")
        return [Finding(where, says)]
    except OSError as error:
        return [unreadable(str(error.filename or path), error)]
    if findings := findings or [
        *(finding for table in tables for finding in _judged(table.name, _table_findings(table, frames))),
        *_judged("rejections", _book_findings(manifest.books, frames)),
        *_judged("evidence", (Finding(table, says) for table, says in broken_evidence(frames))),
        *_judged(LOCK, (Finding(LOCK, says) for says in lock_faults(lock, manifest, frames))),
    ]:
        return findings
    return [Finding(file, says) for file, says in unlike_copies(path, manifest, tables, frames)]


def _judged(where: str, findings: Iterator[Finding]) -> Iterator[Finding]:
    """Give ``findings`` on; that a table lacks what is needed to judge it, is one as well."""
    try:
        yield from findings
    except pl.exceptions.PolarsError as error:
        yield Finding(where, f"cannot be checked: {cut(str(error).partition(chr(10))[0])}")


def _lock(path: Path) -> Lock:
    """Read the lock; one of a later version of the program cannot be judged."""
    try:
        return read_lock(files.read_file(path, LOCK))
    except InputError as error:
        raise InputError(f"{path}: {error}") from error


def _manifest(path: Path) -> Manifest:
    """Read the manifest, or tell what the folder is instead of a release."""
    try:
        return read_manifest(files.read_file(path, MANIFEST))
    except InputError as error:
        raise InputError(f"{path}: {error}") from error
    except FileNotFoundError:
        pass
    try:
        descriptor = json_object(files.read_file(path, DESCRIPTOR), DESCRIPTOR)
    except (OSError, FieldledgerError) as error:
        raise InputError(
            f"{path}: no release, for it has neither {MANIFEST} nor {DESCRIPTOR}; name the folder of a release"
        ) from error
    if is_ours(descriptor):
        raise FieldledgerError(f"{MANIFEST}: is missing: a release that was copied in part")
    raise InputError(
        f"{path}: a data package of another tool, for it has no {MANIFEST}; name the folder of a release of fieldledger"
    )


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
        twin = resource.get(PARQUET)
        twin = twin if isinstance(twin, dict) else {}
        for told, file in ((resource, record.csv), *(() if record.partitioned else ((twin, record.parts[0]),))):
            expected = {"path": file.path, "bytes": file.bytes, "hash": f"sha256:{file.sha256}"}
            if {key: told.get(key) for key in expected} != expected:
                yield Finding(
                    DESCRIPTOR,
                    f"table {record.name}: path, bytes or hash of {file.path} differ from the manifest",
                )
        if record.partitioned and twin != describe_parquet(record, twin.get("partitionedBy")):
            yield Finding(DESCRIPTOR, f"table {record.name}: its Parquet parts differ from those of the manifest")


def _contract_findings(tables: Sequence[Table], contract: Contract | None) -> Iterator[Finding]:
    """Compare what the descriptor promises with the whole contract: types, constraints, keys and named checks."""
    told = {table.name: table for table in tables}
    for table in contract.published if contract else ():
        carried = told.get(table.name)
        if carried is None or _promise(carried) != _promise(table):
            yield Finding(
                DESCRIPTOR, f"table {table.name}: columns, constraints, keys or checks are not the contract's"
            )
        elif carried.partition_by not in (None, table.partition_by):
            yield Finding(DESCRIPTOR, f"table {table.name}: is not partitioned by the contract's column")


def _promise(table: Table) -> tuple[object, ...]:
    fields = tuple((field.name, field.type, dict(field.constraints)) for field in table.fields)
    return fields, table.primary_key, table.foreign_keys, table.checks


def _read_tables(
    path: Path, tables: Sequence[Table], records: Sequence[TableRecord]
) -> tuple[dict[str, pl.DataFrame], list[Finding]]:
    frames: dict[str, pl.DataFrame] = {}
    findings: list[Finding] = []
    for table, record in zip(tables, records, strict=True):
        frame = read_csv(table, files.read_file(path, record.csv.path))
        if frame.shape != (record.rows, record.columns):
            size = f"{frame.height} rows and {frame.width} columns"
            findings.append(
                Finding(record.csv.path, f"has {size}, the manifest says {record.rows} and {record.columns}")
            )
        else:
            findings += _parquet_findings(path, table, record, frame)
        frames[table.name] = frame
    return frames, findings


def _parquet_findings(path: Path, table: Table, record: TableRecord, frame: pl.DataFrame) -> Iterator[Finding]:
    """Compare the rows of the CSV with those in Parquet: in one file, or each in the part of its year."""
    listed = {part.path for part in record.parts}
    for part, rows in parquet_files(table, frame, 0):
        if part not in listed:
            yield Finding(MANIFEST, f"table {table.name}: lists no {part}, though there are rows for it")
            continue
        listed.remove(part)
        if not rows.equals(read_parquet(table, files.read_file(path, part), part), null_equal=True):
            yield Finding(part, f"holds other rows than {record.csv.path}")
    for part in sorted(listed):
        yield Finding(part, f"is no file of table {table.name}: {record.csv.path} has no rows for it")


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
