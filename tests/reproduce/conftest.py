"""Releases published once, to be read and left as they are; a test that changes something gets a copy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.release.factory import publish_world
from tests.reproduce.series import publish_series


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the release 1.0.0 of `world`."""
    return publish_world(tmp_path_factory.mktemp("first")).path


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the second release of a series."""
    return publish_series(tmp_path_factory.mktemp("series") / "data")


@pytest.fixture
def series(published: Path, tmp_path: Path) -> Path:
    """Return the second release of a series of one's own."""
    shutil.copytree(published.parents[1], tmp_path / "data", symlinks=True)
    return tmp_path / "data" / "releases" / published.name
