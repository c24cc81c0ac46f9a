from __future__ import annotations

from datetime import date
from typing import Any

from pipeline.brief import week_brief
from pipeline.brief.headline import cards
from pipeline.brief.summary import summary
from tests.brief.book import MONDAY, TUESDAY, Book, context

BEFORE = date(2021, 1, 26)


def told(book: Book, week: date = MONDAY) -> str:
    sentences = summary(week_brief(book.tables(), week, context()))
    return " ".join("".join(span.text for span in sentence) for sentence in sentences)


def changes(book: Book) -> dict[str, tuple[str, str, str]]:
    found = cards(week_brief(book.tables(), MONDAY, context()))
    return {card.key: (card.value, card.note, card.change) for card in found}


def test_one_event_is_told_in_the_singular() -> None:
    book = Book()
    book.reported()
    assert told(book) == (
        "The articles read tell of 1 event in this week. It was in Idlib. The number killed is not given for it. "
        "It is not coded as hitting civilians."
    )


def test_several_events_are_told_with_place_toll_civilians_and_disputes() -> None:
    book = Book()
    denial = book.mention(book.article("salt-post", TUESDAY), "We did not.", status="denied")
    first = book.mention(book.article("mill-gazette", TUESDAY), civilian_targeting=True)
    book.event(first, denied_by=(denial,), fatalities_low=3, fatalities_best=5, fatalities_high=None)
    book.reported()
    book.reported(admin1="Aleppo", place_id="salt-market")
    book.reported(day=BEFORE)
    assert told(book) == (
        "The articles read tell of 3 events in this week, 2 more than in the week before. They were in 2 governorates; "
        "the most, 2, in Idlib. The number killed is given for 1 of them: at least 3, best estimate 5. "
        "Civilians or civilian objects were hit in 1 of them. A denial stands against 1 event: Lower Mill (Idlib)."
    )


def test_a_toll_of_nobody_is_told_as_none() -> None:
    book = Book()
    book.reported(killed=(0, 0, 0))
    assert "The number killed is given: none." in told(book)


def test_silence_is_not_told_as_calm() -> None:
    book = Book()
    book.weeks.add(MONDAY)
    assert told(book).startswith("No article published in this week was read")


def test_a_week_with_articles_and_no_event_says_what_was_read() -> None:
    book = Book()
    book.article("mill-gazette", TUESDAY)
    assert told(book) == "No event of this week is known from what was read: 1 article from 1 source."


def test_a_silent_week_can_hold_events_from_later_articles() -> None:
    book = Book()
    book.event(book.mention(book.article("mill-gazette", date(2021, 2, 9))))
    assert told(book).startswith("No article published in this week was read; later articles tell of 1 event")


def test_every_figure_of_the_headline_leads_to_an_anchor() -> None:
    book = Book()
    book.reported()
    assert all(card.href.startswith("#") for card in cards(week_brief(book.tables(), MONDAY, context())))


def test_changes_are_against_the_week_before() -> None:
    book = Book()
    book.reported(killed=(3, 5, 8), injured=(2, 2))
    book.reported(day=BEFORE, killed=(1, 1, 1))
    found = changes(book)
    assert found["events"] == ("1", "", "as many as the week before (1)")
    assert found["killed"] == (
        "5",
        "best estimate; range 3–8; given for the event",
        "best estimate 4 higher than the week before (1)",
    )
    assert found["injured"] == ("at least 2", "given for the event", "no figure for the week before")


def test_without_a_week_before_nothing_is_compared() -> None:
    book = Book()
    book.reported(killed=(3, 5, 8))
    assert changes(book)["killed"][2] == "the week before is not covered"
    book.weeks.add(date(2021, 1, 25))
    assert changes(book)["events"][2] == "nothing was read for the week before"


def test_an_open_upper_end_is_told_as_at_least() -> None:
    book = Book()
    book.reported(killed=(3, 5, None))
    assert changes(book)["killed"][:2] == ("at least 3", "best estimate 5; given for the event")


def test_a_zero_of_a_silent_week_is_no_finding() -> None:
    book = Book()
    book.weeks.add(MONDAY)
    assert changes(book)["events"] == ("none known", "", "")


def shared(book: Book, **changed: Any) -> None:
    """Add two events of the week and a toll of nine that covers both; by default they have none of their own."""
    article = book.article("mill-gazette", TUESDAY)
    first, second = book.mention(article), book.mention(article)
    book.casualty(first, "killed", 9, 9, shared=True, shared_with=second)
    book.shared_toll(first, "killed", 9, book.event(first), book.event(second), **changed)


def test_tolls_of_several_events_are_named_in_the_total() -> None:
    book = Book()
    shared(book)
    book.reported(killed=(3, 4, None))
    assert "is given for 1 of them: at least 3, best estimate 4; in 1 shared toll 9; together at least 12" in told(book)
    assert changes(book)["killed"][:2] == (
        "at least 12",
        "best estimate 13; given for 1 of 3 events; 9 of them in 1 shared toll",
    )


def test_week_whose_dead_are_told_only_for_several_events_together() -> None:
    book = Book()
    shared(book)
    assert "The number killed is given for no event by itself; 9 in 1 shared toll." in told(book)
    assert changes(book)["killed"][:2] == ("9", "given for no event by itself; 9 of them in 1 shared toll")


def test_shared_toll_that_does_not_count_is_in_no_total() -> None:
    book = Book()
    shared(book, counting="divided", counted_low=None, counted_best=None, counted_high=None)
    assert "The number killed is not given for any of them." in told(book)
    assert changes(book)["killed"][0] == "no figure"


def test_shared_toll_of_the_week_before_is_in_the_comparison() -> None:
    book = Book()
    book.reported(day=BEFORE, killed=(2, 2, 2))
    mention = book.mention(book.article("mill-gazette", BEFORE), day=BEFORE)
    book.casualty(mention, "killed", 8, 8, shared=True, shared_with=mention)
    book.shared_toll(mention, "killed", 8, book.event(mention))
    book.reported(killed=(4, 4, 4))
    assert changes(book)["killed"][2] == "best estimate 6 lower than the week before (10)"


def test_injured_of_shared_tolls_are_in_the_total() -> None:
    book = Book()
    mention = book.mention(book.article("mill-gazette", TUESDAY))
    book.casualty(mention, "injured", 30, 30, shared=True, shared_with=mention)
    book.shared_toll(mention, "injured", 30, book.event(mention))
    assert changes(book)["injured"][:2] == ("at least 30", "given for no event by itself; 30 of them in 1 shared toll")


def test_sides_that_blame_each_other_are_told_apart_from_denials() -> None:
    book = Book()
    mentions = [book.mention(book.article(outlet, TUESDAY)) for outlet in ("mill-gazette", "salt-post")]
    first, second = (book.event(mention) for mention in mentions)
    book.rival(first, second, mentions[1])
    assert "A denial stands" not in told(book)
    assert "Sides blame each other in the accounts of 1 event: Lower Mill (Idlib)." in told(book)
