from __future__ import annotations

from datetime import date

import pytest

from pipeline.brief.ledger import group_tables
from pipeline.brief.part import part_of
from pipeline.brief.plain import plain
from pipeline.brief.tallies import tallies
from pipeline.brief.week import brief_of
from tests.brief.golden import golden_book


@pytest.mark.parametrize("week", [date(2021, 1, 18), date(2021, 2, 1), date(2021, 2, 8)])
def test_a_page_made_of_a_part_says_what_one_made_of_everything_says(week: date) -> None:
    book, release = golden_book()
    tables = book.tables()
    whole, part = group_tables(tables), group_tables(part_of(tables, [week]))
    assert plain(brief_of(part, tallies(part), week, release)) == plain(brief_of(whole, tallies(whole), week, release))


def test_a_part_leaves_out_what_other_weeks_tell() -> None:
    tables = golden_book()[0].tables()
    part = part_of(tables, [date(2021, 1, 18)])
    assert part["mentions"].height < tables["mentions"].height
    assert set(part["events"]["week_start"]) == {date(2021, 1, 18)}


def test_what_is_no_value_of_a_view_model_is_refused() -> None:
    with pytest.raises(TypeError, match="float"):
        plain((1, 0.5))
