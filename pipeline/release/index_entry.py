"""What the index tells of a release, read from the release's own files, each checked against its manifest."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

from pipeline.errors import FieldledgerError, cut
from pipeline.ids import sha256_bytes
from pipeline.release import files
from pipeline.release.carried import DESCRIPTOR
from pipeline.release.change_story import declared_sentence, summary_of
from pipeline.release.files import FileRecord
from pipeline.release.index import Entry, Index, LeftOut, LinkedFile, make_index
from pipeline.release.manifest import json_object, read_manifest
from pipeline.release.reader import release_folder, released_versions

_ARCHIVE = "datapackage.zip"
_NOT_THERE = (errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ELOOP)


def index_of(releases: Path) -> Index:
    """Return the index of the folder ``releases``; what cannot be read is told of in `left_out`.

    Raises:
        FieldledgerError: there is no release that can be read.
        OSError: the disk cannot be read.
    """
    entries, left_out = [], []
    for version in released_versions(releases):
        folder = release_folder(version)
        try:
            entries.append(entry_of(releases / folder, version))
        except FieldledgerError as error:
            left_out.append(LeftOut(f"{folder}/", str(error)))
    if not entries:
        why = f"; {left_out[0].path}: {left_out[0].why}" if left_out else ""
        raise FieldledgerError(f"{releases}: no release that can be read{why}; `fieldledger run` makes one")
    return make_index(entries, left_out)


def entry_of(release: Path, version: str) -> Entry:
    """Return what the index tells of the release ``version`` in the folder ``release``.

    Raises:
        FieldledgerError: its manifest, or a file needed here, is missing, damaged, or of a later version of the
            program; the message names no folder of this machine.
    """
    data = _read(release, "manifest.json")
    manifest = read_manifest(data)
    if manifest.version != version:
        raise FieldledgerError(f"manifest.json: is of version {manifest.version}; fetch the release again")
    listed = {record.path: record for record in manifest.files}
    changes, about = (_json(release, listed, name) for name in ("changes.json", DESCRIPTOR))
    own = FileRecord("manifest.json", len(data), sha256_bytes(data))
    folder = f"{release_folder(version)}/"
    try:
        return Entry(
            version=version,
            previous_version=manifest.previous_version,
            path=folder,
            id=about["id"],
            title=about["title"],
            description=about["description"],
            invented=about["fieldledger:invented"],
            build_time=manifest.build_time,
            level=changes["level"],
            summary=_summary(changes, version),
            tables=len(manifest.tables),
            rows=sum(table.rows for table in manifest.tables),
            files=len(manifest.files) + 1,
            bytes=sum(record.bytes for record in (*manifest.files, own)),
            manifest=_linked(folder, own),
            archive=_linked(folder, listed[_ARCHIVE]),
            changes=f"{folder}{listed['changes.html'].path}",
        )
    except KeyError as error:
        raise FieldledgerError(f"has no {cut(error.args[0])}: an earlier version of the program wrote it") from error


def _summary(changes: dict[str, Any], version: str) -> tuple[str, ...]:
    previous, level = changes["previous_version"], changes["level"]
    rows = [table["rows_after"] for table in changes["tables"]]
    told = summary_of(previous, version, level, changes["reasons"], rows)
    return tuple(filter(None, (*told, declared_sentence(previous, level, version))))


def _linked(folder: str, record: FileRecord) -> LinkedFile:
    return LinkedFile(folder + record.path, record.bytes, record.sha256)


def _read(release: Path, name: str) -> bytes:
    try:
        return files.read_file(release, name)
    except OSError as error:
        if error.errno not in _NOT_THERE:  # the disk is at fault, not the release
            raise
        raise FieldledgerError(f"{name}: {cut(error.strerror)}; fetch the release again") from error


def _json(release: Path, listed: dict[str, FileRecord], name: str) -> dict[str, Any]:
    if name not in listed:
        raise FieldledgerError(f"has no {name}: an earlier version of the program wrote it")
    data = _read(release, name)
    if sha256_bytes(data) != listed[name].sha256:
        raise FieldledgerError(f"{name}: not the file that manifest.json lists; fetch the release again")
    return json_object(data, name)
