"""Chromium of the system, driven headless: no network, no background calls, a profile of its own that is thrown away.

Every page it opens is watched: what it asks for, what it says in its console, which dialogs it opens.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Request, sync_playwright

PATH = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
"""Where the system has it; the tests skip where it has none."""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


@dataclass
class Watched:
    """A page, and what it did besides showing itself."""

    page: Page
    asked: list[str] = field(default_factory=list)
    """Addresses asked for that are no files, in their order."""
    said: list[str] = field(default_factory=list)
    """Errors and warnings of the console, among them every breach of the page's policy."""
    dialogs: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", self._request)
        self.page.on("console", lambda told: self.said.append(told.text) if told.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", self._dialog)

    def _request(self, request: Request) -> None:
        if not request.url.startswith(("file:", "data:")):
            self.asked.append(request.url)

    def _dialog(self, dialog: Any) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def open(self, path: Path) -> Page:
        """Open a file and wait until all that belongs to it is there."""
        self.page.goto(path.as_uri(), wait_until="load")
        return self.page


@contextmanager
def browser() -> Iterator[Browser]:
    """Start Chromium; whatever it asks of the network fails."""
    with sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=PATH, headless=True, args=FLAGS, timeout=60_000)
        try:
            yield found
        finally:
            found.close()


@contextmanager
def watched(found: Browser, **options: Any) -> Iterator[Watched]:
    """Open a window of its own (nothing is shared with others) without network; ``options`` as playwright has them."""
    context = found.new_context(offline=True, **options)
    try:
        yield Watched(context.new_page())
    finally:
        context.close()
