"""Programs of others read a release: what its documents promise holds there. `make readers` sets them up."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from frictionless import Package

from pipeline.release.discovery.ro_crate import CRATE
from pipeline.release.files import listing
from pipeline.release.manifest import read_manifest
from pipeline.release.package_zip import PACKAGE
from tests.release.factory import event_id
from tests.release.test_documents import examples
from tests.release.yearly import PARTS, UNDATED, publish_years

PROJECT = Path(__file__).resolve().parents[2]
PYTHON = Path(os.environ.get("FIELDLEDGER_READERS", PROJECT / ".venv-readers")) / "bin/python"


@pytest.fixture(scope="module")
def readers(first: Path) -> dict[str, dict[str, Any]]:
    """Return what each reader found."""
    return _read(first)


@pytest.fixture(scope="module")
def readers_of_parts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Return what each reader found in a release whose large tables are in parts."""
    return _read(publish_years(tmp_path_factory.mktemp("parted")).path)


def _read(release: Path) -> dict[str, dict[str, Any]]:
    """Let all read in one process, because each takes seconds to start."""
    if not PYTHON.exists():
        pytest.skip("no programs of others at hand: make readers")
    script = PROJECT / "tests/release/readers.py"
    done = subprocess.run(
        [PYTHON, "-P", script, release], capture_output=True, text=True, check=False, timeout=300, env=_environment()
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return found


def _environment() -> dict[str, str]:
    """Return an environment in which no other package of ours is found."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def _found(readers: dict[str, dict[str, Any]], name: str) -> dict[str, Any]:
    if missing := readers[name].get("absent"):
        pytest.skip(f"{missing} is not installed there")
    return readers[name]


def test_mlcroissant_has_nothing_to_say_and_reads_the_rows(readers: dict[str, dict[str, Any]], first: Path) -> None:
    found = _found(readers, "croissant")
    assert found["issues"] == []
    rows = {table.name: table.rows for table in read_manifest((first / "manifest.json").read_bytes()).tables}
    assert found["rows"] == {name: rows[name] for name in found["rows"]}
    assert found["event"] in (event_id("m1"), event_id("m4"))


def test_check_datapackage_has_nothing_to_say_even_of_recommendations(readers: dict[str, dict[str, Any]]) -> None:
    assert _found(readers, "descriptor")["issues"] == []


def test_hxl_tools_find_the_tags_and_sum_by_them(readers: dict[str, dict[str, Any]]) -> None:
    found = _found(readers, "hxl")
    assert found["tags"][:3] == ["#date+week+start", "#date+week+code", "#adm1+name"]
    assert (found["rows"], found["killed"]) == (108, 5)


def test_a_catalogue_finds_version_and_downloads(readers: dict[str, dict[str, Any]]) -> None:
    found = _found(readers, "dcat")
    assert found["version_of"] == ["https://example.org/releases/"]
    assert found["version"] == ["1.0.0"]
    assert "https://example.org/releases/v1.0.0/data/events.parquet" in found["downloads"]


def test_search_engines_find_downloads_and_variables(readers: dict[str, dict[str, Any]]) -> None:
    found = _found(readers, "schema_org")
    assert {"data/events.csv", "fieldledger.sqlite", "datapackage.zip"} <= set(found["downloads"])
    assert "total_fatalities_best" in found["variables"]


def test_an_archive_opens_the_folder_as_a_research_object(readers: dict[str, dict[str, Any]], first: Path) -> None:
    found = _found(readers, "crate")
    assert found["files"] == sorted(set(listing(first).files) - {CRATE})
    assert (found["licence"], found["program"]) == ("CC-BY-4.0", "fieldledger")
    assert found["inputs"][-1] == "inputs/articles.jsonl"


def test_in_toto_reads_the_statement_by_its_schema(readers: dict[str, dict[str, Any]], first: Path) -> None:
    found = _found(readers, "statement")
    assert found["subjects"] == len(listing(first).files) - 2
    assert found["build_type"] == "urn:fieldledger:release:1"
    assert "requirements.lock" in found["dependencies"]


def test_the_examples_of_pandas_duckdb_and_datasette_run(readers: dict[str, dict[str, Any]]) -> None:
    assert _found(readers, "pandas")["rows"] == 2
    assert _found(readers, "pandas")["date"].startswith("datetime64")
    assert _found(readers, "duckdb")["rows"] == [["North", 1, 5], ["South", 1, None]]
    weekly = _found(readers, "datasette")["rows"]
    assert weekly[0]["area"] == "North"
    assert sum(row["total_fatalities_best"] for row in weekly) == 5


def test_tables_in_parts_are_read_as_if_they_were_whole(readers_of_parts: dict[str, dict[str, Any]]) -> None:
    found = _found(readers_of_parts, "croissant")
    assert (found["issues"], found["rows"]["events"], found["rows"]["weekly_events"]) == ([], 2, 108)
    assert _found(readers_of_parts, "descriptor")["issues"] == []
    assert _found(readers_of_parts, "duckdb")["rows"] == [["North", 1, 5], ["South", 1, None]]
    assert {*PARTS, UNDATED} <= set(_found(readers_of_parts, "crate")["files"])


def test_the_example_of_r_runs(first: Path) -> None:
    (example,) = examples(first, "r")
    if not (program := shutil.which("Rscript")):
        pytest.skip("R is not installed")
    check = 'if (!requireNamespace("readr", quietly = TRUE)) quit(status = 77)\n'
    command = [program, "-e", f"{check}{example}\nstopifnot(nrow(events) == 2)"]
    done = subprocess.run(command, cwd=first, capture_output=True, text=True, check=False, timeout=120)
    if done.returncode == 77:
        pytest.skip("readr is not installed")
    assert done.returncode == 0, done.stderr


def test_the_examples_of_polars_and_sqlite_give_the_rows_they_promise(first: Path) -> None:
    names: dict[str, Any] = {}
    with contextlib.chdir(first):
        for example in examples(first, "python"):
            if "polars" in example or "sqlite3" in example:
                exec(example, names)
    assert isinstance(names["events"], pl.DataFrame)
    assert len(names["reports"]) == 3


def test_frictionless_reads_the_archive(first: Path) -> None:
    package = Package(str(first / PACKAGE))
    assert package.get_resource("sources").read_rows()[0]["source_id"] == "orchard-post"
