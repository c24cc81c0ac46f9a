"""What a backup holds of a data directory: files by path and hash, and where `latest` leads. No clock, no machine.

Left out is what can be made again or must not be carried: Dagster's records, the site, quarantine, pickled values
(whoever could write to the object store could run code here), and what is half written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.archive import digest_of
from pipeline.errors import FieldledgerError, cut
from pipeline.ids import sha256_bytes
from pipeline.release import files
from pipeline.release.files import FileRecord
from pipeline.release.manifest import json_bytes, json_object
from pipeline.version_numbers import VERSION

SCHEMA_VERSION = 1
KEPT = ("store/raw", "store/objects", "store/memo", "store/assets", "corrections", "releases")
"""Folders of the data directory that are copied, in the order in which they are put back: what is pointed to first."""
NOTES = ("store/last_run.json", "store/last_site.json")
NAMED_BY_HASH = ("store/raw/", "store/objects/")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A data directory at one time."""

    schema_version: int
    latest: str | None
    """Folder of the release that `latest` leads to."""
    files: tuple[FileRecord, ...]
    """Paths below the data directory."""

    def to_bytes(self) -> bytes:
        """Return it as JSON."""
        return json_bytes(asdict(self))


def snapshot_of(data_dir: Path) -> Snapshot:
    """Return what ``data_dir`` holds now.

    Raises:
        FieldledgerError: an object is not what its name says.
        OSError: something cannot be read.
    """
    latest = data_dir / "releases" / "latest"
    leads = latest.resolve().name if latest.is_dir() else None
    records = [_record(data_dir, path) for path in sorted(_paths(data_dir))]
    return Snapshot(SCHEMA_VERSION, leads, tuple(records))


def _paths(data_dir: Path) -> Iterator[str]:
    for top in KEPT:
        for path in files.listing(data_dir / top).files if (data_dir / top).is_dir() else ():
            if not any(part.startswith(".") for part in PurePosixPath(path).parts):
                yield f"{top}/{path}"
    yield from (note for note in NOTES if (data_dir / note).is_file())


def _record(data_dir: Path, path: str) -> FileRecord:
    digest = digest_of(data_dir / path)
    if path.startswith(NAMED_BY_HASH) and PurePosixPath(path).name.split(".")[0] != digest:
        raise FieldledgerError(
            f"{data_dir / path}: its bytes do not have the hash in its name, and nothing was copied; "
            "`fieldledger doctor --deep` puts it aside, then run again"
        )
    return FileRecord(path, (data_dir / path).stat().st_size, digest)


def read_snapshot(data: bytes, where: str) -> Snapshot:
    """Return the snapshot in ``data``, which nobody need trust.

    Raises:
        FieldledgerError: it is damaged, of a later program, or names a path that leads out of the data directory.
    """
    said: dict[str, Any] = json_object(data, where)
    if said.get("schema_version") != SCHEMA_VERSION:
        raise FieldledgerError(f"{where}: is of another version of this program; use that one to read it")
    try:
        listed = said["files"]
        records = tuple(FileRecord(str(f["path"]), int(f["bytes"]), str(f["sha256"])) for f in listed)
        latest = said["latest"]
    except (KeyError, TypeError, ValueError) as error:
        raise FieldledgerError(f"{where}: is no snapshot ({type(error).__name__}); copy again from a machine") from None
    for record in records:
        known = record.path.startswith(tuple(f"{top}/" for top in KEPT)) or record.path in NOTES
        if files.path_fault(record.path) or not known:
            raise FieldledgerError(f"{where}: {cut(record.path)!r} is no file of a data directory; do not use it")
    if latest is not None and not (isinstance(latest, str) and VERSION.fullmatch(latest.removeprefix("v"))):
        raise FieldledgerError(f"{where}: latest is {cut(latest)}, which is no release; do not use it")
    return Snapshot(SCHEMA_VERSION, latest, records)


def holds(data_dir: Path, record: FileRecord) -> bool:
    """Tell whether a file lies in ``data_dir`` as a snapshot has it."""
    path = data_dir / record.path
    return path.is_file() and path.stat().st_size == record.bytes and digest_of(path) == record.sha256


def is_whole(record: FileRecord, data: bytes) -> bool:
    """Tell whether ``data`` are the bytes of a file."""
    return sha256_bytes(data) == record.sha256
