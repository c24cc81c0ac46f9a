"""The main job on the bundled sample: what a visitor sees after `make publish`."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from pipeline.books import unbalanced
from pipeline.contract_validation import split
from pipeline.contracts import load_contract
from pipeline.release.verify import verify_release
from pipeline.sample import shown
from pipeline.screen import account
from tests.end_to_end.articles import files_below
from tests.end_to_end.conftest import PROJECT, SampleRun

TRUTH = PROJECT / "tests" / "sample" / "truth.jsonl"
FEWEST_TOLD_EVENTS_FOUND = 0.75
"""Floor on the share of planned events found with type, day and governorate; lowering it needs a changelog entry."""


def test_every_record_is_accounted_for(sample_run: SampleRun) -> None:
    assert unbalanced(sample_run.first.books).is_empty()
    books = {(stage, records): rest for stage, records, *rest in sample_run.first.books.iter_rows()}
    assert books["ingest", "records"][0] >= 80
    assert books["ingest", "records"][1] == sample_run.table("articles").height
    assert books["extract", "mentions"][1] == sample_run.table("mentions").height
    assert books["aggregate", "events"][1] == sample_run.table("weekly_events")["events"].sum()
    rejected = sum(rest[2] for rest in books.values())
    assert rejected == sample_run.table("rejections").height > 0


def test_every_table_of_the_release_keeps_to_the_contract_with_all_its_keys(sample_run: SampleRun) -> None:
    tables = sample_run.tables()
    for table in load_contract().published:
        result = split(table, tables[table.name], stage="aggregate", parents=tables)
        assert result.rejections["message"].to_list() == []


def test_our_own_verifier_finds_nothing_wrong(sample_run: SampleRun) -> None:
    assert verify_release(sample_run.first.release) == []


def test_frictionless_validates_the_package_as_it_stands(sample_run: SampleRun) -> None:
    command = [str(Path(sys.executable).with_name("frictionless")), "validate", "datapackage.json", "--json"]
    done = subprocess.run(
        command, cwd=sample_run.first.release, capture_output=True, text=True, check=False, timeout=300
    )
    report = json.loads(done.stdout)
    assert report["valid"], done.stdout
    assert done.returncode == 0
    assert report["stats"]["tasks"] == len(load_contract().published)


def test_a_second_run_does_nothing_again_and_says_so(sample_run: SampleRun) -> None:
    assert sample_run.first.new_release
    assert not sample_run.second.new_release
    assert sample_run.second.release == sample_run.first.release
    assert all(done == 0 for done, _ in sample_run.second.worked.values())
    assert "Not needed again" in "\n".join(account(sample_run.second))


def test_the_account_says_what_came_in_and_out_what_was_rejected_and_where_it_lies(sample_run: SampleRun) -> None:
    screen = account(sample_run.first)
    text = "\n".join(screen)
    assert len(screen) <= 40, "it fits one screen"
    for words in ("in = accepted + rejected + merged", "language", "undated", "datapackage.json", "index.html"):
        assert words in text


def test_the_committed_package_is_what_the_sample_corpus_gives(sample_run: SampleRun) -> None:
    committed = files_below(PROJECT / "datapackage" / "sample")
    made = shown(sample_run.first.release)
    assert sorted(committed) == sorted(made), "renew it with `make sample`"
    for name, data in made.items():
        assert committed[name] == data, f"datapackage/sample/{name} is stale: renew it with `make sample`"


def test_title_readme_and_every_briefing_say_that_it_is_invented(sample_run: SampleRun) -> None:
    release = sample_run.first.release
    assert "invented" in json.loads((release / "datapackage.json").read_text(encoding="utf-8"))["title"].lower()
    pages = [release / "README.md", *sorted((release / "briefings").iterdir())]
    assert len(pages) >= 2 * (8 + 1) + 1
    for page in pages:
        assert "invented" in page.read_text(encoding="utf-8").lower(), page.name


def test_every_quote_is_in_the_text_that_its_hash_names(sample_run: SampleRun) -> None:
    quoted = sample_run.table("mentions")
    assert (quoted["char_end"] - quoted["char_start"] == quoted["evidence"].str.len_chars()).all()
    assert quoted.join(sample_run.table("articles"), on="article_id", how="anti").is_empty()


def test_copies_are_marked_and_no_independent_source(sample_run: SampleRun) -> None:
    articles = sample_run.table("articles")
    kinds = dict(articles["duplicate_kind"].value_counts().iter_rows())
    assert kinds["exact"] >= 5
    assert kinds["near"] >= 1
    originals = articles.filter(pl.col("duplicate_kind") == "none")["article_id"]
    assert articles["duplicate_of"].drop_nulls().is_in(originals.implode()).all()


def test_what_was_denied_or_threatened_makes_no_event(sample_run: SampleRun) -> None:
    mentions = sample_run.table("mentions")
    statuses = set(mentions["status"])
    assert {"reported", "denied", "prospective", "general"} <= statuses
    reporting = sample_run.table("event_mentions").filter(pl.col("relation") == "reports")
    assert set(reporting.join(mentions, on="mention_id")["status"]) == {"reported"}


def test_the_planned_events_of_the_sample_are_found(sample_run: SampleRun) -> None:
    events = sample_run.table("events")
    planned = [json.loads(line) for line in TRUTH.read_text(encoding="utf-8").splitlines()]
    known = {
        (row["sub_event_type"], row["admin1"], row["event_date_start"] + timedelta(days=slack))
        for row in events.iter_rows(named=True)
        for slack in (-1, 0, 1)
    }
    found = [
        event
        for event in planned
        if (event["sub_event_type"], event["admin1"], date.fromisoformat(event["date"])) in known
    ]
    assert len(found) / len(planned) >= FEWEST_TOLD_EVENTS_FOUND


def test_a_week_of_silence_can_be_told_from_a_week_without_events(sample_run: SampleRun) -> None:
    coverage = sample_run.table("weekly_coverage")
    quiet = coverage.filter(pl.col("week_start") == date(2021, 3, 8))
    assert quiet["articles"].item() == 1
    weeks = coverage.height
    types = sample_run.table("event_types").height
    governorates = sample_run.table("weekly_events")["admin1"].n_unique()
    assert sample_run.table("weekly_events").height == weeks * types * governorates
