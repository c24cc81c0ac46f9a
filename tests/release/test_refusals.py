"""What is not published: what breaks the contract or the books, and what would touch something that is there."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import polars as pl
import pytest

from pipeline.errors import FieldledgerError
from pipeline.release import descriptor, files
from pipeline.release import publish as publishing
from pipeline.release.manifest import Books
from pipeline.release.plan import plan_release
from pipeline.release.publish import publish
from pipeline.release.publisher_lock import publisher_lock
from tests.release import small
from tests.release.disk import Crash, Disk, contents, for_good, once
from tests.release.factory import (
    BUILD_TIME,
    FIRST,
    MADE_FROM,
    SCOPE,
    books,
    publish_world,
    with_values,
    world,
)
from tests.release.onlooker import INDEX


def test_a_full_disk_names_the_file_and_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int, chunk: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files, "put", full)
    with pytest.raises(FieldledgerError) as caught:
        publish_world(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path}/.staging/data/{FIRST}.csv: No space left on device: free some space, or choose another place "
        "with --data-dir, then run again"
    )


def test_a_plan_that_another_publisher_overtook_is_refused(tmp_path: Path) -> None:
    small.publish_step(tmp_path, 0)
    overtaken = small.plan_step(tmp_path, 1)
    small.publish_step(tmp_path, 2)
    before = contents(tmp_path)
    with pytest.raises(FieldledgerError, match=r"to follow v1\.0\.0, but v1\.0\.1 is the newest now: run again"):
        small.publish_plan(tmp_path, 1, overtaken)
    assert contents(tmp_path) == before


def test_two_publishers_at_once_are_one_too_many(tmp_path: Path) -> None:
    with publisher_lock(tmp_path), pytest.raises(FieldledgerError, match="another publisher"):
        small.publish_step(tmp_path, 0)


THINGS: dict[str, Callable[[Path], object]] = {
    "an empty folder": lambda path: path.mkdir(),
    "a folder": lambda path: (path / "inside").mkdir(parents=True),
    "a file": lambda path: path.write_bytes(b"x"),
    "a link to nothing": lambda path: path.symlink_to("elsewhere"),
}


@pytest.mark.parametrize("put", THINGS.values(), ids=THINGS)
@pytest.mark.parametrize("late", [False, True], ids=["before", "at the last moment"])
def test_something_in_the_place_of_the_version_is_never_overwritten(
    tmp_path: Path, put: Callable[[Path], object], late: bool
) -> None:
    """The last moment is between the look at the place and the rename."""
    plan = small.plan_step(tmp_path, 0)
    put(tmp_path / ("v1.0.0" if not late else "mine"))

    def appear(number: int, name: str) -> None:
        if late and name == "rename":
            (tmp_path / "mine").rename(tmp_path / "v1.0.0")

    before = contents(tmp_path)
    with Disk(appear).mounted(), pytest.raises(FieldledgerError, match=r"never overwritten|planned to follow no rel"):
        small.publish_plan(tmp_path, 0, plan)
    left = contents(tmp_path)
    assert left.pop(".lock")
    assert left == {name.replace("mine", "v1.0.0", 1): found for name, found in before.items()}


def test_a_folder_in_the_place_of_latest_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "latest/mine").mkdir(parents=True)
    with pytest.raises(FieldledgerError, match="latest: is no link to a release; move it away, then run again"):
        small.publish_step(tmp_path, 0)
    assert contents(tmp_path).keys() == {".lock", "latest", "latest/mine"}


def _number(name: str, releases: Path, step: int) -> int:
    """Return the number of the first operation ``name`` of a publish in a folder like ``releases``."""
    copied = Path(shutil.copytree(releases, releases.with_name("copied"), symlinks=True))
    with Disk().mounted() as disk:
        small.publish_step(copied, step)
    return min(at for at, did in enumerate(disk.journal) if did.name == name)


@pytest.mark.parametrize("name", ["symlink", "replace"])
def test_a_publisher_that_dies_between_the_rename_and_the_swap_has_published_and_the_rerun_swaps(
    tmp_path: Path, name: str
) -> None:
    releases = tmp_path / "releases"
    small.publish_step(releases, 0)
    crash = for_good(_number(name, releases, 1), Crash())
    with pytest.raises(Crash), Disk(crash).mounted():
        small.publish_step(releases, 1)
    assert os.readlink(releases / "latest") == "v1.0.0"
    release = contents(releases / "v1.0.1")
    again = small.publish_step(releases, 1)
    assert (again.version, again.created) == ("1.0.1", False)
    assert os.readlink(releases / "latest") == "v1.0.1"
    assert contents(releases / "v1.0.1") == release
    assert {path.name for path in releases.iterdir()} == {".lock", "latest", "v1.0.0", "v1.0.1", *INDEX}


def test_a_swap_that_fails_says_that_the_release_is_published(tmp_path: Path) -> None:
    releases = tmp_path / "releases"
    small.publish_step(releases, 0)
    refused = once(_number("replace", releases, 1), PermissionError(errno.EACCES, "Permission denied"))
    with pytest.raises(FieldledgerError) as caught, Disk(refused).mounted():
        small.publish_step(releases, 1)
    assert str(caught.value) == (
        f"{releases}/v1.0.1 is published, but `latest` may not lead to it yet: {releases}/latest: Permission denied: "
        "make the folder writable, or choose another place with --data-dir, then run again"
    )


def _less(described: dict[str, Any], change: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
    change(next(r for r in described["resources"] if r["name"] == "weekly_coverage"))
    return described


@pytest.mark.parametrize(
    "change",
    [
        lambda resource: resource["fieldledger:checks"].remove("duplicates_not_above_articles"),
        lambda resource: resource["schema"]["fields"][1]["constraints"].pop("minimum"),
        lambda resource: resource["schema"]["fields"][1].update(type="number"),
        lambda resource: resource["schema"].update(primaryKey=["articles"]),
    ],
)
def test_a_release_that_promises_less_than_the_contract_is_not_published(
    tmp_path: Path, change: Callable[[dict[str, Any]], Any]
) -> None:
    describe = descriptor.describe_package

    def less(*arguments: Any, **options: Any) -> dict[str, Any]:
        return _less(describe(*arguments, **options), change)

    with (
        patch.object(publishing, "describe_package", less),
        pytest.raises(FieldledgerError, match=r"weekly_coverage: columns, constraints, keys or checks are not the con"),
    ):
        small.publish_step(tmp_path, 0)
    assert [path.name for path in tmp_path.iterdir()] == [".lock"]


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
