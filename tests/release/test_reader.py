"""Releases are found by their version and read by their own descriptor."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import FieldledgerError, InputError
from pipeline.release.reader import newest_release, open_release, version_key
from tests.release.factory import world


def test_the_newest_is_the_highest_number_not_the_last_name(tmp_path: Path) -> None:
    for name in ("v1.9.0", "v1.10.0", "v1.2.99", "vmore", "v1.11", "v01.12.0", ".staging", "latest"):
        (tmp_path / name).mkdir()
    (tmp_path / "v9.0.0").symlink_to("v1.9.0")
    (tmp_path / "v8.0.0").touch()
    assert newest_release(tmp_path) == tmp_path / "v1.10.0"


def test_no_folder_or_an_empty_one_holds_no_release(tmp_path: Path) -> None:
    assert newest_release(tmp_path / "none") is None
    assert newest_release(tmp_path) is None


@pytest.mark.parametrize("text", ["1.0", "v1.0.0", "1.0.0-rc1", "01.0.0", "1.0.٣", ""])
def test_only_three_plain_numbers_are_a_version(text: str) -> None:
    with pytest.raises(FieldledgerError, match="no version"):
        version_key(text)


def test_rows_read_back_as_they_were_published(first: Path) -> None:
    release = open_release(first)
    for name, frame in world().items():
        assert release.frame(name).equals(frame), name


def test_a_package_without_its_parquet_files_reads_as_well(releases: Path) -> None:
    path = releases / "v1.0.0"
    for parquet in (path / "data").glob("*.parquet"):
        parquet.unlink()
    assert open_release(path).frame("events").height == 2


def test_a_missing_table_is_one_clear_error(releases: Path) -> None:
    path = releases / "v1.0.0"
    (path / "data/events.csv").unlink()
    with pytest.raises(FieldledgerError, match=r"events\.csv: No such file"):
        open_release(path).frame("events")


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.pop("version"),
        lambda d: d.update(version="one"),
        lambda d: d.update(resources={}),
        lambda d: d["resources"][0].update(path="../secret.csv"),
        lambda d: d["resources"][0].pop("hash"),
        lambda d: d["resources"].append("data.csv"),
    ],
)
def test_a_descriptor_of_another_tool_is_refused(releases: Path, change: Any) -> None:
    path = releases / "v1.0.0"
    content = json.loads((path / "datapackage.json").read_bytes())
    change(content)
    (path / "datapackage.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(FieldledgerError):
        open_release(path)


def test_a_folder_without_descriptor_is_no_release(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no release"):
        open_release(tmp_path)
