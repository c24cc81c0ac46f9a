"""Hostile article text must come out as text: the page has the same nodes whatever the text says."""

from __future__ import annotations

from typing import Any

import pytest
from markdown_it import MarkdownIt

from pipeline.brief import render_briefings
from tests.brief.book import TUESDAY, Book, context
from tests.brief.html_page import Page, read

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
PAYLOADS = (
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' autofocus onfocus='alert(1)",
    "<!-- comment --> <b>bold</b> &lt;i&gt; &#x3C;u&#x3E;",
    "{{ 7 * 7 }} {% raw %} ${7*7}",
    "[click](javascript:alert(1)) ![x](https://evil.example/x.png)",
    "<https://evil.example> https://evil.example www.evil.example",
    "# heading",
    "1. list",
    "> quote",
    "| a | b |",
    "a\n\n# heading\n\n<div>block</div>\n\n```\nfence",
    "```js",
    "*bold* _italic_ ~~gone~~ `code`",
    "\\",
    "[ref]: https://evil.example 'x'",
    "</blockquote></main><h1>end</h1>",
    "\u202egnp.exe\u0000",
    "x" * 5000,
)


def hostile(text: str, url: str = "https://mill-gazette.example/1") -> dict[str, bytes]:
    """Render a book in which every text that comes from an article, and the outlet's name, is ``text``."""
    book = Book()
    book.source("mill-gazette", text)
    article = book.article("mill-gazette", TUESDAY, text, url=url)
    copy = book.article("mill-gazette", TUESDAY, text, url=url, duplicate_kind="exact", duplicate_of=article)
    said: dict[str, Any] = {
        "place_id": None, "place": text, "actor1": text, "actor2": text, "weapon": text, "attributed_to": text + "!"
    }  # fmt: skip
    first, second = book.mention(article, text, **said), book.mention(article, text + ".", **said)
    repeated = book.mention(copy, text, **said)
    denial = book.mention(article, text, status="denied", **said)
    book.mention(article, text, status="prospective", **said)
    total = book.mention(article, text, status="general", happenings_low=3, **said)
    for mention in (first, denial, total):
        book.casualty(mention, "killed", 1, 1, quote=text)
    book.casualty(first, "killed", 9, None, quote=text, shared=True, shared_with=second)
    book.event(first, repeated, denied_by=(denial,))
    book.event(second)
    for _ in range(8):
        book.event(book.mention(article, text, **said), fatalities_low=1, fatalities_best=1, fatalities_high=1)
    book.event(book.mention(article, text, sub_event_type="Force movement", **said))
    return render_briefings(book.tables(), context(invented=False))


def kinds(markdown: bytes) -> list[str]:
    """Return the kinds of nodes that the Markdown makes, text aside."""
    tokens = MARKDOWN.parse(markdown.decode("utf-8"))
    found: list[str] = []
    for token in tokens:
        found.append(token.type)
        found += [child.type for child in token.children or () if child.type not in ("text", "text_special")]
    return found


@pytest.fixture(scope="module")
def plain() -> dict[str, bytes]:
    return hostile("plain words")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_makes_no_node_in_html_or_markdown(payload: str, plain: dict[str, bytes]) -> None:
    for path, content in hostile(payload).items():
        if path.endswith(".md"):
            assert kinds(content) == kinds(plain[path])
        else:
            page = read(content)
            assert not page.faults
            assert page.nodes == read(plain[path]).nodes


def test_hostile_text_is_still_there_to_be_read() -> None:
    page: Page = read(hostile("<script>alert(1)</script>")["briefings/2021-W05.html"])
    assert "<script>alert(1)</script>" in "".join(page.text)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "https://a@evil.example/", "//evil.example"]
)
def test_hostile_addresses_are_printed_and_never_linked(url: str) -> None:
    pages = hostile("plain words", url)
    assert url not in read(pages["briefings/2021-W05.html"]).links
    assert url in "".join(read(pages["briefings/2021-W05.html"]).text)
    assert not any(kind == "link_open" for kind in kinds(f"{url}".encode()))
    tokens = MARKDOWN.parse(pages["briefings/2021-W05.md"].decode("utf-8"))
    targets = [str(c.attrs.get("href")) for t in tokens for c in t.children or () if c.type == "link_open"]
    assert targets
    assert all(target.startswith(("#", "index.md", "../", "https://creativecommons.org/")) for target in targets)


def test_a_hostile_licence_address_is_not_linked_either() -> None:
    book = Book()
    book.reported()
    pages = render_briefings(book.tables(), context(licence_url="javascript:alert(1)"))
    assert all("javascript:" not in link for link in read(pages["briefings/index.html"]).links)
