"""What failed in the last run of a deployment, and which checks fail now, from Dagster's records."""

from __future__ import annotations

from dataclasses import dataclass

import dagster as dg
from dagster import DagsterEventType
from dagster._core.definitions.materialize import EPHEMERAL_JOB_NAME

from pipeline.happenings import utc
from pipeline.history_repair import UNENDED
from pipeline.orchestrate.run_account import check_lines

LOOKED_AT = 25
"""Runs, newest first, among which the last one of a region is looked for."""
OURS = "pipeline.errors."
"""How messages of our own errors begin in Dagster's records."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A run that failed."""

    run: str
    when: str
    """In UTC."""
    steps: tuple[str, ...]
    """Failed steps with the error of each; the error of the run where it failed outside of its steps."""


def last_failure(instance: dg.DagsterInstance, prefix: str, *, at_work: bool = False) -> Failed | None:
    """Return what failed in the last run whose assets have ``prefix`` before their keys; None where nothing did.

    A run of the command line that never ended has failed too, unless its process is still ``at_work``.
    """
    records = instance.get_run_records(limit=LOOKED_AT)
    last = next((record for record in records if _is_ours(record.dagster_run, prefix)), None)
    if last is None:
        return None
    run_id, state = last.dagster_run.run_id, last.dagster_run.status
    if last.dagster_run.job_name == EPHEMERAL_JOB_NAME and state in UNENDED and not at_work:
        when = utc(last.start_time or last.create_timestamp.timestamp())
        return Failed(run_id, when, ("the run: its process is gone, it was killed or the machine went down",))
    if state != dg.DagsterRunStatus.FAILURE:
        return None
    steps = _errors(instance, run_id, DagsterEventType.STEP_FAILURE)
    said = steps or _errors(instance, run_id, DagsterEventType.RUN_FAILURE) or ["the run: failed"]
    return Failed(run_id, utc(last.end_time or last.create_timestamp.timestamp()), tuple(said))


def failing_checks(definitions: dg.Definitions, instance: dg.DagsterInstance) -> tuple[str, ...]:
    """Return a line for each check that failed when it was asked last: what stops a release first, then what warns."""
    keys = sorted(definitions.resolve_asset_graph().asset_check_keys, key=str)
    records = instance.event_log_storage.get_latest_asset_check_execution_by_key(keys)
    events = [record.event.dagster_event for record in records.values() if record.event is not None]
    asked = [e for e in events if e is not None and e.event_type == DagsterEventType.ASSET_CHECK_EVALUATION]
    failed = [seen for event in asked if not (seen := event.asset_check_evaluation_data).passed]
    stops, warns = dg.AssetCheckSeverity.ERROR, dg.AssetCheckSeverity.WARN
    return (
        *(f"stops: {line}" for line in check_lines(failed, stops)),
        *(f"warns: {line}" for line in check_lines(failed, warns)),
    )


def _is_ours(run: dg.DagsterRun, prefix: str) -> bool:
    keys = run.asset_selection
    if not keys:
        return not prefix
    return all((key.path[0] if len(key.path) > 1 else "") == prefix for key in keys)


def _errors(instance: dg.DagsterInstance, run_id: str, kind: DagsterEventType) -> list[str]:
    """Return what failed in a run: the first line of our own error, which says what to do, else of the first one."""
    found = []
    for record in instance.get_records_for_run(run_id, of_type=kind).records:
        event = record.event_log_entry.dagster_event
        if event is None:
            continue
        of_step = kind == DagsterEventType.STEP_FAILURE
        error = event.step_failure_data.error if of_step else event.job_failure_data.error
        while error is not None and error.cause is not None and not error.message.startswith(OURS):
            error = error.cause
        message = error.message if error else event.message or ""
        said = message.strip().splitlines()[0] if message.strip() else "failed"
        found.append(f"{event.step_key or 'the run'}: {said.removeprefix(OURS)}")
    return found
