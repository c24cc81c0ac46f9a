"""What bad input gets, as a user meets it: one clear message, a row in `rejections`, and everything else goes on."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import FieldledgerError
from pipeline.release.reader import open_release
from pipeline.run import RunReport, run
from pipeline.settings import Settings
from pipeline.workbench import open_workbench
from tests.end_to_end.articles import CLASH, RAID, SHELLING, fieldledger, write_jsonl


def _settings(tmp_path: Path, name: str, *inputs: Path) -> Settings:
    return Settings(data_dir=tmp_path / name, inputs=inputs, source_date_epoch=None)


def test_bad_records_are_rejected_one_by_one_and_the_rest_is_released(tmp_path: Path) -> None:
    source = tmp_path / "mixed.jsonl"
    lines: list[bytes] = [
        json.dumps(RAID).encode(),
        json.dumps({k: v for k, v in CLASH.items() if k != "text"}).encode(),
        json.dumps(CLASH | {"id": 7, "title": ["no", "text"]}).encode(),
        b'{"id": "bytes", "title": "\xff\xfe"}',
        json.dumps(CLASH | {"id": "old", "published_at": "1066-10-14"}).encode(),
        json.dumps(CLASH | {"id": "raid-1", "source": RAID["source"]}).encode(),
        json.dumps(CLASH | {"id": "../../etc/passwd"}).encode(),
        json.dumps(SHELLING | {"id": "long", "title": "x" * 20_000}).encode(),
        json.dumps(CLASH | {"id": "formula", "title": '=HYPERLINK("http://x.example","x")'}).encode(),
        json.dumps(SHELLING | {"id": "script", "title": "<script>alert(1)</script>"}).encode(),
        b'{"id": "cut", "title": "The last line en',
    ]
    source.write_bytes(b"\n".join(lines))
    settings = _settings(tmp_path, "data", source).model_copy(update={"max_record_bytes": 10_000})
    report = run(open_workbench(settings))
    rejected = dict(report.rejections.filter(pl.col("stage") == "ingest").select("input_record", "rule").iter_rows())
    assert rejected == {
        2: "missing_field",
        3: "wrong_type",
        4: "invalid_utf8",
        5: "absurd_date",
        6: "duplicate_id",
        7: "unsafe_id",
        8: "too_long",
        11: "truncated_record",
    }
    titles = open_release(report.release).frame("articles")["title"].to_list()
    assert sorted(titles) == sorted([RAID["title"], '=HYPERLINK("http://x.example","x")', "<script>alert(1)</script>"])
    csv = (report.release / "data" / "articles.csv").read_text(encoding="utf-8")
    assert ",\"'=HYPERLINK" in csv, "a spreadsheet must not take it for a formula"
    for page in (report.release / "briefings").glob("*.html"):
        assert "<script" not in page.read_text(encoding="utf-8").lower()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["run", "--input", "nowhere.jsonl"], "nowhere.jsonl: there is no such file or folder"),
        (["run", "--input", "empty.jsonl"], "empty.jsonl"),
        (["extract", "nowhere.jsonl"], "nowhere.jsonl: there is no such file or folder"),
        (["verify", "nowhere"], "nowhere"),
        (["extract", "-"], "standard input: no article could be read"),
        (["run", "--data-dir", "empty.jsonl"], "data directory empty.jsonl: cannot be made"),
    ],
)
def test_an_input_that_cannot_be_used_at_all_ends_with_code_2_and_no_traceback(
    tmp_path: Path, words: list[str], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty.jsonl").touch()
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, words, input="")
    assert done.exit_code == 2, done.stderr
    assert message in done.stderr
    assert isinstance(done.exception, SystemExit), "no error comes out as it is"


def test_a_wrong_argument_is_named(tmp_path: Path) -> None:
    done = fieldledger("run", "--inptu", "x", cwd=tmp_path)
    assert done.returncode == 2
    assert "--inptu" in done.stderr


@pytest.fixture(scope="class")
def partly_read(tmp_path_factory: pytest.TempPathFactory) -> RunReport:
    """A run on a folder that holds an article, a bare text and a folder that may not be opened."""
    home = tmp_path_factory.mktemp("partly")
    folder = home / "in"
    (folder / "locked").mkdir(parents=True)
    write_jsonl(folder / "good.jsonl", RAID)
    (folder / "bare.txt").write_text(f"{CLASH['title']}\n\n{CLASH['text']}\n", encoding="utf-8")
    real = os.scandir

    def scandir(path: str | Path) -> object:
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "scandir", scandir)
        return run(open_workbench(_settings(home, "data", folder)))


class TestPartlyRead:
    def test_a_folder_without_permission_is_one_rejection_and_the_rest_goes_on(self, partly_read: RunReport) -> None:
        (row,) = partly_read.rejections.filter(pl.col("stage") == "ingest").to_dicts()
        assert (row["rule"], row["record"]) == ("unreadable", "in/locked")
        assert open_release(partly_read.release).frame("events").height == 1

    def test_bare_text_without_a_date_is_read_and_its_events_are_rejected_as_undated(
        self, partly_read: RunReport
    ) -> None:
        release = open_release(partly_read.release)
        (bare,) = release.frame("articles").filter(pl.col("published_date").is_null())["article_id"]
        told = release.frame("mentions").filter(pl.col("article_id") == bare)
        assert release.frame("event_mentions").join(told, on="mention_id").is_empty()
        rejected = partly_read.rejections.filter(pl.col("stage") != "ingest")
        assert "undated" in rejected["rule"].to_list()


def test_a_full_disk_stops_with_the_remedy_and_a_rerun_completes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write_jsonl(tmp_path / "articles.jsonl", RAID)
    settings = _settings(tmp_path, "data", source)
    real = os.fsync
    room = 0

    def fsync(file: int) -> None:
        nonlocal room
        room -= 1
        if room < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(file)

    monkeypatch.setattr(os, "fsync", fsync)
    for files in (3, 30):  # at the first stage, and at a later one with what the first attempt left
        room = files
        with pytest.raises(FieldledgerError, match=r"(?i)no space left on device.*make room|free .*space|make room"):
            run(open_workbench(settings))
        assert not list((settings.data_dir / "releases").glob("v*"))
    monkeypatch.setattr(os, "fsync", real)
    assert run(open_workbench(settings)).new_release
