"""A release is there as a whole or not at all, whatever happens on the way."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml
from frictionless import Package

from pipeline.errors import FieldledgerError
from pipeline.ids import sha256_bytes
from pipeline.release import files
from pipeline.release.lock import read_lock
from pipeline.release.manifest import Books
from pipeline.release.plan import plan_release
from pipeline.release.publish import publish
from pipeline.release.reader import newest_release, open_release
from pipeline.release.verify import verify_release
from tests.release.factory import (
    BUILD_TIME,
    DOCUMENTS,
    FIRST,
    MADE_FROM,
    SCOPE,
    after,
    books,
    publish_world,
    with_values,
    world,
)
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
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "latest", "v1.0.0"]
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


Step = Callable[..., Any]


def failing(step: Step, at: int, error: BaseException) -> Step:
    """Return ``step`` with ``error`` raised at its call number ``at``, from 0, and at each one after."""
    calls = 0

    def run(*arguments: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls > at:
            raise error
        return step(*arguments)

    return run


@pytest.fixture(scope="module")
def reference(first: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return what two releases look like when nothing goes wrong."""
    releases = Path(shutil.copytree(first.parent, tmp_path_factory.mktemp("reference") / "releases", symlinks=True))
    publish_world(releases, corrected())
    return snapshot(releases)


FULL = OSError(errno.ENOSPC, "No space left on device")
REFUSED = PermissionError(errno.EACCES, "Permission denied")
BROKEN = OSError(errno.EIO, "Input/output error")


@pytest.mark.parametrize(
    ("step", "calls", "error", "says"),
    [
        ("put", (0, 1, 7, 20, 40), FULL, "free some space"),
        ("put", (3, 30), KeyboardInterrupt(), None),
        ("write_file", (0, 12, 30), REFUSED, "writable"),
        ("sync_folder", (0, 2), BROKEN, "check the disk"),
        ("rename", (0,), KeyboardInterrupt(), None),
        ("point", (0,), REFUSED, "writable"),
    ],
)
def test_whatever_step_fails_nothing_half_is_left_and_a_rerun_completes(
    releases: Path,
    monkeypatch: pytest.MonkeyPatch,
    reference: dict[str, str],
    step: str,
    calls: tuple[int, ...],
    error: BaseException,
    says: str | None,
) -> None:
    before = snapshot(releases / "v1.0.0")
    for at in calls:
        with monkeypatch.context() as patch:
            patch.setattr(files, step, failing(getattr(files, step), at, error))
            with pytest.raises(FieldledgerError if says else KeyboardInterrupt, match=says):
                publish_world(releases, corrected())
        left = [".lock", "latest", "v1.0.0"]
        assert sorted(path.name for path in releases.iterdir()) == (left if step != "point" else [*left, "v1.0.1"])
        assert os.readlink(releases / "latest") == "v1.0.0"
        assert snapshot(releases / "v1.0.0") == before
    publish_world(releases, corrected())
    assert os.readlink(releases / "latest") == "v1.0.1"
    assert snapshot(releases) == reference


def test_a_full_disk_names_the_file_and_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "put", failing(files.put, 0, OSError(errno.ENOSPC, "No space left on device")))
    with pytest.raises(FieldledgerError) as caught:
        publish_world(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path}/.staging/data/{FIRST}.csv: No space left on device: free some space, or choose another place "
        "with --data-dir, then run again"
    )


def test_what_a_killed_publisher_left_is_cleared(releases: Path, reference: dict[str, str]) -> None:
    (releases / ".staging/data").mkdir(parents=True)
    (releases / ".staging/data/events.csv").write_bytes(b"half a fi")
    publish_world(releases, corrected())
    assert snapshot(releases) == reference


def test_a_latest_that_was_not_swapped_is_mended_by_the_rerun(releases: Path) -> None:
    publish_world(releases, corrected())
    (releases / "latest").unlink()
    (releases / "latest").symlink_to("v1.0.0")
    assert publish_world(releases, corrected()).created is False
    assert os.readlink(releases / "latest") == "v1.0.1"


