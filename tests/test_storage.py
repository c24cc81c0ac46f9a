"""The store keeps what it is given, notices damage, and does finished work only once."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import polars as pl
import pytest

from pipeline.errors import FieldledgerError
from pipeline.storage import Store, fingerprint, write_atomically

FRAME = pl.DataFrame({"a": [1, 2], "b": ["x", None]})


def test_a_frame_comes_back_as_it_went_in(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.get(store.put(FRAME)).equals(FRAME)


def test_the_name_of_an_object_is_the_hash_of_its_content(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.put(FRAME) == store.put(FRAME.clone()) == fingerprint(FRAME)
    assert store.put(FRAME.head(1)) != fingerprint(FRAME)


def test_a_damaged_object_is_noticed(tmp_path: Path) -> None:
    store = Store(tmp_path)
    digest = store.put(FRAME)
    (path,) = tmp_path.rglob(f"{digest}.parquet")
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(FieldledgerError, match=r"do not have the hash in its name; it was put aside as .*quarantine"):
        store.get(digest)
    assert store.get(store.put(FRAME)).equals(FRAME), "and made anew"


def test_work_is_done_once_for_the_same_inputs_and_anew_for_others(tmp_path: Path) -> None:
    store = Store(tmp_path)
    calls: list[int] = []

    def compute() -> dict[str, pl.DataFrame]:
        calls.append(1)
        return {"out": FRAME}

    assert store.remember("step", ["k"], compute)["out"].equals(FRAME)
    assert store.remember("step", ["k"], compute)["out"].equals(FRAME)
    assert len(calls) == 1
    store.remember("step", ["other"], compute)
    store.remember("other step", ["k"], compute)
    assert len(calls) == 3
    assert store.log == {"step": (2, 1), "other step": (1, 0)}


def test_a_memo_of_a_lost_object_is_forgotten_and_the_work_done_again(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.remember("step", ["k"], lambda: {"out": FRAME})
    for path in tmp_path.rglob("*.parquet"):
        path.unlink()
    assert store.recall("step", ["k"]) is None
    assert store.remember("step", ["k"], lambda: {"out": FRAME})["out"].equals(FRAME)


def test_an_asset_never_materialised_says_so(tmp_path: Path) -> None:
    with pytest.raises(FieldledgerError, match="events has not been materialised"):
        Store(tmp_path).load("events")


def test_a_pointer_leads_to_the_latest_value_of_each_partition(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.point("coding", "2021-02-01", store.put(FRAME))
    store.point("coding", "2021-02-08", store.put(FRAME.head(1)))
    store.point("coding", "2021-02-01", store.put(FRAME.head(0)))
    assert store.load("coding", "2021-02-01").height == 0
    assert store.load("coding", "2021-02-08").height == 1


def test_a_full_disk_gives_one_clear_error_and_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "file"
    write_atomically(target, b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FieldledgerError, match=r"file: cannot be written \(No space left on device\); make room"):
        write_atomically(target, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert target.read_bytes() == b"old"
