"""`fieldledger diff` shows the largest changes first, and nothing when nothing changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import FieldledgerError, InputError
from pipeline.release.compare import diff_releases, render_changes
from tests.release.factory import event_id, publish_world, with_values, world
from tests.release.test_plan import without_column


def test_the_same_release_has_no_lines(first: Path) -> None:
    changes = diff_releases(first, first)
    assert changes.level == "none"
    assert render_changes(changes) == ""


def test_figures_come_largest_first(releases: Path) -> None:
    tables = world()
    tables["events"] = with_values(
        tables["events"], {"place_name": "Upper Mill"}, fatalities_best=6, fatalities_high=90
    )
    tables["sources"] = tables["sources"].with_columns(source_name="source_id")
    new = publish_world(releases, tables).path
    assert render_changes(diff_releases(releases / "v1.0.0", new), shown=2).splitlines() == [
        "sources: 3 rows before, 3 after; 0 added, 0 removed, 3 changed",
        "  changed cells: source_name 3",
        "  ~ orchard-post  source_name: Orchard Post -> orchard-post",
        "  ~ river-wire  source_name: River Wire -> river-wire",
        "    and 1 more",
        "events: 2 rows before, 2 after; 0 added, 0 removed, 1 changed",
        "  changed cells: fatalities_best 1, fatalities_high 1",
        f"  ~ {event_id('m1')}  fatalities_high: empty -> 90",
        f"  ~ {event_id('m1')}  fatalities_best: 5 -> 6",
        "In all a patch change.",
    ]


def test_schema_changes_rows_gone_and_rows_new_are_told(releases: Path) -> None:
    tables = world()
    tables["actors"] = with_values(tables["actors"], {"actor_id": "testland-army"}, actor_id="testland-forces")
    tables["mentions"] = with_values(tables["mentions"], {"actor1_id": "testland-army"}, actor1_id="testland-forces")
    new = publish_world(releases, tables, contract=without_column("mentions", "weapon")).path
    lines = render_changes(diff_releases(releases / "v1.0.0", new)).splitlines()
    assert lines[:2] == ["Schema", '  major  mentions.weapon column removed: "string" -> empty']
    assert "  + testland-forces" in lines
    assert "  - testland-army" in lines
    assert lines[-1] == "In all a major change."


def test_hostile_values_stay_on_their_line(releases: Path) -> None:
    tables = world()
    title = "\x1b[31mred\n" + "x" * 500
    tables["articles"] = with_values(tables["articles"], {"input_record": 1}, title=title)
    text = render_changes(diff_releases(releases / "v1.0.0", publish_world(releases, tables).path))
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) < 250


def test_what_is_no_release_is_an_error_of_the_call(first: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no release"):
        diff_releases(first, tmp_path)


def test_a_damaged_table_is_not_compared(releases: Path) -> None:
    release = releases / "v1.0.0"
    path = release / "data/events.csv"
    path.write_bytes(path.read_bytes().replace(b"Upper", b"Under"))
    with pytest.raises(FieldledgerError, match=r"events.csv: not the file that datapackage\.json announces"):
        diff_releases(release, release)
