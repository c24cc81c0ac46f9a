"""From the queue to the release: review, decide, apply, run; the corrected value and the original are published."""

from __future__ import annotations

import csv
import json
import shutil
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.release.reader import Release, newest_release, open_release
from pipeline.release.verify import verify_release
from tests.end_to_end.articles import write_jsonl
from tests.end_to_end.conftest import SampleRun

AUTHOR = ("--who", "The desk", "--date", "2021-05-01")


@pytest.fixture
def data_dir(sample_run: SampleRun, tmp_path: Path) -> Path:
    """A copy of the data directory in which the sample was run."""
    return Path(shutil.copytree(sample_run.data_dir, tmp_path / "data", symlinks=True))


def call(*words: object) -> str:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result.output


def newest(data_dir: Path) -> Release:
    path = newest_release(data_dir / "releases")
    assert path is not None
    assert verify_release(path) == []
    return open_release(path)


def decide(sheet: Path, event_id: str, **cells: str) -> None:
    with sheet.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    (row,) = [row for row in rows if row["event_id"] == event_id and not row["other_event_id"]]
    row.update(cells)
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row))
        writer.writeheader()
        writer.writerows(rows)


def test_what_a_reviewer_decides_stands_for_as_long_as_it_is_declared(data_dir: Path, tmp_path: Path) -> None:
    before = newest(data_dir)
    sheet, page = tmp_path / "decisions.csv", tmp_path / "queue.html"
    text = call("review", "--data-dir", data_dir, "--csv", sheet, "--html", page, "--limit", 200)
    assert "a mention denies" in " ".join(text.split())
    queued = pl.read_csv(sheet, infer_schema=False)["event_id"].to_list()
    events = before.frame("events").filter(pl.col("event_id").is_in(queued)).sort("fatalities_best", nulls_last=True)
    known = events.filter(pl.col("fatalities_best") > 4).row(0, named=True)
    gone = events.filter(pl.col("event_id") != known["event_id"]).row(0, named=True)
    assert known["event_id"] in page.read_text(encoding="utf-8")
    decide(
        sheet,
        known["event_id"],
        decision="override",
        field="fatalities_low;fatalities_best",
        value="1;2",
        reason="Two.",
    )
    decide(sheet, gone["event_id"], decision="withdraw", reason="No attack.")
    assert "2 corrections in" in call("review", "--apply", sheet, *AUTHOR, "--data-dir", data_dir)

    screen = call("run", "--no-site", "--data-dir", data_dir)
    assert "correct    corrections" in screen
    after = newest(data_dir)
    assert after.version != before.version
    row = after.frame("events").filter(pl.col("event_id") == known["event_id"]).row(0, named=True)
    assert (row["fatalities_low"], row["fatalities_best"], row["corrected"]) == (1, 2, True)
    kept = after.frame("corrections").filter(pl.col("field") == "fatalities_best").row(0, named=True)
    assert (kept["original_value"], kept["corrected_value"]) == (str(known["fatalities_best"]), "2")
    assert (kept["state"], kept["corrected_by"], kept["corrected_on"]) == ("applied", "The desk", date(2021, 5, 1))
    assert gone["event_id"] not in after.frame("events")["event_id"]
    fewer = [int(release.frame("weekly_events")["fatalities_best"].sum()) for release in (before, after)]
    assert fewer[0] - fewer[1] == known["fatalities_best"] - 2 + (gone["fatalities_best"] or 0)
    week = f"{known['week_start']:%G-W%V}.md"
    assert "coded as" in (after.path / "briefings" / week).read_text(encoding="utf-8")
    files = json.loads((after.path / "lock.json").read_text(encoding="utf-8"))["corrections"]
    assert [file["name"] for file in files] == ["decisions.yaml"]
    assert "nothing to release" in call("run", "--no-site", "--data-dir", data_dir)

    for path in (data_dir / "corrections").iterdir():
        path.unlink()
    _bad_corrections_stop_nothing_and_are_told(data_dir, before)


def _bad_corrections_stop_nothing_and_are_told(data_dir: Path, before: Release) -> None:
    """What was corrected in the release before is as it was, for nothing asks for it any more."""
    folder = data_dir / "corrections"
    event_id = before.frame("events")["event_id"][0]
    stale = {"action": "withdraw", "event": event_id, "reason": "x", "who": "y", "date": "2021-05-01",
             "expect": {"members": ["m-0000000000000000"]}}  # fmt: skip
    (folder / "stale.yaml").write_text(json.dumps({"corrections": [stale, {"action": "guess"}]}), encoding="utf-8")
    (folder / "broken.yaml").write_text("corrections: [", encoding="utf-8")
    screen = call("run", "--no-site", "--data-dir", data_dir)
    assert "Corrections left out" in screen
    assert "stale.yaml, record 1: expect.members" in screen
    assert "stale.yaml, record 2: " in screen
    assert "broken.yaml: " in screen
    after = newest(data_dir)
    assert after.frame("events").equals(before.frame("events"))
    assert sorted(after.frame("corrections")["state"]) == ["malformed", "malformed", "stale"]
    told = after.frame("rejections").filter(pl.col("stage") == "correct")
    assert sorted(told["rule"]) == ["malformed_correction", "malformed_correction", "stale_correction"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "holds no run to review; `fieldledger run` comes first"),
        (("--apply", "none.csv"), "none.csv: cannot be read"),
        (("--apply", "none.csv", "--csv", "q.csv"), "--csv not with --apply"),
        (("--who", "me"), "--who only with --apply"),
    ],
)
def test_a_wrong_call_gets_one_line(tmp_path: Path, words: tuple[str, ...], says: str) -> None:
    result = CliRunner().invoke(app, ["review", "--data-dir", str(tmp_path / "none"), *words])
    assert result.exit_code == 2
    assert says in result.output
    assert result.output.count("\n") == 1


def test_a_folder_of_corrections_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIELDLEDGER_CORRECTIONS", str(tmp_path / "none"))
    path = write_jsonl(tmp_path / "articles.jsonl")
    result = CliRunner().invoke(app, ["run", "--no-site", "--input", str(path), "--data-dir", str(tmp_path / "data")])
    assert result.exit_code == 2
    assert "setting corrections: " in result.output
