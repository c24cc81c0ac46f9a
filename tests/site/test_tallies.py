"""Sums over weeks: unknown is no zero, open ends stay open, silence is told apart from calm."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from pipeline.brief.figures import Toll
from pipeline.site import list_words
from pipeline.site.tallies import Week, periods, series, shared_sums, tally, weekly_sums, years
from tests.brief.book import MONDAY, TUESDAY, Book

WEEK = timedelta(weeks=1)


def week(at: int, silent: bool = False) -> Week:
    start = MONDAY + at * WEEK
    year, number, _ = start.isocalendar()
    return Week(start, f"{year}-W{number:02d}", silent)


def row(at: int, events: int = 1, **sums: Any) -> dict[str, Any]:
    none = {"killed_low": 0, "killed_best": 0, "killed_high": 0, "killed_tolls": 0, "injured": 0, "injured_tolls": 0}
    return {"week_start": MONDAY + at * WEEK, "events": events, **none, "civilian_targeting": 0} | sums


def test_a_sum_is_open_when_one_of_its_tolls_is_and_counts_only_tolls_that_are_given() -> None:
    book = Book()
    book.reported(killed=(2, 2, 2))
    book.reported(day=TUESDAY, killed=(5, 6, None))
    book.reported()
    (found,) = weekly_sums(book.tables()["events"], "admin1").iter_rows(named=True)
    told = tally([found])
    assert (told.events, told.killed, told.killed_tolls) == (3, Toll(7, 8, None), 2)
    assert list_words.killed(told) == "8"
    assert list_words.killed_range(told) == "at least 7"
    assert list_words.injured(told) == "no figure"


def test_events_without_a_toll_give_no_figure() -> None:
    book = Book()
    book.reported()
    (found,) = weekly_sums(book.tables()["events"], "admin1").iter_rows(named=True)
    assert list_words.killed(tally([found])) == "no figure"
    assert list_words.killed_range(tally([found])) == ""


def test_shared_tolls_of_one_governorate_count_there_and_those_of_several_nowhere() -> None:
    book = Book()
    one, two = book.reported(), book.reported()
    mention = book.rows["event_mentions"][0]["mention_id"]
    book.shared_toll(mention, "killed", 19, one, two)
    book.shared_toll(mention, "injured", 4, one, two)
    book.shared_toll(mention, "killed", 50, two, admin1=None)
    (found,) = shared_sums(book.tables()["shared_tolls"]).iter_rows(named=True)
    told = tally([found])
    assert (found["admin1"], told.events, told.killed, told.killed_tolls, told.injured) == (
        "Idlib",
        0,
        Toll(19, 19, 19),
        1,
        4,
    )


def test_periods_reach_back_from_the_last_week_and_tell_silence() -> None:
    weeks = [week(at, silent=at == 5) for at in range(8)]
    four, twelve, _ = periods(weeks, [row(0), row(4, events=2), row(7, events=3)])
    assert (four.first, four.covered, four.silent, four.tally.events) == (MONDAY + 4 * WEEK, 4, 1, 5)
    assert (twelve.covered, twelve.tally.events) == (8, 6)
    assert periods([], []) == ()


def test_a_series_has_every_week_and_nothing_for_silent_ones() -> None:
    weeks = [week(-60), week(0), week(1, silent=True), week(2, silent=True), week(4)]
    told = series(
        [Week(weeks[0].week_start, weeks[0].iso_week, True), *weeks[1:]], [row(-60), row(0), row(2, killed_best=3)]
    )
    assert told.weeks == tuple(MONDAY + at * WEEK for at in range(5))
    assert told.events == (1, None, 1, None, 0)
    assert told.killed_best == (0, None, 3, None, 0)
    assert told.events_before == 1


def test_silent_weeks_of_a_year_are_told_in_runs() -> None:
    weeks = [week(at, silent=at in (0, 1, 2, 5)) for at in range(7)]
    (year,) = years(weeks, [row(3)])
    assert (year.year, year.covered, year.tally.events) == ("2021", 7, 1)
    assert list_words.silent_weeks(year) == "W05–W07, W10"


def test_a_trend_in_words_says_span_peak_latest_and_silence() -> None:
    told = series([week(0), week(1, silent=True), week(2)], [row(0, events=4), row(2, events=2)])
    assert list_words.trend(told, told.events, "Events") == (
        "Events a week over 3 weeks, 2021-W05 to 2021-W07: the most 4 (2021-W05), the latest 2 (2021-W07). "
        "Nothing is known of 1 week."
    )


def test_a_validity_may_be_open_at_either_end() -> None:
    first, last = date(2017, 1, 28), date(2025, 1, 29)
    assert list_words.validity(None, None) == "at any time"
    assert list_words.validity(first, None) == "from 28 January 2017"
    assert list_words.validity(None, last) == "up to 29 January 2025"
    assert list_words.validity(first, last) == "from 28 January 2017 to 29 January 2025"
