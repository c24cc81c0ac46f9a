"""Data checks in a run: warnings are told and stop nothing, errors stop the release with one clear line."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest

from pipeline import run as main_job
from pipeline.errors import FieldledgerError, InputError
from pipeline.orchestrate import data_checks
from pipeline.orchestrate.check_assets import SAYS, told_warnings
from pipeline.orchestrate.data_checks import Verdict
from pipeline.orchestrate.limits import house_limits
from pipeline.screen import _warnings
from tests.orchestrate.conftest import Deployed
from tests.orchestrate.deployment import deployment

WARN, ERROR = dg.AssetCheckSeverity.WARN, dg.AssetCheckSeverity.ERROR


def test_every_limit_has_its_check_and_every_check_its_reason(deployed: Deployed) -> None:
    judged = {
        (e.check_name, e.asset_key.path[-1]): e
        for result in (deployed.read, deployed.released)
        for e in result.get_asset_check_evaluations()
        if e.check_name in house_limits()
    }
    assert {name for name, _ in judged} == set(house_limits())
    assert {asset for name, asset in judged if name == "share_rejected"} == set(main_job.BOOKS)
    for (name, _), evaluation in judged.items():
        assert evaluation.severity == (ERROR if name.startswith("future_") else WARN)
        assert evaluation.description == evaluation.metadata[SAYS].value


def test_a_warning_is_one_line_of_the_account_and_stops_nothing(deployed: Deployed) -> None:
    warnings = told_warnings(deployed.released.get_asset_check_evaluations())
    assert warnings == ("share_rejected of extract_books: 9 of 29 records were rejected (31%, limit 20%)",)
    assert deployed.released.success
    assert f"  {warnings[0]}" in _warnings(warnings)
    assert _warnings(()) == []


def test_an_error_stops_the_release_and_names_the_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_checks, "future_articles", lambda *_: Verdict(False, "articles dated after 2100: 1"))
    bench = deployment(tmp_path)
    with pytest.raises(FieldledgerError, match=r"^these checks failed: future_articles of articles: articles dated"):
        main_job.run(bench)
    assert not (bench.settings.data_dir / "releases").exists()


def test_a_limit_of_no_check_is_refused_before_any_work(tmp_path: Path) -> None:
    bench = deployment(tmp_path, check_limits={"share_of_lies": 1})
    with pytest.raises(InputError, match="setting check_limits"):
        main_job.run(bench)
    assert not (bench.settings.data_dir / "store").exists()
