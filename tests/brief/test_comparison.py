from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from pipeline.brief import notes
from pipeline.brief.change_words import both, no_mean, quiet, since_mean, weeks_of_mean, why
from pipeline.brief.comparison import Comparison, compare
from pipeline.brief.directions import directions
from pipeline.brief.figures import Figures, Toll
from pipeline.brief.sentences import text
from pipeline.brief.tallies import Tally

MONDAY = date(2021, 2, 1)


def tally(weeks_ago: int, events: int, articles: int = 10, **events_in: int) -> Tally:
    week = MONDAY - timedelta(weeks=weeks_ago)
    figures = Figures(events, Toll(0, 0, 0), 0, 0, 0, 0, 1)
    year, number, _ = week.isocalendar()
    return Tally(week, f"{year}-W{number:02d}", articles, figures, 0, 0, events_in, {})


def compared(*found: Tally, read_to_end: bool = True) -> Comparison:
    tallies: Mapping[date, Tally] = {each.week_start: each for each in found}
    return compare(tallies, MONDAY, read_to_end=read_to_end)


def said(comparison: Comparison) -> str:
    return text(both(comparison.of(lambda tally: tally.figures.events), comparison, "#figures-events"))


def test_the_mean_is_over_the_four_weeks_before() -> None:
    found = compared(*(tally(ago, events) for ago, events in enumerate((9, 8, 9, 10, 8, 90))))
    change = found.of(lambda tally: tally.figures.events)
    assert (change.before, change.total, change.weeks) == (8, 35, 4)
    assert said(found) == "no clear change from the week before (8) or from the mean of the four weeks before (8.8)"


def test_weeks_that_were_not_read_or_read_too_differently_enter_no_mean() -> None:
    found = compared(tally(0, 30), tally(1, 8), tally(2, 0, 0), tally(3, 9, 21), tally(4, 10, 5))
    assert [week.reading for week in found.four] == ["compared", "silent", "uneven", "compared"]
    change = found.of(lambda tally: tally.figures.events)
    assert (change.total, change.weeks) == (18, 2)
    assert said(found) == "up from 8 in the week before and from a mean of 9 in the two weeks before that compare"


def test_verdicts_that_differ_are_both_told() -> None:
    found = compared(tally(0, 4), tally(1, 1), *(tally(ago, 0) for ago in (2, 3, 4)))
    assert said(found) == (
        "no clear change from the week before (1) and up from a mean of 0.3 in the four weeks before"
    )


def test_one_week_is_no_mean() -> None:
    found = compared(tally(0, 4), tally(1, 4))
    assert not found.averaged
    assert text(no_mean(found)) == "no mean: only one of the four weeks before compares"
    assert said(found) == "no clear change from the week before (4)"


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (compared(tally(0, 4)), "not compared with the week before, which is not covered"),
        (compared(tally(0, 4), tally(1, 0, 0)), "not compared with the week before, for which nothing was read"),
        (compared(tally(0, 4), tally(1, 4, 1)), "not compared with the week before, for which 1 article was read"),
        (compared(tally(0, 4), tally(1, 4), read_to_end=False), "not compared: this week was not read to its end"),
        (compared(tally(0, 4, 0), tally(1, 4)), "not compared: nothing was read for this week"),
    ],
)
def test_why_a_week_is_not_compared_is_told(found: Comparison, reason: str) -> None:
    assert found.nothing
    assert said(found) == reason
    assert notes.uncompared(found).lower().startswith(reason)


def test_a_mean_can_stand_without_a_week_before() -> None:
    found = compared(tally(0, 4), tally(2, 4), tally(3, 5))
    assert not found.nothing
    assert said(found) == "no clear change from the mean of the two weeks before that compare (4.5)"
    assert text(since_mean(found.of(lambda tally: tally.figures.events))) == said(found)


def test_the_table_ends_with_the_last_covered_week_but_has_the_four() -> None:
    assert len(compared(tally(0, 1)).past) == 4
    assert len(compared(tally(0, 1), tally(9, 1)).past) == 9
    assert len(compared(tally(0, 1), tally(12, 1)).past) == 4


def test_directions_are_against_the_mean_and_say_why() -> None:
    found = compared(tally(0, 9, Idlib=9), tally(1, 1, Idlib=1), tally(2, 9, Aleppo=8, Hama=1))
    said = {
        each.admin1: (each.verdict, why(each)) for each in directions(found, ("Aleppo", "Hama", "Homs", "Idlib"), ())
    }
    over = "in the two weeks before that compare"
    assert said == {
        "Aleppo": ("unclear", f"No events against a mean of 4 {over}, within what chance gives."),
        "Hama": ("unclear", f"No events against a mean of 0.5 {over}, within what chance gives."),
        "Homs": ("unclear", f"No events against none {over}, within what chance gives."),
        "Idlib": ("up", f"9 events against a mean of 0.5 {over}."),
    }


def test_quiet_governorates_are_told_of_together() -> None:
    found = compared(tally(0, 1, Idlib=1), tally(1, 1, Aleppo=1), tally(2, 0))
    told = directions(found, ("Aleppo", "Hama", "Homs", "Idlib"), ())
    assert [each.admin1 for each in told if each.quiet] == ["Hama", "Homs"]
    assert quiet(told) == (
        "No events in 2 governorates, and none in the two weeks before that compare (no clear change):"
    )
    assert quiet(directions(compared(tally(0, 0)), ("Hama",), ())) == (
        "No events in 1 governorate, where too little was read to compare:"
    )
    assert quiet(directions(found, ("Idlib",), ())) == ""


def test_a_direction_without_a_mean_is_against_the_week_before() -> None:
    found = compared(tally(0, 9, Idlib=9), tally(1, 1, Idlib=1))
    (direction,) = directions(found, ("Idlib",), ())
    assert (direction.against, direction.verdict) == ("before", "up")
    assert why(direction) == "9 events against 1 in the week before."


def test_a_direction_needs_enough_to_be_read() -> None:
    (direction,) = directions(compared(tally(0, 9, Idlib=9)), ("Idlib",), ())
    assert (direction.verdict, why(direction)) == ("uncompared", "9 events; too little was read to compare.")


def test_what_a_mean_is_over_is_said_in_words() -> None:
    assert [weeks_of_mean(n) for n in (2, 4)] == ["the two weeks before that compare", "the four weeks before"]
