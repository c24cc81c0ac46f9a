"""Three hundred hostile texts in every text field: in the browser they are words, and nothing of them is live."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from pipeline.site.builder import build_site
from pipeline.site.data import open_site
from tests.browser.chromium import watched
from tests.browser.hostile import hostile_book, hostile_world
from tests.browser.payloads import payloads
from tests.release.factory import publish_world

PLAIN = ["plain words", "https://mill-gazette.example/1"]
"""What the same pages are made of for comparison: a text, and an address that becomes a link."""
WATCH = """
window.touched = [];
window.live = number => window.touched.push(number);
window.parent.live = window.live;
addEventListener('securitypolicyviolation', event => window.touched.push(event.blockedURI + ' ' + event.sample));
"""
READ = """() => {
  const all = [...document.querySelectorAll('*')];
  const own = new Set(['http:', 'https:']);
  const addresses = all.flatMap(node => ['href', 'src', 'action', 'formaction', 'data', 'poster', 'srcdoc', 'xlink:href']
    .filter(name => node.hasAttribute(name)).map(name => [node.localName, name, node.getAttribute(name)]));
  return {
    kinds: [...new Set(all.flatMap(node => [node.localName, ...node.getAttributeNames().map(a => node.localName + ' ' + a)]))],
    handlers: all.flatMap(node => node.getAttributeNames().filter(name => name.startsWith('on'))),
    live: addresses.filter(([tag, name, value]) => value != 'data:,' && !own.has(new URL(value, document.baseURI).protocol)),
    loaders: all.filter(node => node.matches('iframe, object, embed, form, base, frame, portal, [style]')).length,
    scripts: [...document.scripts].map(script => script.src.replace(location.origin, '')),
    metas: [...document.querySelectorAll('meta[http-equiv]')].map(node => node.httpEquiv),
    text: document.body.textContent.length,
    touched: window.touched,
  };
}"""


def read(browser: Browser, folder: Path) -> dict[str, dict[str, Any]]:
    """Return what the browser made of each page below a folder; nothing may run, open or be asked for."""
    found = {}
    with watched(browser, folder) as window:
        window.page.add_init_script(WATCH)
        for path in sorted(folder.rglob("*.html")):
            place = path.relative_to(folder).as_posix()
            if not place.startswith("releases/"):
                found[place] = window.open(place).evaluate(READ)
        assert (window.asked, window.said, window.dialogs) == ([], [], [])
    return found


def assert_dead(found: dict[str, dict[str, Any]], plain: dict[str, dict[str, Any]]) -> None:
    """Hold the pages of strangers' texts against those of plain ones."""
    kinds = {kind for page in plain.values() for kind in page["kinds"]}
    scripts = {script for page in plain.values() for script in page["scripts"]}
    assert set(found) >= set(plain)
    for place, page in found.items():
        alive = {name: page[name] for name in ("handlers", "live", "loaders", "touched") if page[name]}
        assert not alive, f"{place}: {alive}"
        assert set(page["kinds"]) <= kinds, f"{place}: {sorted(set(page['kinds']) - kinds)}"
        assert set(page["scripts"]) <= scripts, place
        assert page["metas"] == ["Content-Security-Policy"], place
        assert page["text"] > 300, place


def write(folder: Path, files: dict[str, bytes]) -> Path:
    """Write files below a folder and return it."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def site(folder: Path, texts: Sequence[str]) -> Path:
    """Return the site of a world whose texts are ``texts``."""
    publish_world(folder / "releases", hostile_world(texts))
    build_site(open_site(folder / "releases"), folder / "site", processes=1)
    return folder / "site"


def test_briefings_of_a_release_show_hostile_texts_as_words(browser: Browser, tmp_path: Path) -> None:
    plain = read(browser, write(tmp_path / "plain", hostile_book(PLAIN)))
    files = hostile_book(payloads())
    found = read(browser, write(tmp_path / "hostile", files))
    assert_dead(
        found,
        {
            "briefings/index.html": plain["briefings/index.html"],
            "briefings/2021-W05.html": plain["briefings/2021-W05.html"],
        },
    )
    assert sum(page["text"] for page in found.values()) > 10 * sum(page["text"] for page in plain.values())


def test_pages_of_the_site_show_hostile_texts_as_words(browser: Browser, tmp_path: Path) -> None:
    plain = read(browser, site(tmp_path / "plain", PLAIN))
    assert_dead(read(browser, site(tmp_path / "hostile", payloads())), plain)


@pytest.mark.parametrize(
    "payload", ["<img src=x onerror=live(1)>", "<svg onload=live(1)>", "<a href=javascript:live(1)>x</a>"]
)
def test_a_page_that_does_not_escape_would_be_found(browser: Browser, tmp_path: Path, payload: str) -> None:
    page = "<!doctype html><meta http-equiv=Content-Security-Policy content=\"default-src 'self' 'unsafe-inline'\"><title>t</title>"
    write(tmp_path, {"bad.html": f"{page}<p>{payload}".encode(), "good.html": f"{page}<p>{'words ' * 99}".encode()})
    with watched(browser, tmp_path) as window:
        window.page.add_init_script(WATCH)
        good, bad = (window.open(name).evaluate(READ) for name in ("good.html", "bad.html"))
    bad["text"] = 999
    with pytest.raises(AssertionError, match=r"bad\.html"):
        assert_dead({"bad.html": bad, "good.html": good}, {"good.html": good})
