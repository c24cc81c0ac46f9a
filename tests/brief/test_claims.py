from __future__ import annotations

from datetime import date

from pipeline.brief.claims import claims, shared_tolls
from pipeline.brief.ledger import group_tables
from tests.brief.book import MONDAY, TUESDAY, Book

LATER = date(2021, 2, 9)


def test_claims_belong_to_the_week_in_which_they_were_published() -> None:
    book = Book()
    book.mention(book.article("mill-gazette", LATER), "It may strike.", TUESDAY, status="prospective")
    ledger = group_tables(book.tables())
    assert not claims(ledger, MONDAY).prospective
    assert [c.report.evidence for c in claims(ledger, date(2021, 2, 8)).prospective] == ["It may strike."]


def test_a_denial_names_the_event_that_it_contradicts() -> None:
    book = Book()
    denial = book.mention(book.article("salt-post", TUESDAY), "We fired nothing.", status="denied")
    event = book.event(book.mention(book.article("mill-gazette", TUESDAY)), denied_by=(denial,))
    (denied,) = claims(group_tables(book.tables()), MONDAY).denied
    assert denied.denied_event is not None
    assert denied.denied_event.event_id == event


def test_a_denial_of_nothing_coded_stands_alone() -> None:
    book = Book()
    book.mention(book.article("salt-post", TUESDAY), "We fired nothing.", status="denied")
    (denied,) = claims(group_tables(book.tables()), MONDAY).denied
    assert denied.denied_event is None


def test_only_general_mentions_that_count_something_are_running_totals() -> None:
    book = Book()
    article = book.article("mill-gazette", TUESDAY)
    book.mention(article, "Raids happen often.", status="general")
    counted = book.mention(article, "More than 11 raids.", status="general", happenings_low=11)
    killed = book.mention(article, "57 were killed.", status="general")
    book.casualty(killed, "killed", 57, 57)
    totals = claims(group_tables(book.tables()), MONDAY).running_totals
    assert {claim.report.mention_id for claim in totals} == {counted, killed}


def test_claims_of_a_copy_are_folded_under_the_original() -> None:
    book = Book()
    original = book.article("mill-gazette", TUESDAY)
    copy = book.article("salt-post", TUESDAY, duplicate_kind="exact", duplicate_of=original)
    for article in (original, copy):
        book.mention(article, "It may strike.", status="prospective")
    (claim,) = claims(group_tables(book.tables()), MONDAY).prospective
    assert [report.article_id for report in claim.report.copies] == [copy]


def test_a_shared_toll_is_listed_once_with_all_the_events_it_covers() -> None:
    book = Book()
    article = book.article("mill-gazette", TUESDAY)
    first, second, third = (book.mention(article, f"Strike {n}.") for n in range(3))
    one, two = book.event(first), book.event(second)
    book.casualty(first, "killed", 19, None, shared=True, shared_with=f"{second};{third}")
    (toll,) = shared_tolls(group_tables(book.tables()), MONDAY)
    assert {ref.event_id for ref in toll.events} == {one, two}
    assert (toll.quantity.low, toll.quantity.high, toll.without_event) == (19, None, 1)


def test_a_shared_toll_appears_in_each_week_that_it_touches() -> None:
    book = Book()
    article = book.article("mill-gazette", LATER)
    first, second = book.mention(article, "One."), book.mention(article, "Two.", LATER)
    book.event(first)
    book.event(second)
    book.casualty(first, "killed", 19, None, shared=True, shared_with=second)
    ledger = group_tables(book.tables())
    assert [len(shared_tolls(ledger, week)) for week in ledger.weeks] == [1, 1]


def test_a_shared_toll_told_again_by_a_copy_is_left_out() -> None:
    book = Book()
    original = book.article("mill-gazette", TUESDAY)
    copy = book.article("salt-post", TUESDAY, duplicate_kind="exact", duplicate_of=original)
    for article in (original, copy):
        first, second = book.mention(article, "One."), book.mention(article, "Two.")
        book.event(first)
        book.event(second)
        book.casualty(first, "killed", 19, None, shared=True, shared_with=second)
    assert len(shared_tolls(group_tables(book.tables()), MONDAY)) == 1
