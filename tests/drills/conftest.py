"""A series of two releases that nothing disturbs; each drill makes the second one again, from a copy, and is disturbed.

The second has an article more than the first, which arrives late, for the oldest week.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.run import RunReport, run
from pipeline.settings import Settings
from pipeline.workbench import Workbench, open_workbench
from tests.end_to_end.articles import CLASH, RAID, SHELLING, files_below, write_jsonl
from tests.end_to_end.few_gold import few_articles

LATE = RAID | {
    "id": "late-1",
    "title": "Shells on Binnish",
    "text": "Syrian government forces shelled the town of Binnish in Idlib province on Monday, killing two men, the "
    "Observatory said.",
    "source": "Test Courier",
}
OF_PLACE = ("release",)
"""The asset that says in which folder the release lies, which differs from copy to copy."""
OLD_WEEK, LATER_WEEKS = "2021-02-08", ["2021-02-15", "2021-02-22"]


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("DAGSTER_DISABLE_TELEMETRY", "yes")


@pytest.fixture(scope="package", autouse=True)
def _few_gold() -> Iterator[None]:
    with few_articles():
        yield


@dataclass(frozen=True)
class Series:
    """Two runs, the second with the late article."""

    home: Path
    first: RunReport
    second: RunReport
    release: dict[str, bytes]
    """All files of the second release."""
    values: str
    """What the store holds after it (`Store.standing`)."""

    def bench(self, data_dir: Path, *, late: bool = True) -> Workbench:
        """Open ``data_dir`` with the inputs of the second run, or of the first."""
        return bench_of(self.home, data_dir, late=late)

    def before_the_second(self, to: Path) -> Path:
        """Return a copy of the data directory as the first run left it."""
        return Path(shutil.copytree(self.home / "kept", to / "data", symlinks=True))

    def after_the_second(self, to: Path) -> Path:
        """Return a copy of the data directory as the second run left it."""
        return Path(shutil.copytree(self.home / "data", to / "data", symlinks=True))


def inputs(home: Path, *, late: bool) -> tuple[Path, ...]:
    """Return the inputs of the second run, or of the first."""
    return (home / "articles.jsonl", *([home / "late.jsonl"] if late else []))


def bench_of(home: Path, data_dir: Path, *, late: bool) -> Workbench:
    """Open a data directory with the inputs that lie in ``home``."""
    return open_workbench(Settings(data_dir=data_dir, inputs=inputs(home, late=late), source_date_epoch=None))


@pytest.fixture(scope="session")
def series(tmp_path_factory: pytest.TempPathFactory) -> Series:
    """Run twice."""
    home = tmp_path_factory.mktemp("series")
    write_jsonl(home / "articles.jsonl", RAID, CLASH, SHELLING)
    write_jsonl(home / "late.jsonl", LATE)
    with few_articles():
        first = run(bench_of(home, home / "data", late=False))
        shutil.copytree(home / "data", home / "kept", symlinks=True)
        bench = bench_of(home, home / "data", late=True)
        second = run(bench)
    return Series(home, first, second, files_below(second.release), bench.store.standing(OF_PLACE))
