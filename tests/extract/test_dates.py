from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.dates import DateSpan, Interval, calendar_day, find_dateline, find_dates, resolve_date
from tests.extract.slots import anything, reads_linearly

FRIDAY = date(2022, 10, 7)
TUESDAY = Interval(date(2022, 10, 4), date(2022, 10, 4), 1)


def meant(
    text: str, published_on: date | None = FRIDAY, anchor: Interval | None = None
) -> list[tuple[str, str, int] | None]:
    """Give start, end and precision of each date in `text`."""
    found = [resolve_date(span, published_on, anchor) for span in find_dates(text)]
    return [(i.start.isoformat()[5:], i.end.isoformat()[5:], i.precision) if i else None for i in found]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Shells fell on Tuesday.", "2022-10-04"),
        ("Shells fell on Friday.", "2022-10-07"),
        ("They struck on Monday night.", "2022-10-03"),
        ("They struck last Friday.", "2022-09-30"),
        ("The raid took place earlier today.", "2022-10-07"),
        ("The raid took place yesterday evening.", "2022-10-06"),
        ("The raid took place the day before yesterday.", "2022-10-05"),
        ("The post was hit two days ago.", "2022-10-05"),
        ("On October 4, the post was hit.", "2022-10-04"),
        ("On 4 October 2022 the post was hit.", "2022-10-04"),
        ("The October 4 operation went on.", "2022-10-04"),
        ("Oct. 4 saw two raids.", "2022-10-04"),
        ("It happened on the 4th of October.", "2022-10-04"),
        ("Filed 04-10-2022 by our desk.", "2022-10-04"),
        ("Filed 2022-10-04 by our desk.", "2022-10-04"),
        ("Filed 04.10.2022Get the short link.", "2022-10-04"),
        ("Tue Oct 4 2022 Raids go on.", "2022-10-04"),
        ("They attacked on the night of October 4.", "2022-10-04"),
        ("On Oct 10 the line was quiet.", "2021-10-10"),
        ("At dawn on Tuesday the camp was hit.", "2022-10-04"),
        ("The market was hit on Tues", "2022-10-04"),
    ],
)
def test_a_day_is_the_latest_one_that_the_words_allow(text: str, day: str) -> None:
    (span,) = find_dates(text)
    found = resolve_date(span, FRIDAY)
    assert found == Interval(date.fromisoformat(day), date.fromisoformat(day), 1)


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("Last week the town was shelled.", ("09-26", "10-02", 2)),
        ("Earlier this month the town was shelled.", ("10-01", "10-07", 3)),
        ("In August the town was shelled.", ("08-01", "08-31", 3)),
        ("In late May the town was shelled.", ("05-21", "05-31", 3)),
        ("Last month the town was shelled.", ("09-01", "09-30", 3)),
        ("Three weeks ago the town was shelled.", ("09-13", "09-19", 2)),
        ("Clashes went on between Monday and Wednesday.", ("10-03", "10-05", 2)),
        ("Clashes went on from 3 to 5 March.", ("03-03", "03-05", 2)),
        ("Clashes went on 3-5 March 2022.", ("03-03", "03-05", 2)),
        ("Rain and mortars came overnight Wednesday and into Thursday noon.", ("10-05", "10-06", 1)),
        ("The town was shelled overnight.", ("10-06", "10-07", 1)),
        ("The town was shelled several days ago.", ("10-01", "10-06", 2)),
        ("The town was shelled over the weekend.", ("10-01", "10-02", 2)),
    ],
)
def test_a_wider_expression_gives_an_interval_and_its_precision(text: str, interval: tuple[str, str, int]) -> None:
    assert meant(text) == [interval]


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("Eleven raids over the past three days.", ("10-05", "10-07", 2)),
        ("Eleven raids in the past 24 hours.", ("10-06", "10-07", 1)),
        ("Eleven raids during the last five days.", ("10-03", "10-07", 2)),
        ("Eleven raids since Monday.", ("10-03", "10-07", 2)),
        ("Seven days of raids.", ("10-01", "10-07", 2)),
        ("Eleven raids since the beginning of October.", ("10-01", "10-07", 2)),
        ("Eleven raids in recent days.", ("10-01", "10-07", 2)),
        ("Eleven raids since the rebel push began on Monday.", ("10-03", "10-07", 2)),
        ("Eleven raids since September 2014.", None),
    ],
)
def test_a_stretch_up_to_now_is_flagged_as_a_period(text: str, interval: tuple[str, str, int] | None) -> None:
    (span,) = find_dates(text)
    assert span.period
    assert meant(text) == [interval]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On the same day, jets struck.", "10-04"),
        ("That day jets struck.", "10-04"),
        ("The day before, jets struck.", "10-03"),
        ("The previous night jets struck.", "10-03"),
        ("Two days earlier jets struck.", "10-02"),
        ("The following day jets struck.", "10-05"),
        ("On the 5th, jets struck.", "10-05"),
        ("At dawn jets struck.", "10-04"),
    ],
)
def test_document_anaphora_leans_on_the_happening_told_before(text: str, day: str) -> None:
    assert meant(text, anchor=TUESDAY) == [(day, day, 1)]


def test_that_month_and_the_following_month_lean_on_the_happening_told_before() -> None:
    may = Interval(date(2016, 5, 1), date(2016, 5, 31), 3)
    assert meant("Later that month and the following month.", date(2016, 8, 15), may) == [
        ("05-01", "05-31", 3),
        ("06-01", "06-30", 3),
    ]


@pytest.mark.parametrize(
    "text", ["On Tuesday", "yesterday", "On October 4", "last week", "at dawn", "in May", "in the past 24 hours"]
)
def test_nothing_is_resolved_without_publication_date_or_full_date(text: str) -> None:
    assert meant(text, None) == [None]


