"""The raw files that a lock names, gathered by hash into the archive of a clean folder, wherever they were kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

from pipeline.archive import Archive, digest_of
from pipeline.correct.files import kept_files
from pipeline.errors import InputError
from pipeline.ingest.archived import LISTED
from pipeline.release.lock import Lock
from pipeline.workbench import Given

_NAMED = 5


@dataclass(frozen=True)
class Shelves:
    """Where raw files are looked for."""

    archive: Archive
    """Of the store that made the release."""
    also: Sequence[Path] = ()
    """Files and folders of files that are told by their hash, whatever they are called."""

    @cached_property
    def _hashes(self) -> Mapping[Path, str]:
        return {path: digest_of(path) for top in self.also for path in _files(top)}

    def find(self, name: str, sha256: str) -> Path | str:
        """Return where the file with that hash lies, or why it cannot be had; ``name`` is what a lock calls it."""
        fault = self.archive.fault(sha256)
        if fault is None:
            return self.archive.path(sha256)
        for path, digest in self._hashes.items():
            if digest == sha256:
                return path
        for path, digest in self._hashes.items():
            if name == path.name or name.endswith((f"/{path.name}", f" {path.name}")):
                return f"{fault}, and {path} has another hash ({digest[:16]})"
        return fault


def _files(top: Path) -> Iterator[Path]:
    if not top.exists():
        raise InputError(f"{top}: there is no such file or folder; name one that holds raw inputs")
    try:
        yield from [top] if top.is_file() else (path for path in sorted(top.rglob("*")) if path.is_file())
    except OSError as error:
        raise InputError(f"{error.filename or top}: cannot be read ({error.strerror}); give permission") from None


def gather(lock: Lock, shelves: Shelves, archive: Archive) -> None:
    """Copy every raw file that ``lock`` names into ``archive``.

    Raises:
        InputError: files are missing or damaged; names the first of them, in the order of the lock, and why.
        FieldledgerError: the archive cannot be written.
    """
    found = [(name, sha256, shelves.find(name, sha256)) for name, sha256 in lock.raw_files]
    missing = [f"{name} ({sha256[:16]}): {where}" for name, sha256, where in found if isinstance(where, str)]
    if missing:
        more = f"\n  and {len(missing) - _NAMED:,} more" if len(missing) > _NAMED else ""
        listed = "".join(f"\n  {line}" for line in missing[:_NAMED])
        raise InputError(
            f"{len(missing):,} of {len(found):,} raw inputs cannot be had; name the store that made the release "
            f"(--store), or a place that holds them (--input). First:{listed}{more}"
        )
    for name, sha256, where in found:
        if archive.keep(Path(where)) != sha256:
            raise InputError(f"{name}: {where} changed while it was copied; run again")


def given(lock: Lock, archive: Archive) -> Given:
    """Return the raw inputs of ``lock`` as the pipeline takes them, from the archive that holds them."""
    rows = [(i.name, i.format, i.sha256, i.sidecar_of, i.unreadable) for i in lock.inputs]
    corrections = [(file.name, file.sha256, file.fault) for file in lock.corrections]
    listed = pl.DataFrame(rows, schema=LISTED, orient="row")
    return Given(archive, listed, lock.sample, kept_files(corrections, archive))


def gazetteers(lock: Lock, archive: Archive, folder: Path) -> tuple[Path, ...]:
    """Lay the gazetteers of ``lock`` out below ``folder`` under their names, and return them in their order."""
    return tuple(
        _laid(archive, file.sha256, folder / "gazetteers" / str(number) / file.name)
        for number, file in enumerate(lock.knowledge.gazetteers)
    )


def gold_sets(lock: Lock, archive: Archive, folder: Path) -> tuple[Path, ...]:
    """Lay the gold sets of ``lock`` that do not come with the region out below ``folder``; return them in order."""
    for file in lock.gold:
        if not file.bundled:
            _laid(archive, file.sha256, folder / "gold" / file.gold_set / file.name)
    return tuple(folder / "gold" / name for name in dict.fromkeys(g.gold_set for g in lock.gold if not g.bundled))


def _laid(archive: Archive, sha256: str, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(archive.path(sha256).resolve())
    return path
