"""Sensor and schedule ask for a reading, a release follows it over all weeks, and what they ask for can be executed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import pytest

from pipeline.definitions import build_definitions
from pipeline.orchestrate.automation import RELEASE, THEN, all_weeks
from tests.orchestrate.conftest import Deployed
from tests.orchestrate.deployment import deployment, run_job

MONDAY = datetime(2026, 11, 30, 6, tzinfo=UTC)


def test_sensor_and_schedule_wait_to_be_switched_on_unless_a_deployment_says_so(tmp_path: Path) -> None:
    by_hand = build_definitions(deployment(tmp_path))
    assert by_hand.resolve_sensor_def("inbox_folder").default_status == dg.DefaultSensorStatus.STOPPED
    assert by_hand.resolve_schedule_def("weekly_release").default_status == dg.DefaultScheduleStatus.STOPPED
    assert by_hand.resolve_sensor_def("release_after_reading").default_status == dg.DefaultSensorStatus.RUNNING
    alone = build_definitions(deployment(tmp_path, automatic=True, inbox_seconds=5, release_cron="30 4 * * 2"))
    sensor = alone.resolve_sensor_def("inbox_folder")
    assert (sensor.default_status, sensor.minimum_interval_seconds) == (dg.DefaultSensorStatus.RUNNING, 5)
    schedule = alone.resolve_schedule_def("weekly_release")
    assert schedule.default_status == dg.DefaultScheduleStatus.RUNNING
    assert (schedule.cron_schedule, schedule.execution_timezone) == ("30 4 * * 2", "UTC")


def test_the_sensor_asks_for_a_reading_that_can_be_executed_and_is_followed_by_a_release(deployed: Deployed) -> None:
    definitions = build_definitions(deployed.bench)
    sensor = definitions.resolve_sensor_def("inbox_folder")
    cursor = None
    asked: list[dg.RunRequest] = []
    for _ in range(3):
        with dg.build_sensor_context(instance=deployed.instance, cursor=cursor, definitions=definitions) as context:
            data = sensor.evaluate_tick(context)
        cursor = data.cursor
        asked += data.run_requests or []
        assert data.run_requests or data.skip_message
    (request,) = asked
    assert request.run_key is not None
    assert len(request.run_key) == 64
    done = run_job(deployed.bench, str(sensor.job_name), deployed.instance, tags=dict(request.tags))
    assert done.success

    follow = _follow(definitions, deployed.instance, done)
    assert isinstance(follow, dg.RunRequest)
    assert follow.run_key == f"release-{done.run_id}"
    assert follow.tags["dagster/asset_partition_range_start"] == "2021-02-08"
    assert follow.tags["dagster/asset_partition_range_end"] == "undated"


def _follow(definitions: dg.Definitions, instance: dg.DagsterInstance, done: dg.ExecuteInProcessResult) -> object:
    event = next(e for e in done.all_events if e.event_type_value == "PIPELINE_SUCCESS")
    context = dg.build_run_status_sensor_context(
        "release_after_reading",
        dagster_event=event,
        dagster_instance=instance,
        dagster_run=done.dagster_run,
    )
    return definitions.resolve_sensor_def("release_after_reading")(context)


def test_a_reading_that_was_started_for_itself_is_not_followed(deployed: Deployed) -> None:
    definitions = build_definitions(deployed.bench)
    skip = _follow(definitions, deployed.instance, deployed.read)
    assert isinstance(skip, dg.SkipReason)
    assert "started for itself" in str(skip.skip_message)


def test_the_schedule_asks_for_a_reading_once_a_tick(deployed: Deployed) -> None:
    schedule = build_definitions(deployed.bench).resolve_schedule_def("weekly_release")
    with dg.build_schedule_context(instance=deployed.instance, scheduled_execution_time=MONDAY) as context:
        (request,) = schedule.evaluate_tick(context).run_requests or ()
    assert request.run_key == "2026-11-30T06:00:00+00:00"
    assert request.tags[THEN] == RELEASE
    assert run_job(deployed.bench, schedule.job_name, deployed.instance, tags=dict(request.tags)).success


def test_a_release_over_all_weeks_is_published_by_the_job(deployed: Deployed) -> None:
    assert deployed.released.success
    releases = deployed.bench.settings.data_dir / "releases"
    assert (releases / "latest" / "datapackage.json").is_file()
    uploads = deployed.bench.store.load("uploads")
    assert uploads.is_empty(), "no object store is set, nothing goes anywhere"


def test_weeks_without_any_are_no_range() -> None:
    assert all_weeks([]) == {}


@pytest.mark.parametrize(("webhook", "alerts"), [(None, 0), ("https://hooks.example.org/services/secret", 2)])
def test_alerts_are_there_where_a_webhook_is(webhook: str | None, alerts: int, tmp_path: Path) -> None:
    definitions = build_definitions(deployment(tmp_path, alert_webhook=webhook))
    sensors = [sensor.name for sensor in definitions.sensors or ()]
    assert sum(name.startswith("alert_") for name in sensors) == alerts
