"""Rows added, removed and changed are found by key, cell by cell."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import FieldledgerError
from pipeline.release.changes import compare_editions
from pipeline.release.row_changes import TableChanges
from tests.release.editions import Kept, edition, rekeyed
from tests.release.factory import CONTRACT, WEEKS, event_id, make, mention_id, with_values, world

COVERAGE = CONTRACT.tables["weekly_coverage"]


def _coverage(old: pl.DataFrame, new: pl.DataFrame) -> TableChanges:
    return compare_editions(edition(weekly_coverage=old), edition(weekly_coverage=new)).tables["weekly_coverage"]


def _cells(changes: TableChanges) -> list[tuple[object, ...]]:
    return changes.changed.rows()


def test_the_same_rows_are_no_change() -> None:
    changes = compare_editions(edition(**world()), edition(**world()))
    assert changes.level == "none"
    assert all(table.total == 0 for table in changes.tables.values())


def test_rows_come_and_go_by_their_key() -> None:
    rows = world()["weekly_coverage"]
    changes = _coverage(rows.head(1), rows.tail(1))
    assert changes.added.rows() == [(WEEKS[1], None)]
    assert changes.removed.rows() == [(WEEKS[0], None)]
    assert (changes.rows_before, changes.rows_after, changes.changed_rows, changes.total) == (1, 1, 0, 2)


def test_changed_cells_tell_column_old_new_and_distance() -> None:
    old = world()["weekly_coverage"]
    new = with_values(old, {"week_start": WEEKS[1]}, articles=9, sources=4)
    changes = _coverage(old, new)
    assert _cells(changes) == [(WEEKS[1], "articles", "1", "9", 8.0), (WEEKS[1], "sources", "1", "4", 3.0)]
    assert changes.changed_rows == 1
    assert changes.columns == {"articles": 1, "sources": 1}


def test_a_value_that_appears_or_goes_is_a_change() -> None:
    old = world()["events"]
    new = with_values(old, {"place_name": "Upper Mill"}, fatalities_high=8, admin2=None, disputed=False)
    cells = compare_editions(edition(events=old), edition(events=new)).tables["events"].changed
    assert cells.select("column", "old", "new", "size").rows() == [
        ("admin2", "Hills", None, None),
        ("fatalities_high", None, "8", 8.0),
        ("disputed", "true", "false", None),
    ]


def test_a_key_of_several_columns_is_kept_in_columns() -> None:
    old = world()["weekly_events"]
    key = {"week_start": WEEKS[0], "admin1": "North", "sub_event_type": "Armed clash"}
    cells = compare_editions(edition(weekly_events=old), edition(weekly_events=with_values(old, key, injured=2)))
    assert cells.tables["weekly_events"].changed.rows() == [
        (WEEKS[0], "North", "Armed clash", "injured", "0", "2", 2.0)
    ]


def test_a_retyped_column_is_left_to_the_schema_comparison() -> None:
    rows = world()["weekly_coverage"]
    changes = _coverage(rows, rows.with_columns(pl.col("articles").cast(pl.String)))
    assert changes.total == 0


def test_a_row_that_comes_or_goes_has_the_size_of_its_largest_figure_of_people() -> None:
    events = world()["events"]
    changes = compare_editions(edition(events=events.head(0)), edition(events=events)).tables["events"]
    assert dict(changes.added.iter_rows()) == {event_id("m1"): 5.0, event_id("m4"): None}


def test_rows_under_another_key_are_all_new() -> None:
    rows = edition(weekly_coverage=world()["weekly_coverage"])
    changes = compare_editions(rows, rekeyed(rows, "weekly_coverage", "iso_week")).tables["weekly_coverage"]
    assert (changes.removed.columns, changes.added.columns) == (["week_start", "size"], ["iso_week", "size"])
    assert (changes.removed.height, changes.added.height, changes.rekeyed) == (2, 2, True)


def test_the_same_key_in_another_order_finds_the_rows_again() -> None:
    rows = edition(weekly_events=world()["weekly_events"])
    turned = rekeyed(rows, "weekly_events", "sub_event_type", "admin1", "week_start")
    assert compare_editions(rows, turned).tables["weekly_events"].total == 0
    fewer = Kept({"weekly_events": turned.frames["weekly_events"].head(1)}, turned.resources)
    gone = compare_editions(rows, fewer).tables["weekly_events"].removed
    assert gone.columns == ["sub_event_type", "admin1", "week_start", "size"]
    assert gone.equals(gone.sort("sub_event_type", "admin1", "week_start"))


def test_a_key_that_stands_twice_is_refused_with_the_table() -> None:
    rows = world()["weekly_coverage"]
    twice = pl.concat([rows, rows.head(1)])
    with pytest.raises(FieldledgerError, match=r"weekly_coverage of the new release has the key 2021-02-01 more than"):
        _coverage(rows, twice)


def test_a_key_column_named_as_changes_are_told_is_refused() -> None:
    rows = edition(places=world()["places"].rename({"place_name": "old"}))
    with pytest.raises(FieldledgerError, match="table places: a key column named old"):
        compare_editions(None, rekeyed(rows, "places", "old"))


def test_no_table_of_the_contract_has_such_a_key() -> None:
    compare_editions(None, edition(**{table.name: table.empty() for table in CONTRACT.published}))


def test_tables_that_only_one_edition_has_are_all_new_or_all_gone() -> None:
    rows = world()
    one, both = edition(places=rows["places"]), edition(places=rows["places"], actors=rows["actors"])
    assert compare_editions(one, both).tables["actors"].added.height == 2
    assert compare_editions(both, one).tables["actors"].removed.height == 2


@pytest.mark.parametrize(
    ("old", "new", "level"),
    [(1, 2, "minor"), (2, 1, "patch")],
    ids=["rows added", "rows removed"],
)
def test_new_rows_are_minor_and_rows_withdrawn_are_a_correction(old: int, new: int, level: str) -> None:
    rows = world()["weekly_coverage"]
    assert (
        compare_editions(edition(weekly_coverage=rows.head(old)), edition(weekly_coverage=rows.head(new))).level
        == level
    )


COUNTS = st.dictionaries(st.integers(0, 9), st.integers(0, 3), max_size=8)


@settings(deadline=None)
@given(COUNTS, COUNTS)
def test_the_changes_are_what_a_plain_comparison_of_two_mappings_gives(
    old: dict[int, int], new: dict[int, int]
) -> None:
    def frame(counts: dict[int, int]) -> pl.DataFrame:
        weeks = [date.fromordinal(WEEKS[0].toordinal() + 7 * week) for week in counts]
        rows = pl.DataFrame(
            {"week_start": weeks, "articles": list(counts.values())}, schema_overrides={"week_start": pl.Date}
        )
        rest = [pl.lit(None).alias(name) for name in COVERAGE.columns if name not in rows.columns]
        return COVERAGE.conform(rows.with_columns(rest))

    changes = _coverage(frame(old), frame(new))
    assert changes.added.height == len(new.keys() - old.keys())
    assert changes.removed.height == len(old.keys() - new.keys())
    assert [(int(row[2]), int(row[3])) for row in _rows(changes)] == [
        (old[week], new[week]) for week in sorted(old.keys() & new.keys()) if old[week] != new[week]
    ]


def _rows(changes: TableChanges) -> list[tuple[date, str, str, str, float]]:
    return changes.changed.rows()


def _links(**events: str) -> pl.DataFrame:
    """Return the table `event_mentions`: which mention reports which event."""
    rows = [{"mention_id": mention_id(m), "event_id": event_id(e), "relation": "reports"} for m, e in events.items()]
    return make("event_mentions", rows)


def test_reports_that_change_their_event_are_told_as_mergers_and_splits() -> None:
    old = _links(a="a", b="a", c="a", d="d", e="d", f="f", gone="f")
    new = _links(a="a", b="a", c="c", d="f", e="f", f="f", fresh="c")
    changes = compare_editions(edition(event_mentions=old), edition(event_mentions=new))
    assert changes.moves.rows() == [
        (event_id("d"), event_id("f"), "merge", 2),
        (event_id("a"), event_id("c"), "split", 1),
    ]
    assert changes.moves["reports"].sum() == 3


def test_denials_that_mean_another_event_now_are_no_merger() -> None:
    old = with_values(_links(a="a"), {"mention_id": mention_id("a")}, relation="denies")
    new = with_values(_links(a="b"), {"mention_id": mention_id("a")}, relation="denies")
    assert compare_editions(edition(event_mentions=old), edition(event_mentions=new)).moves.is_empty()


def test_where_no_event_changes_and_in_a_first_release_no_report_moves() -> None:
    assert compare_editions(edition(**world()), edition(**world())).moves.is_empty()
    assert compare_editions(None, edition(**world())).moves.is_empty()
