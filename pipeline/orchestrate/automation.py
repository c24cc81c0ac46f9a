"""What starts by itself in Dagster: reading when files arrive or a week is over, a release after reading, alerts.

Reading finds the weeks, which are partitions of what comes after; so it is a run of its own, and the release is a
second one over all weeks, as in `fieldledger run`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import dagster as dg
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

from pipeline.errors import InputError
from pipeline.kept_apart import keys_of
from pipeline.orchestrate.alerts import send
from pipeline.orchestrate.inbox_watch import Memory, look
from pipeline.orchestrate.run_account import alert_of
from pipeline.partitions import weeks_name
from pipeline.settings import Settings

THEN = "fieldledger/then"
RELEASE = "release"
"""Tag and value of a run of reading that a release follows."""


@dataclass(frozen=True, slots=True)
class Automation:
    """Jobs, sensors and schedules of a deployment."""

    jobs: Sequence[UnresolvedAssetJobDefinition]
    sensors: Sequence[dg.SensorDefinition]
    schedules: Sequence[dg.ScheduleDefinition]


def automation(settings: Settings, inbox: Sequence[str]) -> Automation:
    """Return what starts by itself; ``inbox`` names the assets that read what people give.

    Raises:
        InputError: the setting `release_cron` is no cron.
    """
    given = keys_of(settings.dagster_prefix, *inbox)
    read = dg.define_asset_job("read_inputs_job", given, description="Read and archive all inputs; open their weeks.")
    release = dg.define_asset_job(
        "release_job",
        dg.AssetSelection.all() - given,
        description="Code all weeks, resolve, count, release, make the site, and carry releases to publish_to.",
    )
    alerts = [_failure_alert(settings), _warning_alert(settings)] if settings.alert_webhook else []
    return Automation(
        jobs=[read, release],
        sensors=[
            _inbox_sensor(settings, read),
            _release_sensor(read, release, weeks_name(settings.dagster_prefix)),
            *alerts,
        ],
        schedules=[_schedule(settings, read)],
    )


def _inbox_sensor(settings: Settings, job: UnresolvedAssetJobDefinition) -> dg.SensorDefinition:
    on = dg.DefaultSensorStatus.RUNNING if settings.automatic else dg.DefaultSensorStatus.STOPPED

    @dg.sensor(
        name="inbox_folder",
        job=job,
        minimum_interval_seconds=settings.inbox_seconds,
        default_status=on,
        description="Reads inputs and corrections once they are new and lie still; a release follows.",
    )
    def inbox_folder(context: dg.SensorEvaluationContext) -> dg.SensorResult:
        seen = look(settings, Memory.from_text(context.cursor))
        if seen.ask_for is None:
            return dg.SensorResult(skip_reason=seen.why_not, cursor=seen.memory.to_text())
        request = dg.RunRequest(run_key=seen.ask_for, tags={THEN: RELEASE})
        return dg.SensorResult(run_requests=[request], cursor=seen.memory.to_text())

    return inbox_folder


def _schedule(settings: Settings, job: UnresolvedAssetJobDefinition) -> dg.ScheduleDefinition:
    on = dg.DefaultScheduleStatus.RUNNING if settings.automatic else dg.DefaultScheduleStatus.STOPPED
    try:

        @dg.schedule(
            name="weekly_release",
            job=job,
            cron_schedule=settings.release_cron,
            execution_timezone="UTC",
            default_status=on,
            description="Reads all inputs when the week is over; a release follows.",
        )
        def weekly_release(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
            return dg.RunRequest(run_key=context.scheduled_execution_time.isoformat(), tags={THEN: RELEASE})

    except dg.DagsterError as error:
        raise InputError(
            f"setting release_cron: {settings.release_cron} is no cron ({type(error).__name__}); "
            "give five fields, such as 0 6 * * 1"
        ) from None
    return weekly_release


def _release_sensor(
    read: UnresolvedAssetJobDefinition, release: UnresolvedAssetJobDefinition, weeks: str
) -> dg.RunStatusSensorDefinition:
    @dg.run_status_sensor(
        name="release_after_reading",
        run_status=dg.DagsterRunStatus.SUCCESS,
        monitored_jobs=[read],
        request_job=release,
        default_status=dg.DefaultSensorStatus.RUNNING,
        minimum_interval_seconds=10,
        description="Releases all weeks after a run of reading that sensor or schedule asked for.",
    )
    def release_after_reading(context: dg.RunStatusSensorContext) -> dg.RunRequest | dg.SkipReason:
        run = context.dagster_run
        if run.tags.get(THEN) != RELEASE:
            return dg.SkipReason("this run was started for itself; start release_job by hand to release")
        read_weeks = context.instance.get_dynamic_partitions(weeks)
        if not read_weeks:
            return dg.SkipReason("no week has been read")
        return dg.RunRequest(run_key=f"release-{run.run_id}", tags=all_weeks(read_weeks))

    return release_after_reading


def all_weeks(weeks: Sequence[str]) -> dict[str, str]:
    """Return the tags of a run over all ``weeks``, given in Dagster's order."""
    if not weeks:
        return {}
    return {"dagster/asset_partition_range_start": weeks[0], "dagster/asset_partition_range_end": weeks[-1]}


def _failure_alert(settings: Settings) -> dg.SensorDefinition:
    @dg.run_failure_sensor(
        name="alert_on_failure",
        default_status=dg.DefaultSensorStatus.RUNNING,
        minimum_interval_seconds=10,
        description="Tells the webhook of runs that failed.",
    )
    def alert_on_failure(context: dg.RunFailureSensorContext) -> None:
        run_id = context.dagster_run.run_id
        if (alert := alert_of(context.instance, [run_id], settings, "the run failed")) is not None:
            send(alert, settings)

    return alert_on_failure


def _warning_alert(settings: Settings) -> dg.SensorDefinition:
    @dg.run_status_sensor(
        name="alert_on_checks",
        run_status=dg.DagsterRunStatus.SUCCESS,
        default_status=dg.DefaultSensorStatus.RUNNING,
        minimum_interval_seconds=10,
        description="Tells the webhook of checks that failed in runs that did not, as the settings say.",
    )
    def alert_on_checks(context: dg.RunStatusSensorContext) -> None:
        if (alert := alert_of(context.instance, [context.dagster_run.run_id], settings)) is not None:
            send(alert, settings)

    return alert_on_checks
