"""What failed in the last run of a deployment, from Dagster's record of it."""

from __future__ import annotations

from dataclasses import dataclass

import dagster as dg
from dagster import DagsterEventType

from pipeline.happenings import utc

LOOKED_AT = 25
"""Runs, newest first, among which the last one of a region is looked for."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A run that failed."""

    run: str
    when: str
    """In UTC."""
    steps: tuple[str, ...]
    """Failed steps with the error of each."""
    checks: tuple[str, ...]
    """Failed checks, with the asset."""


def last_failures(instance: dg.DagsterInstance, prefix: str) -> Failed | None:
    """Return what failed in the last run whose assets have ``prefix`` before their keys; None where nothing did."""
    records = instance.get_run_records(limit=LOOKED_AT)
    last = next((record for record in records if _is_ours(record.dagster_run, prefix)), None)
    if last is None:
        return None
    run = last.dagster_run
    steps = tuple(_steps(instance, run.run_id))
    checks = tuple(_checks(instance, run.run_id))
    if run.status != dg.DagsterRunStatus.FAILURE and not checks:
        return None
    if not steps and run.status == dg.DagsterRunStatus.FAILURE and not checks:
        steps = ("the run failed outside of its steps",)
    return Failed(run.run_id, utc(last.end_time or last.create_timestamp.timestamp()), steps, checks)


def _is_ours(run: dg.DagsterRun, prefix: str) -> bool:
    keys = run.asset_selection
    if not keys:
        return not prefix
    return all((key.path[0] if len(key.path) > 1 else "") == prefix for key in keys)


def _steps(instance: dg.DagsterInstance, run_id: str) -> list[str]:
    found = []
    for record in instance.get_records_for_run(run_id, of_type=DagsterEventType.STEP_FAILURE).records:
        event = record.event_log_entry.dagster_event
        if event is None:
            continue
        error = event.step_failure_data.error
        while error is not None and error.cause is not None:
            error = error.cause
        said = error.message.strip().splitlines()[0] if error and error.message.strip() else "failed"
        found.append(f"{event.step_key}: {said}")
    return found


def _checks(instance: dg.DagsterInstance, run_id: str) -> list[str]:
    found = []
    for record in instance.get_records_for_run(run_id, of_type=DagsterEventType.ASSET_CHECK_EVALUATION).records:
        event = record.event_log_entry.dagster_event
        if event is not None and not (seen := event.asset_check_evaluation_data).passed:
            found.append(f"check {seen.check_name} of {seen.asset_key.to_user_string()} ({seen.severity.value})")
    return found
