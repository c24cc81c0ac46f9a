from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from pipeline.brief import week_brief
from pipeline.brief.headline import cards
from pipeline.brief.sentences import text
from pipeline.brief.summary import summary
from tests.brief.book import MONDAY, TUESDAY, Book, context, monday

BEFORE = date(2021, 1, 26)
SUNDAY = date(2021, 2, 7)


def told(book: Book, week: date = MONDAY) -> str:
    sentences = summary(week_brief(book.tables(), week, context()))
    return " ".join("".join(span.text for span in sentence) for sentence in sentences)


def changes(book: Book) -> dict[str, tuple[str, str, list[str]]]:
    found = cards(week_brief(book.tables(), MONDAY, context()))
    return {card.key: (card.value, card.note, [text(line.words) for line in card.changes]) for card in found}


def level(book: Book) -> Book:
    """Let the week be read to its end, and each week before with as many articles as it."""
    book.quiet(SUNDAY, 1)
    read = Counter(article["week_start"] for article in book.rows["articles"])
    for week in {monday(BEFORE - timedelta(weeks=n)) for n in range(4)}:
        book.quiet(week, max(read[MONDAY] - read[week], 0))
    return book


def test_one_event_is_told_in_the_singular() -> None:
    book = Book()
    book.reported()
    book.quiet(SUNDAY, 1)
    assert told(book) == (
        "The articles read tell of 1 event in this week, not compared with the week before, which is not covered. "
        "It was in Idlib. The number killed is not given for it. It is not coded as hitting civilians."
    )


def test_several_events_are_told_with_place_toll_civilians_and_disputes() -> None:
    book = Book()
    denial = book.mention(book.article("salt-post", TUESDAY), "We did not.", status="denied")
    first = book.mention(book.article("mill-gazette", TUESDAY), civilian_targeting=True)
    book.event(first, denied_by=(denial,), fatalities_low=3, fatalities_best=5, fatalities_high=None)
    book.reported()
    book.reported(admin1="Aleppo", place_id="salt-market")
    book.reported(day=BEFORE)
    level(book)
    assert told(book) == (
        "The articles read tell of 3 events in this week, no clear change from the week before (1) or from the mean of "
        "the four weeks before (0.3). They were in 2 governorates; the most, 2, in Idlib. "
        "The number killed is given for 1 of them: at least 3, best estimate 5. "
        "Civilians or civilian objects were hit in 1 of them; a denial stands against 1 event (Lower Mill (Idlib))."
    )


def test_every_summary_has_three_or_four_sentences() -> None:
    full, empty, silent = Book(), Book(), Book()
    full.reported()
    empty.article("mill-gazette", TUESDAY)
    silent.weeks.add(MONDAY)
    silent.reported(day=BEFORE)
    for book in (full, empty, silent):
        assert 3 <= len(summary(week_brief(book.tables(), MONDAY, context()))) <= 4


def test_where_events_rise_is_told() -> None:
    book = Book()
    for _ in range(5):
        book.reported()
    book.reported(admin1="Aleppo", place_id="salt-market")
    level(book)
    assert "the most, 5, in Idlib; the number is up in Idlib." in told(book)


def test_a_toll_of_nobody_is_told_as_none() -> None:
    book = Book()
    book.reported(killed=(0, 0, 0))
    assert "The number killed is given: none." in told(book)


def test_silence_is_not_told_as_calm() -> None:
    book = Book()
    book.weeks.add(MONDAY)
    book.reported(day=BEFORE)
    assert told(book) == (
        "No article published in this week was read, and no later article tells of an event in it. Nothing can be said "
        "about the week: that no event is known does not mean that none happened. The last week before it for which "
        "anything was read, 2021-W04, has 1 event."
    )


def test_a_week_with_articles_and_no_event_says_what_was_read() -> None:
    book = Book()
    book.mention(book.article("mill-gazette", SUNDAY), status="prospective")
    book.reported(day=BEFORE)
    assert told(book) == (
        "No event of this week is known from what was read: 1 article from 1 source. That is no clear change from the "
        "week before (1). What was read holds 1 threat or plan, counted as no event. That no event is known does not "
        "mean that none happened."
    )


def test_a_silent_week_can_hold_events_from_later_articles() -> None:
    book = Book()
    book.event(book.mention(book.article("mill-gazette", date(2021, 2, 9))))
    assert told(book).startswith("No article published in this week was read; later articles tell of 1 event")


def test_every_figure_of_the_headline_leads_to_an_anchor() -> None:
    book = Book()
    book.reported()
    assert all(card.href.startswith("#") for card in cards(week_brief(book.tables(), MONDAY, context())))


def test_changes_are_against_the_week_before_and_the_mean_of_four() -> None:
    book = Book()
    for _ in range(6):
        book.reported(killed=(3, 5, 8))
    book.reported(day=BEFORE, killed=(1, 1, 1))
    found = changes(level(book))
    assert found["events"] == (
        "6",
        "",
        ["no clear change from the week before (1)", "up from a mean of 0.3 in the four weeks before"],
    )
    assert found["killed"] == (
        "30",
        "best estimate; range 18–48; given for all 6 events",
        [
            "events with deaths: 6, no clear change from 1 in the week before (killed: 1)",
            "events with deaths: 6, up from a mean of 0.3 in the four weeks before (killed: 0.3)",
        ],
    )
    assert found["actors"][0] == "1"


def test_without_a_week_that_compares_the_cards_tell_no_change() -> None:
    book = Book()
    book.reported(killed=(3, 5, 8))
    assert all(not lines for _, _, lines in changes(book).values())


def test_a_zero_is_compared_too() -> None:
    book = Book()
    for _ in range(6):
        book.reported(day=BEFORE)
    book.quiet(TUESDAY, 6)
    assert changes(level(book))["events"][2][0] == "down from 6 in the week before"


def test_an_open_upper_end_is_told_as_at_least() -> None:
    book = Book()
    book.reported(killed=(3, 5, None))
    assert changes(book)["killed"][:2] == ("at least 3", "best estimate 5; given for the event")


def test_a_zero_of_a_silent_week_is_no_finding() -> None:
    book = Book()
    book.weeks.add(MONDAY)
    assert changes(book)["events"] == ("none known", "", [])


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
    assert "is given for 1 of them: at least 3, best estimate 4; 9 in 1 shared toll; together at least 12" in told(book)
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
    found = changes(level(book))["killed"][2]
    assert found[0] == "events with deaths: 1, no clear change from 2 in the week before (killed: 10)"


def test_sides_that_blame_each_other_are_told_apart_from_denials() -> None:
    book = Book()
    mentions = [book.mention(book.article(outlet, TUESDAY)) for outlet in ("mill-gazette", "salt-post")]
    first, second = (book.event(mention) for mention in mentions)
    book.rival(first, second, mentions[1])
    assert "a denial stands" not in told(book)
    assert "; sides blame each other in the accounts of 1 event (Lower Mill (Idlib))." in told(book)
