"""Whether all files of a release are there, and are the ones that its manifest lists: sizes and hashes, no rows.

The first part of `verify`, and all that `diff` asks for, which judges no rows. No link is followed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import FieldledgerError, InputError, cut
from pipeline.release import files
from pipeline.release.carried import DESCRIPTOR
from pipeline.release.lock import LOCK
from pipeline.release.manifest import Manifest, read_manifest

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a release."""

    where: str
    """The file, or the table, at fault."""
    says: str

    def __str__(self) -> str:
        """Return one line."""
        return f"{cut(self.where, 120)}: {self.says}"


def refuse_part(path: Path) -> None:
    """Refuse a release whose files are not those of its manifest; a package that came without one passes.

    Raises:
        InputError: the message names the folder, the first fault, and how many there are.
    """
    try:
        manifest = read_manifest(files.read_file(path, MANIFEST))
        findings = list(file_findings(path, manifest))
    except FileNotFoundError:
        return
    except OSError as error:
        findings = [unreadable(str(error.filename or path), error)]
    except FieldledgerError as error:
        raise InputError(f"{path}: {error}") from error
    if findings:
        raise not_whole(path, findings)


def not_whole(path: Path, findings: Sequence[Finding]) -> InputError:
    """Return what is said of a release that cannot be worked with."""
    return InputError(
        f"{path}: not whole: {findings[0]} ({len(findings):,} in all, see `fieldledger verify`); fetch it again"
    )


def unreadable(where: str, error: OSError) -> Finding:
    """Return what is told of a file that cannot be read."""
    if error.strerror == files.NOT_PLAIN:
        return Finding(where, files.NOT_PLAIN)
    return Finding(where, f"cannot be read: {cut(error.strerror or str(error))}")


def file_findings(path: Path, manifest: Manifest) -> Iterator[Finding]:
    """Compare what is there with what the manifest lists.

    Raises:
        OSError: a folder cannot be read.
    """
    there = files.listing(path)
    listed = [record.path for record in manifest.files]
    yield from (Finding(other, "is a link or device, not a file") for other in there.others)
    yield from (Finding(name, "is not in the manifest") for name in there.files if name not in {*listed, MANIFEST})
    needed = {parent.as_posix() for name in listed for parent in Path(name).parents}
    yield from (
        Finding(name, "is a folder that the manifest does not need")
        for name in there.folders
        if name not in {*needed, *listed}
    )
    if listed != sorted(set(listed)):
        yield Finding(MANIFEST, "lists files twice or out of order")
    for record in manifest.files:
        if fault := files.path_fault(record.path):
            yield Finding(record.path, f"the path {fault}")
        elif record.path in there.files:
            yield from _content_findings(path, record)
        elif record.path in there.folders:
            yield Finding(record.path, "is a folder, not a file")
        elif not {record.path, *(parent.as_posix() for parent in Path(record.path).parents)} & {*there.others}:
            yield Finding(record.path, "is missing")
    wanted = {DESCRIPTOR, LOCK, "README.md", "CITATION.cff", "changes.json"}
    yield from (
        Finding(name, "is not in the manifest, and no release is without") for name in sorted(wanted - set(listed))
    )
    for table in manifest.tables:
        if not table.parts or not set(table.files) <= {*manifest.files}:
            yield Finding(MANIFEST, f"table {cut(table.name)}: its files are not among the files listed")
        if (paths := [part.path for part in table.parts]) != sorted(set(paths)):
            yield Finding(MANIFEST, f"table {cut(table.name)}: lists its parts twice or out of order")


def _content_findings(path: Path, record: files.FileRecord) -> Iterator[Finding]:
    try:
        found = files.record_of(path, record.path)
    except OSError as error:
        yield unreadable(record.path, error)
        return
    if found.bytes != record.bytes:
        yield Finding(record.path, f"has {found.bytes} bytes, the manifest says {record.bytes}: fetch it again")
    elif found.sha256 != record.sha256:
        yield Finding(record.path, "has another content than the manifest says (SHA-256 differs): fetch it again")
