"""Versions by content: nothing that a stage's result rests on is left out."""

from __future__ import annotations

import re
import sys
from importlib import metadata

import grimp
import pytest

from pipeline import lineage
from tests.end_to_end.articles import fieldledger
from tests.end_to_end.conftest import PROJECT

NOT_IN_RESULTS = frozenset(
    f"pipeline.{name}"
    for name in (
        "archive", "attempts", "collector", "dagster_tables", "extract_file", "lineage", "partitions", "progress",
        "settings", "workbench",
    )
)  # fmt: skip
"""Modules that bring work about: what they hand on is told by its content, or by its value."""


@pytest.fixture(scope="module")
def imports() -> grimp.ImportGraph:
    return grimp.build_graph("pipeline", cache_dir=None)


@pytest.mark.parametrize("stage", [*lineage.PARTS, *lineage.MADE_OF_RELEASES])
def test_the_version_of_a_stage_covers_every_module_that_its_room_imports(
    stage: str, imports: grimp.ImportGraph
) -> None:
    covered = {
        path.relative_to(lineage.ROOT).with_suffix("").as_posix().replace("/", ".")
        for part in (*lineage.FOUNDATION, *lineage._parts(stage))
        for path in lineage._files(part)
    }
    room = f"pipeline.{stage}"
    modules = {room, *imports.find_descendants(room)}
    direct = {other for module in modules for other in imports.find_modules_directly_imported_by(module)}
    shared = {module for module in direct if module.count(".") == 1 and not imports.find_children(module)}
    assert shared - NOT_IN_RESULTS <= covered


def test_the_hash_of_the_sources_changes_with_any_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {path.relative_to(lineage.ROOT).as_posix() for top in lineage.ALL_SOURCES for path in lineage._files(top)}
    assert {"pipeline/cli.py", "schemas/rules.md", "reports/brief.css", "datapackage/README.md.j2"} <= files
    assert not any(name.startswith("datapackage/sample/") for name in files)
    before = lineage.sources_digest()
    monkeypatch.setattr(lineage, "ALL_SOURCES", ("pipeline", "schemas", "reports"))
    assert lineage.sources_digest.__wrapped__() != before


def test_dependencies_are_those_of_the_project_as_installed() -> None:
    versions = lineage.package_versions()
    assert versions["polars"] == metadata.version("polars")
    assert list(versions) == sorted(versions)
    assert "pytest" not in versions, "what only developers have is in no release"
    assert lineage.python_version() == f"CPython {sys.version.split()[0]}"


def test_the_command_line_tells_what_locks_name() -> None:
    told = fieldledger("--version", cwd=PROJECT).stdout
    name, number = lineage.project_version()
    assert re.fullmatch(rf"{name} {number}, sources {lineage.sources_digest()}, lock {lineage.lock_version()}\n", told)
