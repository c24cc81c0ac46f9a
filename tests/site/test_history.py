"""The history says in which version each event and week changed, whatever changed and wherever the row is now."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from pipeline.site.history import History
from tests.release.factory import world
from tests.site.worlds import EARLY, LATE, history_of, of_event

FIRST_WEEK, SECOND_WEEK, THIRD_WEEK = date(2021, 2, 1), date(2021, 2, 8), date(2021, 2, 15)
DAY = date(2021, 2, 17)


@pytest.fixture(scope="module")
def history() -> History:
    """Five versions: the world; a toll of the first week; the second week's event moves on, changes there, goes."""
    start = world()
    risen = of_event(start, EARLY, fatalities_high=9)
    moved = of_event(risen, LATE, week_start=THIRD_WEEK, event_date_start=DAY, event_date_end=DAY)
    hurt = of_event(moved, LATE, injured_low=4)
    gone = {
        **hurt,
        "events": hurt["events"].filter(pl.col("event_id") != LATE),
        "event_mentions": hurt["event_mentions"].filter(pl.col("event_id") != LATE),
    }
    return history_of(start, risen, moved, hurt, gone)


def versions(history: History, week: date) -> list[str]:
    return [revision.version for revision in history.week(week)]


def test_a_changed_cell_is_told_with_both_values(history: History) -> None:
    (revision,) = history.event(EARLY)
    (cell,) = revision.changes
    assert (cell["field"], cell["old_value"], cell["new_value"]) == ("fatalities_high", None, "9")
    assert versions(history, FIRST_WEEK) == ["2.0.0"]


def test_changes_belong_to_the_week_in_which_the_event_was_then(history: History) -> None:
    assert versions(history, SECOND_WEEK) == ["3.0.0"]
    assert versions(history, THIRD_WEEK) == ["5.0.0", "4.0.0", "3.0.0"]


def test_an_event_that_went_is_still_told_of(history: History) -> None:
    newest = history.event(LATE)[0]
    assert newest.version == "5.0.0"
    assert ("events", "removed") in {(row["table"], row["change_kind"]) for row in newest.changes}


def test_a_week_stands_where_it_changed_last(history: History) -> None:
    assert history.last_changed(SECOND_WEEK).version == "3.0.0"
    assert history.last_changed(date(2020, 1, 6)).version == "1.0.0"
    assert [edition.version for edition in history.editions_of(SECOND_WEEK)] == ["3.0.0", "1.0.0"]


def test_a_week_that_came_later_begins_there() -> None:
    start = world()
    shorter = {
        **start,
        "weekly_coverage": start["weekly_coverage"].filter(pl.col("week_start") < SECOND_WEEK),
        "weekly_events": start["weekly_events"].filter(pl.col("week_start") < SECOND_WEEK),
    }
    history = history_of(shorter, start)
    assert history.first_version(SECOND_WEEK).version == "2.0.0"
    assert history.first_version(FIRST_WEEK).version == "1.0.0"
    assert [edition.version for edition in history.editions_of(SECOND_WEEK)] == ["2.0.0"]


def test_a_change_that_no_page_shows_is_none_of_a_page() -> None:
    longer = {**world(), "articles": world()["articles"].with_columns(raw_char_count=pl.lit(1000, pl.Int64))}
    history = history_of(world(), longer)
    assert history.changed.is_empty()


def test_another_title_of_an_article_changes_what_quotes_it() -> None:
    titled = {**world(), "articles": world()["articles"].with_columns(title=pl.lit("Otherwise"))}
    history = history_of(world(), titled)
    assert [revision.version for revision in history.event(EARLY)] == ["2.0.0"]
    assert versions(history, SECOND_WEEK) == ["2.0.0"]
