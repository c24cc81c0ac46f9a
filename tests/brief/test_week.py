from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from pipeline.brief import EventChange, FieldChange, WeekChanges, week_brief
from pipeline.brief.figures import Toll
from pipeline.errors import FieldledgerError
from tests.brief.book import MONDAY, TUESDAY, Book, context

BEFORE = date(2021, 1, 25)


def test_headline_figures_are_the_sums_of_the_weekly_table() -> None:
    book = Book()
    book.reported(killed=(3, 5, 8), injured=(4, 6), civilian_targeting=True)
    book.reported("salt-post", killed=(1, 1, 1), admin1="Aleppo", place_id="salt-market")
    book.reported()
    figures = week_brief(book.tables(), MONDAY, context()).figures
    assert (figures.events, figures.killed, figures.killed_events) == (3, Toll(4, 6, 9), 2)
    assert (figures.injured, figures.injured_events, figures.civilian_targeting) == (4, 1, 1)
    assert figures.sources == 2


def test_copies_bring_no_source_of_their_own() -> None:
    book = Book()
    original = book.article("mill-gazette", TUESDAY)
    copy = book.article("salt-post", TUESDAY, duplicate_kind="exact", duplicate_of=original)
    book.event(book.mention(original), book.mention(copy))
    book.event(book.mention(copy, "Only the copy tells this."))
    brief = week_brief(book.tables(), MONDAY, context())
    assert (brief.figures.sources, [cell.figures.sources for cell in brief.cells]) == (1, [1])


def test_one_open_upper_end_leaves_the_sum_open() -> None:
    book = Book()
    book.reported(killed=(3, 5, None))
    book.reported(killed=(1, 1, 1))
    assert week_brief(book.tables(), MONDAY, context()).figures.killed == Toll(4, 6, None)


def test_the_table_has_only_rows_with_events_and_names_the_quiet_governorates() -> None:
    book = Book()
    book.reported()
    brief = week_brief(book.tables(), MONDAY, context())
    assert [(cell.admin1, cell.sub_event_type) for cell in brief.cells] == [
        ("Idlib", "Shelling/artillery/missile attack")
    ]
    assert brief.quiet_governorates == ("Aleppo", "Hama")


def test_an_uncovered_week_before_is_not_a_silent_one() -> None:
    book = Book()
    book.reported()
    brief = week_brief(book.tables(), MONDAY, context())
    assert (brief.comparison.before.reading, brief.previous, brief.next) == ("uncovered", None, None)
    book.weeks.add(BEFORE)
    assert week_brief(book.tables(), MONDAY, context()).comparison.before.reading == "silent"


def test_a_week_that_the_release_before_did_not_cover_is_new_and_not_revised() -> None:
    book = Book()
    event = book.reported()
    changed = {MONDAY: WeekChanges(added=(event,))}
    tables = book.tables()
    new = week_brief(tables, MONDAY, context(changes=changed, known_before=frozenset()))
    revised = week_brief(tables, MONDAY, context(changes=changed))
    assert [(brief.is_new, brief.revised) for brief in (new, revised)] == [(True, False), (False, True)]


@pytest.mark.parametrize(("newest", "unread"), [(date(2021, 2, 7), 0), (date(2021, 2, 4), 3), (date(2021, 2, 9), 0)])
def test_days_after_the_newest_article_are_unread(newest: date, unread: int) -> None:
    book = Book()
    book.reported()
    book.article("mill-gazette", newest)
    assert week_brief(book.tables(), MONDAY, context()).days_unread == unread


def test_only_the_newest_week_tells_of_changes_in_earlier_ones() -> None:
    book = Book()
    book.reported()
    book.reported(day=BEFORE)
    changed = {BEFORE: WeekChanges(added=("e-1",)), MONDAY: WeekChanges(added=("e-2",))}
    tables, release = book.tables(), context(changes=changed)
    assert week_brief(tables, BEFORE, release).earlier is None
    earlier = week_brief(tables, MONDAY, release).earlier
    assert earlier is not None
    assert [(week.iso_week, week.added, week.is_new, week.has_page) for week in earlier.weeks] == [
        ("2021-W04", 1, False, True)
    ]


def test_neighbours_are_the_nearest_covered_weeks() -> None:
    book = Book()
    book.reported()
    book.weeks |= {date(2021, 1, 11), date(2021, 2, 8)}
    brief = week_brief(book.tables(), MONDAY, context())
    assert brief.previous is not None
    assert brief.next is not None
    assert (brief.previous.iso_week, brief.next.iso_week) == ("2021-W02", "2021-W06")


def test_silence_and_a_single_source_are_states_of_their_own() -> None:
    book = Book()
    book.weeks.add(BEFORE)
    book.reported()
    tables = book.tables()
    silent, single = week_brief(tables, BEFORE, context()), week_brief(tables, MONDAY, context())
    assert (silent.silent, silent.single_source) == (True, False)
    assert (single.silent, single.single_source) == (False, True)


def test_rejections_are_counted_by_rule_for_the_articles_of_the_week() -> None:
    book = Book()
    event_article = book.article("mill-gazette", TUESDAY)
    book.article("mill-gazette", BEFORE)
    book.reject("undated", "m-x", input_record=1)
    book.reject("undated", "m-y", input_record=1)
    book.reject("unplaced", event_article)
    book.reject("undated", "m-z", input_record=2)
    book.reject("invalid_json", "book.jsonl:7")
    counted = week_brief(book.tables(), MONDAY, context()).caveats.rejections
    assert [(count.rule, count.count) for count in counted] == [("undated", 2), ("unplaced", 1)]


def test_caveats_count_what_is_loose_or_rests_on_one_source() -> None:
    book = Book()
    book.reported(time_precision=2, geo_precision=2)
    book.reported()
    caveats = week_brief(book.tables(), MONDAY, context()).caveats
    assert (caveats.loosely_dated, caveats.loosely_placed, caveats.single_source) == (1, 1, 2)


def test_changes_come_from_the_caller_and_are_none_otherwise() -> None:
    book = Book()
    event = book.reported()
    changed = WeekChanges(changed=(EventChange(event, (FieldChange("fatalities_best", "3", "5"),)),))
    tables = book.tables()
    assert week_brief(tables, MONDAY, context(changes={MONDAY: changed})).changes == changed
    assert week_brief(tables, MONDAY, context()).changes.none


def test_a_week_that_is_not_covered_is_refused() -> None:
    with pytest.raises(FieldledgerError, match="not covered"):
        week_brief(Book().tables(), MONDAY, context())


def test_figures_that_contradict_the_events_are_refused() -> None:
    book = Book()
    book.reported()
    tables = book.tables()
    tables["weekly_events"] = tables["weekly_events"].with_columns(pl.col("events") * 2)
    with pytest.raises(FieldledgerError, match="weekly_events counts 2 events"):
        week_brief(tables, MONDAY, context())
