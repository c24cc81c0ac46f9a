"""What a step gave before is given again, until something that it rests on is new."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from pipeline import workbench
from pipeline.settings import Settings
from pipeline.workbench import Workbench, open_workbench

ONE, OTHER = pl.DataFrame({"n": [1]}), pl.DataFrame({"n": [2]})


class Counted:
    """A step that counts how often it was computed."""

    def __init__(self, bench: Workbench) -> None:
        self.times = 0
        self._bench = bench

    def __call__(self, table: pl.DataFrame, *also: str) -> int:
        def compute() -> dict[str, pl.DataFrame]:
            self.times += 1
            return {"made": table}

        assert self._bench.remember("step", "resolve", (table,), compute, *also)["made"].equals(table)
        return self.times


@pytest.fixture
def step(tmp_path: Path) -> Counted:
    return Counted(open_workbench(Settings(data_dir=tmp_path)))


def test_equal_tables_are_not_computed_again(step: Counted) -> None:
    assert [step(ONE), step(ONE.clone())] == [1, 1]


def test_another_table_or_another_thing_it_rests_on_is(step: Counted) -> None:
    assert [step(ONE), step(OTHER), step(ONE, "north"), step(ONE, "south"), step(ONE)] == [1, 2, 3, 4, 4]


@pytest.mark.parametrize("version", ["code_version", "lock_version"])
def test_so_is_other_code_and_another_lock(step: Counted, version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    step(ONE)
    monkeypatch.setattr(workbench, version, lambda *_: "another")
    assert step(ONE) == 2
