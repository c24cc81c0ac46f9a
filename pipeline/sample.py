"""The published package of the sample corpus: what a visitor of the repository sees, and CI rebuilds byte for byte.

A release of the bundled sample, less what depends on more than its content: no Parquet and no SQLite (their bytes
depend on the version of a library), no lock, no manifest and no other document that tells their hashes or names the
code, no archive, no HTML (the Markdown pages say the same and can be read here).
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from pipeline.release.descriptor import PARQUET
from pipeline.release.forms import RESERVED
from pipeline.run import run
from pipeline.settings import Settings
from pipeline.workbench import open_workbench

LEFT_OUT = (".parquet", ".html")
NAMES_LEFT_OUT = ("lock.json", "manifest.json", *RESERVED)


def sample_package(data_dir: Path) -> dict[str, bytes]:
    """Return the files of the sample package by path; the release they are taken from is made in ``data_dir``."""
    report = run(open_workbench(Settings(data_dir=data_dir, inputs=(), source_date_epoch=None)))
    return shown(report.release)


def shown(release: Path) -> dict[str, bytes]:
    """Return the files of ``release`` that the sample package shows, by path."""
    files = {
        path.relative_to(release).as_posix(): path.read_bytes()
        for path in sorted(release.rglob("*"))
        if path.is_file() and path.suffix not in LEFT_OUT and path.name not in NAMES_LEFT_OUT
    }
    files["datapackage.json"] = _without_parquet(files["datapackage.json"])
    return files


def _without_parquet(descriptor: bytes) -> bytes:
    package = json.loads(descriptor)
    for resource in package["resources"]:
        resource.pop(PARQUET, None)
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def renew_sample(target: Path) -> int:
    """Make the sample package anew in ``target``; returns the number of files."""
    with tempfile.TemporaryDirectory() as folder:
        files = sample_package(Path(folder))
    if target.exists():
        shutil.rmtree(target)
    write_all(target, files)
    return len(files)


def write_all(target: Path, files: Mapping[str, bytes]) -> None:
    """Write ``files`` below ``target``."""
    for name, data in files.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
