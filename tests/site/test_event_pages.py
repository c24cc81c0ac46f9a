"""The page of an event says all that the tables know of it, in words, and its address outlives the event."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import cast

import polars as pl
import pytest

from pipeline.brief.model import Side
from pipeline.site import event_words
from pipeline.site.data import SiteData
from pipeline.site.event_pages import EventPages
from pipeline.site.event_rows import event_rows
from pipeline.site.event_view import EventView, event_view
from pipeline.site.governorate_pages import INDEX
from pipeline.site.section import PageFiles
from tests.brief.book import MONDAY, TUESDAY, Book
from tests.brief.html_page import read
from tests.site.pages_book import BookSite, change, site_of, slot

GONE, LOST = "e-00000000000000aa", "e-00000000000000bb"


def view_of(site: SiteData, event_id: str) -> EventView:
    return event_view(event_rows(site.frame, site.history.event_changes, [event_id]), event_id)


def page_of(site: SiteData, key: str) -> PageFiles:
    (page,) = EventPages().render(site, [key])
    return page


def text_of(page: PageFiles) -> str:
    return " ".join("".join(read(page.html.encode()).text).split())


def disputed_book() -> tuple[Book, str, str]:
    """Return a book with an event that two sides tell otherwise and one denies, and the event that rivals it."""
    book = Book()
    first = book.article("mill-gazette", TUESDAY, "Mill hit")
    copy = book.article("echo-wire", TUESDAY, "Mill hit", duplicate_kind="exact", duplicate_of=first)
    told = book.mention(first, "Shells hit Lower Mill on Tuesday.", attributed_to="Civil Defence", confidence=0.81)
    again = book.mention(copy, "Shells hit Lower Mill on Tuesday.")
    denial = book.mention(book.article("army-voice", TUESDAY, "No shells"), "The army fired nothing.", status="denied")
    slot(book, told, "event_date", "on Tuesday")
    slot(book, told, "attributed_to", None)
    book.casualty(told, "killed", 3, 3, quote="three")
    event = book.event(told, again, denied_by=(denial,), fatalities_low=3, fatalities_best=4, fatalities_high=8,
                       civilian_targeting=True, confidence=0.81, admin2="Millers")  # fmt: skip
    other = book.reported("front-post", actor1_id="front", actor1_bloc="opposition")
    rival = book.rows["event_mentions"][-1]["mention_id"]
    book.rival(event, other, rival)
    return book, event, other


def test_the_lead_counts_sources_and_says_toll_civilians_denial_and_copies() -> None:
    book, event, _ = disputed_book()
    assert event_words.lead(view_of(site_of(book), event)) == (
        "1 independent source reports it: Northern Army against Civilians. "
        "It gives 3–8 killed (best estimate 4) and no figure of injured. "
        "Civilians or civilian objects were the target or were hit. 1 report denies it. "
        "1 copy of a report is no further source."
    )


def test_an_unknown_toll_is_said_and_is_no_zero() -> None:
    book = Book()
    event = book.reported()
    assert "It gives no number of killed or injured for it alone." in event_words.lead(view_of(site_of(book), event))


def test_a_report_says_from_which_words_each_value_was_coded() -> None:
    book, event, _ = disputed_book()
    told = view_of(site_of(book), event).reports[0]
    said = [(each.title, each.value, each.quote, each.basis, each.span) for each in told.coded]
    assert said == [
        ("Date", "Tuesday 2 February 2021", "on Tuesday", "In the evidence", (3, 13)),
        ("Source", "Civil Defence", None, "The outlet", None),
        ("Killed", "3 killed (civilians)", "three", "In the evidence", (0, 5)),
    ]
    assert len(told.text_sha256) == 64


def test_a_copy_is_folded_under_its_original() -> None:
    book, event, _ = disputed_book()
    view = view_of(site_of(book), event)
    assert [[copy.publisher for copy in told.report.copies] for told in view.reports] == [["Echo Wire"]]


def test_the_account_of_a_rival_leads_to_its_page() -> None:
    book, event, other = disputed_book()
    (account,) = view_of(site_of(book), event).accounts
    assert event_words.account(account) == "Says that it happened; no figure of killed."
    assert f'href="{other}.html"' in page_of(site_of(book), event).html


def test_an_outlet_that_tells_of_a_denial_is_not_said_to_deny() -> None:
    book, event, _ = disputed_book()
    (account,) = view_of(site_of(book), event).accounts
    denial = replace(account, denies=True)
    assert event_words.account(denial) == "Carries a denial that it happened."
    blamed = replace(denial, blamed=Side("Russian forces", "Russia"))
    assert event_words.account(blamed) == "Carries a denial that Russian forces did it."


def test_a_page_is_sound_and_names_place_week_actors_and_the_twin_in_relative_links() -> None:
    book, event, _ = disputed_book()
    page = page_of(site_of(book), event)
    found = read(page.html.encode())
    assert found.faults == []
    assert found.headings[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(found.headings))
    assert len(found.ids) == len(set(found.ids))
    assert {
        "../weeks/2021-W05.html#in-idlib-shelling-artillery-missile-attack",
        "../governorates/idlib.html",
        "../actors/army.html",
        "../actors/civilians.html",
        f"{event}.json",
    } <= set(found.links)
    assert page.path == f"events/{event}.html"


def test_the_twin_holds_the_rows_that_the_page_shows() -> None:
    book, event, _ = disputed_book()
    twin = page_of(site_of(book), event).twin or {}
    assert twin["event"]["fatalities_best"] == 4  # type: ignore[index, call-overload]
    report = twin["reports"][0]  # type: ignore[index]
    assert report["article"]["title"] == "Mill hit"  # type: ignore[index, call-overload]
    assert [each["slot"] for each in report["slots"]] == ["event_date", "attributed_to"]  # type: ignore[index, call-overload, union-attr]
    assert len(report["copies"]) == len(twin["denials"]) == len(twin["accounts"]) == 1  # type: ignore[index, call-overload, arg-type]


def test_history_tells_each_version_that_changed_it_with_names_for_ids() -> None:
    book, event, _ = disputed_book()
    changed = [
        change(event, "1.1.0", change_kind="added"),
        change(event, "1.2.0", field="fatalities_best", old_value="3", new_value="1200"),
        change(event, "1.2.0", field="actor1_id", old_value="front", new_value="army"),
        change(event, "1.2.0", field="confirmed", old_value="false", new_value=None),
        change(event, "1.2.0", table="event_mentions", change_kind="added", row_key="m"),
    ]
    page = page_of(site_of(book, changed), event)
    text = text_of(page)
    assert "Version 1.2.01 mention added.Killed" in text.replace(" 1 mention", "1 mention")
    cells = (
        "Killed, best estimate</th><td><bdi>3</bdi></td><td><bdi>1,200<",
        "<bdi>River Front</bdi></td><td><bdi>Northern Army<",
        "<bdi>no</bdi></td><td><bdi>empty<",
    )
    assert [cell for cell in cells if cell not in page.html] == []
    assert "Published first." in text
    assert "Ledger, version 1.2.0. Event " in text


def test_an_event_that_no_version_changed_says_since_when() -> None:
    book = Book()
    event = book.reported()
    assert "Not changed since version 1.0.0, the oldest one here." in text_of(page_of(site_of(book), event))


def test_a_correction_stands_beside_the_original_with_who_and_why() -> None:
    book = Book()
    event = book.reported(killed=(7, 7, 7))
    book.rows["corrections"] = [
        {"correction_id": "k-0000000000000001", "state": "applied", "action": "override", "event_id": event,
         "field": "fatalities_best", "original_value": "9", "corrected_value": "7",
         "correction_reason": "Two names were taken off.", "corrected_by": "Desk <North>",
         "corrected_on": date(2021, 3, 1), "input_name": "desk.yaml"},
        {"correction_id": "k-0000000000000002", "state": "stale", "action": "withdraw", "event_id": event,
         "corrected_by": "Desk", "message": "is 7, not 9", "input_name": "desk.yaml"},
    ]  # fmt: skip
    text = text_of(page_of(site_of(book), event))
    assert "Killed, best estimate97Two names were taken off." in text
    assert "Desk <North>, 1 March 2021" in text
    assert "Stale: what it expects is no longer what the coding says." in text


def test_a_shared_toll_names_the_other_events_and_what_counts() -> None:
    book = Book()
    one, two = book.reported(), book.reported(day=MONDAY)
    mention = book.rows["event_mentions"][0]["mention_id"]
    book.casualty(mention, "killed", 19, 19, shared=True)
    book.shared_toll(mention, "killed", 19, one, two)
    view = view_of(site_of(book), one)
    assert [event_words.part_of(toll) for toll in view.tolls] == ["19 killed, given for 2 events together."]
    assert [ref.event_id for ref in view.tolls[0].others] == [two]


@pytest.fixture
def retired() -> tuple[SiteData, str]:
    """Return a site in which one id was merged and one withdrawn, and the event that stands."""
    book = Book()
    event = book.reported()
    row = {"founding_mention_id": "m-00000000000000aa", "version": "1.1.0"}
    book.rows["retired_events"] = [
        {**row, "event_id": GONE, "retirement_reason": "merged", "merged_into": event, "current_event_id": event},
        {**row, "event_id": LOST, "retirement_reason": "withdrawn"},
    ]
    changed = [change(each, "1.1.0", change_kind="removed", week_start=MONDAY) for each in (GONE, LOST)]
    return site_of(book, changed), event


def test_a_merged_id_keeps_its_address_and_leads_on(retired: tuple[SiteData, str]) -> None:
    site, event = retired
    page = page_of(site, GONE)
    assert page.path == f"events/{GONE}.html"
    assert "Merged in version 1.1.0." in text_of(page)
    assert f"{event}.html" in read(page.html.encode()).links
    assert f"../releases/v1.0.0/briefings/2021-W05.html#{GONE}" in read(page.html.encode()).links
    assert f'href="{GONE}.html"' in page_of(site, event).html


def test_a_withdrawn_id_says_that_nothing_stands_for_it(retired: tuple[SiteData, str]) -> None:
    text = text_of(page_of(retired[0], LOST))
    assert "Withdrawn in version 1.1.0." in text
    assert "No event stands for it today." in text


def test_the_page_of_a_merged_id_follows_the_place_of_the_event_that_stands(retired: tuple[SiteData, str]) -> None:
    site, _ = retired
    before, shown = EventPages().plan(site), page_of(site, GONE).html
    tables = cast("BookSite", site).tables
    tables["places"] = tables["places"].with_columns(place_name="Old " + pl.col("place_name"))
    assert page_of(site, GONE).html != shown
    after = EventPages().plan(site)
    assert {key for key in (GONE, LOST) if after[key] != before[key]} == {GONE}


def test_every_id_and_the_list_have_a_page_and_keep_their_order(retired: tuple[SiteData, str]) -> None:
    site, event = retired
    keys = sorted(EventPages().plan(site), reverse=True)
    assert set(keys) == {event, GONE, LOST, INDEX}
    paths = [page.path for page in EventPages().render(site, keys)]
    assert paths == [f"events/{key}.html" for key in keys]


def test_the_list_shows_the_newest_events_and_the_retired_ids(retired: tuple[SiteData, str]) -> None:
    site, event = retired
    links = read(page_of(site, INDEX).html.encode()).links
    assert f"../events/{event}.html" in links
    assert {f"{GONE}.html", f"{LOST}.html"} <= set(links)
