"""Which code, knowledge and dependencies made a thing: versions by content, for memos, Dagster and the manifest.

Row lineage needs no code (it is the foreign keys); the account of runs belongs to Dagster and the release manifest.
"""

from __future__ import annotations

import platform
import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

from pipeline.ids import sha256_bytes, sha256_text

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
SOURCES = (".py", ".yaml", ".json", ".csv", ".j2", ".css", ".js", ".html", ".md", ".txt", ".geojson", ".woff2")

FOUNDATION = (
    "schemas",
    "pipeline/ids.py",
    "pipeline/errors.py",
    "pipeline/yaml_text.py",
    "pipeline/column_lineage.py",
    "pipeline/contracts.py",
    "pipeline/contract_checks.py",
    "pipeline/contract_validation.py",
    "pipeline/books.py",
    "pipeline/parquet.py",
    "pipeline/storage.py",
)
"""What every room stands on: a change here is a change of every stage."""

PARTS: dict[str, tuple[str, ...]] = {
    "regions": ("pipeline/regions",),
    "ingest": ("pipeline/ingest", "pipeline/regions/*.py"),
    "extract": ("pipeline/extract", "pipeline/regions/*.py"),
    "resolve": ("pipeline/resolve",),
    "correct": ("pipeline/correct", "pipeline/resolve"),
    "aggregate": ("pipeline/aggregate",),
    "evaluate": ("pipeline/evaluate", "pipeline/extract_file.py"),
    "release": (
        "pipeline/release",
        "pipeline/run_lineage/record.py",
        "pipeline/codebook.py",
        "pipeline/hostile_characters.py",
        "pipeline/inline_style.py",
        "pipeline/plain_words.py",
        "pipeline/templates.py",
        "pipeline/version_numbers.py",
        "datapackage",
        "reports/changes.*",
    ),
    "brief": (
        "pipeline/brief",
        "pipeline/codebook.py",
        "pipeline/hostile_characters.py",
        "pipeline/inline_style.py",
        "pipeline/plain_words.py",
        "pipeline/templates.py",
        "reports",
    ),
}
"""The files, relative to the project, that a stage's own code and fixed texts are in."""

MADE_OF_RELEASES: dict[str, tuple[str, ...]] = {
    "site": (
        "pipeline/site",
        "pipeline/aggregate/parts.py",
        "pipeline/charts",
        "pipeline/brief",
        "pipeline/release",
        "pipeline/regions/*.py",
        "pipeline/regions/*/geometry.geojson",
        "pipeline/codebook.py",
        "pipeline/hostile_characters.py",
        "pipeline/inline_style.py",
        "pipeline/plain_words.py",
        "pipeline/templates.py",
        "pipeline/version_numbers.py",
        "datapackage",
        "reports",
    ),
}
"""The same for what is made of releases and is in none."""

ALL_SOURCES = ("pipeline", "schemas", "reports", "datapackage")
"""Where every file lies that a release can depend on, stages or not."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


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
    return digest_files((f for part in (*FOUNDATION, *_parts(stage)) for f in _files(part)), ROOT)[:16]


def _parts(stage: str) -> tuple[str, ...]:
    return PARTS[stage] if stage in PARTS else MADE_OF_RELEASES[stage]


@lru_cache(maxsize=1)
def lock_version() -> str:
    """Return the hash of `requirements.lock`: the exact versions of all dependencies."""
    return sha256_bytes(LOCK.read_bytes())


def code_versions() -> dict[str, str]:
    """Return the code version of each stage of a release."""
    return {stage: code_version(stage) for stage in PARTS}


@lru_cache(maxsize=1)
def sources_digest() -> str:
    """Return the hash over all sources: the code, the contract, the knowledge of the regions, templates and texts.

    Equal in every checkout of one commit, whatever was built beside it.
    """
    return digest_files((path for top in ALL_SOURCES for path in _files(top)), ROOT)


@lru_cache(maxsize=1)
def _project() -> dict[str, Any]:
    return dict(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"])


def project_version() -> tuple[str, str]:
    """Return name and version of this package, as the project states them."""
    return _project()["name"], _project()["version"]


def python_version() -> str:
    """Return implementation and version of the Python that runs, such as ``CPython 3.11.9``."""
    return f"{platform.python_implementation()} {platform.python_version()}"


@lru_cache(maxsize=1)
def package_versions() -> dict[str, str]:
    """Return the version installed of each package that the project depends on directly, by name."""
    named = (match[0] for text in _project()["dependencies"] if (match := _NAME.match(text)))
    return {name: metadata.version(name) for name in sorted(named)}
