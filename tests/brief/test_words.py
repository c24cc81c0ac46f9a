from __future__ import annotations

from datetime import date

import pytest

from pipeline.brief import words
from pipeline.brief.figures import Figures, Toll
from pipeline.brief.model import When


@pytest.mark.parametrize(("n", "said"), [(0, "no events"), (1, "1 event"), (2, "2 events"), (1200, "1,200 events")])
def test_counts_agree_with_their_noun(n: int, said: str) -> None:
    assert words.count(n, "event") == said


def test_irregular_plurals_are_known() -> None:
    assert [words.count(2, noun) for noun in ("copy", "governorate")] == ["2 copies", "2 governorates"]


def test_an_unknown_noun_is_refused_rather_than_given_an_s() -> None:
    with pytest.raises(KeyError):
        words.count(2, "sheep")


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (5, 5, "5"),
        (5, 8, "5–8"),
        (5, None, "at least 5"),
        (None, 8, "up to 8"),
        (None, None, "no figure"),
        (0, 0, "0"),
        (1000, 2000, "1,000–2,000"),
    ],
)
def test_amounts_follow_the_codebook(low: int | None, high: int | None, said: str) -> None:
    assert words.amount(low, high) == said


@pytest.mark.parametrize(
    ("toll", "said"),
    [
        (Toll(5, 5, 5), "5"),
        (Toll(3, 5, 8), "3–8, best estimate 5"),
        (Toll(3, 3, 8), "3–8, best estimate 3"),
        (Toll(5, 5, None), "at least 5"),
        (Toll(5, 6, None), "at least 5, best estimate 6"),
        (Toll(None, None, 8), "up to 8"),
        (Toll(None, None, None), "no figure"),
        (Toll(0, 0, 0), "0"),
    ],
)
def test_a_best_estimate_is_told_only_where_it_adds_something(toll: Toll, said: str) -> None:
    assert words.toll(toll) == said


def test_a_headline_with_an_open_end_says_at_least() -> None:
    assert words.toll_figure(Toll(10, 12, None), events=3) == "at least 10"
    assert words.toll_range(Toll(10, 12, None)) == "best estimate 12"


def test_a_closed_headline_says_the_best_estimate_and_its_range() -> None:
    assert words.toll_figure(Toll(10, 12, 15), events=3) == "12"
    assert words.toll_range(Toll(10, 12, 15)) == "best estimate; range 10–15"


def test_an_exact_headline_needs_no_range() -> None:
    assert (words.toll_figure(Toll(4, 4, 4), events=1), words.toll_range(Toll(4, 4, 4))) == ("4", "")


def test_a_sum_over_events_without_a_toll_is_no_zero() -> None:
    assert words.toll_figure(Toll(0, 0, 0), events=0) == "no figure"


@pytest.mark.parametrize(
    ("items", "said"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")]
)
def test_lists_end_with_and(items: list[str], said: str) -> None:
    assert words.listing(items) == said


@pytest.mark.parametrize(
    ("n", "said"), [(0, "No events"), (1, "One event"), (9, "Nine events"), (10, "10 events"), (1200, "1,200 events")]
)
def test_a_sentence_starts_with_a_word_below_ten(n: int, said: str) -> None:
    assert words.opening(n, "event") == said


@pytest.mark.parametrize(
    ("n", "total", "said"),
    [
        (1, 1, "The event"),
        (2, 2, "All 2 events"),
        (3, 25, "Three of 25 events"),
        (12, 25, "Of 25 events, 12"),
        (25, 25, "All 25 events"),
    ],
)
def test_a_sentence_never_starts_with_a_figure(n: int, total: int, said: str) -> None:
    assert words.opening_share(n, total) == said


@pytest.mark.parametrize(
    ("total", "cases", "said"),
    [(69, 4, "17.3"), (70, 4, "17.5"), (8, 2, "4"), (1, 3, "0.3"), (0, 4, "0"), (4199, 1, "4,199")],
)
def test_means_have_one_decimal_where_they_need_it(total: int, cases: int, said: str) -> None:
    assert words.mean(total, cases) == said


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(0, 9, "0%"), (9, 9, "100%"), (1, 8, "13%"), (1, 300, "less than 1%"), (299, 300, "more than 99%"), (2, 3, "67%")],
)
def test_only_none_is_nought_percent_and_only_all_is_a_hundred(part: int, whole: int, said: str) -> None:
    assert words.percent(part, whole) == said


@pytest.mark.parametrize(("n", "total", "said"), [(1, 1, "the event"), (9, 9, "all 9 events"), (3, 9, "3 of 9 events")])
def test_shares_of_events(n: int, total: int, said: str) -> None:
    assert words.share(n, total) == said


@pytest.mark.parametrize(
    ("monday", "said"),
    [
        (date(2021, 2, 1), "1–7 February 2021"),
        (date(2020, 9, 28), "28 September – 4 October 2020"),
        (date(2020, 12, 28), "28 December 2020 – 3 January 2021"),
    ],
)
def test_week_dates_say_month_and_year_once_where_they_can(monday: date, said: str) -> None:
    assert words.week_dates(monday) == said


@pytest.mark.parametrize(
    ("monday", "said"),
    [
        (date(2021, 2, 1), "Monday 1 to Sunday 7 February 2021"),
        (date(2020, 9, 28), "Monday 28 September to Sunday 4 October 2020"),
        (date(2020, 12, 28), "Monday 28 December 2020 to Sunday 3 January 2021"),
    ],
)
def test_week_days_are_named(monday: date, said: str) -> None:
    assert words.week_days(monday) == said


def test_iso_weeks_take_the_iso_year() -> None:
    assert words.iso_week(date(2021, 1, 3)) == "2020-W53"


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (When(date(2021, 2, 2), date(2021, 2, 2), 1), "Tuesday 2 February 2021"),
        (When(date(2021, 2, 2), date(2021, 2, 3), 1), "Tuesday 2 to Wednesday 3 February 2021"),
        (When(date(2021, 2, 1), date(2021, 2, 7), 2), "1–7 February 2021, day not known"),
        (When(None, None, None), "date not given"),
    ],
)
def test_dates_say_what_is_not_known(when: When, said: str) -> None:
    assert words.when(when) == said


def test_a_period_that_a_total_covers_is_not_an_unknown_day() -> None:
    assert words.period(When(date(2021, 1, 27), date(2021, 2, 6), 2)) == "27 January – 6 February 2021"


def test_table_cells_tell_a_missing_toll_from_a_zero() -> None:
    none = Figures(2, Toll(0, 0, 0), 0, 0, 0, 0, 1)
    zero = Figures(2, Toll(0, 0, 0), 2, 0, 1, 0, 1)
    assert (words.best(none), words.ends(none), words.injured(none)) == ("no figure", "", "no figure")
    assert (words.best(zero), words.ends(zero), words.injured(zero)) == ("0", "0", "0")


def test_list_entries_say_who_died_or_that_nobody_did() -> None:
    assert words.killed(Toll(3, 5, None)) == "at least 3 killed"
    assert words.killed(Toll(0, 0, 0)) == "none killed"
    assert words.killed(Toll(None, None, None)) == "no figure of killed"


def test_running_totals_count_happenings() -> None:
    assert words.happenings(11, None) == "at least 11 happenings"
    assert words.happenings(1, 1) == "1 happening"
