"""Which code, knowledge and dependencies made a thing: versions by content, for memos, Dagster and the manifest.

Row lineage needs no code (it is the foreign keys); the account of runs belongs to Dagster and the release manifest.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from pipeline.ids import sha256_bytes, sha256_text

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
SOURCES = (".py", ".yaml", ".json", ".csv", ".j2", ".css", ".html", ".md", ".txt")

FOUNDATION = (
    "schemas",
    "pipeline/ids.py",
    "pipeline/errors.py",
    "pipeline/yaml_text.py",
    "pipeline/contracts.py",
    "pipeline/contract_checks.py",
    "pipeline/contract_validation.py",
    "pipeline/parquet.py",
    "pipeline/storage.py",
)
"""What every room stands on: a change here is a change of every stage."""

PARTS: dict[str, tuple[str, ...]] = {
    "regions": ("pipeline/regions",),
    "ingest": ("pipeline/ingest",),
    "extract": ("pipeline/extract", "pipeline/regions/*.py"),
    "resolve": ("pipeline/resolve",),
    "correct": ("pipeline/correct", "pipeline/resolve"),
    "aggregate": ("pipeline/aggregate",),
    "evaluate": ("pipeline/evaluate", "pipeline/extract_file.py"),
    "release": (
        "pipeline/release",
        "pipeline/codebook.py",
        "pipeline/plain_words.py",
        "datapackage",
        "reports/changes.*",
    ),
    "brief": ("pipeline/brief", "pipeline/plain_words.py", "reports"),
}
"""The files, relative to the project, that a stage's own code and fixed texts are in."""


def digest_files(paths: Iterable[Path], root: Path) -> str:
    """Return a hash over the files' names relative to ``root`` and their bytes, whatever their order."""
    named = sorted((path.relative_to(root).as_posix(), path) for path in paths)
    return sha256_text("".join(f"{name}\0{sha256_bytes(path.read_bytes())}\n" for name, path in named))


def _files(pattern: str) -> Iterable[Path]:
    for top in sorted(ROOT.glob(pattern)):
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            outside = "sample" in path.relative_to(top).parts or "__pycache__" in path.parts
            if path.is_file() and path.suffix in SOURCES and not outside:
                yield path


@lru_cache(maxsize=16)
def code_version(stage: str) -> str:
    """Return the first 16 hex digits of the hash over all files that the stage's result depends on."""
    return digest_files((f for part in (*FOUNDATION, *PARTS[stage]) for f in _files(part)), ROOT)[:16]


@lru_cache(maxsize=1)
def lock_version() -> str:
    """Return the hash of `requirements.lock`: the exact versions of all dependencies."""
    return sha256_bytes(LOCK.read_bytes())


def code_versions() -> dict[str, str]:
    """Return the code version of each stage."""
    return {stage: code_version(stage) for stage in PARTS}
