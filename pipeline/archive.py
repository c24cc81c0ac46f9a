"""The archive of raw inputs: files as they came in, named by the SHA-256 of their bytes, never altered.

A part of the content-addressed store, and all that must be kept to rebuild a release: what the pipeline makes can be
made again, what it was given cannot. A file is on the disk, read-only, before anything is made of it. One whose bytes
do not have the hash in its name is put aside (quarantine) as soon as that is seen, and never used.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from pipeline.errors import FieldledgerError
from pipeline.ids import sha256_bytes

FOLDER, QUARANTINE = "raw", "quarantine"
_PIECE = 1 << 20
_READ_ONLY = 0o444


@dataclass(frozen=True, slots=True)
class Archive:
    """The archive in the folder ``store``."""

    store: Path

    def path(self, sha256: str) -> Path:
        """Return where the file with that hash lies, or would lie."""
        return self.store / FOLDER / sha256[:2] / sha256

    def keep(self, source: Path) -> str:
        """Archive the file ``source`` and return the hash of what was archived.

        Raises:
            OSError: the source cannot be read.
            FieldledgerError: the archive cannot be written.
        """
        digest = digest_of(source)
        if self.fault(digest) is None:
            return digest
        with source.open("rb") as stream:
            return self._write(iter(lambda: stream.read(_PIECE), b""))

    def keep_bytes(self, data: bytes) -> str:
        """Archive ``data`` and return its hash.

        Raises:
            FieldledgerError: the archive cannot be written.
        """
        digest = sha256_bytes(data)
        return digest if self.fault(digest) is None else self._write(iter((data,)))

    def read(self, sha256: str) -> bytes:
        """Return the bytes of the file with that hash.

        Raises:
            FieldledgerError: it is not there, or its bytes no longer have that hash.
        """
        if fault := self.fault(sha256):
            raise FieldledgerError(
                f"{self.path(sha256)}: {fault}; no run can make it again: "
                "hand the file in again, or bring it back from a copy"
            )
        return self.path(sha256).read_bytes()

    def fault(self, sha256: str) -> str | None:
        """Return why the file with that hash cannot be used, None when it can; a damaged one is put aside."""
        path = self.path(sha256)
        try:
            if digest_of(path) == sha256:
                return None
        except FileNotFoundError:
            return "is not in the archive"
        except OSError as error:
            return f"cannot be read ({error.strerror})"
        return f"its bytes do not have the hash in its name; it was put aside as {put_aside(path, self.store)}"

    def _write(self, pieces: Iterable[bytes]) -> str:
        """Write pieces of bytes through to the disk, under the hash that they turn out to have."""
        folder = self.store / FOLDER
        temporary: Path | None = None
        digest = hashlib.sha256()
        try:
            _make(folder)
            with NamedTemporaryFile(dir=folder, prefix=".writing-", delete=False) as file:
                temporary = Path(file.name)
                for piece in pieces:
                    digest.update(piece)
                    file.write(piece)
                file.flush()
                os.fchmod(file.fileno(), _READ_ONLY)
                os.fsync(file.fileno())
            target = self.path(digest.hexdigest())
            _make(target.parent)
            temporary.replace(target)
            _sync(target.parent)
        except OSError as error:
            raise FieldledgerError(
                f"{error.filename or folder}: the raw input cannot be archived ({error.strerror}); make room or give "
                "permission, then run again"
            ) from error
        finally:
            if temporary is not None:
                temporary.unlink(missing_ok=True)
        return digest.hexdigest()


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def put_aside(path: Path, store: Path, name: str | None = None) -> Path:
    """Move a file that is not what it should be into the quarantine of ``store``, and return where it lies now.

    It keeps its name there, or is called ``name``. Nothing is deleted: what was damaged can still be looked at.

    Raises:
        FieldledgerError: it cannot be moved.
    """
    folder = store / QUARANTINE
    try:
        _make(folder)
        name = name or path.name
        number = sum(other.name.startswith(name) for other in folder.iterdir())
        target = folder / (f"{name}.{number}" if number else name)
        path.replace(target)
        for changed in (folder, path.parent):
            _sync(changed)
    except OSError as error:
        raise FieldledgerError(
            f"{path}: is damaged, and it cannot be put aside ({error.strerror}); delete it and run again"
        ) from error
    return target


def _make(folder: Path) -> None:
    """Make a folder, and those above it that are missing, so that they are there after a loss of power too."""
    if not folder.is_dir():
        _make(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync(folder.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
