"""Two runs at once on one data directory: the second says who is at work and ends, or waits; the dead bar nobody."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import polars as pl
import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import InputError
from pipeline.run_lock import LOCK, at_work, only_run
from pipeline.run_resources import behind_the_lock
from pipeline.storage import Store, StoreIOManager

HOLD = """
import sys, time
from pathlib import Path
from pipeline.run_lock import only_run
with only_run(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def holder(data_dir: Path, seconds: float) -> subprocess.Popen[str]:
    """Start a process that holds the data directory for so long, and return once it does."""
    data_dir.mkdir(exist_ok=True)
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(data_dir), str(seconds)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


@pytest.fixture
def held(tmp_path: Path) -> Iterator[tuple[Path, int]]:
    """Give a data directory that another process holds, and its number."""
    with holder(tmp_path / "data", 60) as process:
        yield tmp_path / "data", process.pid
        process.kill()


def test_the_second_run_names_the_first_and_ends_with_code_2_before_it_does_anything(held: tuple[Path, int]) -> None:
    data_dir, pid = held
    done = CliRunner().invoke(app, ["run", "--data-dir", str(data_dir)])
    assert done.exit_code == 2
    (line,) = done.stderr.splitlines()
    wanted = (
        rf"fieldledger: {re.escape(str(data_dir))}: another run is at work here \(process {pid} on .+, since "
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\); wait until it is done, or let this one wait with --wait SECONDS"
    )
    assert re.fullmatch(wanted, line)
    assert [path.name for path in data_dir.iterdir()] == [LOCK]


def test_who_only_reads_is_not_barred_and_sees_that_there_is_work(held: tuple[Path, int]) -> None:
    data_dir, _ = held
    assert at_work(data_dir)
    for words in (["verify", str(data_dir / "releases/latest")], ["trace", "e-0", "--data-dir", str(data_dir)]):
        assert "another run" not in CliRunner().invoke(app, words).stderr


def test_a_killed_holder_bars_nobody(held: tuple[Path, int]) -> None:
    data_dir, pid = held
    os.kill(pid, signal.SIGKILL)
    os.waitid(os.P_PID, pid, os.WEXITED)
    assert not at_work(data_dir)
    with only_run(data_dir):
        assert f'"pid": {os.getpid()}' in (data_dir / LOCK).read_text()


def test_a_run_that_is_asked_to_wait_gets_its_turn(tmp_path: Path) -> None:
    with holder(tmp_path / "data", 0.3), only_run(tmp_path / "data", wait=30):
        pass


def test_a_wait_ends_by_a_clock_that_nobody_sets(held: tuple[Path, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: 0.0)
    with pytest.raises(InputError, match="another run is at work"), only_run(held[0], wait=0.2):
        pass


def test_one_process_may_ask_again_and_gives_up_with_the_last(tmp_path: Path) -> None:
    with only_run(tmp_path):
        with only_run(tmp_path):
            pass
        asked = [sys.executable, "-c", HOLD, str(tmp_path), "0"]
        assert b"another run is at work" in subprocess.run(asked, capture_output=True, check=False).stderr
    with only_run(tmp_path):
        pass


def test_a_lock_that_says_nothing_yet_is_a_lock(held: tuple[Path, int]) -> None:
    (held[0] / LOCK).write_text("")
    with pytest.raises(InputError, match="it started just now"), only_run(held[0]):
        pass


@dg.asset(required_resource_keys={"workbench"})
def figure() -> pl.DataFrame:
    return pl.DataFrame({"a": [1]})


def of_dagster(tmp_path: Path, data_dir: Path, wait: float) -> dg.ExecuteInProcessResult:
    """Run `figure` behind the lock of ``data_dir``, as a run that Dagster starts."""
    given = {"workbench": "bench", "io_manager": StoreIOManager(Store(tmp_path / "store"))}
    quiet = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
    return dg.materialize([figure], resources=behind_the_lock(given, data_dir, wait), run_config=quiet)


def test_runs_that_dagster_starts_ask_for_the_lock_too(held: tuple[Path, int], tmp_path: Path) -> None:
    assert of_dagster(tmp_path, tmp_path / "free", 0).success
    with pytest.raises(dg.DagsterResourceFunctionError) as raised:
        of_dagster(tmp_path, held[0], 0.2)
    assert "another run is at work here" in str(raised.value.__cause__)


def test_runs_that_dagster_starts_wait_for_their_turn_and_say_for_whom(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(dg.DagsterLogManager, "info", lambda _, said: told.append(said))
    with holder(tmp_path / "data", 0.5) as first:
        assert of_dagster(tmp_path, tmp_path / "data", 30).success
        (line,) = told
        assert f"another run is at work here (process {first.pid} on " in line
