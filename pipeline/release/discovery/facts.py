"""The facts about a release that every format of discovery tells: its account, its files, what it was made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from types import MappingProxyType

from pipeline.contracts import Table
from pipeline.ids import sha256_bytes
from pipeline.release.about import About
from pipeline.release.database import DATABASE
from pipeline.release.discovery.making import Making
from pipeline.release.files import FileRecord
from pipeline.release.hxl import hxl_path
from pipeline.release.manifest import TableRecord
from pipeline.release.package_zip import PACKAGE
from pipeline.release.partitions import year_of_part

MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".cff": "application/yaml",
        ".csv": "text/csv",
        ".html": "text/html",
        ".json": "application/json",
        ".jsonld": "application/ld+json",
        ".md": "text/markdown",
        ".parquet": "application/vnd.apache.parquet",
        ".sqlite": "application/vnd.sqlite3",
        ".zip": "application/zip",
        "": "text/plain",
    }
)
"""Media type by suffix; others are application/octet-stream."""


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the release, as a catalogue shows it."""

    path: str
    title: str
    media_type: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Facts:
    """A release, its files as written so far."""

    about: About
    tables: tuple[TableRecord, ...]
    files: tuple[FileRecord, ...]
    """Sorted by path."""
    making: Making

    def with_documents(self, documents: Mapping[str, bytes]) -> Facts:
        """Return the facts with further files, given by path."""
        more = (FileRecord(path, len(data), sha256_bytes(data)) for path, data in documents.items())
        return replace(self, files=_sorted([*self.files, *more]))

    @property
    def items(self) -> list[Item]:
        """All files."""
        titles = self._titles()
        return [
            Item(file.path, _title(file.path, titles), media_type(file.path), file.bytes, file.sha256)
            for file in self.files
        ]

    @property
    def data(self) -> list[Item]:
        """The files that hold the tables, one or all of them: what a catalogue calls distributions."""
        return [item for item in self.items if item.path.startswith("data/") or item.path in (DATABASE, PACKAGE)]

    @property
    def pairs(self) -> list[tuple[Table, TableRecord]]:
        """Every table with its files."""
        return list(zip(self.about.tables, self.tables, strict=True))

    def _titles(self) -> dict[str, str]:
        titles = dict(self.about.words.files)
        for table, record in self.pairs:
            titles[record.csv.path] = f"{table.title} (CSV)"
            for part in record.parts:
                year = f", {year_of_part(part.path) or 'year unknown'}" if record.partitioned else ""
                titles[part.path] = f"{table.title}{year} (Parquet)"
            titles[hxl_path(table.name)] = f"{table.title} (CSV with HXL tags)"
        return titles


def facts_of(about: About, tables: Iterable[TableRecord], files: Iterable[FileRecord], making: Making) -> Facts:
    """Return the facts of a release; ``files`` in any order."""
    return Facts(about, tuple(tables), _sorted(files), making)


def media_type(path: str) -> str:
    """Return the media type of a file of a release."""
    return MEDIA_TYPES.get(PurePosixPath(path).suffix, "application/octet-stream")


def _sorted(files: Iterable[FileRecord]) -> tuple[FileRecord, ...]:
    return tuple(sorted(files, key=lambda file: file.path))


def _title(path: str, titles: Mapping[str, str]) -> str:
    folder = f"{path.split('/')[0]}/"
    return titles.get(path) or (f"{titles[folder]}: {PurePosixPath(path).name}" if folder in titles else path)
