from __future__ import annotations

from datetime import date
from typing import Any

from pipeline.brief.events import choose, event_brief
from pipeline.brief.ledger import group_tables
from pipeline.brief.model import EventBrief
from tests.brief.book import MONDAY, TUESDAY, Book


def briefs(book: Book) -> list[EventBrief]:
    ledger = group_tables(book.tables())
    return [event_brief(ledger, row) for row in ledger.events[MONDAY]]


def ranked(book: Book, **options: Any) -> list[str]:
    return [event.event_id for event in choose(briefs(book), **options).notable]


def test_more_killed_comes_first_and_an_unknown_toll_last() -> None:
    book = Book()
    unknown, none, most = book.reported(), book.reported(killed=(0, 0, 0)), book.reported(killed=(4, 6, 8))
    assert ranked(book) == [most, none, unknown]


def test_among_equal_tolls_events_that_hit_civilians_come_first() -> None:
    book = Book()
    other, civilian = book.reported(killed=(1, 1, 1)), book.reported(killed=(1, 1, 1), civilian_targeting=True)
    assert ranked(book) == [civilian, other]


def test_then_more_independent_sources_then_the_earlier_day_then_the_id() -> None:
    book = Book()
    late, early = book.reported(day=date(2021, 2, 5)), book.reported(day=TUESDAY)
    twice = book.event(
        book.mention(book.article("mill-gazette", TUESDAY), day=date(2021, 2, 6)),
        book.mention(book.article("salt-post", TUESDAY), day=date(2021, 2, 6)),
    )
    twin = book.reported(day=TUESDAY)
    assert ranked(book) == [twice, *sorted([early, twin]), late]


def test_what_exceeds_the_limit_is_left_to_the_others() -> None:
    book = Book()
    ids = [book.reported(killed=(n, n, n)) for n in range(1, 11)]
    chosen = choose(briefs(book))
    assert [event.event_id for event in chosen.notable] == ids[:1:-1]
    assert {event.event_id for event in chosen.others} == set(ids[:2])


def test_displacement_and_force_movements_have_a_section_of_their_own() -> None:
    book = Book()
    fled = book.reported(sub_event_type="Displacement")
    chosen = choose(briefs(book))
    assert [event.event_id for event in chosen.movements] == [fled]
    assert not chosen.notable
    assert not chosen.movements[0].tells_toll


def test_reports_carry_their_article_their_figures_and_their_copies() -> None:
    book = Book()
    original = book.article("mill-gazette", TUESDAY, "Mill shelled")
    copy = book.article("salt-post", date(2021, 2, 3), "Mill shelled", duplicate_kind="exact", duplicate_of=original)
    first, second = book.mention(original, "Three died."), book.mention(copy, "Three died.")
    book.casualty(first, "injured", 2, None)
    book.casualty(first, "killed", 3, 3)
    book.event(first, second)
    (event,) = briefs(book)
    (report,) = event.reports
    assert (report.article_id, report.publisher, report.published) == (original, "Mill Gazette", TUESDAY)
    assert [quantity.kind for quantity in report.quantities] == ["killed", "injured"]
    assert [found.article_id for found in report.copies] == [copy]


def test_a_copy_whose_original_does_not_report_the_event_stands_for_itself() -> None:
    book = Book()
    original = book.article("mill-gazette", TUESDAY)
    copy = book.article("salt-post", TUESDAY, duplicate_kind="near", duplicate_of=original)
    book.event(book.mention(copy))
    assert [report.article_id for report in briefs(book)[0].reports] == [copy]


def test_actors_go_by_their_registry_names_whatever_the_text_calls_them() -> None:
    book = Book()
    book.reported(actor1="the cowardly invaders", actor1_associate_id="air-wing", actor2_id=None, actor2="rebels")
    (event,) = briefs(book)
    assert (event.actor1.name, event.actor1.associate) == ("Northern Army", "Allied Air Wing")
    assert event.actor2 is not None
    assert event.actor2.name == "Civilians"
