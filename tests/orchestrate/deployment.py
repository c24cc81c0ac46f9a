"""A small deployment: six invented articles of two weeks and one undated, coded by a backend that only finds a word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dagster as dg

from pipeline.definitions import build_definitions
from pipeline.settings import Settings
from pipeline.workbench import Workbench, open_workbench
from tests.end_to_end.articles import Record, write_jsonl

BACKEND = "tests.extract.double:WordFinder"
SECRET_WORDS = "lanterns over the orchard"
"""Words of the articles that may be seen nowhere but in the store."""


def record(number: int, day: str | None, source: str = "Test Gazette") -> Record:
    text = (
        f"A skirmish was reported near the old mill in Idlib province, the {number}th that villagers remember, with "
        f"{SECRET_WORDS} and no word of who had come or gone."
    )
    said = {"id": f"r-{number}", "title": f"Skirmish {number} | {SECRET_WORDS}", "text": text, "source": source}
    return {**said, "invented": True, **({"published_at": day} if day else {})}


RECORDS = (
    record(1, "2021-02-09"),
    record(2, "2021-02-10", "Test Courier"),
    record(3, "2021-02-16"),
    record(4, "2021-02-21", "Test Courier"),
    record(5, None),
)


def deployment(folder: Path, **said: Any) -> Workbench:
    """Return the workbench of a deployment in ``folder`` whose inbox holds `RECORDS`."""
    inbox = folder / "inbox"
    inbox.mkdir(exist_ok=True)
    write_jsonl(inbox / "articles.jsonl", *RECORDS)
    settings = Settings(data_dir=folder / "data", inputs=(inbox,), extractor=BACKEND, **said)
    return open_workbench(settings)


def run_job(
    bench: Workbench, name: str, instance: dg.DagsterInstance, *, raise_on_error: bool = True, **said: Any
) -> dg.ExecuteInProcessResult:
    """Execute a job of the definitions once, in this process and without a word."""
    quiet = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
    job = build_definitions(bench).resolve_job_def(name)
    return job.execute_in_process(instance=instance, run_config=quiet, raise_on_error=raise_on_error, **said)
