"""Every page of the site is sound: nesting, headings, ids, links, policy; and says what its twin says."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest

from pipeline.site import addresses
from pipeline.site.builder import build_site
from pipeline.site.chrome import POLICY
from pipeline.site.data import SiteData, open_site
from pipeline.site.home import HOME, trend_words
from pipeline.site.sections import SECTIONS
from pipeline.site.single import SinglePage
from tests.brief.html_page import Page, read
from tests.release.factory import world
from tests.site.worlds import LATE, publish_all

SINGLE = sorted(section.path for section in SECTIONS if isinstance(section, SinglePage))
AWAITED = () if {"governorates", "actors"} <= {s.name for s in SECTIONS} else (addresses.GOVERNORATES, addresses.ACTORS)
"""Pages that the navigation names before their sections are in the list."""
OF_SECTIONS = re.compile(r"(weeks/\d{4}-W\d\d|events/e-[0-9a-f]{16})\.html")


@lru_cache(maxsize=64)
def page_at(built: Path, path: str) -> Page:
    return read((built / path).read_bytes())


@pytest.mark.parametrize("path", SINGLE)
def test_a_page_is_sound(built: Path, path: str) -> None:
    page = page_at(built, path)
    assert page.faults == []
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(page.headings))
    assert len(page.ids) == len(set(page.ids))
    landmarks = [tag for tag, _ in page.nodes if tag in ("header", "main", "footer")]
    assert landmarks == ["header", "main", "footer"]
    assert ("html", "lang", "en") in page.attributes


@pytest.mark.parametrize("path", SINGLE)
def test_a_page_loads_nothing_from_elsewhere_and_runs_nothing_of_its_own(built: Path, path: str) -> None:
    page = page_at(built, path)
    root = "/" if path == addresses.MISSING else addresses.root(path)
    assert ("meta", "content", POLICY) in page.attributes
    scripts = [value for tag, name, value in page.attributes if tag == "script" and name == "src"]
    assert scripts == [f"{root}{addresses.SCRIPT}"]
    assert not any(name == "style" or name.startswith("on") for _, names in page.nodes for name in names)
    assert not any(tag in ("style", "iframe", "object", "embed", "base", "form") for tag, _ in page.nodes)


@pytest.mark.parametrize("path", [path for path in SINGLE if path != addresses.MISSING])
def test_links_are_relative_and_lead_somewhere(built: Path, path: str) -> None:
    page = page_at(built, path)
    links = [value for _, name, value in page.attributes if name in ("href", "src") and not value.startswith("data:")]
    for link in links:
        if link.startswith("https://"):
            continue
        parts = urlsplit(link)
        assert not parts.scheme
        assert not link.startswith("/")
        target = (
            posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))) if parts.path else path
        )
        if target in AWAITED or (OF_SECTIONS.fullmatch(target) and not (built / "events").exists()):
            continue
        assert (built / target).is_file(), f"{path} leads to {target}"
        if parts.fragment and target.endswith(".html") and not OF_SECTIONS.fullmatch(target):
            assert parts.fragment in page_at(built, target).ids


@pytest.mark.parametrize("path", SINGLE)
def test_references_of_labels_are_there(built: Path, path: str) -> None:
    page = page_at(built, path)
    named = [value for _, name, value in page.attributes if name in ("aria-labelledby", "for", "aria-describedby")]
    assert {label for value in named for label in value.split()} <= set(page.ids)
    tables = sum(tag == "table" for tag, _ in page.nodes)
    assert sum(tag == "caption" for tag, _ in page.nodes) == tables
    assert all("scope" in names for tag, names in page.nodes if tag == "th")


def test_twins_hold_what_pages_say(built: Path) -> None:
    said = json.loads((built / "downloads.json").read_bytes())
    text = " ".join(page_at(built, "downloads.html").text)
    assert len(said["files"]) > 40
    assert all(file["sha256"] in text for file in said["files"])
    assert {version["version"] for version in said["versions"]} == {"1.0.0", said["version"]}
    assert not (built / "404.json").exists()


def test_hashes_on_the_page_are_those_of_the_files(built: Path) -> None:
    for file in json.loads((built / "downloads.json").read_bytes())["files"]:
        data = (built / file["href"]).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (file["bytes"], file["sha256"])


def test_every_column_and_code_has_an_address(built: Path) -> None:
    ids = set(page_at(built, "codebook.html").ids)
    assert {"events", "events.fatalities_best", "codes-event_types", "weekly_tolls.total_injured"} <= ids


def test_the_method_states_every_rule(built: Path) -> None:
    page = page_at(built, "methodology.html")
    assert {"rule-one-happening", "rule-corrections", "rule-weekly-figures", "rule-ids"} <= set(page.ids)
    assert "**" not in " ".join(page.text)


def test_invented_data_say_so_on_every_page(built: Path) -> None:
    for path in SINGLE:
        assert "Invented for demonstration." in " ".join(page_at(built, path).text)


def test_feeds_tell_of_weeks_and_releases_by_whole_addresses(built: Path) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    titles = {
        "briefings.xml": ["2021-W06: 8–14 February 2021", "2021-W05: 1–7 February 2021"],
        "releases.xml": ["Version 1.0.1: ", "Version 1.0.0: "],
    }
    for path, begin in titles.items():
        feed = ElementTree.parse(built / path).getroot()
        entries = feed.findall(f"{atom}entry")
        told = [entry.findtext(f"{atom}title") or "" for entry in entries]
        assert [title[: len(start)] for title, start in zip(told, begin, strict=True)] == begin
        ids = [entry.findtext(f"{atom}id") for entry in entries]
        assert len(ids) == len(set(ids)) == 2
        links = [link.attrib["href"] for link in feed.iter(f"{atom}link")]
        assert all(link.startswith("http://127.0.0.1:8765/") for link in links)
        updated = [entry.findtext(f"{atom}updated") or "" for entry in entries]
        assert feed.findtext(f"{atom}updated") == max(updated)


def test_the_sitemap_lists_every_page_but_the_missing_one(built: Path) -> None:
    urls = [
        node.text or ""
        for node in ElementTree.parse(built / "sitemap.xml").getroot().iter()
        if node.tag.endswith("loc")
    ]
    pages = {p.relative_to(built).as_posix() for p in built.rglob("*.html") if "releases" not in p.parts} - {"404.html"}
    assert len(urls) == len(pages)
    assert "http://127.0.0.1:8765/" in urls
    assert "http://127.0.0.1:8765/weeks/" in urls


def test_the_missing_page_leads_home_from_any_depth(two_releases: Path, built: Path, tmp_path: Path) -> None:
    assert "/index.html" in page_at(built, addresses.MISSING).links
    below = open_site(two_releases, site_url="https://example.org/ledger/")
    build_site(below, tmp_path / "site", [s for s in SECTIONS if s.name == "missing"])
    assert "/ledger/index.html" in page_at(tmp_path / "site", addresses.MISSING).links


@pytest.fixture
def home(two_releases: Path) -> SiteData:
    return open_site(two_releases)


def test_home_tells_the_latest_week_and_leads_to_it(home: SiteData) -> None:
    said = HOME.says(home)
    assert said["week"]["iso_week"] == "2021-W06"
    assert said["week"]["page"] == "weeks/2021-W06.html"
    assert {card["key"] for card in said["week"]["cards"]} >= {"events", "killed", "civilians"}
    assert all(card["href"].startswith("weeks/2021-W06.html") for card in said["week"]["cards"])
    assert [point["event_id"] for point in said["week"]["points"]] == [LATE]
    assert [line["iso_week"] for line in said["recent"]] == ["2021-W06", "2021-W05"]


def test_home_says_when_the_week_is_not_over(home: SiteData) -> None:
    (notice,) = HOME.says(home)["notices"]
    assert notice["kind"] == "unfinished"
    assert "Tuesday 9 February 2021" in notice["text"]


def test_home_of_a_ledger_without_weeks_says_so(tmp_path: Path) -> None:
    tables = world()
    kept = ("actors", "places", "event_types", "sources", "accuracy", "changes", "rejections")
    empty = {**tables, **{name: frame.clear() for name, frame in tables.items() if name not in kept}}
    site = open_site(publish_all(tmp_path / "releases", empty))
    build_site(site, tmp_path / "site", [s for s in SECTIONS if s.name in ("home", "weeks", "briefings_feed")])
    assert "No week is covered yet." in " ".join(page_at(tmp_path / "site", "index.html").text)
    assert "No week is covered yet." in " ".join(page_at(tmp_path / "site", "weeks/index.html").text)


def test_the_trend_is_told_in_words() -> None:
    weeks = [{"iso_week": f"2021-W0{n}", "week_start": f"2021-01-{n:02}", "events": n or None} for n in (3, 0, 2)]
    assert trend_words(weeks) == (
        "Events a week over 3 weeks, 2021-W03 to 2021-W02: the most 3 (2021-W03), the latest 2 (2021-W02). "
        "Nothing was read for 1 week (hatched)."
    )
    assert trend_words([{**weeks[1]}]) == "Nothing was read for any of these weeks."
