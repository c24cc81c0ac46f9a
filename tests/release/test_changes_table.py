"""The table `changes` holds every change once, largest first by the rule, and is no change itself."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.contract_validation import split
from pipeline.errors import FieldledgerError
from pipeline.release.changes import Changes, compare_editions
from pipeline.release.changes_table import change_balances, changes_table, row_key
from pipeline.release.plan import plan_release
from pipeline.release.publish import publish
from pipeline.release.reader import open_release
from pipeline.release.verify import verify_release
from tests.release.editions import changes_of, edition, rekeyed
from tests.release.factory import (
    BUILD_TIME,
    CONTRACT,
    MADE_FROM,
    SCOPE,
    books,
    event_id,
    publish_world,
    with_values,
    world,
)
from tests.release.followed import followed
from tests.release.test_publish import snapshot

CHANGES = CONTRACT.tables["changes"]


def _told(changes: Changes) -> list[tuple[object, ...]]:
    table = changes_table(changes)
    assert split(CHANGES, table, stage="aggregate").rejections.is_empty()
    assert table["change_rank"].to_list() == list(range(1, table.height + 1))
    assert change_balances(changes, table)["ok"].all()
    return table.select("table", "row_key", "change_kind", "field").rows()


def test_people_come_first_then_rows_then_other_numbers_then_words() -> None:
    old, new = world(), world()
    coverage = {"week_start": date(2021, 2, 1), "iso_week": "2021-W05", "articles": 3}
    del coverage["iso_week"], coverage["articles"]
    new["weekly_coverage"] = with_values(old["weekly_coverage"], coverage, articles=400, mentions=4)
    new["events"] = with_values(old["events"], {"event_id": event_id("m1")}, fatalities_best=7, place_name="Mill")
    new["weekly_tolls"] = with_values(
        old["weekly_tolls"], {"area": "North", "iso_week": "2021-W05"}, total_fatalities_best=8
    )
    new["actors"] = old["actors"].head(1)
    assert _told(changes_of(old, new)) == [
        ("weekly_tolls", "2021-02-01|North", "changed", "total_fatalities_best"),
        ("events", event_id("m1"), "changed", "fatalities_best"),
        ("actors", "testland-army", "removed", None),
        ("weekly_coverage", "2021-02-01", "changed", "articles"),
        ("weekly_coverage", "2021-02-01", "changed", "mentions"),
        ("events", event_id("m1"), "changed", "place_name"),
    ]


def test_events_that_come_or_go_count_with_their_toll() -> None:
    without = {"events": world()["events"].head(0)}
    with_them = {"events": world()["events"]}
    added, removed = (changes_table(changes_of(*pair)) for pair in ((without, with_them), (with_them, without)))
    for table, kind in ((added, "added"), (removed, "removed")):
        assert table.select("row_key", "change_kind", "change_size", "size_unit").rows() == [
            (event_id("m1"), kind, 5.0, "persons"),
            (event_id("m4"), kind, None, None),
        ]


def test_every_change_is_in_it_once() -> None:
    changes = changes_of(world(), followed())
    assert len(_told(changes)) == changes.entries == 15


def test_rows_under_another_key_are_told_by_the_key_they_have() -> None:
    rows = edition(weekly_coverage=world()["weekly_coverage"])
    assert _told(compare_editions(rows, rekeyed(rows, "weekly_coverage", "iso_week"))) == [
        ("weekly_coverage", "2021-W05", "added", None),
        ("weekly_coverage", "2021-W06", "added", None),
        ("weekly_coverage", "2021-02-01", "removed", None),
        ("weekly_coverage", "2021-02-08", "removed", None),
    ]


def test_balances_tell_a_change_that_is_missing_or_a_count_that_is_wrong() -> None:
    changes = changes_of(world(), followed())
    short = change_balances(changes, changes_table(changes).head(-1))
    assert short.filter(~pl.col("ok"))["balance"].to_list() == ["event_mentions: changes = rows of changes"]


KEYS = st.lists(st.text(alphabet="ab|\\", max_size=4), min_size=2, max_size=2)


@given(KEYS, KEYS)
def test_no_two_keys_read_alike_and_each_can_be_read_back(one: list[str], other: list[str]) -> None:
    frame = pl.DataFrame([one, other], schema={"x": pl.String, "y": pl.String}, orient="row")
    keys = frame.select(row_key(["x", "y"])).to_series().to_list()
    assert (keys[0] == keys[1]) == (one == other)
    parts = re.findall(r"((?:[^|\\]|\\.)*)(?:\||$)", keys[0])[:2]
    assert [re.sub(r"\\(.)", r"\1", part) for part in parts] == one


def test_in_a_first_release_it_is_empty(first: Path) -> None:
    assert open_release(first).frame("changes").is_empty()


@pytest.fixture(scope="module")
def series(first: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with two releases; it is not to be changed."""
    releases = Path(shutil.copytree(first.parent, tmp_path_factory.mktemp("series") / "releases", symlinks=True))
    publish_world(releases, followed())
    return releases


def test_a_release_carries_it_whole(series: Path) -> None:
    release = series / "v1.1.0"
    assert verify_release(release) == []
    table = open_release(release).frame("changes")
    assert table.equals(changes_table(compare_editions(open_release(series / "v1.0.0"), open_release(release))))
    assert "Every change since the release before" in (release / "README.md").read_text(encoding="utf-8")


def test_it_makes_no_new_version_and_is_not_told_of_in_the_next(series: Path) -> None:
    newest = open_release(series / "v1.1.0")
    again = plan_release(followed(), newest, build_time=BUILD_TIME)
    assert (again.version, again.is_new) == ("1.1.0", False)
    assert changes_table(again.changes).is_empty()
    back = plan_release({**world(), "retired_events": followed()["retired_events"]}, newest, build_time=BUILD_TIME)
    assert "changes" not in back.changes.tables
    assert "changes" not in changes_table(back.changes)["table"].to_list()


def test_a_rebuild_gives_the_same_bytes(series: Path, releases: Path) -> None:
    publish_world(releases, followed())
    assert snapshot(releases / "v1.1.0") == snapshot(series / "v1.1.0")


def test_another_account_of_the_changes_than_planned_is_refused(series: Path) -> None:
    plan = plan_release(world(), open_release(series / "v1.1.0"), build_time=BUILD_TIME)
    tables = {**world(), "changes": changes_table(plan.changes).head(1)}
    with pytest.raises(FieldledgerError, match=r"table changes has 1 rows, but was planned with \d+"):
        publish(series, tables, plan, scope=SCOPE, documents={}, books=books(), made_from=MADE_FROM)
