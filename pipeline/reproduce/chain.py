"""Which releases are to be made, in which order, and what the first of them follows.

A release follows from its inputs and its predecessor, whose event ids live on. A predecessor that is at hand, whole,
and the very one that the lock names, stands for all before it; else it is made again too, from its own lock.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.archive import Archive
from pipeline.errors import FieldledgerError, InputError
from pipeline.ids import sha256_bytes
from pipeline.release.files import read_file
from pipeline.release.lock import LOCK, Lock, Previous, read_lock
from pipeline.release.manifest import Manifest, read_manifest
from pipeline.release.reader import release_folder
from pipeline.release.verify import verify_release
from pipeline.release.whole import MANIFEST


@dataclass(frozen=True, slots=True)
class Link:
    """A release to make again."""

    lock: Lock
    manifest: Manifest
    manifest_sha256: str
    folder: Path | None
    """Where the release lies; None when only its lock and manifest are known, from the store."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Releases to make again, the earliest first, the one asked for last."""

    links: tuple[Link, ...]
    base: Path | None
    """The release that the first of them follows, taken as it is; None when it follows none."""


def find_chain(release: Path, archive: Archive, *, whole: bool) -> Chain:
    """Return what has to be made to make ``release`` again.

    Args:
        release: folder of a whole release; others are looked for beside it.
        archive: holds lock and manifest of those that do not lie there.
        whole: make everything from the first release on, even where a predecessor could be taken as it is.

    Raises:
        InputError: a predecessor is neither beside the release nor in the archive.
        FieldledgerError: a lock or a manifest is damaged.
        OSError: one cannot be read, or is behind a link.
    """
    link = _on_disk(release)
    links = [link]
    while (previous := link.lock.previous) is not None:
        beside = release.parent / release_folder(previous.version)
        at_hand = _is_the_one(beside, previous) and not verify_release(beside)
        if at_hand and not whole:
            return Chain(tuple(reversed(links)), beside)
        link = _on_disk(beside) if at_hand else _archived(previous, archive, beside)
        links.append(link)
    return Chain(tuple(reversed(links)), None)


def _on_disk(folder: Path) -> Link:
    data = read_file(folder, MANIFEST)
    lock = read_lock(read_file(folder, LOCK), str(folder / LOCK))
    return Link(lock, read_manifest(data), sha256_bytes(data), folder)


def _is_the_one(folder: Path, previous: Previous) -> bool:
    try:
        return sha256_bytes(read_file(folder, MANIFEST)) == previous.manifest_sha256
    except OSError:
        return False


def _archived(previous: Previous, archive: Archive, beside: Path) -> Link:
    try:
        manifest = read_manifest(archive.read(previous.manifest_sha256))
        (lock,) = (file.sha256 for file in manifest.files if file.path == LOCK)
        return Link(read_lock(archive.read(lock)), manifest, previous.manifest_sha256, None)
    except FieldledgerError as error:
        raise InputError(
            f"the release before, {previous.version} (manifest {previous.manifest_sha256[:16]}), is missing: {beside} "
            f"is not it, or not whole, and of its papers in the store {error}; fetch that release into that folder"
        ) from error
