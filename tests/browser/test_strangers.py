"""Three hundred hostile texts in every text field: in the browser they are words, and nothing of them is live."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from pipeline.site.builder import build_site
from pipeline.site.data import open_site
from tests.browser.chromium import watched
from tests.browser.hostile import A_WEEK, hostile_book, hostile_world
from tests.browser.payloads import payloads
from tests.release.factory import publish_world

PLAIN = ["plain words", "https://mill-gazette.example/1"] * 15
"""What the same pages are made of for comparison: texts, and addresses that become links."""
WATCH = """
window.touched = [];
window.live = number => window.touched.push(number);
window.parent.live = window.live;
addEventListener('securitypolicyviolation', event => window.touched.push(event.blockedURI + ' ' + event.sample));
"""
READ = """() => {
  const all = [...document.querySelectorAll('*')];
  const own = new Set(['http:', 'https:']);
  const loading = ['href', 'src', 'action', 'formaction', 'data', 'poster', 'srcdoc', 'xlink:href'];
  const addresses = all.flatMap(node => loading.filter(name => node.hasAttribute(name))
    .map(name => [node.localName, name, node.getAttribute(name)]));
  return {
    kinds: [...new Set(all.flatMap(
      node => [node.localName, ...node.getAttributeNames().map(name => node.localName + ' ' + name)]))],
    handlers: all.flatMap(node => node.getAttributeNames().filter(name => name.startsWith('on'))),
    live: addresses.filter(
      ([tag, name, value]) => value != 'data:,' && !own.has(new URL(value, document.baseURI).protocol)),
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


def test_briefings_of_a_release_show_hostile_texts_as_words(browser: Browser, tmp_path: Path) -> None:
    plain = read(browser, write(tmp_path / "plain", hostile_book(PLAIN)))
    found = read(browser, write(tmp_path / "hostile", hostile_book(payloads())))
    assert_dead(found, plain)
    assert len(found) == len(payloads()) // A_WEEK + 1


def test_pages_of_the_site_show_hostile_texts_as_words(browser: Browser, pages: Path, tmp_path: Path) -> None:
    plain = read(browser, pages / "site")
    publish_world(tmp_path / "releases", hostile_world(payloads()))
    build_site(open_site(tmp_path / "releases"), tmp_path / "site", processes=1)
    found = read(browser, tmp_path / "site")
    assert_dead(found, plain)
    assert {place.partition("/")[0] for place in found} == {place.partition("/")[0] for place in plain}


@pytest.mark.parametrize(
    "payload", ["<img src=x onerror=live(1)>", "<svg onload=live(1)>", "<a href=javascript:live(1)>x</a>"]
)
def test_a_page_that_does_not_escape_would_be_found(browser: Browser, tmp_path: Path, payload: str) -> None:
    policy = "default-src 'self' 'unsafe-inline'"
    page = f'<!doctype html><meta http-equiv=Content-Security-Policy content="{policy}"><title>t</title>'
    write(tmp_path, {"bad.html": f"{page}<p>{payload}".encode(), "good.html": f"{page}<p>{'words ' * 99}".encode()})
    with watched(browser, tmp_path) as window:
        window.page.add_init_script(WATCH)
        good, bad = (window.open(name).evaluate(READ) for name in ("good.html", "bad.html"))
    bad["text"] = 999
    with pytest.raises(AssertionError, match=r"bad\.html"):
        assert_dead({"bad.html": bad, "good.html": good}, {"good.html": good})
