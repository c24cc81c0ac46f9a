from __future__ import annotations

import base64
import hashlib
import re
from datetime import date
from itertools import pairwise
from typing import get_args

import polars as pl
import pytest
import yaml
from lxml import etree, html

from pipeline.brief import render_briefings
from pipeline.brief.noise import Verdict
from pipeline.inline_style import REPORTS
from tests.brief.book import MONDAY, TUESDAY, Book, context
from tests.brief.golden import FOLDER, PAGES, golden_book, golden_pages
from tests.brief.html_page import read

WEEKS = [f"2021-W0{number}" for number in range(1, 7)]


@pytest.fixture(scope="module")
def pages() -> dict[str, bytes]:
    book, release = golden_book()
    return render_briefings(book.tables(), release)


def html_of(pages: dict[str, bytes]) -> dict[str, bytes]:
    return {path: content for path, content in pages.items() if path.endswith(".html")}


@pytest.mark.parametrize("name", PAGES)
def test_the_golden_week_is_as_it_was_read_and_approved(name: str) -> None:
    assert golden_pages()[name] == (FOLDER / name).read_text(encoding="utf-8"), "see tests/brief/golden.py"


def test_there_is_a_page_for_each_covered_week_and_an_index(pages: dict[str, bytes]) -> None:
    assert list(pages) == [f"briefings/{name}.{suffix}" for name in (*WEEKS, "index") for suffix in ("html", "md")]


def test_the_same_tables_in_any_row_order_give_the_same_bytes(pages: dict[str, bytes]) -> None:
    book, release = golden_book()
    shuffled = {name: frame.reverse() for name, frame in book.tables().items()}
    assert render_briefings(shuffled, release) == pages


def test_every_page_is_balanced_html_with_unique_ids(pages: dict[str, bytes]) -> None:
    for path, content in html_of(pages).items():
        page = read(content)
        assert not page.faults, path
        assert len(page.ids) == len(set(page.ids)), path
        parser = html.HTMLParser(recover=False)
        parser.feed(content.decode("utf-8"))
        tags = {
            "section",
            "header",
            "nav",
            "main",
            "footer",
            "figure",
            "figcaption",
            "time",
            "article",
            "bdi",
            "svg",
            "rect",
        }
        serious = [
            e for e in parser.error_log if not (e.type_name == "HTML_UNKNOWN_TAG" and any(t in e.message for t in tags))
        ]
        assert not serious, path


def test_headings_start_with_one_h1_and_skip_no_level(pages: dict[str, bytes]) -> None:
    for path, content in html_of(pages).items():
        levels = read(content).headings
        assert levels[0] == 1, path
        assert levels.count(1) == 1, path
        assert all(b - a <= 1 for a, b in pairwise(levels)), path


def test_pages_have_landmarks_language_and_captioned_tables(pages: dict[str, bytes]) -> None:
    for content in html_of(pages).values():
        tree = html.fromstring(content)
        assert tree.get("lang") == "en"
        assert [len(tree.findall(f".//{tag}")) for tag in ("header", "main", "footer")] == [1, 1, 1]
        for table in tree.findall(".//table"):
            assert table.find("caption") is not None
            assert all(cell.get("scope") for cell in table.findall(".//th"))
        for section in tree.findall(".//section"):
            assert tree.get_element_by_id(section.get("aria-labelledby")).tag == "h2"


def test_every_link_within_the_briefings_leads_somewhere(pages: dict[str, bytes]) -> None:
    ids = {path: set(read(content).ids) for path, content in html_of(pages).items()}
    for path, content in html_of(pages).items():
        for link in read(content).links:
            if link.startswith(("https://", "../")):
                continue
            page, _, anchor = link.partition("#")
            target = f"briefings/{page}" if page else path
            assert target in ids, link
            assert not anchor or anchor in ids[target], link


def test_every_anchor_in_markdown_leads_somewhere(pages: dict[str, bytes]) -> None:
    texts = {path: content.decode("utf-8") for path, content in pages.items() if path.endswith(".md")}
    ids = {path: re.findall(r'<a id="([^"]+)"></a>', text) for path, text in texts.items()}
    for path, text in texts.items():
        assert len(ids[path]) == len(set(ids[path]))
        for page, anchor in re.findall(r"\]\(([\w-]*(?:\.md)?)#([\w-]+)\)", text):
            assert anchor in ids[f"briefings/{page}" if page else path], anchor


def test_links_are_relative_and_nothing_is_loaded(pages: dict[str, bytes]) -> None:
    for content in html_of(pages).values():
        page = read(content)
        assert not {"script", "img", "iframe", "object", "embed", "form", "base"} & {tag for tag, _ in page.nodes}
        for tag, name, value in page.attributes:
            assert not name.startswith("on")
            assert name not in ("style", "src", "srcset", "action", "background")
            if name == "href":
                assert re.match(r"#|\.\./|[\w-]+\.html|https?://|data:,$", value), value
                assert not value.startswith("data:") or tag == "link"


def test_the_policy_allows_the_style_of_the_page_and_nothing_else(pages: dict[str, bytes]) -> None:
    css = (REPORTS / "brief.css").read_text(encoding="utf-8")
    for content in html_of(pages).values():
        tree = html.fromstring(content)
        assert tree.findtext(".//style") == css
        policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
        digest = base64.b64encode(hashlib.sha256(css.encode("utf-8")).digest()).decode("ascii")
        assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
        assert "unsafe" not in policy


