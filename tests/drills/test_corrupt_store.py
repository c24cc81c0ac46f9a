"""Files in the store that are not as they were written: found by their hash, put aside, made again by the next run."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from pathlib import Path

import polars as pl
import pytest

from pipeline.archive import Archive
from pipeline.errors import FieldledgerError
from pipeline.history_repair import put_damaged_aside
from pipeline.run import _last_release, open_instance, run
from pipeline.settings import Settings
from pipeline.storage import Store
from tests.drills.conftest import LATER_WEEKS, OF_PLACE, Series
from tests.end_to_end.articles import files_below

FRAME = pl.DataFrame({"a": [1, 2]})


def flip(path: Path) -> Path:
    """Change one byte in the middle of a file."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.chmod(0o644)
    path.write_bytes(data)
    return path


def object_of(store: Path, asset: str, partition: str = "all") -> Path:
    digest: str = json.loads((store / "assets" / asset / f"{partition}.json").read_bytes())["object"]
    return store / "objects" / digest[:2] / f"{digest}.parquet"


def cut(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[:9])
    return path


def test_whatever_is_damaged_the_next_run_makes_it_again_without_further_hands(series: Series, tmp_path: Path) -> None:
    data_dir = series.before_the_second(tmp_path)
    store = data_dir / "store"
    damaged = {
        flip(object_of(store, "weekly_coding", LATER_WEEKS[0])),  # behind a memo, and a week that did not change
        flip(object_of(store, "coding_backend")),  # behind an asset alone
        flip(object_of(store, "places")),
        flip(next(path for path in (store / "raw").rglob("*") if path.is_file() and b"raid-1" in path.read_bytes())),
    }
    cut(store / "assets/events/all.json")
    cut(store / "assets/weekly_articles" / f"{LATER_WEEKS[1]}.json")
    for memo in (store / "memo/evaluation").iterdir():
        flip(memo)
    (store / "last_run.json").write_bytes(b"[1, 2")
    (data_dir / "dagster/history/runs/index.db").write_bytes(b"no database" * 1000)
    bench = series.bench(data_dir)
    report = run(bench)
    assert files_below(report.release) == series.release
    assert bench.store.standing(OF_PLACE) == series.values
    assert report.worked["coding"] == (2, 1), "the damaged week and that of the late article; one found done"
    told = "\n".join(report.damage)
    aside = {path.name for path in (store / "quarantine").iterdir()}
    assert {path.name for path in damaged} < aside
    assert {"dagster-index.db"} < aside
    assert all(f"put aside as {store / 'quarantine'}" in line for line in report.damage)
    assert "weekly_coding" not in told, "objects are named by their hash"
    assert f"{LATER_WEEKS[1]}.json: does not say which object is meant" in told
    assert "memo/evaluation" in told
    with open_instance(Settings(data_dir=data_dir)) as instance:
        assert set(LATER_WEEKS) < set(instance.get_dynamic_partitions("publication_week"))


@pytest.mark.parametrize("asset", ["resolve_books", "rejections", "weekly_events", "briefs_none"])
def test_damage_is_seen_also_where_nothing_else_had_changed(series: Series, tmp_path: Path, asset: str) -> None:
    """A run on unchanged inputs that did not look would end on damaged figures, or never get past them."""
    store = Store(Path(shutil.copytree(series.home / "data/store", tmp_path / "store")))
    assert store.standing(OF_PLACE) == series.values
    if asset == "briefs_none":
        next(iter((store.root / "assets/weekly_coding").iterdir())).unlink()
    else:
        flip(object_of(store.root, asset))
    assert store.standing(OF_PLACE) != series.values


@pytest.mark.parametrize("noted", [b"", b"[]", b"null", b'{"state": 1}', b"\xff\xfe", b'{"state": "x", "release": 7}'])
def test_a_note_of_the_last_run_that_cannot_be_read_is_none(series: Series, tmp_path: Path, noted: bytes) -> None:
    bench = series.bench(tmp_path / "data")
    bench.store.root.mkdir(parents=True)
    (bench.store.root / "last_run.json").write_bytes(noted)
    assert _last_release(bench, "x") is None


@pytest.mark.parametrize("noted", [b"", b"[]", b"null", b'{"object": 7}', b'{"object": "zz"}', b'{"object"', b"\xff"])
def test_a_pointer_that_cannot_be_read_is_put_aside(tmp_path: Path, noted: bytes) -> None:
    store = Store(tmp_path)
    store.point("events", None, store.put(FRAME))
    (tmp_path / "assets/events/all.json").write_bytes(noted)
    with pytest.raises(FieldledgerError, match=r"all.json: does not say .* put aside as .*/events-all.json: run again"):
        store.load("events")
    store.point("events", None, store.put(FRAME))
    assert store.load("events").equals(FRAME)


def test_every_byte_of_a_memo_counts(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.memorise("step", ["k"], {"out": FRAME})
    (memo,) = (tmp_path / "memo/step").iterdir()
    whole = memo.read_bytes()
    for at in range(len(whole)):
        memo.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert store.recall("step", ["k"]) is None, at
    assert store.remember("step", ["k"], lambda: {"out": FRAME})["out"].equals(FRAME)
    assert memo.read_bytes() == whole


def test_an_object_is_written_anew_over_one_that_is_damaged(tmp_path: Path) -> None:
    store = Store(tmp_path)
    digest = store.put(FRAME)
    flip(store._object(digest))
    assert store.put(FRAME) == digest
    assert store.get(digest).equals(FRAME)
    assert len(store.damage) == 1


def test_a_raw_input_that_nobody_has_any_more_is_told_of_with_the_remedy(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    digest = archive.keep_bytes(b"an article")
    flip(archive.path(digest))
    with pytest.raises(FieldledgerError, match=r"put aside as .*: hand the file in again, or bring it back"):
        archive.read(digest)
    assert archive.keep_bytes(b"an article") == digest
    assert archive.read(digest) == b"an article"


@pytest.mark.parametrize("damage", [b"", b"SQLite format 3\0" + b"x" * 5000, None])
def test_records_of_dagster_that_are_damaged_are_put_aside_and_whole_ones_stay(
    tmp_path: Path, damage: bytes | None
) -> None:
    home, store = tmp_path / "dagster", tmp_path / "store"
    path = home / "history/runs.db"
    path.parent.mkdir(parents=True)
    with sqlite3.connect(path) as connection:
        connection.execute("create table runs (id integer)")
    connection.close()
    assert list(put_damaged_aside(home, store)) == []
    if damage is None:
        with path.open("r+b") as file:
            file.seek(100)
            file.write(b"\xff" * 400)
    elif damage:
        path.write_bytes(damage)
    else:
        os.truncate(path, 3000)
    (said,) = put_damaged_aside(home, store)
    assert said.startswith(f"{path}: ")
    assert f"put aside as {store / 'quarantine/dagster-runs.db'}, and Dagster's records in it begin anew" in said
    assert not path.exists()
