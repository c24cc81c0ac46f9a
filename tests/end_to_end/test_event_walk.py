"""Events over four releases, with a late article and corrections of each kind: ids last, what goes is told, sums hold.

A small corpus walked once through all stages; each rule by itself is tested where its room is.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipeline.ids import sha256_bytes
from pipeline.progress import Unwatched
from pipeline.release.lock import Previous, read_lock
from pipeline.release.reader import Release, open_release
from pipeline.release.verify import verify_release
from pipeline.reproduce.account import account
from pipeline.reproduce.job import Order, reproduce
from pipeline.run import run
from pipeline.settings import Settings
from pipeline.workbench import open_workbench
from tests.end_to_end.articles import CLASH, RAID, SHELLING, Record, files_below, write_jsonl

LATE: Record = RAID | {
    "id": "late-1",
    "source": "Test Courier",
    "published_at": "2021-02-09",
    "text": "Warplanes bombed the town of Ariha in Idlib province on Tuesday. Four civilians were killed.",
}
"""Of the raid, from the day before it was published first."""
APART: Record = SHELLING | {
    "id": "apart-1",
    "source": "Test Courier",
    "text": "Government artillery shelled the village of Kafr Amma in western Aleppo countryside on Thursday. Two "
    "people were killed, residents said.",
}
"""The shelling, told of the next village: the coding keeps the two apart."""
TOGETHER: Record = CLASH | {
    "id": "two-1",
    "source": "Test Lantern",
    "published_at": "2021-02-18",
    "text": "Syrian government warplanes bombed the towns of Binnish and Sarmin in Idlib province on Wednesday. A "
    "total of nine civilians were killed in the two towns, Civil Defence said.",
}
"""One toll for two events."""
FIRST = (RAID, CLASH, SHELLING, APART, TOGETHER)
SHELLED = ("Al-Atarib", "Kafr Amma")


@dataclass(frozen=True)
class House:
    """One data directory, in which the releases follow each other."""

    folder: Path

    def release(self, *articles: Record, corrections: tuple[Record, ...] = ()) -> tuple[Release, bool]:
        """Run on the articles with the corrections; return the newest release, and whether it is new."""
        source = write_jsonl(self.folder / "articles.jsonl", *articles)
        declared = self.folder / "data" / "corrections"
        declared.mkdir(parents=True, exist_ok=True)
        (declared / "desk.yaml").write_text(json.dumps({"corrections": corrections}), encoding="utf-8")
        settings = Settings(data_dir=self.folder / "data", inputs=(source,), source_date_epoch=None)
        report = run(open_workbench(settings))
        if report.new_release:
            assert verify_release(report.release) == []
        return open_release(report.release), report.new_release

    def forget_last_run(self) -> None:
        """Let the next run do everything again."""
        (self.folder / "data" / "store" / "last_run.json").unlink()


def at(release: Release, *places: str) -> dict[str, Any]:
    """Return the row of the one event at one of ``places``."""
    (row,) = release.frame("events").filter(pl.col("place_name").is_in(places)).iter_rows(named=True)
    return row


def members(release: Release, *event_ids: str) -> list[str]:
    links = release.frame("event_mentions").filter(pl.col("event_id").is_in(event_ids))
    return links.filter(pl.col("relation") == "reports")["mention_id"].sort().to_list()


def said(action: str, event_id: str, seen: list[str], **more: Any) -> Record:
    expect = {"members": seen, **more.pop("expect", {})}
    head = {"action": action, "event": event_id, "reason": "The desk asked.", "who": "The desk", "date": "2021-05-01"}
    return {**head, "expect": expect, **more}


def retired(release: Release) -> dict[str, tuple[str, str, str | None]]:
    """Return version, reason and current event of each id that went away."""
    columns = ("event_id", "version", "retirement_reason", "current_event_id")
    return {row[0]: row[1:] for row in release.frame("retired_events").select(columns).iter_rows()}


def sums_hold(release: Release) -> int:
    """See that weekly figures are event tolls and shared tolls, each once; return all the dead."""
    events, shared = release.frame("events"), release.frame("shared_tolls").filter(pl.col("kind") == "killed")
    told = int(events["fatalities_best"].sum())
    together = int(shared["counted_best"].sum())
    assert int(release.frame("weekly_events")["fatalities_best"].sum()) == told
    weekly = release.frame("weekly_tolls")
    assert int(weekly["fatalities_best"].sum()) == told
    assert int(weekly["shared_fatalities_best"].sum()) == together
    assert int(weekly["total_fatalities_best"].sum()) == told + together
    links = release.frame("event_mentions").filter(pl.col("relation") == "reports")
    assert links.height == events["mention_count"].sum()
    return told + together


@dataclass(frozen=True)
class Walk:
    """The four releases: as coded; with a late article, an override and a merge; with a split and a withdrawal; and
    without the late article."""

    first: Release
    second: Release
    third: Release
    fourth: Release
    done_again: tuple[bool, bool]
    """Whether the third release followed by nothing new made another one: at once, and with all done again."""

    @property
    def raid(self) -> dict[str, Any]:
        return at(self.first, "Ariha")

    @property
    def clash(self) -> dict[str, Any]:
        return at(self.first, "Saraqib")

    @property
    def joined(self) -> dict[str, Any]:
        return at(self.second, *SHELLED)

    @property
    def gone(self) -> str:
        """The id of the event that was merged into `joined`."""
        (gone,) = {at(self.first, place)["event_id"] for place in SHELLED} - {self.joined["event_id"]}
        return str(gone)

    @property
    def late(self) -> str:
        """The mention that the late article brought."""
        (late,) = {*members(self.second, self.raid["event_id"])} - {self.raid["founding_mention_id"]}
        return late


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    house = House(tmp_path_factory.mktemp("walk"))
    first, _ = house.release(*FIRST)
    raid, clash, one, other = (at(first, place)["event_id"] for place in ("Ariha", "Saraqib", *SHELLED))
    toll = {"expect": {"values": {"fatalities_best": 4}}, "set": {"fatalities_best": 5}}
    right = said("override", clash, members(first, clash), **toll)
    are_one = said("merge", one, members(first, one, other)) | {"with": [other]}
    second, _ = house.release(*FIRST, LATE, corrections=(right, are_one))
    (late,) = {*members(second, raid)} - {*members(first, raid)}
    apart = said("split", raid, members(second, raid), mentions=[late])
    desk = (are_one, apart, said("withdraw", clash, members(second, clash)))
    third, _ = house.release(*FIRST, LATE, corrections=desk)
    _, at_once = house.release(*FIRST, LATE, corrections=desk)
    house.forget_last_run()
    _, after_all = house.release(*FIRST, LATE, corrections=desk)
    fourth, _ = house.release(*FIRST, corrections=desk)
    return Walk(first, second, third, fourth, (at_once, after_all))


def test_sums_hold_in_every_release_and_a_shared_toll_counts_once(walk: Walk) -> None:
    assert (walk.first.frame("events").height, sums_hold(walk.first)) == (6, 3 + 4 + 1 + 2 + 9)
    dead = 3 + 5 + walk.joined["fatalities_best"] + 9
    assert [sums_hold(release) for release in (walk.second, walk.third, walk.fourth)] == [dead, dead - 5 + 4, dead - 5]


def test_a_late_article_joins_its_event_which_keeps_id_and_founder(walk: Walk) -> None:
    kept = at(walk.second, "Ariha")
    assert [kept[name] for name in ("event_id", "founding_mention_id")] == [
        walk.raid[name] for name in ("event_id", "founding_mention_id")
    ]
    assert (kept["mention_count"], kept["source_count"], kept["fatalities_high"]) == (2, 2, 4)
    accounts = walk.second.frame("accounts").filter(pl.col("event_id") == kept["event_id"])
    assert sorted(accounts["fatalities_low"]) == [3, 4], "both tolls stand, each with its quote"


def test_a_corrected_value_keeps_the_original_beside_it(walk: Walk) -> None:
    clash = at(walk.second, "Saraqib")
    assert (clash["event_id"], clash["fatalities_best"], clash["corrected"]) == (walk.clash["event_id"], 5, True)
    kept = walk.second.frame("corrections").filter(pl.col("field") == "fatalities_best").row(0, named=True)
    assert (kept["state"], kept["original_value"], kept["corrected_value"]) == ("applied", "4", "5")


def test_a_merger_is_told_of_by_the_id_that_went_and_by_the_reports_that_moved(walk: Walk) -> None:
    joined = walk.joined
    assert (joined["mention_count"], joined["fatalities_low"], joined["fatalities_high"]) == (2, 1, 2)
    assert retired(walk.second) == {walk.gone: (walk.second.version, "merged", joined["event_id"])}
    moves = json.loads((walk.second.path / "changes.json").read_bytes())["event_moves"]
    pair = (walk.gone, joined["event_id"], "merge")
    assert [(move["from_event_id"], move["to_event_id"], move["kind"]) for move in moves] == [pair]


def test_a_split_leaves_the_id_with_the_founder_though_the_other_report_came_before_it(walk: Walk) -> None:
    raids = walk.third.frame("events").filter(pl.col("place_name") == "Ariha")
    tolls = dict(raids.select("founding_mention_id", "fatalities_best").iter_rows())
    assert tolls == {walk.raid["founding_mention_id"]: 3, walk.late: 4}
    (kept,) = raids.filter(pl.col("founding_mention_id") != walk.late)["event_id"]
    assert kept == walk.raid["event_id"]


def test_every_id_ever_given_is_living_or_told_of(walk: Walk) -> None:
    merged = {walk.gone: (walk.second.version, "merged", walk.joined["event_id"])}
    withdrawn = {walk.clash["event_id"]: (walk.third.version, "withdrawn", None)}
    assert [retired(walk.first), retired(walk.third)] == [{}, merged | withdrawn]
    (split_off,) = {*walk.third.frame("events")["event_id"]} - {*walk.second.frame("events")["event_id"]}
    assert retired(walk.fourth) == merged | withdrawn | {split_off: (walk.fourth.version, "withdrawn", None)}
    ever = {
        event_id
        for edition in (walk.first, walk.second, walk.third)
        for event_id in edition.frame("events")["event_id"]
    }
    assert ever == {*walk.fourth.frame("events")["event_id"], *retired(walk.fourth)}


def test_a_release_names_the_one_that_it_follows(walk: Walk) -> None:
    before = sha256_bytes((walk.first.path / "manifest.json").read_bytes())
    assert read_lock((walk.first.path / "lock.json").read_bytes()).previous is None
    assert read_lock((walk.second.path / "lock.json").read_bytes()).previous == Previous("1.0.0", before)


def test_a_release_is_made_again_with_its_corrections_and_ids(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    """How good the coding is, is not measured again, which costs more than all else."""
    monkeypatch.setattr("pipeline.evaluate.assets.measure", lambda bench, sets: walk.first.frame("accuracy"))
    told: list[str] = []
    store = walk.second.path.parents[1] / "store"
    before = files_below(store)
    done = reproduce(Order(walk.second.path, store), Unwatched(), told.append)
    assert (done.holds, told) == (True, []), list(account(done))
    assert (done.base, done.made) == (walk.first.version, (walk.second.version,))
    assert files_below(store) == before, "the store that is drawn from stays as it is"


def test_nothing_new_makes_no_release_and_what_no_longer_fits_is_left_out(walk: Walk) -> None:
    assert walk.done_again == (False, False)
    state = dict(walk.fourth.frame("corrections").select("action", "state").iter_rows())
    assert state == {"merge": "applied", "split": "stale", "withdraw": "applied"}
    assert at(walk.fourth, "Ariha")["event_id"] == walk.raid["event_id"]
