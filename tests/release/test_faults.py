"""Whatever call to the operating system fails, once or for good, no half release is seen and a rerun completes.

Every call of a publish on a small release is made to fail, one after another, as databases are tested: so `make soak`,
each call with every error. `make test` lets every call fail that changes names, and of what is done alike to file after
file every third call of a kind, each kind on other files, with one of the errors. Also the process may end at any
call, and a call that changes names may report a failure although it was carried out.
"""

from __future__ import annotations

import errno
import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

import polars as pl
import pytest

from pipeline.contract_validation import Split, split
from pipeline.contracts import Table
from pipeline.errors import FieldledgerError
from pipeline.release import verify
from pipeline.release.plan import ReleasePlan
from pipeline.release.verify import verify_release
from tests.release import small
from tests.release.disk import CHANGING, READING, Crash, Disk, Fault, Operation, contents, for_good, once
from tests.release.soak import SOAK

ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)
BY_FILE = ("open", "write", "fsync", "close", "fstat", "read")
"""What a publish does to every file, of which `make test` takes every third call of a kind."""
INDEX = {"feed.xml", "index.html", "index.json", "index.schema.json"}
BESIDE = {".lock", "latest", *INDEX, *(f".{name}-next" for name in INDEX)}


@pytest.fixture(scope="module", autouse=True)
def rows_are_judged_once() -> Iterator[None]:
    """Remember the judgement of rows: they are the same in each of thousands of publishes, and only disks differ."""
    judged: dict[tuple[str, str], Split] = {}

    def remembered(table: Table, frame: pl.DataFrame, **options: object) -> Split:
        key = (table.name, frame.write_json())
        if key not in judged:
            judged[key] = split(table, frame, **options)  # type: ignore[arg-type]
        return judged[key]

    with patch.object(verify, "split", remembered):
        yield


