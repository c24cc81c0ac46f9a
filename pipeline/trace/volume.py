"""Releases opened to look things up in: rows by any column, files, inputs. Only their folders are needed.

A package that came without manifest or lock is traced as far as its tables go.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.contracts import load_contract
from pipeline.errors import FieldledgerError, InputError
from pipeline.release import files
from pipeline.release.lock import LOCK, RawInput, read_lock
from pipeline.release.manifest import json_object
from pipeline.release.reader import Release, open_release, release_folder, released_versions
from pipeline.trace.joins import Joins, joins_of

MANIFEST = "manifest.json"
Row = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Volume:
    """One release."""

    release: Release
    _frames: dict[str, pl.DataFrame] = field(default_factory=dict, repr=False)

    @property
    def version(self) -> str:
        """MAJOR.MINOR.PATCH."""
        return self.release.version

    @cached_property
    def joins(self) -> Joins:
        """How its tables hang together, by the contract that it carries."""
        return joins_of(self.release.tables)

    def frame(self, name: str) -> pl.DataFrame:
        """Return a table; without rows where the release was made before there was one of that name.

        Raises:
            InputError: the file is missing, or not the one that the descriptor announces.
        """
        if name not in self._frames:
            known = name in self.release.resources
            self._frames[name] = self._read(name) if known else load_contract().tables[name].empty()
        return self._frames[name]

    def _read(self, name: str) -> pl.DataFrame:
        """Return a table with all columns that the program knows: an older release may not have them all."""
        found, ours = self.release.frame(name), load_contract().tables.get(name)
        missing = [field for field in ours.fields if field.name not in found.columns] if ours else []
        return found.with_columns(pl.lit(None, field.dtype).alias(field.name) for field in missing)

    def has(self, name: str) -> bool:
        """Tell whether it has a table of that name."""
        return name in self.release.resources

    def key(self, table: str) -> tuple[str, ...]:
        """Return the primary key of a table."""
        return self.release.tables[table].primary_key

    def rows(self, table: str, column: str, values: Iterable[object]) -> list[Row]:
        """Return the rows of a table with one of ``values`` in a column, by primary key."""
        if not self.has(table) or column not in (frame := self.frame(table)).columns:
            return []
        wanted = pl.Series(column, list(values), frame.schema[column])
        return frame.filter(pl.col(column).is_in(wanted.implode())).to_dicts()

    @cached_property
    def manifest(self) -> Mapping[str, Any]:
        """What `manifest.json` says; nothing where it is missing or damaged, which is for `verify` to tell."""
        return self._json(MANIFEST)

    @property
    def build_time(self) -> str | None:
        """ISO 8601, UTC; None where the manifest is missing."""
        return self.manifest.get("build_time")

    @cached_property
    def files(self) -> Mapping[str, Mapping[str, Any]]:
        """Size and hash of each file by its path; of a package without manifest those of its tables."""
        tables = self.manifest.get("tables", ())
        listed = [record for table in tables for record in _records(table)] + list(self.manifest.get("files", ()))
        if not listed:
            listed = [
                {"path": found["path"], "bytes": found.get("bytes"), "sha256": found["hash"].removeprefix("sha256:")}
                for found in self.release.resources.values()
            ]
        return {record["path"]: record for record in sorted(listed, key=lambda record: str(record["path"]))}

    @cached_property
    def inputs(self) -> Mapping[str, RawInput]:
        """The raw inputs by name; none where the release has no lock."""
        try:
            lock = read_lock(files.read_file(self.release.path, LOCK))
        except (OSError, FieldledgerError):
            return {}
        return {item.name: item for item in reversed(lock.inputs)}

    def _json(self, name: str) -> Mapping[str, Any]:
        try:
            return json_object(files.read_file(self.release.path, name), name)
        except (OSError, FieldledgerError):
            return {}


def _records(table: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    parquet = table["parquet"]
    return [table["csv"], *(parquet if isinstance(parquet, list) else [parquet])]


@dataclass(frozen=True, eq=False)
class Shelf:
    """The releases of a series that are there."""

    volumes: tuple[Volume, ...]
    """Newest first; at least one."""
    chosen: Volume | None = None
    """The one to trace in; None for the newest that has what is asked for."""
    left_out: tuple[str, ...] = ()
    """Releases that cannot be read, with the reason."""

    @property
    def looked_in(self) -> tuple[Volume, ...]:
        """Where to look for what is asked, in turn."""
        return (self.chosen,) if self.chosen else self.volumes


def open_shelf(releases: Path, chosen: str | Path | None = None) -> Shelf:
    """Return the releases to trace in.

    Args:
        releases: holds one folder a version.
        chosen: a version of them; or a folder of a release, whose siblings are its series; None for the newest.

    Raises:
        InputError: there is none, or not the one that was chosen.
    """
    if isinstance(chosen, Path):
        alone, home = Volume(open_release(chosen)), chosen.resolve()
        if home.name != release_folder(alone.version):
            return Shelf((alone,), alone)
        releases, chosen = home.parent, alone.version
    versions = released_versions(releases)
    if not versions:
        raise InputError(f"{releases}: holds no release; `fieldledger run` makes one, --release names a folder of one")
    if chosen is not None and chosen not in versions:
        raise InputError(f"{releases}: no version {chosen}; there are {', '.join(versions[-5:])}")
    found: dict[str, Volume] = {}
    left_out = []
    for version in reversed(versions):
        try:
            found[version] = Volume(open_release(releases / release_folder(version)))
        except FieldledgerError as error:
            if version == chosen:
                raise
            left_out.append(str(error))
    if not found:
        raise InputError(left_out[0])
    return Shelf(tuple(found.values()), found[chosen] if chosen else None, tuple(left_out))


def chosen_release(text: str | None) -> str | Path | None:
    """Return what `--release` names: a version, with or without its `v`, or a folder."""
    if text is None:
        return None
    found = re.fullmatch(r"v?(\d+\.\d+\.\d+)", text)
    return found.group(1) if found and not Path(text).is_dir() else Path(text)
