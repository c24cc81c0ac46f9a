"""Releases that follow each other: ids of events last through late articles, and what goes away is told."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl

from pipeline.ids import sha256_bytes
from pipeline.release.reader import Release, open_release
from pipeline.run import run
from pipeline.settings import Settings
from pipeline.workbench import open_workbench
from tests.end_to_end.articles import CLASH, RAID, Record, write_jsonl

LATE: Record = RAID | {
    "id": "late-1",
    "source": "Test Courier",
    "published_at": "2021-02-09",
    "text": "Warplanes bombed the town of Ariha in Idlib province on Tuesday. Four civilians were killed.",
}


def _released(tmp_path: Path, *articles: Record) -> tuple[Release, bool]:
    """Run on ``articles`` in one data directory; return the newest release and whether this run made it."""
    source = write_jsonl(tmp_path / "articles.jsonl", *articles)
    report = run(open_workbench(Settings(data_dir=tmp_path / "data", inputs=(source,), source_date_epoch=None)))
    return open_release(report.release), report.new_release


def _raid(release: Release) -> dict[str, object]:
    (row,) = release.frame("events").filter(pl.col("sub_event_type") == "Air/drone strike").iter_rows(named=True)
    return row


def test_an_event_keeps_its_id_through_late_articles_and_is_told_of_when_it_goes(
    tmp_path: Path,
) -> None:
    first, _ = _released(tmp_path, RAID, CLASH)
    raid = _raid(first)

    second, new = _released(tmp_path, RAID, CLASH, LATE)
    assert (second.version, new) == ("1.1.0", True)
    ids = ("event_id", "founding_mention_id")
    assert [_raid(second)[name] for name in ids] == [raid[name] for name in ids], "though the late one is dated before"
    assert _raid(second)["mention_count"] == 2
    assert second.frame("retired_events").is_empty()
    made_from = json.loads((second.path / "manifest.json").read_bytes())["made_from"]
    named = sha256_bytes((first.path / "datapackage.json").read_bytes())
    assert made_from["inputs"]["releases/v1.0.0/datapackage.json"] == named

    (tmp_path / "data" / "store" / "last_run.json").unlink()
    again, new = _released(tmp_path, RAID, CLASH, LATE)
    assert (again.version, new) == ("1.1.0", False), "everything is done again after 1.1.0, and nothing is new"

    third, _ = _released(tmp_path, CLASH)
    assert third.frame("retired_events").select("event_id", "version", "retirement_reason").rows() == [
        (raid["event_id"], third.version, "withdrawn")
    ]
