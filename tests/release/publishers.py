"""Publishers as processes of their own, to be killed or to meet: `python -m tests.release.publishers kill FOLDER ...`.

This program imports everything once and forks a process for each publisher, which costs milliseconds instead of
seconds. Polars must not have started its threads before a fork; `small` sees to that, and `_fork` makes sure. What
happened is printed as JSON.
"""

from __future__ import annotations

import ctypes
import gc
import json
import mmap
import os
import random
import resource
import signal
import struct
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pandera.backends.polars.register import register_polars_backends

from pipeline.errors import FieldledgerError
from pipeline.release import change_pages, documents, index_pages, lock, manifest
from pipeline.release.about import package_words
from tests.release import small
from tests.release.disk import Crash, DeadlyDisk, Disk, SleepingDisk, once
from tests.release.onlooker import Reader

STEPS = 12
"""Releases of a series; a series that is complete is followed by another one in another folder."""
_PR_SET_PDEATHSIG = 1
_STARTED: set[int] = set()
"""The processes that were started and not waited for."""
NUMBERS = ("series", "step", "operations", "polls", "stop", "ready")


class Board:
    """Numbers that this program and the processes forked from it share."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, 8 * len(NUMBERS))

    def __getitem__(self, name: str) -> int:
        return int(struct.unpack_from("q", self._memory, 8 * NUMBERS.index(name))[0])

    def __setitem__(self, name: str, value: int) -> None:
        struct.pack_into("q", self._memory, 8 * NUMBERS.index(name), value)


def _fork(work: Callable[[], None]) -> int:
    """Start a process that does ``work`` and ends with 0, or with 1 when it raises; return its number."""
    assert not any(name.startswith("polars-0") for name in _threads()), "a fork would hang where polars has threads"
    parent = os.getpid()
    if pid := os.fork():
        _STARTED.add(pid)
        return pid
    _STARTED.clear()
    _end_with(parent)
    try:
        work()
        sys.stdout.flush()
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)


def _end_with(parent: int) -> None:
    """Let this process be killed when the one that started it ends, however that ends."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _wait(pid: int, options: int = 0) -> int:
    """Wait for a process that `_fork` started, and return how it ended, or stopped."""
    status = os.waitpid(pid, options)[1]
    if not os.WIFSTOPPED(status):
        _STARTED.discard(pid)
    return status


def _threads() -> list[str]:
    return [task.joinpath("comm").read_text() for task in Path("/proc/self/task").glob("*")]


def _warm_up() -> None:
    """Do once what every process forked from here would do anew: a third of the cost of a release."""
    small.use_no_other_contract()
    register_polars_backends()
    package_words()
    for templates, names in (
        (documents._environment(), ("README.md.j2", "CITATION.cff.j2")),
        (change_pages._markdown(), ("CHANGES.md.j2",)),
        (change_pages._html(), ("changes.html.j2",)),
        (index_pages._environment(), ("releases.html.j2", "releases.xml.j2")),
    ):
        for name in names:
            templates.get_template(name)
    manifest._adapter()
    lock._adapter()
    gc.freeze()  # what is there is shared with those processes as long as nobody counts in it


def _publish_on(releases: Path, board: Board) -> None:
    """Publish step after step, from the one on the board: a rerun, where a publisher died at it."""
    for step in range(board["step"], STEPS):
        board["step"] = step
        small.publish_step(releases, step)


def _measure(folder: Path, board: Board) -> tuple[int, float]:
    """Return how many operations a publisher needs for a release after another one, and how many seconds for one."""

    def publish() -> None:
        with Disk().mounted() as disk:
            small.publish_step(folder, board["step"])
        board["operations"] = len(disk.journal)

    for step in (1, 0):
        board["step"] = step
        started = time.monotonic()
        assert _wait(_fork(publish)) == 0
    return board["operations"], time.monotonic() - started


def _series(folder: Path, number: int) -> Path:
    return folder / f"series-{number:03}"


def _read(folder: Path, board: Board) -> None:
    """Look at the series in work until told to stop; what was wrong goes to a file."""
    reader = Reader(_series(folder, 0))
    wrong: list[str] = []
    while not board["stop"]:
        if reader.releases != (current := _series(folder, board["series"])):
            reader.look()
            wrong += [f"{reader.releases.name}: {what}" for what in reader.wrong]
            reader = Reader(current)
        reader.look()
        board["polls"] += 1
        time.sleep(0.004)
    reader.look()
    wrong += [f"{reader.releases.name}: {what}" for what in reader.wrong]
    (folder / "wrong.json").write_text(json.dumps(wrong))


