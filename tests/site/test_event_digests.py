"""A page is made anew when anything that it shows says something else, and by nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import polars as pl
import pytest

from pipeline.site.data import SiteData
from pipeline.site.event_pages import EventPages
from tests.brief.book import TUESDAY, Book
from tests.site.pages_book import BookSite, change, site_of, slot


def world() -> tuple[Book, str, str]:
    """Return a book with an event that has a denial, a rival, a shared toll, a correction, and an event apart."""
    book = Book()
    article = book.article("mill-gazette", TUESDAY)
    told, denial = book.mention(article), book.mention(article, "Nothing happened.", status="denied")
    slot(book, told, "place", "Lower Mill")
    book.casualty(told, "killed", 2, 2)
    event = book.event(told, denied_by=(denial,))
    other, apart = book.reported("front-post"), book.reported("river-news")
    book.rival(event, other, book.rows["event_mentions"][-2]["mention_id"])
    book.shared_toll(told, "killed", 9, event, other)
    book.rows["corrections"] = [{"correction_id": "k-0000000000000001", "state": "applied", "action": "confirm",
                                 "event_id": event, "corrected_by": "Desk", "corrected_on": TUESDAY,
                                 "input_name": "desk.yaml"}]  # fmt: skip
    return book, event, apart


def set_in(table: str, column: str, value: object) -> Callable[[SiteData], None]:
    def alter(site: SiteData) -> None:
        tables = cast("BookSite", site).tables
        frame = tables[table]
        values = [value, *frame[column].to_list()[1:]]
        tables[table] = frame.with_columns(pl.Series(column, values, dtype=frame.schema[column]))

    return alter


ALTERED = {
    "its toll": set_in("events", "fatalities_high", 9),
    "the words of a report": set_in("mentions", "evidence", "Shells hit."),
    "the title of an article": set_in("articles", "title", "Other news"),
    "the hash of a text": set_in("articles", "text_sha256", "0" * 64),
    "the words of a slot": set_in("mention_slots", "quote", "Upper Mill"),
    "a figure of a report": set_in("casualties", "high", 5),
    "an account": set_in("accounts", "source_count", 2),
    "a shared toll": set_in("shared_tolls", "best", 8),
    "a correction": set_in("corrections", "corrected_by", "Another desk"),
}


def rows_of(site: SiteData, event: str) -> None:
    """Let the row that is altered be that of the event: sorted tables may have another first."""
    tables = cast("BookSite", site).tables
    links = tables["event_mentions"].filter(tables["event_mentions"]["event_id"] == event)
    told = tables["mentions"].join(links, on="mention_id")
    for name, key, own in (("events", "event_id", [event]), ("mentions", "mention_id", told["mention_id"].to_list()),
                           ("articles", "article_id", told["article_id"].to_list())):  # fmt: skip
        frame = tables[name]
        first = frame[key].is_in(own)
        tables[name] = frame.filter(first).vstack(frame.filter(~first))


@pytest.mark.parametrize("what", sorted(ALTERED))
def test_what_an_event_shows_alters_its_digest_and_no_other(what: str) -> None:
    book, event, apart = world()
    before, site = EventPages().plan(site_of(book)), site_of(book)
    rows_of(site, event)
    assert EventPages().plan(site) == before
    ALTERED[what](site)
    after = EventPages().plan(site)
    assert after[event] != before[event]
    assert after[apart] == before[apart]


def test_a_rival_that_reads_otherwise_alters_the_page_that_names_it() -> None:
    book, event, apart = world()
    before = EventPages().plan(site_of(book))
    other = next(row for row in book.rows["events"] if row["event_id"] not in (event, apart))
    other["sub_event_type"] = "Grenade"
    after = EventPages().plan(site_of(book))
    assert after[event] != before[event]
    assert after[apart] == before[apart]


def test_a_version_that_changed_an_event_alters_its_page_alone() -> None:
    book, event, apart = world()
    before = EventPages().plan(site_of(book))
    after = EventPages().plan(site_of(book, [change(event, "1.2.0", field="fatalities_low", new_value="1")]))
    assert after[event] != before[event]
    assert after[apart] == before[apart]


def test_a_new_version_that_changed_nothing_leaves_every_page() -> None:
    book, _, _ = world()
    assert EventPages().plan(site_of(book)) == EventPages().plan(site_of(book, versions=("2.0.0", "1.2.0", "1.0.0")))
