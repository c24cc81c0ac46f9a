"""Publication dates: what is taken, and that nothing else is guessed."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest.published import published_date

OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.one_of(st.none(), OFFSETS))


@pytest.mark.parametrize(
    "value",
    [
        "2022-10-04",
        " 2022-10-04 ",
        "2022-10-04T18:30",
        "2022-10-04 18:30:00",
        "2022-10-04T18:30:00Z",
        "2022-10-04T18:30:00.123+03:00",
        "2022-10-04T18:30:00+0300",
        "2022-10-04T18:30:00 +03",
        "Tue, 04 Oct 2022 18:30:00 +0300",
        "4 Oct 2022 18:30 GMT",
        "tue, 4 oct 2022 18:30:00 EST",
    ],
)
def test_iso_8601_and_rfc_2822_are_taken(value: str) -> None:
    assert published_date(value) == date(2022, 10, 4)


def test_the_date_is_the_one_written_not_the_one_in_utc() -> None:
    assert published_date("2022-10-04T23:30:00-05:00") == date(2022, 10, 4)
    assert published_date("2022-10-04T00:30:00+03:00") == date(2022, 10, 4)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "04/10/2022",
        "October 4, 2022",
        "20221004",
        "2022-W40-2",
        "2022-10",
        "2022-13-01",
        "2022-02-30",
        "2022-10-04T25:00",
        "2022-10-04T18:30:00+99:00",
        "2022-10-04T",
        "2022-10-04 and more",
        "Mon, 04 Oct 2022 18:30:00 +0300",
        "04 Oct 22 18:30:00 +0300",
        "04 Foo 2022 18:30:00 +0300",
        "٢٠٢٢-١٠-٠٤",
        "0000-01-01",
    ],
)
def test_anything_else_is_refused_instead_of_guessed(value: str) -> None:
    assert published_date(value) is None


@settings(deadline=None)
@given(MOMENTS)
def test_every_moment_written_by_the_standard_library_is_read_back(moment: datetime) -> None:
    assert published_date(moment.isoformat()) == moment.date()
    if moment.tzinfo:
        assert published_date(format_datetime(moment)) == moment.date()


@settings(deadline=None)
@given(st.text())
def test_any_text_gives_a_date_or_none(value: str) -> None:
    found = published_date(value)
    assert found is None or str(found.year) in value
