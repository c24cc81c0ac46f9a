"""One browser and one site for all tests that look at pages as readers do. They skip where there is no Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from pipeline.brief import render_briefings
from pipeline.site.builder import build_site
from pipeline.site.data import open_site
from tests.brief.golden import golden_book
from tests.browser import chromium
from tests.site.worlds import twice


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Return Chromium, started once; while it runs, its driver holds the event loop that tests of others need."""
    if chromium.PATH is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    with chromium.browser() as found:
        yield found


@pytest.fixture(scope="package")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a whole site (`site/`), and the briefings of a release with one of everything."""
    folder = tmp_path_factory.mktemp("pages")
    build_site(open_site(twice(folder / "releases")), folder / "site", processes=1)
    book, release = golden_book()
    for path, content in render_briefings(book.tables(), release).items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(content)
    return folder
