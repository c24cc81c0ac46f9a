"""A stage that fails half-way: what is finished is kept, nothing is released, the next run completes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import FieldledgerError
from pipeline.resolve import assets as resolve
from pipeline.run import run
from tests.drills.conftest import OF_PLACE, Series, inputs
from tests.end_to_end.articles import files_below


def test_a_stage_that_fails_costs_only_itself(series: Series, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data_dir = series.before_the_second(tmp_path)
    before = files_below(data_dir / "releases")

    def failing(*_: object) -> None:
        raise FieldledgerError("/mnt/ledger: cannot be read (Input/output error); mend the disk, then run again")

    with monkeypatch.context() as patch:
        patch.setattr(resolve, "resolve", failing)
        given = [word for path in inputs(series.home, late=True) for word in ("--input", str(path))]
        done = CliRunner().invoke(app, ["run", "--no-site", *given, "--data-dir", str(data_dir)])
    assert done.exit_code == 1
    assert done.stderr == (
        "fieldledger: /mnt/ledger: cannot be read (Input/output error); mend the disk, then run again\n"
    )
    assert files_below(data_dir / "releases") == before, "nothing is released"
    assert os.readlink(data_dir / "releases/latest") == "v1.0.0"
    bench = series.bench(data_dir)
    report = run(bench)
    assert report.worked["coding"] == (0, 3), "the week of the late article was coded by the run that failed"
    assert files_below(report.release) == series.release
    assert bench.store.standing(OF_PLACE) == series.values
