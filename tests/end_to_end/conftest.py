"""Runs of the whole line, made once for all tests of a file that look at them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from pipeline.contracts import load_contract
from pipeline.evaluate.assets import measure
from pipeline.evaluate.sets import GoldSet
from pipeline.release.reader import open_release
from pipeline.run import RunReport, run
from pipeline.settings import Settings
from pipeline.workbench import Workbench, open_workbench
from tests.end_to_end.few_gold import few_articles

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _no_build_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("DAGSTER_DISABLE_TELEMETRY", "yes")


_MEASURED: dict[tuple[str, ...], pl.DataFrame] = {}


@pytest.fixture(scope="package", autouse=True)
def _gold_measured_once() -> Iterator[None]:
    """Keep what the gold of the region gives, which takes half a run, for the runs in other data directories.

    Measured on all of it are only runs on the sample.
    """

    def measured(bench: Workbench, sets: list[GoldSet]) -> pl.DataFrame:
        settings = bench.settings.model_dump_json(exclude={"data_dir", "inputs"})
        sample = not bench.settings.inputs
        asked = (str(sample), bench.region.digest(), settings, *(gold.digest() for gold in sets))
        if asked not in _MEASURED:
            with nullcontext() if sample else few_articles():
                _MEASURED[asked] = measure(bench, sets)
        return _MEASURED[asked]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.evaluate.assets.measure", measured)
        yield


@dataclass(frozen=True)
class SampleRun:
    """The sample corpus run through all stages, and once more."""

    data_dir: Path
    first: RunReport
    second: RunReport

    def table(self, name: str) -> pl.DataFrame:
        """Return a table of the release."""
        return open_release(self.first.release).frame(name)

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return all tables of the release."""
        return {table.name: self.table(table.name) for table in load_contract().published}


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory: pytest.TempPathFactory) -> SampleRun:
    """Run the bundled sample twice in a fresh data directory."""
    data_dir = tmp_path_factory.mktemp("sample") / "data"
    settings = Settings(data_dir=data_dir, inputs=(), source_date_epoch=None)
    first = run(open_workbench(settings))
    return SampleRun(data_dir, first, run(open_workbench(settings)))
