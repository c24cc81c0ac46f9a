"""What a power cut would leave: no name may reach the disk before what it names, however the system orders its work.

A system may keep back whatever no `fsync` has asked for, and write names in any order. So at each moment a release may
be named only when all of it is on the disk, and `latest` may lead to it only when its name is.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.release import small
from tests.release.disk import Disk, Operation

INDEX = {"feed.xml", "index.html", "index.json", "index.schema.json"}
SCHEMA = {"index.schema.json"}
"""The one file of the index that is the same after every release."""
FOLDERS = {"data", "briefings"}


@pytest.fixture(params=["first", "next"])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> list[Operation]:
    """Return what a publisher asked of the disk, for a first release in a folder yet to be made, and for the next."""
    releases = tmp_path / "new/releases"
    if request.param == "next":
        small.publish_step(releases, 0)
    with Disk().mounted() as disk:
        small.publish_step(releases, 1)
    return disk.journal


def moments(journal: list[Operation], name: str, path: str | None = None) -> list[int]:
    """Return the numbers of all operations ``name``, on ``path`` when given."""
    return [at for at, did in enumerate(journal) if did.name == name and path in (None, did.path)]


def synced(journal: list[Operation], path: str, after: int, before: int) -> bool:
    """Tell whether ``path`` was synced between two moments."""
    return any(after < at < before for at in moments(journal, "fsync", path))


def test_all_of_a_release_is_on_the_disk_before_it_has_its_name(journal: list[Operation]) -> None:
    (named,) = moments(journal, "rename")
    written = {did.path for did in journal[:named] if did.name == "write"}
    assert len(written) > 10
    assert {Path(path).parts[-2] for path in written} == {".staging", *FOLDERS}
    for path in written:
        made = moments(journal, "open", path)[0]
        assert synced(journal, path, moments(journal, "write", path)[-1], named), path
        assert synced(journal, str(Path(path).parent), made, named), path
    for name in FOLDERS:
        folder = Path(journal[named].path)
        assert synced(journal, str(folder), moments(journal, "mkdir", str(folder / name))[0], named)
    later = {Path(did.path).name for did in journal[named:] if did.name == "write"}
    assert later - {".index.schema.json-next"} == {f".{name}-next" for name in INDEX - SCHEMA}


def test_the_folder_of_a_table_in_parts_is_on_the_disk_before_the_release_has_its_name(tmp_path: Path) -> None:
    with Disk().mounted() as disk:
        small.publish_step(tmp_path, 0, partition_rows=0)
    (named,) = moments(disk.journal, "rename")
    folder = Path(disk.journal[named].path) / "data/weekly_coverage"
    part = str(folder / "weekly_coverage-2021.parquet")
    assert synced(disk.journal, part, moments(disk.journal, "write", part)[-1], named)
    assert synced(disk.journal, str(folder), moments(disk.journal, "open", part)[0], named)
    assert synced(disk.journal, str(folder.parent), moments(disk.journal, "mkdir", str(folder))[0], named)


def test_the_manifest_is_written_last_and_everything_is_read_back_before_the_name_is_given(
    journal: list[Operation],
) -> None:
    (named,) = moments(journal, "rename")
    written = [did.path for did in journal[:named] if did.name == "write"]
    assert Path(written[-1]).name == "manifest.json"
    assert "manifest.json" not in {Path(path).name for path in written[:-1]}
    for path in written:
        assert any(moments(journal, "fsync", path)[-1] < at < named for at in moments(journal, "read", path)), path


def test_latest_leads_to_a_release_only_once_its_name_is_on_the_disk(journal: list[Operation]) -> None:
    (named,), (swapped, *_) = moments(journal, "rename"), moments(journal, "replace")
    releases = str(Path(journal[named].target).parent)
    assert Path(journal[swapped].target) == Path(releases) / "latest"
    assert synced(journal, releases, named, swapped)
    assert synced(journal, releases, swapped, len(journal))


def test_the_index_is_renewed_last_each_file_from_one_that_is_on_the_disk(journal: list[Operation]) -> None:
    latest, *swapped = moments(journal, "replace")
    assert {Path(journal[at].target).name for at in swapped} | SCHEMA == INDEX
    assert Path(journal[swapped[-1]].target).name == "index.json"
    for at in swapped:
        assert synced(journal, journal[at].path, latest, at)
    assert synced(journal, str(Path(journal[latest].target).parent), swapped[-1], len(journal))


def test_the_folder_of_releases_is_on_the_disk_itself(tmp_path: Path) -> None:
    releases = tmp_path / "new/data/releases"
    with Disk().mounted() as disk:
        small.publish_step(releases, 0)
    for folder in (tmp_path / "new", tmp_path / "new/data", releases):
        (made,) = moments(disk.journal, "mkdir", str(folder))
        assert synced(disk.journal, str(folder.parent), made, moments(disk.journal, "rename")[0])


def test_a_rerun_makes_durable_what_a_killed_publisher_only_named(tmp_path: Path) -> None:
    small.publish_step(tmp_path, 0)
    with Disk().mounted() as disk:
        assert small.publish_step(tmp_path, 0).created is False
    assert moments(disk.journal, "fsync", str(tmp_path))
    assert not {"write", "rename", "replace", "symlink", "mkdir"} & {did.name for did in disk.journal}
