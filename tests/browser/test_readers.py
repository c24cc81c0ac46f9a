"""What readers meet: no barrier that axe finds, on phone and desktop, light and dark; zoom to 400%; nothing loaded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser

from tests.browser.chromium import Watched, watched

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"
LOOKS: dict[str, dict[str, Any]] = {
    "desktop light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "phone dark": {"viewport": {"width": 360, "height": 780}, "color_scheme": "dark"},
}
SKIPPED = "releases"
"""Folder of the site that holds the releases themselves; their pages are looked at as `briefings/`."""


def shown(pages: Path) -> list[Path]:
    """Return one page of each kind, and all pages of a kind that has few."""
    kinds: dict[str, list[Path]] = {}
    for path in sorted(pages.rglob("*.html")):
        place = path.relative_to(pages)
        if SKIPPED not in place.parts[:-1]:
            kinds.setdefault(str(place.parent), []).append(path)
    return [path for found in kinds.values() for path in (found if len(found) < 12 else found[:3])]


@pytest.fixture(scope="module", params=LOOKS)
def window(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Watched]:
    with watched(browser, reduced_motion="reduce", **LOOKS[request.param]) as found:
        yield found


def test_axe_finds_no_barrier(window: Watched, pages: Path) -> None:
    found: list[str] = []
    for path in shown(pages):
        page = window.open(path)
        page.evaluate(AXE_SCRIPT)
        for violation in page.evaluate(AXE, TAGS)["violations"]:
            nodes = [f"{node['target']} {node['html'][:160]}" for node in violation["nodes"][:3]]
            found.append(f"{path.relative_to(pages)}: {violation['id']}: {violation['help']}: {nodes}")
    assert not found, "\n".join(found)
    assert window.page.evaluate("axe.version")


def test_nothing_is_asked_of_the_network_and_no_policy_broken(window: Watched, pages: Path) -> None:
    for path in shown(pages):
        window.open(path)
    assert window.asked == []
    assert window.said == []
    assert window.dialogs == []


def test_zoom_to_400_percent_needs_no_scrolling_sideways(browser: Browser, pages: Path) -> None:
    """WCAG 1.4.10: 1280 pixels wide at 400% are 320; tables may scroll in a box of their own."""
    wide: list[str] = []
    with watched(browser, viewport={"width": 320, "height": 640}) as window:
        for path in shown(pages):
            width = window.open(path).evaluate("document.scrollingElement.scrollWidth")
            if width > 320:
                wide.append(f"{path.relative_to(pages)}: {width}")
    assert not wide, "\n".join(wide)


def test_every_shipped_typeface_on_a_page_loads(browser: Browser, pages: Path) -> None:
    if not (pages / "site" / "index.html").exists():
        pytest.skip("the site has no home")
    with watched(browser, viewport={"width": 1280, "height": 900}) as window:
        page = window.open(pages / "site" / "index.html")
        page.evaluate("() => document.fonts.ready")
        states = page.evaluate("() => [...document.fonts].filter(f => f.status != 'unloaded').map(f => f.status)")
    assert states
    assert set(states) == {"loaded"}
