"""One release, published once; tests that change something get a copy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.release.factory import publish_world


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the release 1.0.0 of `world`. Read it, leave it as it is."""
    return publish_world(tmp_path_factory.mktemp("first")).path


@pytest.fixture
def releases(first: Path, tmp_path: Path) -> Path:
    """Return a releases folder of one's own that holds that release."""
    return Path(shutil.copytree(first.parent, tmp_path / "releases", symlinks=True))


@pytest.fixture
def release(releases: Path) -> Path:
    """Return a sound release to spoil."""
    return releases / "v1.0.0"