@dataclass
class Bench:
    """A folder of releases to break publishing in, put back after every case."""

    folder: Path
    build: Callable[[Path], None]
    """Makes what is there before."""
    step: int
    """What is published then."""
    whole: bool
    """Whether operations of all phases are to fail; else, but in `make soak`, none from the first write to the last."""
    before: dict[str, str] = field(init=False)
    after: dict[str, str] = field(init=False)
    plan: ReleasePlan = field(init=False)
    """Of an undisturbed publish: it follows from what is there before, so that it is made anew only to fail in that."""
    planning: int = field(init=False)
    """How many operations the plan takes, before all others."""
    names: tuple[str, ...] = field(init=False)
    """The operations of an undisturbed publish."""
    tried: list[int] = field(init=False)
    """The numbers of those that are made to fail."""
    completed: set[tuple[tuple[str, str], ...]] = field(default_factory=set)
    """What lay there when a rerun was seen to complete from it."""
    cases: int = 0

    def __post_init__(self) -> None:
        """Publish once undisturbed, for comparison."""
        self.build(self.folder)
        self.before = contents(self.folder)
        with Disk().mounted() as disk:
            self.plan = small.plan_step(self.folder, self.step)
            self.planning = len(disk.journal)
            small.publish_plan(self.folder, self.step, self.plan)
        self.names = tuple(operation.name for operation in disk.journal)
        self.tried = [*range(len(self.names))] if SOAK else [*self._sample(disk.journal)]
        self.after = contents(self.folder)
        assert verify_release(self.folder / "latest", small.CONTRACT) == []
        self.reset()

    def _sample(self, journal: list[Operation]) -> Iterator[int]:
        begin, end = self.names.index("write"), self.names.index("rename")
        first = {operation: at for at, operation in reversed([*enumerate(journal)])}
        turns = {name: turn for turn, name in enumerate(BY_FILE)}
        for at, operation in enumerate(journal):
            staging = begin < at < end
            if (staging and not self.whole) or (operation.name in READING and first[operation] != at):
                continue
            if operation.name in turns and (staging or operation.name in READING):
                turns[operation.name] += 1
                if turns[operation.name] % 3:
                    continue
            yield at

    def reset(self) -> None:
        """Put back what was there before."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.build(self.folder)

    def try_with(self, fault: Fault, at: int, *, late: bool = False) -> tuple[BaseException | None, dict[str, str]]:
        """Publish on a disk with ``fault``, not before ``at``; return what was raised, and what lies there then."""
        self.cases += 1
        planned = at >= self.planning
        try:
            with Disk(fault, late=late, first=self.planning if planned else 0).mounted():
                plan = self.plan if planned else small.plan_step(self.folder, self.step)
                small.publish_plan(self.folder, self.step, plan)
        except (FieldledgerError, Crash) as error:
            return error, contents(self.folder)
        return None, contents(self.folder)

    def rerun(self, left: dict[str, str]) -> None:
        """See that a rerun completes what is ``left``, with the bytes of an undisturbed publish."""
        state = tuple(left.items())
        if state not in self.completed:
            small.publish_step(self.folder, self.step)
            assert contents(self.folder) == self.after
            self.completed.add(state)
            self.reset()
        elif left != self.before or not self.before:
            self.reset()


def _nothing(folder: Path) -> None:
    shutil.rmtree(folder.parents[1], ignore_errors=True)


@pytest.fixture(scope="module")
def benches(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Bench]:
    """Return a bench for a first release, one for a release after another, and one after a publisher was killed."""
    made = tmp_path_factory.mktemp("made") / "releases"
    small.publish_step(made, 0)
    left = Path(shutil.copytree(made, made.with_name("left"), symlinks=True))
    (left / ".staging/data").mkdir(parents=True)
    (left / ".staging/data/sources.csv").write_bytes(b"half a fi")
    (left / ".latest-next").symlink_to("v1.0.0")

    def copied(folder: Path) -> None:
        shutil.copytree(left if folder.name == "left" else made, folder, symlinks=True)

    where = tmp_path_factory.mktemp("broken")
    return {
        "first release": Bench(where / "new/data/releases", _nothing, 0, whole=False),
        "next release": Bench(where / "releases", copied, 1, whole=True),
        "after a kill": Bench(where / "left", copied, 1, whole=False),
    }


def _cases(bench: Bench) -> Iterator[tuple[str, int, int, bool]]:
    """Yield mode, number of the operation, error, and whether the work is done nevertheless.

    Outside `make soak` errors take turns, and so do modes where no names change. What only reads fails once: what
    follows leaves the disk as it is.
    """
    for number, at in enumerate(bench.tried):
        name = bench.names[at]
        modes = ("once", "for good", "crash", *(("late",) if name in CHANGING else ()))
        if not SOAK and name not in CHANGING:  # publishers are killed at any moment in test_kills.py
            modes = ("once",) if name in READING else (modes[number % 3],)
        for mode in modes:
            for code in ERRORS if SOAK and mode != "crash" else (ERRORS[at % len(ERRORS)],):
                yield mode, at, code, mode == "late"


def _is_sound(bench: Bench, left: dict[str, str]) -> None:
    """See that there is no release but whole ones, that `latest` leads to one, and that older ones are as they were."""
    tops = {name.split("/")[0] for name in left}
    releases = {name for name in tops if name.startswith("v")}
    assert tops - releases <= {*BESIDE, ".staging", ".latest-next"}
    for name in releases:
        inside = {path: found for path, found in left.items() if path.split("/")[0] == name}
        assert inside == {path: found for path, found in bench.after.items() if path.split("/")[0] == name}
    assert releases >= {name for name in bench.before if name.startswith("v") and "/" not in name}
    if "latest" in left or "latest" in bench.before:
        assert left.get("latest") in {f"-> {name}" for name in releases}


def _is_clear(error: BaseException | None, code: int) -> None:
    """See that the message is one line that names a file or folder, the cause and what to do."""
    assert isinstance(error, FieldledgerError)
    message = str(error)
    assert "\n" not in message
    assert len(message) < 600
    assert os.strerror(code) in message
    assert "/" in message


@pytest.mark.parametrize("kind", ["first release", "next release", "after a kill"])
def test_whatever_operation_fails_readers_see_whole_releases_and_a_rerun_completes(
    benches: dict[str, Bench], kind: str
) -> None:
    bench, started = benches[kind], time.process_time()
    bench.reset()
    for mode, at, code, late in _cases(bench):
        error: BaseException = Crash() if mode == "crash" else OSError(code, os.strerror(code))
        raised, left = bench.try_with((once if mode in ("once", "late") else for_good)(at, error), at, late=late)
        try:
            _is_sound(bench, left)
            if mode == "crash":
                assert raised is error
            else:
                _is_clear(raised, code)
            bench.rerun(left)
        except AssertionError as failure:
            failure.add_note(f"{mode}, operation {at} ({bench.names[at]}), {os.strerror(code)}: {raised}")
            raise
    figures = f"{len(bench.tried)} of {len(bench.names)} operations, {bench.cases} cases"
    print(f"\n{kind}: {figures}, {time.process_time() - started:.0f} s of CPU")
    assert bench.cases >= len(bench.tried)


def test_a_disk_that_takes_a_byte_at_a_time_gets_them_all(benches: dict[str, Bench]) -> None:
    bench = benches["next release"]
    bench.reset()
    with Disk(short=True).mounted() as disk:
        small.publish_step(bench.folder, bench.step)
    assert len(disk.journal) > 10 * len(bench.names)
    assert contents(bench.folder) == bench.after


def test_a_publisher_that_was_stopped_leaves_nothing(benches: dict[str, Bench]) -> None:
    bench = benches["next release"]
    bench.reset()
    for at in range(bench.names.index("mkdir") + 1, bench.names.index("rename"), 40):
        with pytest.raises(KeyboardInterrupt), Disk(once(at, KeyboardInterrupt())).mounted():
            small.publish_step(bench.folder, bench.step)
        assert contents(bench.folder) == bench.before
