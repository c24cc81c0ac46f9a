"""Two releases, published once, and the site of them, built once; tests that change something take a copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.site.builder import build_site
from pipeline.site.data import open_site
from tests.site.worlds import twice


@pytest.fixture(scope="session")
def two_releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with two releases of the small world. Read it, leave it as it is."""
    return twice(tmp_path_factory.mktemp("releases"))


@pytest.fixture(scope="session")
def built(two_releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the site of these releases, all sections in it. Read it, leave it as it is."""
    out = tmp_path_factory.mktemp("built") / "site"
    build_site(open_site(two_releases), out, processes=1)
    return out
