"""Whatever is wrong with a release is found, from its folder alone, without a crash."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.parquet import parquet_bytes
from pipeline.release.files import FileRecord, record_of
from pipeline.release.manifest import Books, Manifest, json_bytes, read_manifest
from pipeline.release.tables import csv_bytes
from pipeline.release.verify import verify_release
from tests.release.factory import CONTRACT, FIRST, with_values, world


@pytest.fixture
def release(releases: Path) -> Path:
    """Return a sound release to spoil."""
    return releases / "v1.0.0"


@pytest.fixture(scope="module")
def spoiled(first: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a sound release that a test may spoil as long as it mends it."""
    return Path(shutil.copytree(first, tmp_path_factory.mktemp("spoiled") / "release"))


def says(path: Path) -> str:
    """Return all findings, one a line."""
    return "\n".join(map(str, verify_release(path)))


def test_a_sound_release_has_no_findings(first: Path) -> None:
    assert verify_release(first) == []


def test_it_needs_nothing_but_the_folder(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(release)
    assert verify_release(Path(".")) == []


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_changed_byte_of_any_file_is_found(spoiled: Path, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(path for path in spoiled.rglob("*") if path.is_file())))
    before = path.read_bytes()
    place = data.draw(st.integers(0, len(before) - 1))
    broken = bytearray(before)
    broken[place] ^= data.draw(st.integers(1, 255))
    try:
        path.write_bytes(broken)
        assert path.name in says(spoiled)
    finally:
        path.write_bytes(before)


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
        (_link_manifest, "manifest.json: is missing"),
        (_link_folder, "data: is a link or device"),
        (_pipe, "README.md: is a link or device"),
        (_folder_for_file, "README.md: is missing"),
    ],
)
def test_what_does_not_belong_is_named_and_never_opened(
    release: Path, spoil: Callable[[Path], None], expected: str
) -> None:
    spoil(release)
    assert expected in says(release)


def forge(release: Path, change: Callable[[Manifest], Manifest]) -> None:
    """Rewrite the manifest, with a right hash over itself."""
    path = release / "manifest.json"
    path.write_bytes(change(read_manifest(path.read_bytes())).to_bytes())


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


def _rehash(release: Path, path: str) -> None:
    """Let manifest and descriptor agree with a file that was changed."""
    old = next(r for r in read_manifest((release / "manifest.json").read_bytes()).files if r.path == path)
    new = record_of(release, path)
    descriptor = (release / "datapackage.json").read_text(encoding="utf-8")
    descriptor = descriptor.replace(old.sha256, new.sha256).replace(f'"bytes": {old.bytes},', f'"bytes": {new.bytes},')
    (release / "datapackage.json").write_text(descriptor, encoding="utf-8")
    described = record_of(release, "datapackage.json")

    def swap(record: FileRecord) -> FileRecord:
        return {path: new, "datapackage.json": described}.get(record.path, record)

    forge(
        release,
        lambda m: replace(
            m,
            files=tuple(swap(record) for record in m.files),
            tables=tuple(replace(t, csv=swap(t.csv), parquet=swap(t.parquet)) for t in m.tables),
        ),
    )


def test_parquet_that_holds_other_rows_is_found_though_every_hash_is_right(release: Path) -> None:
    other = with_values(world()["events"], {"place_name": "Upper Mill"}, fatalities_best=6)
    (release / "data/events.parquet").write_bytes(parquet_bytes(other))
    _rehash(release, "data/events.parquet")
    assert says(release) == "data/events.parquet: holds other rows than data/events.csv"


def _replace_table(release: Path, name: str, key: dict[str, Any], **values: Any) -> None:
    frame = with_values(world()[name], key, **values)
    (release / f"data/{name}.csv").write_bytes(csv_bytes(CONTRACT.tables[name], frame))
    (release / f"data/{name}.parquet").write_bytes(parquet_bytes(frame))
    _rehash(release, f"data/{name}.csv")
    _rehash(release, f"data/{name}.parquet")


