"""Chromium of the system, driven headless: no network, no background calls, a profile of its own that is thrown away.

It reads folders as a web server would give them, under a name that does not exist. Every page it opens is watched: what
it asks of others, what it says in its console, which dialogs it opens.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, Dialog, Page, Route, sync_playwright

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


ORIGIN = "http://ledger.example"


@dataclass
class Watched:
    """A window on a folder, and what its pages did besides showing themselves."""

    page: Page
    folder: Path
    asked: list[str] = field(default_factory=list)
    """Addresses asked for that are none of the folder's files, in their order."""
    said: list[str] = field(default_factory=list)
    """Errors and warnings of the console, among them every breach of a page's policy."""
    dialogs: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.route("**/*", self._answer)
        self.page.on("console", lambda told: self.said.append(told.text) if told.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", self._dialog)

    def _answer(self, route: Route) -> None:
        url = urlsplit(route.request.url)
        file = self.folder / unquote(url.path).lstrip("/")
        if f"{url.scheme}://{url.netloc}" == ORIGIN and file.is_file():
            route.fulfill(path=file)
        else:
            self.asked.append(route.request.url)
            route.abort()

    def _dialog(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def open(self, path: str) -> Page:
        """Open a file of the folder and wait until all that belongs to it is there."""
        self.page.goto(f"{ORIGIN}/{path}", wait_until="load")
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
def watched(found: Browser, folder: Path, **options: Any) -> Iterator[Watched]:
    """Open a window of its own (nothing is shared with others) on a folder; ``options`` as playwright has them."""
    context = found.new_context(service_workers="block", **options)
    try:
        yield Watched(context.new_page(), folder)
    finally:
        context.close()
