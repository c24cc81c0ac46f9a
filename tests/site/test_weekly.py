"""The weeks in a row say the same figures as the pages of the weeks, and how fresh the newest are."""

from __future__ import annotations

from datetime import date, timedelta
from typing import cast

import polars as pl

from pipeline.brief.figures import Figures, Toll
from pipeline.brief.ledger import group_tables
from pipeline.brief.tallies import week_figures
from pipeline.site.data import SiteData
from pipeline.site.freshness import latest_told, notices
from pipeline.site.weekly import WeekLine, in_words, week_lines
from tests.brief.book import MONDAY, Book

WEEK = timedelta(weeks=1)


class Kept:
    """Tables that lie in memory, as far as the weeks ask for them."""

    def __init__(self, tables: dict[str, pl.DataFrame]) -> None:
        self._tables = tables

    def frame(self, name: str) -> pl.DataFrame:
        return self._tables[name]


def line(week: int, events: int = 0, articles: int = 0, killed: Toll | None = None) -> WeekLine:
    monday = MONDAY + week * WEEK
    year, number, _ = monday.isocalendar()
    figures = Figures(events, killed or Toll(0, 0, 0), 1 if killed else 0, 0, 0, 0, 0)
    return WeekLine(monday, f"{year}-W{number:02}", figures, articles, min(articles, 2))


def test_figures_are_those_of_the_briefings() -> None:
    book = Book()
    first = book.reported(killed=(2, 3, 5), injured=(4, 4))
    second = book.reported("river-wire", killed=(1, 1, None), civilian_targeting=True)
    book.reported(day=MONDAY + WEEK)
    article = book.article("river-wire", MONDAY)
    mention = book.mention(article)
    book.casualty(mention, "killed", 7, 7, shared=True)
    book.shared_toll(mention, "killed", 7, first, second)
    tables = book.tables()
    ledger = group_tables(tables)
    lines = week_lines(cast("SiteData", Kept(tables)))
    assert [each.week_start for each in lines] == list(ledger.weeks)
    for each in lines:
        figures = week_figures(ledger, each.week_start).together
        found = each.figures
        assert (found.events, found.killed, found.killed_events) == (
            figures.events,
            figures.killed,
            figures.killed_events,
        )
        assert (found.injured, found.injured_events) == (figures.injured, figures.injured_events)
        assert found.civilian_targeting == figures.civilian_targeting


def test_a_toll_that_nobody_gives_is_no_zero() -> None:
    said = line(0, events=2, articles=3).says()
    assert (said["events"], said["killed_best"], said["injured_low"]) == (2, None, None)
    assert line(0).says()["events"] is None


def test_a_week_in_one_line() -> None:
    assert in_words(line(0)) == "Nothing was read."
    assert in_words(line(0, articles=1)) == "No event is known; 1 source read."
    assert in_words(line(0, 1, 1)) == "1 event; no figure of killed; 1 source read."
    assert in_words(line(0, 2, 5, Toll(3, 4, 9))) == "2 events; 3–9 killed, best estimate 4; 2 sources read."
    assert in_words(line(0, 2, 5, Toll(3, 3, None))) == "2 events; at least 3 killed; 2 sources read."
    assert in_words(line(0, 2, 5, Toll(0, 0, 0))) == "2 events; none killed; 2 sources read."
    assert in_words(line(0, 1)) == "1 event; no figure of killed; known from articles of other weeks."


def test_the_latest_week_is_the_newest_that_tells_anything() -> None:
    lines = [line(0, 1, 1), line(1, 2, 2), line(2), line(3)]
    latest = latest_told(lines)
    assert latest is not None
    assert latest.iso_week == "2021-W06"
    (notice,) = notices(lines, MONDAY + 3 * WEEK)
    assert notice.kind == "silent"
    assert notice.text == (
        "Nothing was read for the newest 2 weeks (2021-W07 to 2021-W08). What follows is of 2021-W06."
    )
    assert "the newest week (2021-W07)" in notices(lines[:3], None)[0].text


def test_a_week_with_articles_to_its_end_needs_no_notice() -> None:
    assert notices([line(0, 1, 1)], date(2021, 2, 7)) == ()
    assert [notice.kind for notice in notices([line(0, 1, 1)], date(2021, 2, 6))] == ["unfinished"]
    assert notices([], None) == ()
    assert latest_told([]) is None
    assert latest_told([line(0)]) is not None