@pytest.mark.parametrize(
    ("table", "key", "values", "expected"),
    [
        ("events", {"place_name": "Upper Mill"}, {"actor2_id": "ghost"}, "must name a row of actors"),
        ("events", {"place_name": "Upper Mill"}, {"latitude": 99.0}, "must be at most 90"),
        ("mentions", {"status": "denied"}, {"mention_id": "m-0000000000000000"}, "event_mentions: row"),
        (
            "mentions",
            {"status": "denied"},
            {"char_end": 9_999, "char_start": 9_951},
            "char_end lies behind the end",
        ),
        ("articles", {"input_record": 1}, {"kept_spans": "[[0,5]]"}, "kept_spans do not add up"),
        (
            "articles",
            {"input_record": 1},
            {"kept_spans": "[[0,5],[99999,100075]]"},
            "kept_spans do not add up",
        ),
        ("articles", {"input_record": 1}, {"text_sha256": "0"}, "text_sha256 0: "),
        ("sources", {"source_id": "river-wire"}, {"source_id": "a-wire"}, "not sorted by primary key"),
    ],
)
def test_rows_that_break_the_contract_are_found_though_every_hash_is_right(
    release: Path, table: str, key: dict[str, Any], values: dict[str, Any], expected: str
) -> None:
    _replace_table(release, table, key, **values)
    assert expected in says(release)


def test_many_broken_rows_are_counted_not_listed(release: Path) -> None:
    _replace_table(release, "weekly_events", {"admin1": "North"}, events=-1)
    found = verify_release(release)
    assert len(found) == 4
    assert found[-1].says == "51 more rows break its rules"


def test_books_that_do_not_balance_are_found(release: Path) -> None:
    forge(release, lambda m: replace(m, books=(Books("ingest", 7, 5, 1, 0), *m.books[1:])))
    assert says(release) == "books of ingest: 7 in, but 5 accepted + 1 rejected + 0 merged"


def _describe(release: Path, change: Callable[[dict[str, Any]], Any]) -> None:
    path = release / "datapackage.json"
    content = json.loads(path.read_bytes())
    change(content)
    path.write_bytes(json_bytes(content))
    record = record_of(release, "datapackage.json")
    forge(release, lambda m: replace(m, files=tuple(record if r.path == record.path else r for r in m.files)))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda d: d.update(version="9.9.9"), "is of version 9.9.9"),
        (lambda d: d.update(resources="none"), "lists no resources"),
        (lambda d: d["resources"].pop(), "lists other tables"),
        (
            lambda d: d["resources"][0].update(hash="sha256:0"),
            f"path, bytes or hash of data/{FIRST}.csv differ",
        ),
        (
            lambda d: d["resources"][0].update(path="../x.csv"),
            f"path, bytes or hash of data/{FIRST}.csv differ",
        ),
        (
            lambda d: d["resources"][0].pop("fieldledger:parquet"),
            f"path, bytes or hash of data/{FIRST}.parquet differ",
        ),
        (lambda d: d["resources"][0].pop("schema"), "not described as fieldledger does it"),
        (lambda d: d["resources"][0]["schema"]["fields"].pop(), "the columns are"),
        (
            lambda d: d["resources"][0]["schema"]["fields"][0].update(type="geopoint"),
            "not described as fieldledger does it",
        ),
        (
            lambda d: d["resources"][0]["schema"]["fields"][0]["constraints"].update(multipleOf=2),
            "cannot enforce",
        ),
        (lambda d: d["resources"][0]["fieldledger:checks"].append("later_rule"), "no check named later_rule"),
    ],
)
def test_a_descriptor_that_says_otherwise_is_found(
    release: Path, change: Callable[[dict[str, Any]], Any], expected: str
) -> None:
    _describe(release, change)
    assert expected in says(release)


def test_a_release_of_a_later_program_is_not_judged(release: Path) -> None:
    path = release / "manifest.json"
    content = json.loads(path.read_bytes()) | {"schema_version": 3}
    path.write_bytes(json_bytes(content))
    assert says(release).startswith("manifest.json: schema_version is 3, this program reads 2")


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


def test_an_empty_folder_is_no_release(tmp_path: Path) -> None:
    assert says(tmp_path).startswith("manifest.json: is missing")


def test_findings_are_plain_values(tmp_path: Path) -> None:
    (finding,) = verify_release(tmp_path)
    assert asdict(finding) == {"where": finding.where, "says": finding.says}
