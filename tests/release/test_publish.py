"""A release holds what it must, follows the one before and leaves others as they are."""

from __future__ import annotations

import json
import os
from pathlib import Path

import polars as pl
import yaml
from frictionless import Package

from pipeline.ids import sha256_bytes
from pipeline.release.lock import read_lock
from pipeline.release.reader import open_release
from pipeline.release.verify import verify_release
from tests.release.factory import MADE_FROM, publish_world, with_values, world
from tests.release.onlooker import INDEX
from tests.release.test_plan import without_column


def snapshot(folder: Path) -> dict[str, str]:
    """Return the hash of every file below ``folder`` by relative path."""
    return {
        path.relative_to(folder).as_posix(): sha256_bytes(path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def corrected() -> dict[str, pl.DataFrame]:
    """Return the world with one figure corrected."""
    tables = world()
    tables["events"] = with_values(tables["events"], {"place_name": "Upper Mill"}, fatalities_best=6)
    return tables


def test_a_release_holds_what_the_architecture_lists(tmp_path: Path) -> None:
    published = publish_world(tmp_path)
    assert (published.version, published.created, published.path) == ("1.0.0", True, tmp_path / "v1.0.0")
    names = set(snapshot(published.path))
    assert {
        "datapackage.json",
        "manifest.json",
        "changes.json",
        "lock.json",
        "README.md",
        "CITATION.cff",
        "LICENSE-DATA",
    } <= names
    assert {"data/events.csv", "data/events.parquet", "CODEBOOK.md", "briefings/2021-W05.md"} <= names
    assert os.readlink(tmp_path / "latest") == "v1.0.0"
    assert {path.name for path in tmp_path.iterdir()} == {".lock", "latest", "v1.0.0", *INDEX}
    assert verify_release(tmp_path / "latest") == []


def test_an_independent_validator_accepts_a_release_with_hostile_texts(tmp_path: Path) -> None:
    tables = world()
    title = "=cmd|' /C calc'!A0<script>\r\n\"quoted\", \u2028 '@x\x0b" + "x" * 1000
    tables["articles"] = with_values(tables["articles"], {"input_record": 1}, title=title[:1000], external_id="'=1+1")
    tables["sources"] = with_values(tables["sources"], {"source_id": "river-wire"}, source_name="-2+3 | *River* `Wire`")
    release = publish_world(tmp_path, tables).path
    report = Package(str(release / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "message"])
    assert open_release(release).frame("articles")["title"].str.len_chars().max() == 1000
    assert verify_release(release) == []


def test_the_same_input_gives_the_same_bytes(first: Path, tmp_path: Path) -> None:
    assert snapshot(publish_world(tmp_path).path) == snapshot(first)


def test_no_change_is_no_new_release(releases: Path) -> None:
    before = snapshot(releases)
    again = publish_world(releases)
    assert (again.version, again.created) == ("1.0.0", False)
    assert snapshot(releases) == before


def test_releases_follow_one_another_and_stay(releases: Path) -> None:
    before = snapshot(releases / "v1.0.0")
    second = publish_world(releases, corrected())
    third = publish_world(releases, corrected(), contract=without_column("mentions", "weapon"))
    assert (second.version, third.version) == ("1.0.1", "2.0.0")
    assert snapshot(releases / "v1.0.0") == before
    assert os.readlink(releases / "latest") == "v2.0.0"
    assert [verify_release(releases / name) for name in ("v1.0.0", "v1.0.1", "v2.0.0")] == [[], [], []]
    changes = json.loads((second.path / "changes.json").read_bytes())
    assert (changes["previous_version"], changes["version"], changes["level"]) == ("1.0.0", "1.0.1", "patch")


def test_the_manifest_tells_inputs_books_and_sizes(first: Path) -> None:
    manifest = json.loads((first / "manifest.json").read_bytes())
    assert read_lock((first / "lock.json").read_bytes()) == MADE_FROM
    assert manifest["books"][0] == {
        "stage": "ingest",
        "taken_in": 6,
        "accepted": 5,
        "rejected": 1,
        "merged": 0,
    }
    assert manifest["build_time"] == "2021-02-12T00:00:00Z"
    events = next(table for table in manifest["tables"] if table["name"] == "events")
    assert (events["rows"], events["csv"]["bytes"]) == (2, (first / "data/events.csv").stat().st_size)
    assert [file["path"] for file in manifest["files"]] == sorted(set(snapshot(first)) - {"manifest.json"})


def test_readme_and_citation_say_that_the_data_are_invented(first: Path) -> None:
    assert "INVENTED DEMONSTRATION DATA" in (first / "README.md").read_text(encoding="utf-8")
    citation = yaml.safe_load((first / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["title"].startswith("Invented demonstration data")
    assert (citation["cff-version"], citation["version"], citation["license"]) == (
        "1.2.0",
        "1.0.0",
        "CC-BY-4.0",
    )
