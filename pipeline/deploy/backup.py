"""A data directory copied to an object store, and made again from there: on a new machine, or after a loss.

Bytes lie under their hash, created once, never overwritten. `snapshot.json` names what belongs together and is swapped
last, for what was read first: who reads it sees one data directory, whole, whatever dies when. The store itself stays
on a local disk, where a rename is the step that all or nothing rests on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.deploy.snapshot import KEPT, Snapshot, holds, is_whole, read_snapshot, snapshot_of
from pipeline.errors import FieldledgerError, InputError
from pipeline.release import files
from pipeline.release.files import FileRecord
from pipeline.release.object_store import Moved, ObjectStore
from pipeline.release.publisher_lock import publisher_lock
from pipeline.release.swap import point
from pipeline.storage import write_atomically

SNAPSHOT = "snapshot.json"
BLOBS = "blobs/"
RECOVERING = ".recovering"
_READ_ONLY = 0o444


@dataclass(frozen=True, slots=True)
class Copied:
    """What came of copying, either way."""

    new: int
    """Files that had to be carried."""
    same: int
    """Files that were there."""
    latest: str | None

    def line(self, where: str) -> str:
        """Return it in words."""
        return f"{where}: {self.new:,} files copied, {self.same:,} there already; latest is {self.latest or 'none'}"


def open_backup(url: str) -> ObjectStore:
    """Return the object store ``url``, which is not asked yet.

    Raises:
        InputError: it is no such place, or the environment cannot be used.
    """
    try:
        return ObjectStore(url)
    except InputError as error:
        raise InputError(str(error).replace("publish_to", "backup_to")) from None


def _key(sha256: str) -> str:
    return f"{BLOBS}{sha256[:2]}/{sha256}"


def back_up(data_dir: Path, store: ObjectStore) -> Copied:
    """Copy what is new in ``data_dir``, then let the snapshot tell of it.

    Raises:
        InputError: no credentials, no bucket, or they may not.
        FieldledgerError: the store cannot be reached, an object here is damaged, or another machine copies to the same
            place. The snapshot there is as it was, and whole.
    """
    before = store.read(SNAPSHOT)
    try:
        now = snapshot_of(data_dir)
        there = store.listing(BLOBS)
        new = 0
        for sha256, record in {record.sha256: record for record in now.files}.items():
            if there.get(_key(sha256), (None, ""))[0] != record.bytes:
                new += _create(store, data_dir, record)
    except OSError as error:
        raise files.explain(error, data_dir) from error
    data = now.to_bytes()
    if before is None or before.data != data:
        try:
            store.swap(SNAPSHOT, data, before)
        except Moved:
            raise FieldledgerError(
                f"{store.url}: another machine copied to the same place meanwhile; give each deployment a place of its "
                "own in backup_to, then run again"
            ) from None
    return Copied(new, len(now.files) - new, now.latest)


def _create(store: ObjectStore, data_dir: Path, record: FileRecord) -> bool:
    data = (data_dir / record.path).read_bytes()
    if not is_whole(record, data):
        raise FieldledgerError(f"{data_dir / record.path}: changed while it was copied; run again")
    if not store.create(_key(record.sha256), data) and not store.holds(_key(record.sha256), data):
        raise FieldledgerError(
            f"{store.url}/{_key(record.sha256)}: has other bytes than its name says; move it away, then run again"
        )
    return True


def recover(data_dir: Path, store: ObjectStore) -> Copied:
    """Put back what is missing or damaged in ``data_dir``: raw inputs and objects first, what points to them last.

    What is here and not in the snapshot stays, but pointers and `latest` are as the snapshot has them.

    Raises:
        InputError: there is no snapshot, no bucket, or no credentials.
        FieldledgerError: a copy is missing or damaged there, a release here differs, the disk is full. A rerun goes on.
    """
    found = store.read(SNAPSHOT)
    if found is None:
        raise InputError(f"{store.url}: holds no {SNAPSHOT}; name the place that backup_to named")
    snapshot = read_snapshot(found.data, f"{store.url}/{SNAPSHOT}")
    try:
        with publisher_lock(data_dir / "releases"):
            missing = [record for record in snapshot.files if not holds(data_dir, record)]
            for record in sorted(_plain(missing), key=lambda one: (_turn(one.path), one.path)):
                _put_back(data_dir, store, record)
            _put_back_releases(data_dir, store, snapshot, missing)
            if snapshot.latest:
                point(data_dir / "releases" / "latest", snapshot.latest)
    except OSError as error:
        raise files.explain(error, data_dir) from error
    return Copied(len(missing), len(snapshot.files) - len(missing), snapshot.latest)


def _turn(path: str) -> int:
    return next((number for number, top in enumerate(KEPT) if path.startswith(f"{top}/")), len(KEPT))


def _version_of(path: str) -> str | None:
    """Return the folder of the release that a file is in, None when it is in none."""
    parts = path.split("/")
    return parts[1] if parts[0] == "releases" and len(parts) > 2 else None


def _plain(records: Iterable[FileRecord]) -> list[FileRecord]:
    return [record for record in records if _version_of(record.path) is None]


def _fetch(store: ObjectStore, record: FileRecord) -> bytes:
    found = store.read(_key(record.sha256))
    if found is None or not is_whole(record, found.data):
        what = "is missing" if found is None else "does not have the hash in its name"
        raise FieldledgerError(f"{store.url}/{_key(record.sha256)} ({record.path}): {what}; it cannot be put back")
    return found.data


def _put_back(data_dir: Path, store: ObjectStore, record: FileRecord) -> None:
    path = data_dir / record.path
    write_atomically(path, _fetch(store, record))
    if record.path.startswith("store/raw/"):
        path.chmod(_READ_ONLY)


def _put_back_releases(data_dir: Path, store: ObjectStore, snapshot: Snapshot, missing: list[FileRecord]) -> None:
    """Put back each release that is not whole, as one folder: it appears by a rename."""
    releases = data_dir / "releases"
    for version in sorted({name for record in missing if (name := _version_of(record.path))}):
        if files.is_link(releases / version) is not None:
            raise FieldledgerError(
                f"{releases / version}: is not as it was copied, and a version is never overwritten; "
                "move it away, then recover again"
            )
        staging = releases / RECOVERING
        files.clear(staging)
        files.new_folder(staging)
        for record in snapshot.files:
            if _version_of(record.path) == version:
                inside = record.path.removeprefix(f"releases/{version}/")
                files.write_file(staging, inside, [_fetch(store, record)])
        for folder in (*(staging / name for name in files.listing(staging).folders), staging):
            files.sync_folder(folder)
        files.rename(staging, releases / version)
        files.sync_folder(releases)
