"""Rows added, removed and changed are found by key, cell by cell."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.release import changes as changes_module
from pipeline.release.changes import Changes, TableChanges, compare_editions
from pipeline.release.compare import render_changes
from pipeline.release.descriptor import describe_table
from tests.release.factory import CONTRACT, WEEKS, event_id, make, mention_id, with_values, world

COVERAGE = CONTRACT.tables["weekly_coverage"]


@dataclass(frozen=True)
class Kept:
    """A release that lies in memory."""

    frames: Mapping[str, pl.DataFrame]
    resources: Mapping[str, Mapping[str, Any]]
    version: str = "1.0.0"

    def frame(self, name: str) -> pl.DataFrame:
        return self.frames[name]


def _edition(**frames: pl.DataFrame) -> Kept:
    return Kept(frames, {name: describe_table(CONTRACT.tables[name]) for name in frames})


def _coverage(old: pl.DataFrame, new: pl.DataFrame) -> TableChanges:
    return compare_editions(_edition(weekly_coverage=old), _edition(weekly_coverage=new)).tables["weekly_coverage"]


def _cells(changes: TableChanges) -> list[tuple[object, ...]]:
    return changes.changed.rows()


def test_the_same_rows_are_no_change() -> None:
    changes = compare_editions(_edition(**world()), _edition(**world()))
    assert changes.level == "none"
    assert all(table.total == 0 for table in changes.tables.values())


def test_rows_come_and_go_by_their_key() -> None:
    rows = world()["weekly_coverage"]
    changes = _coverage(rows.head(1), rows.tail(1))
    assert changes.added.rows() == [(WEEKS[1],)]
    assert changes.removed.rows() == [(WEEKS[0],)]
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
    cells = compare_editions(_edition(events=old), _edition(events=new)).tables["events"].changed
    assert cells.select("column", "old", "new", "size").rows() == [
        ("admin2", "Hills", None, None),
        ("fatalities_high", None, "8", 8.0),
        ("disputed", "true", "false", None),
    ]


def test_a_key_of_several_columns_is_kept_in_columns() -> None:
    old = world()["weekly_events"]
    key = {"week_start": WEEKS[0], "admin1": "North", "sub_event_type": "Armed clash"}
    cells = compare_editions(_edition(weekly_events=old), _edition(weekly_events=with_values(old, key, injured=2)))
    assert cells.tables["weekly_events"].changed.rows() == [
        (WEEKS[0], "North", "Armed clash", "injured", "0", "2", 2.0)
    ]


def test_a_retyped_column_is_left_to_the_schema_comparison() -> None:
    rows = world()["weekly_coverage"]
    changes = _coverage(rows, rows.with_columns(pl.col("articles").cast(pl.String)))
    assert changes.total == 0


def test_rows_under_another_key_are_all_new() -> None:
    rows = world()["weekly_coverage"]
    new = _edition(weekly_coverage=rows)
    resource = new.resources["weekly_coverage"]
    rekeyed = Kept(
        new.frames,
        {"weekly_coverage": {**resource, "schema": {**resource["schema"], "primaryKey": ["iso_week"]}}},
    )
    changes = compare_editions(new, rekeyed).tables["weekly_coverage"]
    assert (changes.removed.columns, changes.added.columns) == (["week_start"], ["iso_week"])
    assert (changes.removed.height, changes.added.height) == (2, 2)


def test_tables_that_only_one_edition_has_are_all_new_or_all_gone() -> None:
    rows = world()
    one, both = _edition(places=rows["places"]), _edition(places=rows["places"], actors=rows["actors"])
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
        compare_editions(_edition(weekly_coverage=rows.head(old)), _edition(weekly_coverage=rows.head(new))).level
        == level
    )


def _json(changes: Changes) -> dict[str, object]:
    content: dict[str, object] = json.loads(changes.to_bytes("1.0.1"))
    return content


def test_the_first_release_counts_its_rows_and_lists_none() -> None:
    changes = compare_editions(None, _edition(places=world()["places"]))
    assert changes.previous_version is None
    assert _json(changes)["tables"] == [
        {
            "table": "places", "rows_before": 0, "rows_after": 2, "added": 2, "removed": 0, "changed": 0,
            "changed_cells_by_column": {}, "added_rows": [], "removed_rows": [], "changed_cells": [],
        }
    ]  # fmt: skip


def test_changes_json_lists_the_numbers_that_moved_furthest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes_module, "LISTED", 1)
    old = world()["weekly_coverage"]
    new = with_values(with_values(old, {"week_start": WEEKS[0]}, articles=4), {"week_start": WEEKS[1]}, articles=100)
    content = _json(compare_editions(_edition(weekly_coverage=old), _edition(weekly_coverage=new)))
    assert content["tables"][0]["changed"] == 2  # type: ignore[index]
    assert content["tables"][0]["changed_cells"] == [  # type: ignore[index]
        {"key": {"week_start": "2021-02-08"}, "column": "articles", "old": "1", "new": "100"}
    ]
    assert (content["schema_version"], content["version"], content["level"]) == (1, "1.0.1", "patch")


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
    changes = compare_editions(_edition(event_mentions=old), _edition(event_mentions=new))
    assert changes.moves.rows() == [
        (event_id("d"), event_id("f"), "merge", 2),
        (event_id("a"), event_id("c"), "split", 1),
    ]
    content = json.loads(changes.to_bytes("1.1.0"))
    assert (content["moved_reports"], len(content["event_moves"])) == (3, 2)
    assert content["event_moves"][1] == {
        "from_event_id": event_id("a"), "to_event_id": event_id("c"), "kind": "split", "reports": 1,
    }  # fmt: skip
    shown = render_changes(changes)
    assert f"Reports that moved to another event: 3\n  merge  {event_id('d')} -> {event_id('f')}: 2\n" in shown


def test_denials_that_mean_another_event_now_are_no_merger() -> None:
    old = with_values(_links(a="a"), {"mention_id": mention_id("a")}, relation="denies")
    new = with_values(_links(a="b"), {"mention_id": mention_id("a")}, relation="denies")
    assert compare_editions(_edition(event_mentions=old), _edition(event_mentions=new)).moves.is_empty()


def test_where_no_event_changes_and_in_a_first_release_no_report_moves() -> None:
    changes = compare_editions(_edition(**world()), _edition(**world()))
    first = compare_editions(None, _edition(**world()))
    for found in (changes, first):
        assert json.loads(found.to_bytes("1.0.0"))["event_moves"] == []
        assert json.loads(found.to_bytes("1.0.0"))["moved_reports"] == 0
