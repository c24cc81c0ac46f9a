"""Publishers that are killed, and publishers that meet, as processes of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline.release.verify import verify_release
from tests.release import small
from tests.release.disk import contents
from tests.release.publishers import STEPS
from tests.release.soak import KILLS, RACES

ROOT = Path(__file__).resolve().parents[2]
SEED = 20_210_212


def publishers(job: str, folder: Path, *numbers: int) -> Any:
    """Run a job of `publishers` and return what it tells."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore::DeprecationWarning", "-m", "tests.release.publishers", job, str(folder),
         *map(str, numbers)],
        cwd=ROOT, env={**os.environ, "POLARS_MAX_THREADS": "1"}, capture_output=True, text=True, check=False,
        timeout=3_600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return a whole series of releases as it is when nobody dies."""
    releases = tmp_path_factory.mktemp("undisturbed") / "releases"
    for step in range(STEPS):
        assert verify_release(small.publish_step(releases, step).path, small.CONTRACT) == []
    return contents(releases)


def test_killed_at_any_moment_no_reader_sees_a_half_release_and_reruns_give_the_same_bytes(
    tmp_path: Path, undisturbed: dict[str, str]
) -> None:
    told = publishers("kill", tmp_path, KILLS, SEED)
    print(f"\nseed {SEED}: {told}")
    assert told["wrong"] == []
    assert sum(told["killed"].values()) == KILLS
    assert min(told["killed"].values()) > KILLS // 4
    assert told["polls"] > KILLS
    series = sorted(tmp_path.glob("series-*"))
    assert len(series) == told["series"]
    for releases in series:
        assert contents(releases) == undisturbed, releases.name


def test_of_two_publishers_that_start_at_once_one_wins_and_the_other_says_so(tmp_path: Path) -> None:
    for number, said in enumerate(publishers("race", tmp_path, RACES)):
        assert said.count("published 1.0.0") == 1, said
        (other,) = (words for words in said if words != "published 1.0.0")
        assert "another publisher is at work here" in other or "planned to follow no release" in other
        assert "run again" in other
        assert verify_release(tmp_path / f"race-{number}/latest", small.CONTRACT) == []


def test_a_publisher_at_work_keeps_others_out_and_a_killed_one_does_not(tmp_path: Path) -> None:
    said = publishers("overtake", tmp_path)
    for end in ("goes on", "dies"):
        assert "another publisher is at work here" in said[f"another, before it {end}"]
    assert said["the one that goes on"] == "published 1.0.0"
    assert said["another, after it goes on"] == "nothing new"
    assert said["another, after it dies"] == "published 1.0.0"
    assert contents(tmp_path / "goes-on") == contents(tmp_path / "dies")
