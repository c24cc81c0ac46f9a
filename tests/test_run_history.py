from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest

from pipeline import run_history
from pipeline.run import open_instance
from pipeline.settings import Settings


@dg.asset
def figure() -> int:
    return 1


@dg.asset_check(asset=figure)
def is_one(figure: int) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(passed=figure == 1)


def materialise(instance: dg.DagsterInstance) -> str:
    return dg.materialize(
        [figure, is_one], instance=instance, run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
    ).run_id


def kinds(instance: dg.DagsterInstance, run_id: str) -> list[str]:
    logged = instance.all_logs(run_id)
    return [entry.get_dagster_event().event_type_value if entry.is_dagster_event else entry.message for entry in logged]


def test_dagsters_own_storage_reads_what_is_written_and_is_read(tmp_path: Path) -> None:
    with open_instance(Settings(data_dir=tmp_path)) as instance:
        first = materialise(instance)
        told = kinds(instance, first)
    with dg.DagsterInstance.from_config(str(tmp_path / "dagster")) as own:
        assert kinds(own, first) == told
        assert {"ASSET_MATERIALIZATION", "ASSET_CHECK_EVALUATION", "PIPELINE_SUCCESS"} <= set(told)
        second = materialise(own)
    with open_instance(Settings(data_dir=tmp_path)) as instance:
        runs = instance.get_runs()
        assert {run.run_id: run.status for run in runs} == dict.fromkeys((first, second), dg.DagsterRunStatus.SUCCESS)
        seen = instance.fetch_materializations(dg.AssetKey("figure"), limit=9).records
        assert sorted(record.run_id for record in seen) == sorted((first, second))


def test_databases_of_the_log_are_not_opened_for_each_event(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    monkeypatch.setattr(run_history, "_without_waiting", lambda connection, _: opened.append(connection))
    with open_instance(Settings(data_dir=tmp_path)) as instance:
        run_id = materialise(instance)
        assert len(instance.all_logs(run_id)) > 10
        logs = {path.stem for path in (tmp_path / "dagster" / "history" / "runs").glob("*.db")}
        assert logs == {"index", run_id}
        assert len(opened) <= 2 * len(logs), "one connection to work with, and one to lay the tables out"


def test_a_storage_that_the_file_of_settings_names_stays(tmp_path: Path) -> None:
    settings = tmp_path / "dagster" / "dagster.yaml"
    settings.parent.mkdir()
    settings.write_text(
        "event_log_storage:\n  module: dagster._core.storage.event_log\n  class: ConsolidatedSqliteEventLogStorage\n"
        f"  config: {{base_dir: {tmp_path / 'log'}}}\n",
        encoding="utf-8",
    )
    with open_instance(Settings(data_dir=tmp_path)) as instance:
        run_id = materialise(instance)
        assert instance.all_logs(run_id)
    assert (tmp_path / "log" / "event_log.db").exists()
    assert not list((tmp_path / "dagster" / "history" / "runs").glob("*.db"))
