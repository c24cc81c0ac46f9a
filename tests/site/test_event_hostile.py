"""Nothing that an article, an outlet or a correction says becomes a live node of an event's page, or of their list."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.site.event_pages import EventPages
from pipeline.site.section import PageFiles
from tests.brief.book import TUESDAY, Book
from tests.brief.html_page import read
from tests.brief.test_hostile_pages import PAYLOADS
from tests.site.pages_book import site_of, slot


def hostile(text: str) -> list[PageFiles]:
    """Render pages in which every text of a stranger is ``text``."""
    book = Book()
    book.source("mill-gazette", text)
    article = book.article("mill-gazette", TUESDAY, text, url=text)
    copy = book.article("mill-gazette", TUESDAY, text, duplicate_kind="exact", duplicate_of=article)
    said: dict[str, Any] = {"place_id": None, "place": text, "attributed_to": text + "!", "weapon": text}
    told, denial = book.mention(article, text, **said), book.mention(article, text, status="denied", **said)
    again = book.mention(copy, text, **said)
    for name in ("weapon", "attributed_to", "sub_event_type"):
        slot(book, told, name, text, reason=text)
    book.casualty(told, "killed", 1, 1, quote=text)
    event = book.event(told, again, denied_by=(denial,), note=text, corrected=True, place_name=text)
    other = book.event(book.mention(article, text, **said), place_name=text)
    book.rival(event, other, told)
    book.rows["corrections"] = [
        {"correction_id": "k-0000000000000001", "state": "applied", "action": "override", "event_id": event,
         "field": "place_name", "original_value": text, "corrected_value": text, "correction_reason": text,
         "corrected_by": text, "corrected_on": TUESDAY, "input_name": "desk.yaml"},
    ]  # fmt: skip
    site = site_of(book)
    return list(EventPages().render(site, sorted(EventPages().plan(site))))


@pytest.fixture(scope="module")
def plain() -> list[PageFiles]:
    return hostile("plain words")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_makes_no_node(plain: list[PageFiles], payload: str) -> None:
    for page, harmless in zip(hostile(payload), plain, strict=True):
        found = read(page.html.encode())
        assert found.faults == []
        assert found.nodes == read(harmless.html.encode()).nodes
        assert not [link for link in found.links if link.lower().startswith(("javascript:", "data:"))]
