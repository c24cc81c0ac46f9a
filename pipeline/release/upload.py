"""Releases carried to an object store: the same promise there as on a disk, kept without renames.

A version is uploaded object by object, each created where none is and never overwritten; its `manifest.json` comes
last, so that a version without one is no release yet. Then the index and the pointer `latest.json` are swapped, each
only for what was read before. A rerun completes what was begun, and holds everything there against the bytes here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import FieldledgerError, cut
from pipeline.ids import sha256_bytes
from pipeline.plain_words import number, verb
from pipeline.release import files
from pipeline.release.files import FileRecord
from pipeline.release.index import INDEX, Entry, Index, LeftOut, make_index, read_index, read_latest
from pipeline.release.index_entry import index_of
from pipeline.release.index_pages import index_files
from pipeline.release.manifest import read_manifest
from pipeline.release.object_store import Found, Moved, ObjectStore

LATEST = "latest.json"
Before = Mapping[str, Found | None]
"""What lay beside the versions at first, by name."""
_MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What an upload did."""

    url: str
    latest: str
    """The version that `latest.json` names now."""
    versions: int
    """How many versions of this folder are there now, all of them."""
    new: int
    """How many objects of versions were created."""
    same: int
    """How many were there already, with the same bytes."""
    left_out: tuple[LeftOut, ...]
    """Folders here that are named like a release and cannot be read."""

    def lines(self) -> list[str]:
        """Return what was done, for the terminal."""
        releases = f"{number(self.versions)} {verb(self.versions, 'release', 'releases')}"
        files = f"{number(self.new)} new files, {number(self.same)} there already with the same bytes"
        return [
            f"{self.url}: {releases}, {files}; latest is {self.latest}",
            *(f"  not uploaded: {folder.path}: {folder.why}" for folder in self.left_out),
        ]


def upload(releases: Path, store: ObjectStore) -> Uploaded:
    """Carry every release below ``releases`` to ``store``, and let its index and `latest.json` tell of them.

    Raises:
        InputError: no credentials, no bucket, or they may not.
        FieldledgerError: there is no release, or one is damaged; a version is there with other bytes; another publisher
            was quicker; the store cannot be reached. What is there stays as it was, and a rerun completes the rest.
    """
    try:
        local = index_of(releases)
        before = {name: store.read(name) for name in (LATEST, *index_files(local))}
        there = _there(store, before)
        _check_one_and_the_same(store, local, there)
        new = same = 0
        for entry in reversed(local.releases):
            created, found = _upload_version(releases, entry, store)
            new, same = new + created, same + found
        if new:
            newest = local.newest.manifest.path
            store.check_conditional(newest, files.read_file(releases, newest))
    except OSError as error:
        raise files.explain(error, releases) from error
    index = make_index({entry.version: entry for entry in (*there, *local.releases)}.values())
    try:
        _tell(store, index, before)
    except Moved:
        raise FieldledgerError(
            f"{store.url}: another publisher won: index or {LATEST} was swapped while this one was at work; run again"
        ) from None
    return Uploaded(store.url, index.latest.version, len(local.releases), new, same, local.left_out)


def _there(store: ObjectStore, before: Before) -> tuple[Entry, ...]:
    """Return the releases that the index of ``store`` lists; the pointer may name no later one."""
    found, pointer = before[INDEX], before[LATEST]
    entries = read_index(found.data, f"{store.url}/{INDEX}").releases if found else ()
    if pointer is not None:
        named = read_latest(pointer.data, f"{store.url}/{LATEST}").version
        if named not in {entry.version for entry in entries}:
            raise FieldledgerError(
                f"{store.url}/{LATEST}: names version {named}, which {INDEX} there does not list; put {INDEX} back, "
                f"or move {LATEST} away, then run again"
            )
    return entries


def _check_one_and_the_same(store: ObjectStore, local: Index, there: Iterable[Entry]) -> None:
    """See that a version which both indexes list has one manifest."""
    here = {entry.version: entry.manifest.sha256 for entry in local.releases}
    for entry in there:
        if here.get(entry.version, entry.manifest.sha256) != entry.manifest.sha256:
            raise _other(store, entry.version, INDEX)


def _other(store: ObjectStore, version: str, key: str) -> FieldledgerError:
    return FieldledgerError(
        f"{store.url}/{key}: version {version} is there already with other bytes, and a version is never overwritten; "
        "publish to another place, or release a later version"
    )


def _upload_version(releases: Path, entry: Entry, store: ObjectStore) -> tuple[int, int]:
    """Create what is missing of a version; return how many objects that were, and how many were there."""
    folder = releases / entry.path
    manifest = files.read_file(folder, _MANIFEST)
    records = read_manifest(manifest).files
    listed = store.listing(entry.path)
    expected = {entry.path + name for name in (_MANIFEST, *(record.path for record in records))}
    if foreign := sorted(listed.keys() - expected):
        raise FieldledgerError(
            f"{store.url}/{cut(foreign[0])}: is no file of version {entry.version}; move it away, then run again"
        )
    if (key := entry.path + _MANIFEST) in listed and not store.holds(key, manifest, listed[key]):
        raise _other(store, entry.version, key)
    created = 0
    for record in records:
        created += _put(store, entry, record.path, _checked(folder, record), listed)
    created += _put(store, entry, _MANIFEST, manifest, listed)
    return created, len(expected) - created


def _put(store: ObjectStore, entry: Entry, path: str, data: bytes, listed: Mapping[str, tuple[int, str]]) -> bool:
    """Create an object if there is none; return whether it was."""
    key = entry.path + path
    if key not in listed and store.create(key, data):
        return True
    if not store.holds(key, data, listed.get(key)):
        raise _other(store, entry.version, key)
    return False


def _checked(folder: Path, record: FileRecord) -> bytes:
    """Return a file of a release, which is the one that its manifest lists."""
    data = files.read_file(folder, record.path)
    if sha256_bytes(data) != record.sha256:
        raise FieldledgerError(
            f"{folder / record.path}: not the file that {_MANIFEST} lists, and was not uploaded; fetch it again"
        )
    return data


def _tell(store: ObjectStore, index: Index, before: Before) -> None:
    """Swap `index.json`, the pages of it, and the pointer last, each only for what was read ``before`` all else.

    Who swaps `index.json` wins. A page that a later publisher wrote in the meantime is no longer what was read.
    """
    pages = index_files(index)
    for name, data in {INDEX: pages[INDEX], **pages, LATEST: index.latest.to_bytes()}.items():
        found = before[name]
        if found is None or found.data != data:
            store.swap(name, data, found)
