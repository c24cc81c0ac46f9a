"""What readers meet: no barrier that axe finds, on phone and desktop, light and dark; zoom to 400%; nothing loaded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser

from tests.browser.chromium import Watched, watched

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE = (
    "([tags, contrast]) => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], "
    "preload: false, rules: {'color-contrast': {enabled: contrast}}})"
    ".then(found => found.violations.map(v => [v.id, v.help, v.nodes.slice(0, 3).map(n => n.html.slice(0, 160))]))"
)
LOOKS: dict[str, dict[str, Any]] = {
    "desktop light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "phone dark": {"viewport": {"width": 360, "height": 780}, "color_scheme": "dark"},
}
OF_A_KIND = 2
"""Pages of one kind that are looked at: weeks, events, ..."""
HEAVY = ("site/codebook.html", "site/downloads.html")
"""Pages of thousands of nodes: one look is enough, without contrast, since all take their colours from one sheet."""


def shown(pages: Path) -> list[str]:
    """Return every page that there is one of, and some of each kind; releases inside the site are `briefings/`."""
    kinds: dict[str, list[str]] = {}
    for path in sorted(pages.rglob("*.html")):
        place = path.relative_to(pages)
        if "releases" not in place.parts[:-1] and place.name != "404.html":
            kinds.setdefault(str(place.parent), []).append(place.as_posix())
    return [path for kind, found in kinds.items() for path in (found if kind == "site" else found[:OF_A_KIND])]


@pytest.fixture(scope="module", params=LOOKS)
def window(browser: Browser, pages: Path, request: pytest.FixtureRequest) -> Iterator[Watched]:
    """Return a window of one look."""
    with watched(browser, pages, reduced_motion="reduce", **LOOKS[request.param]) as found:
        yield found


def test_axe_finds_no_barrier_and_nothing_is_asked_of_others(window: Watched, pages: Path) -> None:
    found: list[str] = []
    light = bool(window.page.evaluate("matchMedia('(prefers-color-scheme: light)').matches"))
    for path in [path for path in shown(pages) if light or path not in HEAVY]:
        page = window.open(path)
        page.evaluate(AXE_SCRIPT)
        found += [
            f"{path}: {name}: {told} {nodes}" for name, told, nodes in page.evaluate(AXE, [TAGS, path not in HEAVY])
        ]
    assert not found, "\n".join(found)
    assert (window.asked, window.said, window.dialogs) == ([], [], [])


def test_a_missing_page_is_whole_wherever_it_is_shown(browser: Browser, pages: Path) -> None:
    with watched(browser, pages / "site") as window:
        page = window.open("404.html")
        assert page.evaluate("document.styleSheets.length") == 1
        page.evaluate(AXE_SCRIPT)
        assert page.evaluate(AXE, [TAGS, True]) == []
    assert (window.asked, window.said) == ([], [])


def test_zoom_to_400_percent_needs_no_scrolling_sideways(browser: Browser, pages: Path) -> None:
    """WCAG 1.4.10: 1280 pixels wide at 400% are 320; tables may scroll in a box of their own."""
    wide: list[str] = []
    with watched(browser, pages, viewport={"width": 320, "height": 640}) as window:
        for path in shown(pages):
            width = window.open(path).evaluate("document.scrollingElement.scrollWidth")
            if width > 320:
                wide.append(f"{path}: {width}")
    assert not wide, "\n".join(wide)


def test_the_shipped_typefaces_load(browser: Browser, pages: Path) -> None:
    with watched(browser, pages) as window:
        page = window.open("site/methodology.html")
        page.evaluate("() => document.fonts.ready")
        states = page.evaluate("() => [...document.fonts].filter(f => f.status != 'unloaded').map(f => f.status)")
    assert states
    assert set(states) == {"loaded"}
