"""An article that arrives for an old week has that week coded again, and no other; the release says what it changed."""

from __future__ import annotations

import json
from pathlib import Path

import dagster as dg

from pipeline.definitions import INBOX
from pipeline.partitions import PUBLICATION_WEEKS
from pipeline.run import _materialise, open_instance, run
from pipeline.settings import Settings
from pipeline.stale_weeks import MOST_RANGES, in_ranges, stale_weeks
from pipeline.workbench import Workbench
from tests.drills.conftest import LATE, LATER_WEEKS, OF_PLACE, OLD_WEEK, Series
from tests.end_to_end.articles import RAID, write_jsonl


def pointers(data_dir: Path, asset: str) -> dict[str, bytes]:
    return {path.stem: path.read_bytes() for path in (data_dir / "store/assets" / asset).iterdir()}


def stale(bench: Workbench) -> list[str]:
    """Read the inputs and tell which weeks they make stale."""
    with open_instance(bench.settings) as instance:
        _materialise(bench, instance, dg.AssetSelection.assets(*INBOX), (), {})
        return stale_weeks(bench, instance.get_dynamic_partitions(str(PUBLICATION_WEEKS.name)))


def test_only_the_week_of_the_article_is_coded_again(series: Series) -> None:
    assert series.first.worked["coding"] == (3, 0)
    assert series.second.worked["coding"] == (1, 2)
    for asset in ("weekly_articles", "weekly_coding"):
        before, after = pointers(series.home / "kept", asset), pointers(series.home / "data", asset)
        assert sorted(before) == sorted(after) == [OLD_WEEK, *LATER_WEEKS]
        assert {week for week in after if after[week] != before[week]} == {OLD_WEEK}


def test_dagster_records_that_week_and_no_other(series: Series) -> None:
    with open_instance(Settings(data_dir=series.home / "data")) as instance:
        for asset in ("weekly_articles", "weekly_coding"):
            seen = instance.fetch_materializations(dg.AssetKey(asset), limit=20).records
            assert seen[0].partition_key == OLD_WEEK, "the newest record"
            assert sorted(str(record.partition_key) for record in seen) == sorted([OLD_WEEK, OLD_WEEK, *LATER_WEEKS])


def test_the_release_is_a_new_one_and_says_what_the_article_changed(series: Series) -> None:
    assert (series.first.release.name, series.second.release.name) == ("v1.0.0", "v1.1.0")
    changes = json.loads(series.release["changes.json"])
    assert (changes["previous_version"], changes["version"]) == ("1.0.0", "1.1.0")
    added = {row["table"]: row["added"] for row in changes["tables"]}
    assert (added["articles"], added["events"]) == (1, 1)
    page, other = (series.release[f"briefings/2021-W0{week}.md"].decode() for week in (6, 7))
    assert "**Revised.**" in page
    assert "Events since version 1.0.0: 1 added." in page
    assert "**Revised.**" not in other
    assert "No event of this week has changed since version 1.0.0." in other


def test_the_same_article_once_more_makes_no_week_stale(series: Series, tmp_path: Path) -> None:
    data_dir = series.before_the_second(tmp_path)
    bench = series.bench(data_dir)
    again = write_jsonl(tmp_path / "again.jsonl", RAID)
    settings = bench.settings.model_copy(update={"inputs": (*bench.settings.inputs[:1], again)})
    twice = Workbench(settings, bench.store, bench.region)
    assert stale(twice) == []
    assert bench.store.log["coding"] == (0, 3)


def test_an_article_taken_away_makes_its_week_stale_and_one_put_back_finds_the_coding(
    series: Series, tmp_path: Path
) -> None:
    data_dir = series.after_the_second(tmp_path)
    assert stale(series.bench(data_dir, late=False)) == [OLD_WEEK]
    assert stale(series.bench(data_dir)) == []


def test_a_week_that_was_read_but_never_coded_is_stale(series: Series, tmp_path: Path) -> None:
    data_dir = series.after_the_second(tmp_path)
    (data_dir / "store/assets/weekly_coding" / f"{OLD_WEEK}.json").unlink()
    for memo in (data_dir / "store/memo/coding").iterdir():
        memo.unlink()
    assert stale(series.bench(data_dir)) == [OLD_WEEK, *LATER_WEEKS]


def test_nothing_is_done_where_nothing_changed(series: Series, tmp_path: Path) -> None:
    bench = series.bench(series.after_the_second(tmp_path))
    report = run(bench)
    assert report.worked == {"reading": (0, 1), "all later stages": (0, 1)}
    assert not report.new_release
    assert bench.store.standing(OF_PLACE) == series.values


def test_weeks_are_taken_in_unbroken_rows_and_in_one_where_there_are_many() -> None:
    weeks = [f"w{number:02}" for number in range(40)]
    assert list(in_ranges([], weeks)) == []
    assert list(in_ranges(["w03"], weeks)) == [["w03"]]
    assert list(in_ranges(["w07", "w03", "w04"], weeks)) == [["w03", "w04"], ["w07"]]
    assert list(in_ranges(weeks, weeks)) == [weeks]
    scattered = weeks[1 : 2 * MOST_RANGES : 2]
    assert list(in_ranges(scattered, weeks)) == [[week] for week in scattered]
    assert list(in_ranges(weeks[1 : 2 * MOST_RANGES + 2 : 2], weeks)) == [weeks[1 : 2 * MOST_RANGES + 2]]


def test_the_late_article_is_of_the_old_week() -> None:
    assert LATE["published_at"] == RAID["published_at"] == "2021-02-10"
