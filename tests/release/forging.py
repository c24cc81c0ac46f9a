"""Releases made wrong on purpose, with hashes that are right again: what only a forger, or a defect, would make."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.parquet import parquet_bytes
from pipeline.release.files import FileRecord, record_of
from pipeline.release.manifest import Manifest, TableRecord, json_bytes, read_manifest
from pipeline.release.tables import csv_bytes
from pipeline.release.verify import verify_release
from tests.release.factory import CONTRACT, with_values, world


def says(path: Path) -> str:
    """Return all findings, one a line."""
    return "\n".join(map(str, verify_release(path)))


def forge(release: Path, change: Callable[[Manifest], Manifest]) -> None:
    """Rewrite the manifest, with a right hash over itself."""
    path = release / "manifest.json"
    path.write_bytes(change(read_manifest(path.read_bytes())).to_bytes())


def rehash(release: Path, path: str) -> None:
    """Let manifest and descriptor agree with a file that was changed."""
    old = next(r for r in read_manifest((release / "manifest.json").read_bytes()).files if r.path == path)
    new = record_of(release, path)
    descriptor = (release / "datapackage.json").read_text(encoding="utf-8")
    descriptor = descriptor.replace(old.sha256, new.sha256).replace(f'"bytes": {old.bytes},', f'"bytes": {new.bytes},')
    (release / "datapackage.json").write_text(descriptor, encoding="utf-8")
    described = record_of(release, "datapackage.json")

    def swap(record: FileRecord) -> FileRecord:
        return {path: new, "datapackage.json": described}.get(record.path, record)

    def swapped(table: TableRecord) -> TableRecord:
        parts = tuple(map(swap, table.parts))
        return replace(table, csv=swap(table.csv), parquet=parts if table.partitioned else parts[0])

    forge(
        release,
        lambda m: replace(
            m,
            files=tuple(swap(record) for record in m.files),
            tables=tuple(swapped(table) for table in m.tables),
        ),
    )


def replace_table(release: Path, name: str, key: dict[str, Any], **values: Any) -> None:
    """Put ``values`` into the row of `world` that ``key`` picks, in both files of the table."""
    frame = with_values(world()[name], key, **values)
    (release / f"data/{name}.csv").write_bytes(csv_bytes(CONTRACT.tables[name], frame))
    (release / f"data/{name}.parquet").write_bytes(parquet_bytes(frame))
    rehash(release, f"data/{name}.csv")
    rehash(release, f"data/{name}.parquet")


def describe(release: Path, change: Callable[[dict[str, Any]], Any]) -> None:
    """Change what the descriptor says."""
    path = release / "datapackage.json"
    content = json.loads(path.read_bytes())
    change(content)
    path.write_bytes(json_bytes(content))
    agree(release, "datapackage.json")


def agree(release: Path, path: str) -> None:
    """Let the manifest agree with a file that is no table."""
    record = record_of(release, path)
    forge(release, lambda m: replace(m, files=tuple(record if r.path == path else r for r in m.files)))
