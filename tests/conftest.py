"""How tests run: drawn examples are the same each time and untimed; what several tests look at is made by one worker,
and what takes longest comes first.

`--dist loadgroup` asks for the latter. The marks that pytest-xdist has for it do nothing under pytest 9.2
(https://github.com/pytest-dev/pytest-xdist/issues/1386): once that is mended, they can take the place of this list.
"""

from __future__ import annotations

import gc

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling
from xdist.scheduler.protocol import Scheduling

settings.register_profile("fieldledger", deadline=None, derandomize=True)
settings.load_profile("fieldledger")  # a slow machine is no failure
TOGETHER = {
    "tests/browser/": "browser",
    "tests/drills/": "drills",
    "tests/end_to_end/test_sample.py": "sample",
    "tests/end_to_end/test_review.py": "sample",
    "tests/end_to_end/test_every_number.py": "sample",
    "tests/orchestrate/": "orchestrate",
    "tests/reproduce/": "reproduce",
    "tests/site/": "site",
    "tests/trace/": "trace",
}
"""Beginning of a test's id: what it shares with others. All others share what is of their file."""

LONG = (
    "site", "tests/end_to_end/test_event_walk.py", "sample", "drills", "orchestrate", "tests/release/test_kills.py",
    "tests/release/test_faults.py", "browser", "tests/end_to_end/test_determinism.py",
    "tests/end_to_end/test_bad_input.py", "reproduce", "tests/end_to_end/test_readme.py",
    "tests/end_to_end/test_gazetteers.py", "tests/end_to_end/test_seed.py", "tests/release/test_upload.py",
    "tests/extract/test_happenings.py", "trace", "tests/correct/test_properties.py", "tests/resolve/test_properties.py",
)  # fmt: skip
"""What takes longest, begun first: begun last, it would leave the other worker idle."""

gc.disable()  # until all tests are known: modules and tests stay, and to look for garbage among them takes seconds


def pytest_collection_finish() -> None:
    """Let the collector run again, over what tests make alone, and not as often as usual."""
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
    gc.enable()


def pytest_unconfigure() -> None:
    """Leave nothing frozen: libraries that tidy up at the end would find half of Python gone."""
    gc.unfreeze()


def _shared(nodeid: str) -> str:
    return next((shared for start, shared in TOGETHER.items() if nodeid.startswith(start)), nodeid.partition("::")[0])


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let a worker begin with what takes longest; all else stays in random order."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: LONG.index(shared) if (shared := _shared(item.nodeid)) in LONG else len(LONG))


class _Together(LoadScopeScheduling):  # type: ignore[misc]
    """Hands out tests file by file, and those that belong together to one worker."""

    def _split_scope(self, nodeid: str) -> str:
        return _shared(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling | None:
    if config.getoption("dist") != "loadgroup":
        return None
    config.option.loadscopereorder = False  # by the number of tests, which says little
    return _Together(config, log)
