"""Two releases, published once; tests that change something take a copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.site.worlds import twice


@pytest.fixture(scope="session")
def two_releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with two releases of the small world. Read it, leave it as it is."""
    return twice(tmp_path_factory.mktemp("releases"))