@pytest.mark.parametrize("text", ["On the same day", "on the 5th", "the next day", "that night"])
def test_anaphora_without_antecedent_is_not_guessed(text: str) -> None:
    assert meant(text) == [None]


def test_a_full_date_needs_no_publication_date() -> None:
    assert meant("On 4 October 2022", None) == [("10-04", "10-04", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "In 2013",
        "The year before",
        "in the summer of 2013",
        "Last year",
        "earlier this year",
        "over the past six months",
        "February 30",
    ],
)
def test_what_is_wider_than_a_month_or_no_day_at_all_is_not_resolved(text: str) -> None:
    assert meant(text) == [None]


@pytest.mark.parametrize(
    "text",
    [
        "They may march on; we sat in the sun for a second.",
        "The 46th Regiment and the 3rd Division fought.",
        "Shells hit April 7th Street.",
        "Protesters join the March on the square.",
        "The vote was held a day after the council met.",
        "Wedding guests sun themselves; mon ami, fri, sat.",
        "",
    ],
)
def test_words_that_only_look_like_dates_are_none(text: str) -> None:
    assert find_dates(text) == []


def test_a_number_behind_a_month_may_count_people() -> None:
    assert [span.surface for span in find_dates("In May 12 civilians died.")] == ["May"]
    assert [span.surface for span in find_dates("On May 12 civilians died.")] == ["May 12"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Wed May 11 2016 14 fighters fell", date(2016, 5, 11)),
        ("Printed 9 March 2017 Jets struck", date(2017, 3, 9)),
        ("Renewed Feb 142019 CITY Jets struck", date(2019, 2, 14)),
        ("17-08-2018 Toll rises", date(2018, 8, 17)),
        ("Posted on August 17 2018 by A Writer Toll rises", date(2018, 8, 17)),
        (
            "Market burns while traders flee the harbour district for a third day AFP Sunday 5 Jun 2016 Two",
            date(2016, 6, 5),
        ),
        ("The army said on October 4 2016 that jets struck", None),
        ("This map drawn on May 3 2019 gives the front", None),
        ("Jets struck the town on Tuesday", None),
        ("31 February 2016 Jets struck", None),
    ],
)
def test_the_dateline_is_the_full_date_above_the_story(text: str, day: date | None) -> None:
    assert calendar_day(find_dateline(text)) == day


def test_the_dateline_comes_with_its_span() -> None:
    text = "Fri Oct 7 2022 Raids go on"
    span = find_dateline(text)
    assert span is not None
    assert text[span.start : span.end] == "Fri Oct 7 2022"


def test_offsets_are_moved_by_the_offset_given() -> None:
    (span,) = find_dates("between Monday and Wednesday", offset=100)
    assert (span.start, span.end) == (108, 128)
    assert span.until is not None
    assert span.until.start == 119


@given(anything, st.dates(date(2011, 1, 1), date(2030, 1, 1)) | st.none(), st.integers(0, 50))
def test_any_text_gives_spans_that_slice_back_and_intervals_in_order(
    text: str, published_on: date | None, offset: int
) -> None:
    spans = find_dates(text, offset)
    for span in spans:
        assert text[span.start - offset : span.end - offset] == span.surface
        for anchor in (None, TUESDAY):
            found = resolve_date(span, published_on, anchor)
            assert found is None or (found.start <= found.end and found.precision in {1, 2, 3})
            assert found is None or found.end - found.start <= timedelta(days=31)
    assert all(one.end <= two.start for one, two in pairwise(spans))
    find_dateline(text)


@given(
    st.integers(),
    st.sampled_from(["relative", "anchored", "span", "calendar"]),
    st.sampled_from(["day", "week", "month", "hour", "year"]),
)
def test_no_amount_breaks_the_calendar(amount: int, kind: str, unit: str) -> None:
    span = DateSpan(0, 1, "x", kind, amount=amount, unit=unit)
    found = resolve_date(span, FRIDAY, TUESDAY)
    assert found is None or found.start <= found.end


def test_time_grows_with_the_length_of_the_text_only() -> None:
    assert reads_linearly(find_dates, "On Monday night and since May 2016 the 3 to 5 ")


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("Fighting has raged since the weekend.", ("10-01", "10-07", 2)),
        ("Convoys crossed on Tuesday and Wednesday.", ("10-04", "10-05", 2)),
        ("The camp emptied in the second half of September.", ("09-16", "09-30", 3)),
        ("They came at the end of August.", ("08-21", "08-31", 3)),
        ("The first days of May were quiet.", ("05-01", "05-10", 3)),
        ("They withdrew in the night to Thursday.", ("10-05", "10-06", 1)),
        ("The church was hit on Christmas Eve.", ("12-24", "12-24", 1)),
        ("The wall fell shortly before sunrise on Tuesday.", ("10-04", "10-04", 1)),
        ("In the small hours of Wednesday they left.", ("10-05", "10-05", 1)),
    ],
)
def test_stretches_and_times_as_newsrooms_word_them(text: str, interval: tuple[str, str, int]) -> None:
    assert interval in meant(text)


@pytest.mark.parametrize("words", ["Minutes later", "An hour later", "Shortly afterwards", "Later in the day"])
def test_a_time_after_what_was_told_is_on_its_day(words: str) -> None:
    assert meant(f"{words} a second shell fell.", anchor=TUESDAY) == [("10-04", "10-04", 1)]


def test_two_weekdays_far_apart_are_two_dates() -> None:
    assert len(find_dates("They marched on Monday and Thursday.")) == 2
