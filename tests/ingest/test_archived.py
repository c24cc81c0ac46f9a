"""What was archived reads as the inputs themselves did, wherever they are by then."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from pipeline.archive import Archive
from pipeline.ingest.archived import archive_inputs, archived
from pipeline.ingest.documents import Limits
from pipeline.ingest.found import find_inputs
from pipeline.ingest.records import read_found, read_inputs
from tests.ingest.makers import TEXT, line

LIMITS = Limits(max_line_bytes=2_000)


@pytest.fixture
def inputs(tmp_path: Path) -> list[Path]:
    """Inputs with every trait that reading depends on: two of one name, metadata, a link, bytes that are no UTF-8."""
    for name in ("one", "other"):
        folder = tmp_path / name / "wire"
        folder.mkdir(parents=True)
        (folder / "b.jsonl").write_bytes(line(id=name) + b'{"id": "cut')
    folder = tmp_path / "one" / "wire"
    (folder / "a.txt").write_text(f"Title\n{TEXT}")
    (folder / "a.json").write_text(json.dumps({"source": "Northern Herald", "published_at": "2021-02-09"}))
    (folder / "a.html").write_text(f"<title>A page</title><article>{f'<p>{TEXT}</p>' * 4}</article>")
    (folder / "long.txt").write_text("Long\n" + "x" * 3_000)
    (folder / "empty.jsonl").touch()
    (folder / os.fsdecode(b"bad\xff.txt")).write_text(f"Title\n{TEXT}")
    (folder / "link.txt").symlink_to(tmp_path / "nowhere")
    (folder / "notes.md").write_text("no article")
    (tmp_path / "table.csv").write_text("a,b")
    return [folder, tmp_path / "other" / "wire", folder / "b.jsonl", tmp_path / "table.csv"]


def test_the_archive_alone_reads_as_the_inputs_did(inputs: list[Path], tmp_path: Path) -> None:
    read = read_inputs(inputs, LIMITS)
    archive = Archive(tmp_path / "store")
    listed = archive_inputs(find_inputs(inputs), archive)
    for name in ("one", "other"):
        shutil.rmtree(tmp_path / name)
    again = read_found(archived(listed, archive), LIMITS, "the archive")
    assert (again.documents, again.rejections) == (read.documents, read.rejections)
    assert again.digest_by_input == read.digest_by_input
    hashes = {name: sha256 for name, sha256 in listed.select("input_name", "sha256").iter_rows() if sha256}
    assert hashes == dict(read.digest_by_input)
    assert {"wire/b.jsonl", "wire#2/b.jsonl", "wire/bad\\udcff.txt", "wire/a.json"} <= hashes.keys()


def test_what_cannot_be_read_stands_in_the_list_with_its_reason(
    inputs: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.open

    def guarded(path: Path, *args: object, **kwargs: object) -> object:
        if path.name == "a.json":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", guarded)
    listed = archive_inputs(find_inputs(inputs), Archive(tmp_path / "store"))
    refused = dict(listed.drop_nulls("unreadable").select("input_name", "unreadable").iter_rows())
    assert sorted(refused) == ["table.csv", "wire/a.html", "wire/a.txt", "wire/link.txt"]
    assert "a.json beside it cannot be read (Permission denied)" in refused["wire/a.txt"]
    assert listed.filter(listed["unreadable"].is_not_null())["sha256"].null_count() == len(refused)


def test_the_order_in_which_files_were_made_says_nothing(inputs: list[Path], tmp_path: Path) -> None:
    turned = tmp_path / "turned" / "wire"
    turned.mkdir(parents=True)
    for path in sorted(inputs[0].iterdir(), reverse=True):
        shutil.copy(path, turned / path.name, follow_symlinks=False)
    assert read_inputs([turned], LIMITS) == read_inputs(inputs[:1], LIMITS)
