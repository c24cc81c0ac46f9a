"""The release room tells which event ids went away, and hands on those that stay."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from pipeline.errors import FieldledgerError
from pipeline.ids import sha256_bytes
from pipeline.release.plan import plan_with_retired
from pipeline.release.predecessor import check_predecessor, past_founders, past_reports, predecessor
from pipeline.release.reader import Release, open_release
from pipeline.release.retired import retired_events, retirement_balances
from pipeline.release.verify import verify_release
from tests.release.factory import (
    BUILD_TIME,
    event_id,
    mention_id,
    publish_world,
    with_values,
    without_retired,
    world,
)

UPPER, LOWER = event_id("m1"), event_id("m4")


def one_event() -> dict[str, pl.DataFrame]:
    """Return the world in which both reports turned out to tell one event."""
    tables = without_retired(world())
    gone = pl.col("event_id") == LOWER
    links = with_values(tables["event_mentions"], {"event_id": LOWER}, event_id=UPPER)
    covered = with_values(tables["shared_toll_events"], {"event_id": LOWER}, event_id=UPPER)
    events = tables["events"].filter(~gone)
    return tables | {"events": events, "event_mentions": links, "shared_toll_events": covered}


def test_what_a_release_hands_on_is_its_events_and_their_reports(first: Path) -> None:
    release = open_release(first)
    assert past_founders(release).rows() == sorted(
        [(UPPER, mention_id("m1"), True, False), (LOWER, mention_id("m4"), True, False)]
    )
    assert dict(past_reports(release).iter_rows()) == {mention_id("m1"): UPPER, mention_id("m4"): LOWER}
    digest = sha256_bytes((first / "manifest.json").read_bytes())
    assert predecessor(release).rows() == [("1.0.0", digest)]


def test_before_a_first_release_there_is_nothing_to_hand_on() -> None:
    assert [past_founders(None).height, past_reports(None).height, predecessor(None).height] == [0, 0, 0]
    assert retired_events(None, world()["events"], world()["event_mentions"], "1.0.0").is_empty()


def test_a_release_of_a_program_without_retired_events_is_followed_as_well(first: Path) -> None:
    release = open_release(first)
    older = Release(
        release.path,
        release.version,
        {name: table for name, table in release.tables.items() if name != "retired_events"},
        {name: resource for name, resource in release.resources.items() if name != "retired_events"},
    )
    assert past_founders(older).equals(past_founders(release))
    assert retired_events(older, one_event()["events"], one_event()["event_mentions"], "1.1.0").height == 1


def test_a_release_without_its_events_cannot_be_followed(first: Path) -> None:
    release = open_release(first)
    with pytest.raises(FieldledgerError, match=r"1\.0\.0: table events has no event_id.*move that release away"):
        past_founders(Release(release.path, release.version, {}, {}))


def test_ids_given_after_another_release_are_not_planned_with(first: Path) -> None:
    release = open_release(first)
    check_predecessor(release, predecessor(release))
    check_predecessor(None, predecessor(None))
    with pytest.raises(FieldledgerError, match=r"follow no release, but 1\.0\.0 is the newest now: run again"):
        check_predecessor(release, predecessor(None))
    with pytest.raises(FieldledgerError, match=r"follow 1\.0\.0, but no release is the newest now"):
        check_predecessor(None, predecessor(release))


def test_an_id_that_goes_makes_a_version_and_its_row_names_it(first: Path) -> None:
    plan, retired = plan_with_retired(one_event(), open_release(first), build_time=BUILD_TIME)
    assert plan.version == "1.1.0"
    assert retired.rows() == [(LOWER, mention_id("m4"), "1.1.0", "merged", UPPER, UPPER)]
    assert plan.changes.tables["retired_events"].added["event_id"].to_list() == [LOWER]


def test_rows_are_carried_on_and_nothing_new_makes_no_release(releases: Path) -> None:
    tables = one_event()
    _, retired = plan_with_retired(tables, open_release(releases / "v1.0.0"), build_time=BUILD_TIME)
    published = publish_world(releases, tables | {"retired_events": retired})
    assert verify_release(published.path) == []
    newest = open_release(published.path)
    plan, again = plan_with_retired(tables, newest, build_time=BUILD_TIME)
    assert not plan.is_new
    assert again.equals(retired)
    assert (LOWER, mention_id("m4"), False, False) in past_founders(newest).rows()
    later = tables | {"events": with_values(tables["events"], {"event_id": UPPER}, event_date_end=date(2021, 2, 3))}
    plan, still = plan_with_retired(later, newest, build_time=BUILD_TIME)
    assert (plan.version, still.equals(retired)) == ("1.1.1", True)


def test_a_release_whose_retired_events_lead_to_no_event_does_not_verify(releases: Path) -> None:
    tables = one_event()
    _, retired = plan_with_retired(tables, open_release(releases / "v1.0.0"), build_time=BUILD_TIME)
    astray = retired.with_columns(current_event_id=pl.lit(LOWER))
    with pytest.raises(FieldledgerError, match=r"current_event_id.*must name a row of events"):
        publish_world(releases, tables | {"retired_events": astray})


def test_balances_see_ids_that_are_lost_or_living_and_retired_at_once(first: Path) -> None:
    previous, tables = open_release(first), one_event()
    _, retired = plan_with_retired(tables, previous, build_time=BUILD_TIME)
    assert retirement_balances(previous, tables["events"], retired)["ok"].all()
    assert retirement_balances(None, tables["events"], retired.clear())["ok"].all()

    def wrong(events: pl.DataFrame, rows: pl.DataFrame) -> list[str]:
        return retirement_balances(previous, events, rows).filter(~pl.col("ok"))["balance"].to_list()

    assert wrong(tables["events"], retired.clear()) == ["ids of the release before = living + retired"]
    assert wrong(world()["events"], retired) == ["living + retired ids = ids"]
    unknown = pl.concat([retired, retired.with_columns(event_id=pl.lit("e-00000000000000ff"))])
    assert wrong(tables["events"], unknown) == ["retired ids = ids given before"]
    astray = retired.with_columns(merged_into=pl.lit("e-00000000000000ff"))
    assert wrong(tables["events"], astray) == ["merged into = events living or retired"]


def test_a_predecessor_that_was_damaged_is_named(first: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(first, tmp_path / "v1.0.0"))
    (copy / "data" / "events.csv").write_text("event_id\r\n", encoding="utf-8")
    with pytest.raises(FieldledgerError, match=r"events\.csv: not the file that datapackage\.json announces"):
        past_founders(open_release(copy))
