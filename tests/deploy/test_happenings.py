"""The log has a line for each happening, with the run's id, and no words of an article."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from pipeline.definitions import assets_and_checks, resources
from pipeline.happenings import configure, tell
from pipeline.kept_apart import keys_of
from pipeline.run import QUIET, open_instance
from pipeline.settings import Settings
from pipeline.workbench import open_workbench
from tests.end_to_end.articles import RAID, write_jsonl

MARKS = ("Zyxwords", "Qwertitle")


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    ours = logging.getLogger("pipeline")
    before = (ours.handlers, ours.level, ours.propagate)
    yield
    ours.handlers, ours.propagate = before[0], before[2]
    ours.setLevel(before[1])


def test_happenings_are_told_as_json_and_words_of_articles_are_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"{MARKS[0]} {RAID['text']}"
    bad = {"id": "bad", "title": MARKS[1], "text": text, "source": "x", "published_at": MARKS[0]}
    write_jsonl(tmp_path / "a.jsonl", RAID | {"title": MARKS[1], "text": text}, bad)
    settings = Settings(data_dir=tmp_path / "data", inputs=(tmp_path / "a.jsonl",), log_format="json", log_level="INFO")
    configure(settings)
    bench = open_workbench(settings)
    wanted = keys_of("", "inbox", "ingest_rejections", "ingest_books", "inputs")

    @dg.asset(name="breaks", deps=["inputs"])
    def breaks() -> None:
        raise ValueError(text)

    with open_instance(settings) as instance:
        done = dg.materialize(
            assets_and_checks(bench), selection=wanted, instance=instance, resources=resources(bench), run_config=QUIET
        )
        dg.materialize([breaks], instance=instance, run_config=QUIET, raise_on_error=False)
    out = capsys.readouterr().err
    told = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    events = [line["event"] for line in told]
    assert events[0] == "run began"
    assert {"inputs read", "table made", "run ended", "step failed", "run failed"} <= set(events)
    assert {line["run"] for line in told if line["event"] == "inputs read"} == {done.run_id}
    assert next(line["error"] for line in told if line["event"] == "step failed") == "ValueError"
    assert not [mark for mark in MARKS if mark in json.dumps(told)]


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (Settings(), []),
        (Settings(log_level="INFO"), ["INFO run began", "WARNING check failed check=sums_agree"]),
    ],
)
def test_as_text_happenings_are_told_to_those_who_ask(
    settings: Settings, told: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Otherwise a command says by itself what failed."""
    configure(settings)
    tell("run began")
    tell("check failed", logging.WARNING, check="sums_agree")
    assert [line.split(" ", 1)[1] for line in capsys.readouterr().err.splitlines()] == told
