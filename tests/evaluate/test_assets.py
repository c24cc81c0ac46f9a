"""The table `accuracy` as the run makes it: from the gold sets of the deployment, and only when something changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import dagster as dg
import polars as pl
import pytest

from pipeline.definitions import resources
from pipeline.errors import InputError
from pipeline.evaluate.assets import accuracy
from pipeline.evaluate.sets import MENTIONS
from pipeline.settings import Settings
from pipeline.workbench import Workbench, open_workbench
from tests.evaluate.makers import gold_record, write_set


def _bench(tmp_path: Path, *gold: Path) -> Workbench:
    bench = open_workbench(Settings(data_dir=tmp_path / "data", gold=gold))
    return replace(bench, region=replace(bench.region, directory=tmp_path / "pack"))


def _accuracy(bench: Workbench) -> pl.DataFrame:
    done = dg.materialize([accuracy], resources=resources(bench))
    assert done.success
    return bench.store.load("accuracy")


def test_a_deployment_without_gold_has_an_empty_table(tmp_path: Path) -> None:
    assert _accuracy(_bench(tmp_path)).is_empty()


def test_each_gold_set_is_measured_once_and_again_when_it_changes(tmp_path: Path) -> None:
    write_set(tmp_path / "pack" / "gold")
    ours = write_set(tmp_path / "ours", {"raid-1": [gold_record(admin1="Aleppo")]})
    bench = _bench(tmp_path, ours)
    first = _accuracy(bench)
    assert first["gold_set"].unique().sort().to_list() == ["ours", "syria"]
    right = pl.col("slice") == "all", pl.col("measure") == "where_recall"
    assert dict(first.filter(right).select("gold_set", "score").iter_rows()) == {"ours": 0.0, "syria": 1.0}
    assert _accuracy(bench).equals(first)
    assert bench.store.log["evaluation"] == (1, 1)
    (ours / MENTIONS).write_bytes((ours / MENTIONS).read_bytes().replace(b"Aleppo", b"Idlib"))
    assert _accuracy(bench).filter(*right, gold_set="ours")["score"].item() == 1.0
    assert bench.store.log["evaluation"] == (2, 1)


def test_a_folder_that_is_no_gold_set_stops_the_run_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere: holds no articles\.jsonl"):
        _accuracy(_bench(tmp_path, tmp_path / "nowhere"))
