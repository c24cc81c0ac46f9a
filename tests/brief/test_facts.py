"""What a week's page says beside its events: actors, disputes, earlier weeks, error rates, states."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.brief import WeekChanges, notes, phrases, week_brief, words
from pipeline.brief.comparison import LEAST_FOR_MEAN, WEEKS_OF_MEAN
from pipeline.brief.earlier import SHOWN, earlier_changes
from pipeline.brief.noise import LEVEL
from pipeline.brief.sentences import text
from pipeline.brief.states import states
from pipeline.contracts import SCHEMAS
from tests.brief.book import MONDAY, TUESDAY, Book, context

CHANGED = WeekChanges(added=("e-1",), removed=("e-2", "e-3"))


def state_keys(book: Book, **changed: object) -> list[str]:
    release = context(**changed)
    return [state.key for state in states(week_brief(book.tables(), MONDAY, release), release)]


def test_actors_are_those_of_the_registry_on_either_side_civilians_aside() -> None:
    book = Book()
    book.reported(actor1_associate_id="air-wing")
    book.reported(actor2_id="front", actor2_bloc="opposition", admin1="Aleppo", place_id="salt-market")
    book.reported(actor1_id=None, actor1_bloc="unidentified")
    found = week_brief(book.tables(), MONDAY, context()).actors
    assert [(actor.name, actor.events) for actor in found.named] == [
        ("Northern Army", 2), ("Allied Air Wing", 1), ("River Front", 1)
    ]  # fmt: skip
    assert found.named[0].places == (("Aleppo", 1), ("Idlib", 1))
    assert found.unnamed == 1


def test_what_is_in_dispute_is_told_with_who_says_what() -> None:
    book = Book()
    first = book.mention(book.article("mill-gazette", TUESDAY))
    second = book.mention(book.article("salt-post", TUESDAY))
    event = book.event(first, second)
    book.account(event, first, fatalities_low=4, fatalities_high=4, blamed_bloc="russia", blamed_actor_id="air-wing")
    book.account(event, second, leaning="russia", fatalities_low=5, blamed_bloc="opposition")
    (told,) = week_brief(book.tables(), MONDAY, context()).events
    assert phrases.in_dispute(told.dispute) == (
        "Who did it: Allied Air Wing (Independent), Opposition (Russia); "
        "the number killed: 4 (Independent), at least 5 (Russia)."
    )


def test_tolls_that_agree_are_no_dispute() -> None:
    book = Book()
    mention = book.mention(book.article("mill-gazette", TUESDAY))
    event = book.event(mention)
    book.account(event, mention, fatalities_low=38)
    book.account(event, mention, account_id="v-0123456789abcdef", fatalities_low=38, fatalities_high=38)
    (told,) = week_brief(book.tables(), MONDAY, context()).events
    assert told.dispute.none


def test_earlier_weeks_are_counted_newest_first_and_the_rest_is_counted() -> None:
    weeks = [MONDAY - timedelta(weeks=n) for n in range(-1, SHOWN + 3)]
    found = earlier_changes(dict.fromkeys(weeks, CHANGED), MONDAY, weeks, weeks[2:3], "1.1.0")
    assert (len(found.weeks), found.more) == (SHOWN, 2)
    assert [week.iso_week for week in found.weeks[:2]] == ["2021-W04", "2021-W03"]
    assert notes.earlier_week(found.weeks[0]) == "1 added and 2 removed"
    assert notes.earlier_week(found.weeks[1]) == "1 added and 2 removed; the week is new"
    assert notes.earlier_lead(found).startswith("Events of 28 earlier weeks are not as in version 1.1.0. The 26 newest")


def test_error_rates_say_what_is_right_what_is_missed_and_on_how_many() -> None:
    book = Book()
    book.reported()
    for part, right in (("all", 30), ("unread", 6)):
        book.measured("where_precision", right, 40, part)
        book.measured("where_recall", right, 50, part)
    book.measured("false_alarms", 1, 300)
    unread, whole = week_brief(book.tables(), MONDAY, context()).accuracy
    assert (unread.unread, whole.unread) == (True, False)
    assert [notes.rate(rate) for rate in (whole.right, whole.missed, whole.tolls, whole.false_alarms)] == [
        "75% (30 of 40)", "40% (20 of 50)", "no case", "less than 1% (1 of 300)"
    ]  # fmt: skip


def test_each_state_of_a_week_is_told_apart() -> None:
    silent, empty, single, full = Book(), Book(), Book(), Book()
    silent.weeks.add(MONDAY)
    empty.quiet(date(2021, 2, 7), 2)
    for book in (single, full):
        book.reported()
        book.quiet(date(2021, 2, 7), 1)
    full.reported("salt-post")
    assert [state_keys(book) for book in (silent, empty, single, full)] == [["silent"], ["empty"], ["single"], []]


def test_a_week_that_is_not_over_says_so_and_a_revised_one_too() -> None:
    book = Book()
    book.reported()
    book.reported("salt-post", date(2021, 2, 4))
    assert state_keys(book) == ["unfinished"]
    assert state_keys(book, changes={MONDAY: CHANGED}) == ["unfinished", "revised"]
    assert state_keys(book, changes={MONDAY: CHANGED}, known_before=frozenset()) == ["unfinished"]
    release = context()
    (told,) = states(week_brief(book.tables(), MONDAY, release), release)
    assert text(told.words).startswith(
        "The newest article read is of Thursday 4 February 2021; of the three days after it nothing was read."
    )


def test_the_rule_of_comparison_names_its_level_and_the_codebook_the_same() -> None:
    chance = f"{LEVEL.numerator} of {LEVEL.denominator}"
    assert f"in more than {chance} comparisons" in notes.comparison_rule()[0]
    rules = " ".join((SCHEMAS / "rules.md").read_text(encoding="utf-8").split())
    assert f"in at most {chance} comparisons" in rules
    assert f"mean of the {words.small(WEEKS_OF_MEAN)} weeks before" in rules
    assert f"compare, {words.small(LEAST_FOR_MEAN)} at least" in rules
