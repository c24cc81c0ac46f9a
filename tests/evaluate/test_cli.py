"""`fieldledger evaluate` as a user calls it: a report, files on demand, and one clear message for a wrong call."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline.cli import app
from tests.end_to_end.articles import RAID, write_jsonl
from tests.evaluate.makers import clash_record, gold_record, write_set


@pytest.fixture(autouse=True)
def _desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def evaluate(*words: str) -> Result:
    return CliRunner().invoke(app, ["evaluate", *words])


def _predicted(path: Path = Path("said.jsonl")) -> str:
    raid = gold_record(killed=[4, 4], confidence=0.9)
    extra = clash_record(sub_event_type="Grenade", evidence="=HYPERLINK(1) was thrown", confidence=0.2)
    write_jsonl(path, {"article_id": "raid-1", **raid}, {"article_id": "clash-1", **extra})
    return str(path)


def test_a_gold_set_is_measured_with_the_program_as_it_is() -> None:
    write_set(Path("ours"))
    told = evaluate("ours")
    assert told.exit_code == 0, told.output
    assert "on gold set ours (digest " in told.stdout
    assert "2 articles, 2 reported mentions and 0 others in the gold; 2 reported mentions found" in told.stdout
    assert re.search(r"\+ where +1\.000 +1\.000 +1\.000 ", told.stdout)


def test_a_ready_coding_is_scored_and_its_errors_listed() -> None:
    write_set(Path("ours"))
    told = evaluate("ours", "--predicted", _predicted(), "--errors", "e.csv", "--json", "m.json", "--show", "2")
    assert told.exit_code == 0, told.output
    assert re.search(r"leaning of the outlet +gold +found .*\n +unknown +2 +2 +0\.500 ", told.stdout)
    assert "calibration error 0.150, Brier score 0.025" in told.stdout
    assert "Differences: 3, worst first, the first 2" in told.stdout
    assert "missed Armed clash (article clash-1)" in told.stdout
    assert "wrong_slot" not in told.stdout
    with open("e.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["kind"], row["slot"], row["gold"], row["found"]) for row in rows] == [
        ("spurious", "", "", ""),
        ("missed", "", "", ""),
        ("wrong_slot", "killed", "3", "4"),
    ]
    assert rows[0]["evidence"] == "'=HYPERLINK(1) was thrown"
    measured = json.loads(Path("m.json").read_text(encoding="utf-8"))
    assert len(measured["gold_digest"]) == 64
    assert {"slice": "all", "measure": "type_f1", "count": 2, "out_of": 4, "score": 0.5}.items() <= next(
        row for row in measured["measures"] if row["measure"] == "type_f1" and row["slice"] == "all"
    ).items()


def test_the_error_list_as_json_lines_keeps_the_words_as_they_are() -> None:
    write_set(Path("ours"))
    assert evaluate("ours", "--predicted", _predicted(), "--errors", "e.jsonl").exit_code == 0
    rows = [json.loads(line) for line in Path("e.jsonl").read_text(encoding="utf-8").splitlines()]
    assert (rows[0]["evidence"], rows[0]["confidence"]) == ("=HYPERLINK(1) was thrown", 0.2)


def test_a_file_of_gold_goes_with_a_file_of_articles() -> None:
    write_set(Path("ours"))
    told = evaluate("ours/mentions.jsonl", "--articles", "ours/articles.jsonl", "--predicted", _predicted())
    assert told.exit_code == 0, told.output
    assert "on gold set mentions" in told.stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["none.jsonl"], "none.jsonl: no such file or folder"),
        (["empty"], "empty: holds no articles.jsonl"),
        (["ours/mentions.jsonl"], "give the articles that it codes with --articles FILE"),
        (["ours", "--articles", "ours/articles.jsonl"], "leave --articles out, or name a file"),
        (["--articles", "ours/articles.jsonl"], "--articles goes with a file of coded mentions"),
        (["ours", "--predicted", "none.jsonl"], "none.jsonl: cannot be read"),
        (["ours", "--errors", "errors.txt"], "--errors errors.txt: the list is written as .csv or .jsonl"),
        (["broken.jsonl", "--predicted", "said.jsonl"], "broken.jsonl, line 1: JSON: cannot be read"),
        (["unknown.jsonl", "--predicted", "said.jsonl"], "line 1: sub_event_type Air strike: is no code of"),
        (["lost", "--predicted", "said.jsonl"], "article_id raid-7: "),
    ],
)
def test_a_wrong_call_gets_one_message_and_exit_code_2(words: list[str], message: str) -> None:
    write_set(Path("ours"))
    write_set(Path("lost"), {"raid-7": []})
    Path("empty").mkdir()
    _predicted()
    Path("broken.jsonl").write_text('{"article_id": "x"', encoding="utf-8")
    write_jsonl(Path("unknown.jsonl"), {"article_id": RAID["id"], **gold_record(sub_event_type="Air strike")})
    told = evaluate(*words)
    assert told.exit_code == 2
    assert told.stderr.startswith("fieldledger: ")
    assert message in told.stderr
    assert len(told.stderr.splitlines()) == 1
    assert not told.stdout


def test_a_list_of_another_kind_is_refused_before_any_file_is_read() -> None:
    told = evaluate("nowhere", "--errors", "list.xlsx")
    assert "list.xlsx" in told.stderr
    assert "nowhere" not in told.stderr