def test_invented_data_says_so_on_every_page_before_anything_else(pages: dict[str, bytes]) -> None:
    for path, content in pages.items():
        text = content.decode("utf-8")
        start = text.index("<main") if path.endswith(".html") else 200
        assert "Invented for demonstration." in text[:start], path


def test_a_release_with_some_invented_outlets_names_them() -> None:
    book = Book()
    book.source("real-post", "Real Post", invented=False)
    book.reported()
    book.reported("real-post")
    for content in render_briefings(book.tables(), context(invented=False)).values():
        assert "Some sources are invented." in content.decode("utf-8")


def test_a_release_without_invented_outlets_has_no_banner() -> None:
    book = Book()
    book.source("real-post", "Real Post", invented=False)
    book.reported("real-post")
    for content in render_briefings(book.tables(), context(invented=False)).values():
        assert "nvented" not in content.decode("utf-8")


def test_every_event_is_on_its_page_with_its_articles_and_its_quotes(pages: dict[str, bytes]) -> None:
    tables = golden_book()[0].tables()
    week = tables["events"].filter(pl.col("week_start") == MONDAY)
    reporting = week.join(tables["event_mentions"], on="event_id").join(tables["mentions"], on="mention_id")
    for suffix in ("html", "md"):
        text = pages[f"briefings/2021-W05.{suffix}"].decode("utf-8")
        assert all(text.count(f'id="{event}"') == 1 for event in week["event_id"])
        for row in reporting.iter_rows(named=True):
            assert row["article_id"] in text
            assert row["evidence"] in text


def test_the_first_release_says_that_there_is_none_to_compare_with() -> None:
    book = Book()
    book.reported()
    page = render_briefings(book.tables(), context(previous_version=None))["briefings/2021-W05.md"].decode("utf-8")
    assert "Version 1.2.0 is the first release: there is no earlier one to compare with." in page


def test_changes_are_told_with_what_was_said_before(pages: dict[str, bytes]) -> None:
    page = pages["briefings/2021-W05.md"].decode("utf-8")
    assert "Events since version 1.1.0: 1 added, 1 changed and 1 removed." in page
    assert "Killed, at most: empty, was 9" in page
    assert "Disputed: true, was false" in page


def test_silent_weeks_and_single_sources_are_told_apart() -> None:
    book = Book()
    book.reported()
    book.weeks.add(date(2021, 2, 8))
    pages = render_briefings(book.tables(), context())
    for suffix in ("html", "md"):
        assert "Nothing was read for this week." in pages[f"briefings/2021-W06.{suffix}"].decode("utf-8")
        assert "A single source." in pages[f"briefings/2021-W05.{suffix}"].decode("utf-8")
        assert "nothing read" in pages[f"briefings/index.{suffix}"].decode("utf-8")


def test_a_ledger_without_a_week_still_has_an_index() -> None:
    pages = render_briefings(Book().tables(), context())
    assert list(pages) == ["briefings/index.html", "briefings/index.md"]
    assert not read(pages["briefings/index.html"]).faults


def test_the_index_lists_weeks_newest_first(pages: dict[str, bytes]) -> None:
    rows = html.fromstring(pages["briefings/index.html"]).xpath("//tbody/tr/th/a/@href")
    assert rows == [f"{week}.html" for week in reversed(WEEKS)]


def test_the_chart_has_a_text_that_says_the_same(pages: dict[str, bytes]) -> None:
    tree = html.fromstring(pages["briefings/index.html"])
    chart = tree.find(".//svg")
    assert chart.get("role") == "img"
    assert "Events a week over 6 weeks" in etree.tostring(chart, encoding="unicode")


def test_every_fixed_text_is_used_by_a_template() -> None:
    templates = "".join(path.read_text(encoding="utf-8") for path in sorted(REPORTS.glob("*.j2")))
    texts = yaml.safe_load((REPORTS / "texts" / "en.yaml").read_text(encoding="utf-8"))
    indexed = {"headline", "state", "language", "direction"}
    read_in_code = {"page.language"}  # names of languages, for the links between them
    unused = [
        f"{part}.{key}"
        for part, keys in texts.items()
        if part not in indexed
        for key in keys
        if not re.search(rf"\bt\.{part}\.{key}\b", templates) and key not in ("title", *get_args(Verdict))
    ]
    assert set(unused) == read_in_code


def test_event_that_sides_tell_against_each_other_leads_to_the_other_one() -> None:
    book = Book()
    mentions = [book.mention(book.article(outlet, TUESDAY)) for outlet in ("mill-gazette", "salt-post")]
    first, second = (book.event(mention) for mention in mentions)
    book.rival(first, second, mentions[1])
    pages = render_briefings(book.tables(), context())
    html, markdown = (pages[f"briefings/2021-W05.{suffix}"].decode("utf-8") for suffix in ("html", "md"))
    told = "Other sides tell it as done by somebody else:"
    assert f'{told} <a href="#{second}">' in html
    assert f"{told} [" in markdown
    assert "A mention denies this event" not in html