def _publish_plan(releases: Path, previous: Path | None, tables: dict[str, pl.DataFrame]) -> None:
    opened = open_release(previous) if previous else None
    plan = plan_release(tables, opened, build_time=BUILD_TIME)
    publish(releases, tables, plan, scope=SCOPE, documents=DOCUMENTS, books=books(), made_from=after(opened))


def test_a_plan_that_another_publisher_overtook_is_refused(releases: Path) -> None:
    overtaken = newest_release(releases)
    publish_world(releases, corrected())
    before = snapshot(releases)
    with pytest.raises(FieldledgerError, match=r"planned to follow v1\.0\.0, but v1\.0\.1 is the newest"):
        _publish_plan(releases, overtaken, corrected())
    assert snapshot(releases) == before


def test_two_publishers_at_once_are_one_too_many(tmp_path: Path) -> None:
    with files.publisher_lock(tmp_path), pytest.raises(FieldledgerError, match="another publisher"):
        publish_world(tmp_path)


def test_something_in_the_place_of_the_version_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "v1.0.0").symlink_to("elsewhere")
    with pytest.raises(FieldledgerError, match="never overwritten"):
        publish_world(tmp_path)
    assert os.readlink(tmp_path / "v1.0.0") == "elsewhere"


def test_other_tables_than_planned_are_refused(tmp_path: Path) -> None:
    plan = plan_release(world(), None, build_time=BUILD_TIME)
    tables = {**world(), "events": world()["events"].head(1)}
    with pytest.raises(FieldledgerError, match="table events has 1 rows, but was planned with 2"):
        publish(tmp_path, tables, plan, scope=SCOPE, documents={}, books=books(), made_from=MADE_FROM)


@pytest.mark.parametrize(
    "path",
    [
        "../out.md",
        "/tmp/x",
        "README.md",
        "readme.MD",
        "manifest.json",
        "data/mine.csv",
        "DATA/x",
        ".hidden",
        "a\nb",
    ],
)
def test_a_document_that_leaves_or_overwrites_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(FieldledgerError, match="document"):
        publish_world(tmp_path, documents={path: b"x"})
    assert sorted(entry.name for entry in tmp_path.iterdir()) == [".lock"]


def _broken(table: str, key: dict[str, Any], **values: Any) -> dict[str, pl.DataFrame]:
    tables = world()
    tables[table] = with_values(tables[table], key, **values)
    return tables


@pytest.mark.parametrize(
    ("tables", "says"),
    [
        (_broken("events", {"place_name": "Upper Mill"}, place_id="nowhere"), "must name a row of places"),
        (
            _broken("events", {"place_name": "Upper Mill"}, fatalities_best=4),
            "fatalities_low <= fatalities_best",
        ),
        (_broken("sources", {"source_id": "river-wire"}, leaning="sideways"), "leaning sideways"),
        (_broken("mentions", {"status": "denied"}, evidence="Other words"), "evidence"),
        (_broken("casualties", {"kind": "killed"}, quote="Other words"), "quote is not as long as its span"),
    ],
)
def test_tables_that_break_the_contract_are_not_published(
    tmp_path: Path, tables: dict[str, pl.DataFrame], says: str
) -> None:
    with pytest.raises(FieldledgerError, match=says):
        publish_world(tmp_path, tables)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == [".lock"]


@pytest.mark.parametrize(
    ("stage", "says"),
    [
        (Books("ingest", 6, 5, 1, 1), r"6 in, but 5 accepted \+ 1 rejected \+ 1 merged"),
        (Books("ingest", 6, 5, 0, 1), "0 rejected, but the table rejections has 1"),
    ],
)
def test_books_that_do_not_balance_are_not_published(tmp_path: Path, stage: Books, says: str) -> None:
    with pytest.raises(FieldledgerError, match=says):
        publish_world(tmp_path, books=(stage, *books()[1:]))


def test_rejections_of_a_stage_without_books_are_not_published(tmp_path: Path) -> None:
    with pytest.raises(FieldledgerError, match="books of ingest: are missing"):
        publish_world(tmp_path, books=books()[1:])


def test_a_folder_that_cannot_be_made_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FieldledgerError, match=r"file/releases: .*run again"):
        publish_world(tmp_path / "file" / "releases")
