"""The transaction that turns tables and pages into a release: all of it, or nothing.

Everything is written to `releases/.staging` through to the disk, `manifest.json` last; the whole folder is then
verified from its bytes, as any user would and against the program's own contract; one rename that never replaces
anything makes it `releases/vX.Y.Z`, one swap lets `latest` lead to it, and the index beside it is renewed. A reader
sees the old releases or the new one, never a part, whatever dies when, and a rerun completes. A version is never
written twice. What goes in is decided elsewhere: the version in `plan`, the figures in `aggregate`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipeline.contracts import Contract, Table, load_contract
from pipeline.errors import FieldledgerError, cut
from pipeline.parquet import parquet_bytes
from pipeline.release import files
from pipeline.release.about import Scope, about_release
from pipeline.release.change_files import release_files
from pipeline.release.changes import OF_CHANGES
from pipeline.release.descriptor import describe_package
from pipeline.release.documents import release_documents
from pipeline.release.files import FileRecord
from pipeline.release.forms import RESERVED, write_forms
from pipeline.release.index_entry import index_of
from pipeline.release.index_pages import index_files
from pipeline.release.lock import LOCK, Lock
from pipeline.release.manifest import Books, Manifest, TableRecord, json_bytes
from pipeline.release.partitions import parquet_files, whole_path
from pipeline.release.plan import Draft, ReleasePlan, draft
from pipeline.release.publisher_lock import publisher_lock
from pipeline.release.reader import newest_release, release_folder
from pipeline.release.rolled_back import is_rolled_back
from pipeline.release.swap import point, replace_files
from pipeline.release.tables import csv_chunks
from pipeline.release.verify import verify_release

STAGING = ".staging"
LATEST = "latest"
_SHOWN_FINDINGS = 5


@dataclass(frozen=True, slots=True)
class Published:
    """Where a release lies."""

    path: Path
    version: str
    created: bool
    """False when there was nothing new to publish."""


def publish(
    releases: Path,
    tables: Mapping[str, pl.DataFrame],
    plan: ReleasePlan,
    *,
    scope: Scope,
    documents: Mapping[str, bytes],
    books: Sequence[Books],
    made_from: Lock,
    contract: Contract | None = None,
    partition_rows: int | None = None,
) -> Published:
    """Carry out ``plan`` below the folder ``releases``.

    Args:
        releases: holds one folder a version, and `latest`; made when missing.
        tables: those that were planned with.
        plan: of `plan_release`.
        scope: the region.
        documents: further files by path, such as `CODEBOOK.md` and `briefings/2021-W05.md`.
        books: balance of every stage, in the order of the stages.
        made_from: what went in; written as `lock.json`.
        contract: the program's own when not given.
        partition_rows: tables of more rows are partitioned by year in Parquet, as `partitions` says; None: no table is.

    Raises:
        FieldledgerError: a path, a figure or the books are at fault; the version is there already; another publisher is
            at work; the disk is full, broken or may not be written. Nothing of the release is kept then, the others
            are untouched. Only when the message says that the release is published, it is, and whole; what was left
            to do, a rerun does.
    """
    contract = contract or load_contract()
    try:
        with publisher_lock(releases):
            target = releases / release_folder(plan.version)
            files.clear(releases / STAGING)  # left by a publisher that was killed: the lock is ours
            _check_turn(releases, target, plan)
            if plan.is_new:
                planned = _planned(draft(tables, contract), plan)
                _stage_and_commit(
                    releases / STAGING, target, planned, plan, contract, scope=scope,
                    documents=documents, books=books, made_from=made_from, partition_rows=partition_rows,
                )  # fmt: skip
            _let_latest_lead_to(target)
            _renew_index(releases, target)
    except OSError as error:
        raise files.explain(error, releases) from error
    return Published(target, plan.version, plan.is_new)


def _check_turn(releases: Path, target: Path, plan: ReleasePlan) -> None:
    newest = newest_release(releases)
    found = newest.name if newest else "no release"
    expected = release_folder(plan.previous_version) if plan.previous_version else "no release"
    if found != expected:
        raise FieldledgerError(f"{releases}: planned to follow {expected}, but {found} is the newest now: run again")
    if plan.is_new and files.is_link(target) is not None:
        raise _taken(target)
    if files.is_link(latest := releases / LATEST) is False:
        raise FieldledgerError(f"{latest}: is no link to a release; move it away, then run again")


def _taken(target: Path) -> FieldledgerError:
    return FieldledgerError(
        f"{target}: is there already, and a version is never overwritten; move it away, then run again"
    )


def _let_latest_lead_to(target: Path) -> None:
    """Swap `latest`, and make the names of the release and of `latest` durable."""
    try:
        if not is_rolled_back(target):
            point(target.with_name(LATEST), target.name)
    except OSError as error:
        raise FieldledgerError(
            f"{target} is published, but `{LATEST}` may not lead to it yet: {files.explain(error, target.parent)}"
        ) from error


def _renew_index(releases: Path, target: Path) -> None:
    """Let the index tell of what lies there now; also of what a killed publisher left untold."""
    try:
        replace_files(releases, index_files(index_of(releases)))
    except OSError as error:
        raise FieldledgerError(
            f"{target} is published, but the index may not tell of it yet: {files.explain(error, releases)}"
        ) from error


def _planned(tables: Draft, plan: ReleasePlan) -> Draft:
    for name, frame in tables.frames.items():
        changes = plan.changes
        if frame.height != (rows := changes.entries if name == OF_CHANGES else changes.tables[name].rows_after):
            raise FieldledgerError(f"table {name} has {frame.height} rows, but was planned with {rows}; plan again")
    return tables


def _stage_and_commit(
    staging: Path,
    target: Path,
    tables: Draft,
    plan: ReleasePlan,
    contract: Contract,
    *,
    scope: Scope,
    documents: Mapping[str, bytes],
    books: Sequence[Books],
    made_from: Lock,
    partition_rows: int | None,
) -> None:
    try:
        files.new_folder(staging)
        records = [
            _write_table(staging, table, tables.frame(table.name), partition_rows) for table in contract.published
        ]
        about = about_release(
            contract.published,
            tables.frames,
            version=plan.version,
            previous_version=plan.previous_version,
            build_time=plan.build_time,
            scope=scope,
        )
        descriptor = describe_package(about, records)
        own = {
            **release_documents(about, plan, tables, books, descriptor, documents),
            **release_files(plan.changes, plan.version, about.words.notice(about.invented)),
            LOCK: made_from.to_bytes(),
            "datapackage.json": json_bytes(descriptor),
        }
        _check_documents(documents, {*own, *RESERVED, "manifest.json"})
        pages = [files.write_file(staging, path, [data]) for path, data in sorted({**own, **documents}.items())]
        pages += write_forms(staging, about, tables, records, pages, made_from)
        manifest = Manifest(
            version=plan.version,
            previous_version=plan.previous_version,
            build_time=f"{plan.build_time:%Y-%m-%dT%H:%M:%S}Z",
            books=tuple(books),
            tables=tuple(records),
            files=_sorted([*pages, *(file for record in records for file in record.files)]),
        )
        files.write_file(staging, "manifest.json", [manifest.to_bytes()])
        for folder in (*(staging / name for name in files.listing(staging).folders), staging):
            files.sync_folder(folder)
        _check_whole(staging, plan.version, contract)
        try:
            files.rename(staging, target)
        except FileExistsError as error:
            raise _taken(target) from error
    except BaseException:
        with suppress(OSError):
            files.clear(staging)
        raise


def _sorted(records: Iterable[FileRecord]) -> tuple[FileRecord, ...]:
    return tuple(sorted(records, key=lambda record: record.path))


def _write_table(staging: Path, table: Table, frame: pl.DataFrame, partition_rows: int | None) -> TableRecord:
    csv = files.write_file(staging, f"data/{table.name}.csv", csv_chunks(table, frame))
    parquet = tuple(
        files.write_file(staging, path, [parquet_bytes(rows)])
        for path, rows in parquet_files(table, frame, partition_rows)
    )
    return TableRecord(
        name=table.name,
        rows=frame.height,
        columns=frame.width,
        csv=csv,
        parquet=parquet[0] if parquet[0].path == whole_path(table.name) else parquet,
    )


def _check_documents(documents: Mapping[str, bytes], taken: set[str]) -> None:
    """Refuse paths that leave the release or meet another file, also where case does not count."""
    seen = {path.lower() for path in taken}
    for path in sorted(documents):
        if fault := files.path_fault(path):
            raise FieldledgerError(f"document {cut(path)!r}: the path {fault}; rename it")
        if path.lower() in seen or path.lower().split("/")[0] == "data":
            raise FieldledgerError(f"document {cut(path)!r}: the release has a file of its own there; rename it")
        seen.add(path.lower())


def _check_whole(staging: Path, version: str, contract: Contract) -> None:
    if findings := verify_release(staging, contract):
        more = f"; and {len(findings) - _SHOWN_FINDINGS} more" if len(findings) > _SHOWN_FINDINGS else ""
        told = "; ".join(str(finding) for finding in findings[:_SHOWN_FINDINGS])
        raise FieldledgerError(
            f"{staging.parent}: release {version} does not hold what it must, and was not published: {told}{more}; "
            "mend that, then run again"
        )
