"""Whatever is wrong with a release is found, from its folder alone, without a crash."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import InputError
from pipeline.parquet import parquet_bytes
from pipeline.release.files import FileRecord
from pipeline.release.manifest import TableRecord
from pipeline.release.tables import csv_bytes
from pipeline.release.verify import verify_release
from tests.release.factory import CONTRACT, world
from tests.release.forging import describe, forge, rehash, says


def test_a_sound_release_has_no_findings(first: Path) -> None:
    assert verify_release(first) == []


def test_it_needs_nothing_but_the_folder(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(release)
    assert verify_release(Path(".")) == []


def test_every_file_is_missed(release: Path) -> None:
    for path in sorted(path for path in release.rglob("*") if path.is_file()):
        data = path.read_bytes()
        path.unlink()
        assert "missing" in says(release), path
        path.write_bytes(data)


def test_a_truncated_file_is_found_by_its_size(release: Path) -> None:
    path = release / "data/events.csv"
    path.write_bytes(path.read_bytes()[:-10])
    (finding,) = verify_release(release)
    assert finding.where == "data/events.csv"
    assert "bytes, the manifest says" in finding.says


def _extra(release: Path) -> None:
    (release / "data/extra.csv").touch()


def _empty_folder(release: Path) -> None:
    (release / "more").mkdir()


def _link_out(release: Path) -> None:
    path = release / "data/events.csv"
    path.rename(release.parent / "events.csv")
    path.symlink_to(release.parent / "events.csv")


def _link_manifest(release: Path) -> None:
    (release / "manifest.json").rename(release.parent / "manifest.json")
    (release / "manifest.json").symlink_to(release.parent / "manifest.json")


def _link_folder(release: Path) -> None:
    (release / "data").rename(release.parent / "data")
    (release / "data").symlink_to(release.parent / "data")


def _pipe(release: Path) -> None:
    (release / "README.md").unlink()
    os.mkfifo(release / "README.md")


def _folder_for_file(release: Path) -> None:
    (release / "README.md").unlink()
    (release / "README.md").mkdir()


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (_extra, "data/extra.csv: is not in the manifest"),
        (_empty_folder, "more: is a folder that the manifest does not need"),
        (_link_out, "data/events.csv: is a link or device"),
        (_link_manifest, "manifest.json: is a link or device"),
        (_link_folder, "data: is a link or device"),
        (_pipe, "README.md: is a link or device"),
        (_folder_for_file, "README.md: is a folder, not a file"),
    ],
)
def test_what_does_not_belong_is_named_and_never_opened(
    release: Path, spoil: Callable[[Path], None], expected: str
) -> None:
    spoil(release)
    assert expected in says(release)


@pytest.mark.parametrize("path", ["../outside", "/etc/hostname", "data/../../outside", "a\0b", "\u202egnp.exe"])
def test_a_path_that_leaves_the_folder_is_not_followed(release: Path, path: str) -> None:
    (release.parent / "outside").write_bytes(b"secret")
    record = FileRecord(path, 6, "0" * 64)
    forge(release, lambda m: replace(m, files=tuple(sorted((*m.files, record), key=lambda r: r.path))))
    assert "the path" in says(release)
    assert "\0" not in says(release)


def test_a_file_listed_twice_is_found(release: Path) -> None:
    forge(release, lambda m: replace(m, files=(*m.files, m.files[0])))
    assert "twice or out of order" in says(release)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[]", b"{}", b'{"schema_version": 2}'])
def test_a_manifest_of_another_tool_is_one_line(release: Path, content: bytes) -> None:
    (release / "manifest.json").write_bytes(content)
    assert len(verify_release(release)) == 1


def test_a_release_that_leaves_out_its_papers_is_found(release: Path) -> None:
    (release / "README.md").unlink()
    forge(release, lambda m: replace(m, files=tuple(r for r in m.files if r.path != "README.md")))
    assert says(release) == "README.md: is not in the manifest, and no release is without"


@pytest.mark.parametrize("name", ["nothing", "file"])
def test_what_is_no_folder_is_an_error_of_the_call(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="no such folder"):
        verify_release(tmp_path / name)


def test_findings_are_plain_values(release: Path) -> None:
    (release / "README.md").unlink()
    (finding,) = verify_release(release)
    assert asdict(finding) == {"where": "README.md", "says": "is missing"}


def test_folders_in_folders_without_end_are_named_not_followed_into_a_crash(release: Path) -> None:
    depth = sys.getrecursionlimit()
    deep = release
    for _ in range(depth // 200):
        deep = deep / "/".join(["d"] * 100)
        deep.mkdir(parents=True)
    assert "d/d/d: is a folder that the manifest does not need" in says(release)


def test_a_table_that_lacks_what_is_judged_is_a_finding(release: Path) -> None:
    """As if a later program had dropped a column: books and evidence cannot be judged without it."""
    rejections = CONTRACT.tables["rejections"]
    fewer = replace(rejections, fields=tuple(field for field in rejections.fields if field.name != "stage"))
    frame = world()["rejections"].drop("stage")
    (release / "data/rejections.csv").write_bytes(csv_bytes(fewer, frame))
    (release / "data/rejections.parquet").write_bytes(parquet_bytes(frame))
    rehash(release, "data/rejections.csv")
    rehash(release, "data/rejections.parquet")

    def drop(content: dict[str, Any]) -> None:
        schema = next(r["schema"] for r in content["resources"] if r["name"] == "rejections")
        schema["fields"] = [field for field in schema["fields"] if field["name"] != "stage"]

    describe(release, drop)
    forge(release, lambda m: replace(m, tables=tuple(map(_one_column_less, m.tables))))
    assert "rejections: cannot be checked: " in says(release)


def _one_column_less(record: TableRecord) -> TableRecord:
    return replace(record, columns=record.columns - 1) if record.name == "rejections" else record
