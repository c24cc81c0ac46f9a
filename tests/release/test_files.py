"""Each step on the disk does one thing, wholly or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from pipeline.errors import FieldledgerError
from pipeline.ids import sha256_bytes
from pipeline.release.files import (
    FileRecord,
    clear,
    explain,
    listing,
    path_fault,
    record_of,
    write_file,
)
from pipeline.release.publisher_lock import publisher_lock
from pipeline.release.swap import point


@pytest.mark.parametrize("path", ["README.md", "data/events.csv", "briefings/2021-W05.html", "a/b/c_d-e.F"])
def test_plain_paths_are_fine(path: str) -> None:
    assert path_fault(path) is None


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "../x",
        "a/../../x",
        "a//b",
        "a/",
        ".hidden",
        "a/.b",
        "C:\\x",
        "a\\b",
        "a b",
        "é",
        "a\n",
        "a\0",
        "x" * 200,
    ],
)
def test_paths_that_leave_or_confuse_are_named(path: str) -> None:
    assert path_fault(path)


def test_a_file_is_written_once_and_its_record_is_of_the_bytes_meant(tmp_path: Path) -> None:
    record = write_file(tmp_path, "data/x.csv", [b"ab", b"c"])
    assert record == FileRecord("data/x.csv", 3, sha256_bytes(b"abc")) == record_of(tmp_path, "data/x.csv")
    with pytest.raises(FileExistsError, match=r"x\.csv"):
        write_file(tmp_path, "data/x.csv", [b"other"])
    assert (tmp_path / "data/x.csv").read_bytes() == b"abc"


def test_no_file_is_one_that_the_system_would_run(tmp_path: Path) -> None:
    write_file(tmp_path, "data/a.csv", [b"a"])
    with publisher_lock(tmp_path):
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert len(files) == 2
        assert not [path for path in files if path.stat().st_mode & 0o111]


def test_listing_names_links_and_pipes_without_opening_them(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/file").touch()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path)
    found = listing(tmp_path)
    assert (found.files, found.folders, found.others) == (("sub/file",), ("sub",), ("link", "pipe"))


def test_a_link_is_swapped_and_set_again_without_a_trace(tmp_path: Path) -> None:
    link = tmp_path / "latest"
    (tmp_path / ".latest-next").touch()  # left by a publisher that was killed
    for target in ("v1.0.0", "v1.1.0", "v1.1.0"):
        point(link, target)
        assert os.readlink(link) == target
    assert [path.name for path in tmp_path.iterdir()] == ["latest"]


def test_a_folder_in_the_place_of_the_link_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "latest").mkdir()
    (tmp_path / "latest/mine").touch()
    with pytest.raises(OSError, match="latest"):
        point(tmp_path / "latest", "v1.0.0")
    assert [path.name for path in tmp_path.iterdir()] == ["latest"]


def test_clearing_removes_a_link_but_not_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "link").symlink_to("kept")
    (tmp_path / "tree/sub").mkdir(parents=True)
    for name in ("link", "tree", "nothing"):
        clear(tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_one_publisher_at_a_time(tmp_path: Path) -> None:
    with (
        publisher_lock(tmp_path),
        pytest.raises(FieldledgerError, match="another publisher"),
        publisher_lock(tmp_path),
    ):
        pass
    with publisher_lock(tmp_path):
        pass


@pytest.mark.parametrize(
    ("code", "remedy"),
    [(errno.ENOSPC, "free some space"), (errno.EACCES, "writable"), (errno.EIO, "check the disk")],
)
def test_a_disk_error_becomes_path_cause_and_remedy(code: int, remedy: str) -> None:
    message = str(explain(OSError(code, os.strerror(code), "/data/x.csv"), Path("/data")))
    assert message.startswith(f"/data/x.csv: {os.strerror(code)}: ")
    assert remedy in message
