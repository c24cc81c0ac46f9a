"""The page of downloads: every file of the newest release with size and hash, how to load them, and all versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from pipeline.contracts import load_contract
from pipeline.release.about import package_words
from pipeline.release.files import FileRecord
from pipeline.release.tables import ESCAPED
from pipeline.site import addresses
from pipeline.site.data import SiteData
from pipeline.site.single import Said, SinglePage


def says(site: SiteData) -> Said:
    """Return what there is to download."""
    newest, entry = site.newest, site.index.newest
    words = package_words()
    manifest = entry.manifest
    records = [*newest.manifest.files, FileRecord("manifest.json", manifest.bytes, manifest.sha256)]
    tables = {file.path: table.name for table in newest.manifest.tables for file in table.files}
    titles = {table.name: table.title for table in load_contract().published}
    return {
        "version": newest.version,
        "previous_version": newest.previous_version,
        "build_id": newest.build_id,
        "build_time": newest.build_time,
        "manifest_sha256": newest.manifest_sha256,
        "folder": addresses.release(newest.version),
        "citation": site.context.citation,
        "licence": dict(site.descriptor["licenses"][0]),
        "archive": _file(newest.version, entry.archive.path.rpartition("/")[2], entry.archive),
        "files": [
            {**_file(newest.version, record.path, record), "says": _what(record.path, tables, titles, words.files)}
            for record in sorted(records, key=lambda record: record.path)
        ],
        "tables": [
            {"name": table.name, "title": titles.get(table.name, table.name), "rows": table.rows,
             "csv": addresses.release(newest.version, table.csv.path),
             "parquet": [addresses.release(newest.version, part.path) for part in table.parts]}
            for table in newest.manifest.tables
        ],
        "versions": [
            {**{key: value for key, value in asdict(each).items() if key in _OF_A_VERSION},
             "folder": addresses.release(each.version), "changes": f"{addresses.RELEASES}/{each.changes}"}
            for each in site.index.releases
        ],
        "left_out": [asdict(folder) for folder in site.index.left_out],
        "escape_pattern": ESCAPED,
    }  # fmt: skip


_OF_A_VERSION = ("version", "previous_version", "build_time", "level", "summary", "rows", "files", "bytes")


def _file(version: str, path: str, record: Any) -> dict[str, Any]:
    return {
        "path": path,
        "href": addresses.release(version, path),
        "bytes": record.bytes,
        "sha256": record.sha256,
    }


def _what(path: str, tables: Mapping[str, str], titles: Mapping[str, str], files: Mapping[str, str]) -> str:
    """Return what a file is: its own words in the package, those of its folder, or its table."""
    if path in tables:
        name = tables[path]
        return f"{titles.get(name, name)}, {'Parquet' if path.endswith('.parquet') else 'CSV'}"
    if path in files:
        return files[path]
    if path.endswith(".hxl.csv"):
        name = path.rpartition("/")[2].removesuffix(".hxl.csv")
        return f"{titles.get(name, name)}, CSV with HXL tags"
    return files.get(f"{path.rpartition('/')[0]}/", "")


DOWNLOADS = SinglePage("downloads", addresses.DOWNLOADS, "downloads.html.j2", says)
