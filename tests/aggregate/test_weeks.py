"""Which weeks are covered."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from pipeline.aggregate.weeks import LONGEST_SILENCE_WEEKS, covered_weeks

MONDAY = date(2021, 2, 1)


def _weeks(articles: list[date | None], events: list[date]) -> list[date]:
    frames = [pl.DataFrame({"week_start": weeks}, schema={"week_start": pl.Date}) for weeks in (articles, events)]
    return covered_weeks(*frames)["week_start"].to_list()


def _later(weeks: int) -> date:
    return MONDAY + timedelta(weeks=weeks)


def test_a_silent_week_between_two_that_were_read_is_covered() -> None:
    assert _weeks([_later(2), MONDAY, None, MONDAY], []) == [MONDAY, _later(1), _later(2)]


def test_a_week_that_only_an_event_falls_in_is_covered() -> None:
    assert _weeks([MONDAY], [_later(-60)]) == [_later(-60), MONDAY]


def test_one_article_with_a_wrong_year_does_not_cover_decades() -> None:
    assert _weeks([MONDAY, _later(LONGEST_SILENCE_WEEKS + 1)], []) == [MONDAY, _later(LONGEST_SILENCE_WEEKS + 1)]
    assert len(_weeks([MONDAY, _later(LONGEST_SILENCE_WEEKS)], [])) == LONGEST_SILENCE_WEEKS + 1


def test_nothing_read_covers_nothing() -> None:
    assert _weeks([], []) == []
    assert _weeks([None], []) == []
