"""How tests run: drawn examples are the same each time and untimed; what several tests look at is made by one worker.

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
    "tests/end_to_end/test_event_walk.py": "walk",
    "tests/end_to_end/test_sample.py": "sample",
    "tests/end_to_end/test_review.py": "sample",
    "tests/end_to_end/test_every_number.py": "sample",
    "tests/end_to_end/test_seed.py": "seed",
    "tests/end_to_end/test_bad_input.py::TestPartlyRead": "partly read",
    "tests/extract/test_happenings.py": "happenings",
    "tests/orchestrate/": "deployed",
    "tests/release/test_upload.py": "object store",
}
"""Beginning of a test's id: what it shares with others."""

gc.disable()  # until all tests are known: modules and tests stay, and to look for garbage among them takes seconds


def pytest_collection_finish() -> None:
    """Let the collector run again, over what tests make alone."""
    gc.freeze()
    gc.enable()


class _Together(LoadScopeScheduling):  # type: ignore[misc]
    """Hands out tests one by one, and those that belong together to one worker."""

    def _split_scope(self, nodeid: str) -> str:
        return next((shared for start, shared in TOGETHER.items() if nodeid.startswith(start)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling | None:
    return _Together(config, log) if config.getoption("dist") == "loadgroup" else None