def kill(folder: Path, kills: int, seed: int) -> dict[str, Any]:
    """Kill publishers at random moments, half of them by the clock and half at an operation, readers looking on."""
    draw, board = random.Random(seed), Board()
    operations, seconds = _measure(folder / "measured", board)
    reader = _fork(lambda: _read(folder, board))
    done = {"operation": 0, "moment": 0}
    while sum(done.values()) < kills:
        at, delay = draw.randrange(operations + operations // 5), draw.uniform(0, 1.5 * seconds)
        how = draw.choice(["operation", "moment"])
        pid = _fork(lambda how=how, at=at: _victim(folder, board, at if how == "operation" else None))  # type: ignore[misc]
        if how == "moment":
            time.sleep(delay)
            os.kill(pid, signal.SIGKILL)  # one that has ended is not gone before it is waited for
        status = _wait(pid)
        if os.WIFSIGNALED(status):
            done[how] += 1
        elif status == 0:
            board["series"], board["step"] = board["series"] + 1, 0
        else:
            raise RuntimeError("a publisher failed that was not killed; what it said is above")
    assert _wait(_fork(lambda: _publish_on(_series(folder, board["series"]), board))) == 0
    board["stop"] = 1
    assert _wait(reader) == 0
    return {
        "killed": done, "operations": operations, "series": board["series"] + 1, "polls": board["polls"],
        "wrong": json.loads((folder / "wrong.json").read_text()), "cpu_seconds": round(_cpu_seconds(), 1),
    }  # fmt: skip


def _victim(folder: Path, board: Board, at: int | None) -> None:
    releases = _series(folder, board["series"])
    if at is None:
        _publish_on(releases, board)
        return
    with DeadlyDisk(once(at, Crash())).mounted():
        _publish_on(releases, board)


def _cpu_seconds() -> float:
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def _outcome(releases: Path, step: int, plan: Any) -> str:
    try:
        published = small.publish_plan(releases, step, plan)
    except FieldledgerError as error:
        return str(error)
    return f"published {published.version}" if published.created else "nothing new"


def race(folder: Path, rounds: int) -> list[list[str]]:
    """Let two publishers that planned the same release start at once; return what each says, round by round."""
    board = Board()

    def run(releases: Path, told: Path) -> None:
        plan = small.plan_step(releases, 0)
        board["ready"] += 1
        while board["stop"] == 0:
            pass
        told.write_text(_outcome(releases, 0, plan))

    said = []
    for number in range(rounds):
        board["ready"] = board["stop"] = 0
        releases = folder / f"race-{number}"
        told = [folder / f"{releases.name}-{side}.txt" for side in "ab"]
        pids = []
        for ready, path in enumerate(told, start=1):
            pids.append(_fork(lambda path=path, releases=releases: run(releases, path)))  # type: ignore[misc]
            while board["ready"] < ready:
                time.sleep(0.001)
        board["stop"] = 1
        assert [_wait(pid) for pid in pids] == [0, 0]
        said.append([path.read_text() for path in told])
    return said


def overtake(folder: Path) -> dict[str, str]:
    """Stop a publisher midway, let another one come, then let the first go on or die, and let a third one come."""
    said: dict[str, str] = {}

    def publish(name: str, releases: Path, at: int = -1) -> int:
        def run() -> None:
            with SleepingDisk(once(at, Crash())).mounted():
                outcome = _outcome(releases, 0, small.plan_step(releases, 0))
            (folder / f"{name}.txt").write_text(outcome)

        return _fork(run)

    def ended(name: str, pid: int) -> None:
        assert _wait(pid) == 0
        said[name] = (folder / f"{name}.txt").read_text()

    for end in ("goes on", "dies"):
        releases = folder / end.replace(" ", "-")
        first = publish(f"the one that {end}", releases, at=100)
        assert os.WIFSTOPPED(_wait(first, os.WUNTRACED))
        ended(f"another, before it {end}", publish(f"another, before it {end}", releases))
        if end == "goes on":
            os.kill(first, signal.SIGCONT)
            ended(f"the one that {end}", first)
        else:
            os.kill(first, signal.SIGKILL)
            _wait(first)
        ended(f"another, after it {end}", publish(f"another, after it {end}", releases))
    return said


if __name__ == "__main__":
    _warm_up()
    job, where, *numbers = sys.argv[1:]
    jobs: dict[str, Callable[..., Any]] = {"kill": kill, "race": race, "overtake": overtake}
    try:
        print(json.dumps(jobs[job](Path(where), *map(int, numbers))))
    finally:
        for started in _STARTED:  # where something failed
            os.kill(started, signal.SIGKILL)
