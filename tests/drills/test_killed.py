"""A run that is killed, and a clock that jumps: the next run completes with the bytes of one that nothing disturbed.

The run after the kill goes by a clock that leaps years to and fro, over files whose times make no sense.
"""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

import dagster as dg
import pytest

from pipeline.run import RunReport, open_instance, run
from pipeline.settings import Settings
from pipeline.storage import Store
from tests.drills.conftest import Series, inputs
from tests.drills.dying import MOMENTS
from tests.end_to_end.articles import fieldledger, files_below

YEAR = 365 * 86_400
LEAPS = (10 * YEAR, -10 * YEAR, 3_600, -3_600, 0)
MOMENT = "before events are resolved"
ROOT = Path(__file__).resolve().parents[2]


def leaping(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Let the clock leap every twenty times that it is asked; return what it told."""
    real, told = time.time, []
    leaps = cycle([leap for leap in LEAPS for _ in range(20)])

    def now() -> float:
        told.append(real() + next(leaps))
        return told[-1]

    monkeypatch.setattr(time, "time", now)
    return told


def scramble_times(folder: Path) -> None:
    """Give files times of 1980, 2001 and 2060 in turn."""
    for number, path in enumerate(sorted(folder.rglob("*"))):
        when = datetime((1980, 2001, 2060)[number % 3], 1, 1, tzinfo=UTC).timestamp()
        os.utime(path, (when, when), follow_symlinks=False)


@dataclass(frozen=True)
class Completed:
    """A data directory in which a run was killed, and the run after it."""

    moment: str
    data_dir: Path
    stderr: str
    died_with: int
    released: list[str]
    left: dict[str, dg.DagsterRunStatus]
    """Dagster's runs as the dead run left them."""
    report: RunReport
    clock: list[float]


def killed_and_completed(series: Series, home: Path, moment: str) -> Completed:
    data_dir = series.before_the_second(home)
    given = [word for path in inputs(series.home, late=True) for word in ("--input", path)]
    words = [moment, "run", "--no-site", *given, "--data-dir", data_dir]
    done = fieldledger(*words, cwd=ROOT, program="tests.drills.dying", POLARS_MAX_THREADS="1")
    released = sorted(path.name for path in (data_dir / "releases").glob("v*"))
    with open_instance(Settings(data_dir=data_dir)) as instance:
        left = {record.run_id: record.status for record in instance.get_runs()}
    scramble_times(data_dir)
    with pytest.MonkeyPatch.context() as patch:
        clock = leaping(patch)
        report = run(series.bench(data_dir))
    return Completed(moment, data_dir, done.stderr, done.returncode, released, left, report, clock)


@pytest.fixture(
    scope="module",
    params=list(MOMENTS) if os.environ.get("SOAK") else [MOMENT],
)
def completed(request: pytest.FixtureRequest, series: Series, tmp_path_factory: pytest.TempPathFactory) -> Completed:
    return killed_and_completed(series, tmp_path_factory.mktemp("killed"), request.param)


def test_the_run_after_a_killed_one_completes_with_the_same_bytes(series: Series, completed: Completed) -> None:
    assert completed.died_with == -signal.SIGKILL, completed.stderr
    assert completed.released in (["v1.0.0"], ["v1.0.0", "v1.1.0"]), "a release is whole or not there"
    assert files_below(completed.data_dir / "releases/v1.1.0") == series.release
    assert files_below(completed.data_dir / "releases/latest") == series.release
    assert os.readlink(completed.data_dir / "releases/latest") == "v1.1.0"


def test_the_lock_of_the_dead_does_not_bar_the_next_and_dagster_learns_that_it_failed(completed: Completed) -> None:
    ended = {dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE}
    dead = {run_id for run_id, status in completed.left.items() if status not in ended}
    assert len(dead) == (0 if completed.moment == "before the run is noted" else 1), completed.left
    with open_instance(Settings(data_dir=completed.data_dir)) as instance:
        now = {record.run_id: record.status for record in instance.get_runs()}
    assert {now[run_id] for run_id in dead} <= {dg.DagsterRunStatus.FAILURE}
    assert set(now.values()) <= ended


def test_a_clock_that_leaps_over_years_enters_nothing(series: Series, completed: Completed) -> None:
    assert max(completed.clock) - min(completed.clock) > 19 * YEAR, "the clock was asked, and it leapt"
    kept = Store(completed.data_dir / "store")
    undisturbed = Store(series.home / "data/store")
    for asset in ("events", "mentions", "weekly_events", "articles"):
        assert kept.current(asset, None) == undisturbed.current(asset, None)
    assert not completed.report.damage
