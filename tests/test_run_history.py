from __future__ import annotations

import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import dagster as dg
import pytest
from alembic.script import ScriptDirectory

from pipeline import run_history
from pipeline.history_repair import DATABASES
from pipeline.run import QUIET, open_instance
from pipeline.settings import Settings


@dg.asset
def figure() -> int:
    return 1


@dg.asset_check(asset=figure)
def is_one(figure: int) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(passed=figure == 1)


def materialise(instance: dg.DagsterInstance) -> str:
    return dg.materialize([figure, is_one], instance=instance, run_config=QUIET).run_id


def kinds(instance: dg.DagsterInstance, run_id: str) -> list[str]:
    events = (entry.dagster_event for entry in instance.all_logs(run_id))
    return [event.event_type_value for event in events if event is not None]


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


@pytest.mark.parametrize("named", [False, True])
def test_what_steps_print_goes_to_files_only_where_the_settings_name_them(
    tmp_path: Path, named: bool, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    @dg.asset
    def loud() -> None:
        print("so it says", flush=True)

    if named:
        logs = f"{{base_dir: {tmp_path / 'logs'}}}"
        manager = "module: dagster._core.storage.local_compute_log_manager, class: LocalComputeLogManager"
        settings = tmp_path / "dagster" / "dagster.yaml"
        settings.parent.mkdir()
        settings.write_text(f"compute_logs: {{{manager}, config: {logs}}}\n", encoding="utf-8")
    else:
        monkeypatch.setattr(subprocess, "Popen", None)  # no program is started
    with open_instance(Settings(data_dir=tmp_path)) as instance:
        dg.materialize([loud], instance=instance, run_config=QUIET)
    kept = [path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.out")]
    assert kept == (["so it says\n"] if named else [])
    if not named:
        assert capfd.readouterr().out == "so it says\n"


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


def test_logs_of_later_runs_are_laid_out_as_dagster_lays_out_the_first(tmp_path: Path) -> None:
    def laid_out(path: Path) -> list[object]:
        with closing(sqlite3.connect(path)) as database:
            tables = database.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name").fetchall()
            migrated = database.execute("SELECT version_num FROM alembic_version").fetchall()
            return [*tables, migrated, *database.execute("PRAGMA journal_mode").fetchone()]

    (tmp_path / "own").mkdir()
    with dg.DagsterInstance.local_temp(str(tmp_path / "own")) as own:
        theirs = materialise(own)
    expected = laid_out(tmp_path / "own" / "history" / "runs" / f"{theirs}.db")
    assert len(expected) > 5
    with open_instance(Settings(data_dir=tmp_path)) as instance:
        ours = [materialise(instance) for _ in range(2)]
    for run_id in ours:
        assert laid_out(tmp_path / "dagster" / "history" / "runs" / f"{run_id}.db") == expected


def test_dagsters_migrations_are_read_only_where_there_are_no_records_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_instance(Settings(data_dir=tmp_path)) as instance:
        materialise(instance)

    def read(*_: object) -> None:
        raise AssertionError("the migrations are read")

    monkeypatch.setattr(ScriptDirectory, "from_config", read)
    with open_instance(Settings(data_dir=tmp_path)) as instance:
        assert kinds(instance, materialise(instance))[-1] == "PIPELINE_SUCCESS"
        assert len(instance.get_runs()) == 2
    with pytest.raises(AssertionError), open_instance(Settings(data_dir=tmp_path / "new")):
        pass


def test_records_without_the_mark_of_a_migration_are_left_to_dagster(tmp_path: Path) -> None:
    databases = [tmp_path / "dagster" / name for name in DATABASES]
    for unmarked in (True, False):
        with open_instance(Settings(data_dir=tmp_path)) as instance:
            assert instance.get_asset_keys() == []
        for path in databases:
            with closing(sqlite3.connect(path)) as database, database:
                assert database.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,), path
                if unmarked:
                    database.execute("DELETE FROM alembic_version")


def test_a_log_that_another_process_has_begun_to_lay_out_is_left_to_dagster(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one comes between the look whether the log is there and the laying out."""
    with open_instance(Settings(data_dir=tmp_path)) as instance:
        materialise(instance)
        monkeypatch.setattr(run_history.OpenEventLog, "_layout", "CREATE TABLE event_logs (;")
        run_id = materialise(instance)
        assert kinds(instance, run_id)[-1] == "PIPELINE_SUCCESS"


def test_what_a_step_says_is_in_the_log_for_all_who_read_it_in_its_order(tmp_path: Path) -> None:
    seen: list[list[str]] = []

    @dg.asset
    def looked_at(figure: int) -> int:
        context = dg.AssetExecutionContext.get()
        seen.append(_stored(tmp_path, context.run.run_id))  # as another process reads it
        seen.append(kinds(context.instance, context.run.run_id))
        raise ValueError("stops here")

    with open_instance(Settings(data_dir=tmp_path)) as instance:
        result = dg.materialize(
            [figure, looked_at],
            instance=instance,
            raise_on_error=False,
            run_config=QUIET,
        )
        told = kinds(instance, result.run_id)
    other, own = seen
    assert other[-1] == "STEP_START", "a step at work is shown as such"
    assert {"STEP_OUTPUT", "HANDLED_OUTPUT", "STEP_SUCCESS"} <= set(other), "the step before is told in full"
    assert own == [*other, "LOADED_INPUT", "STEP_INPUT"] == told[: len(own)]
    assert told[-1] == "PIPELINE_FAILURE"
    assert _stored(tmp_path, result.run_id) == told


def test_what_waits_when_the_records_are_closed_is_written(tmp_path: Path) -> None:
    with open_instance(Settings(data_dir=tmp_path)) as instance:
        run_id = materialise(instance)
        told = instance.all_logs(run_id)
        last = next(entry for entry in reversed(told) if entry.dagster_event_type in run_history.WITH_THE_NEXT)
        before = kinds(instance, run_id)
        instance.event_log_storage.store_event(last)
        assert _stored(tmp_path, run_id) == before
    assert _stored(tmp_path, run_id) == [*before, "STEP_SUCCESS"]


def _stored(tmp_path: Path, run_id: str) -> list[str]:
    path = tmp_path / "dagster" / "history" / "runs" / f"{run_id}.db"
    with closing(sqlite3.connect(path)) as log:
        kinds = [kind for (kind,) in log.execute("SELECT dagster_event_type FROM event_logs ORDER BY id")]
    return [kind for kind in kinds if kind is not None]
