"""What a run did wrong, read from Dagster's record of it: failed steps and checks, as an alert."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import dagster as dg
from dagster import AssetCheckEvaluation, AssetCheckSeverity, DagsterEventType

from pipeline.orchestrate.alerts import Alert, send
from pipeline.orchestrate.check_assets import SAYS
from pipeline.settings import Settings

TOGETHER = "fieldledger/together"
"""Tag of the runs that one call of `fieldledger run` started."""
log = logging.getLogger(__name__)
MOST = 20
"""Steps, or checks, that one alert names."""


def alert_of(instance: dg.DagsterInstance, run_ids: Sequence[str], settings: Settings, error: str = "") -> Alert | None:
    """Return what is to be told of the runs, which belong together; None where nothing is.

    Args:
        instance: keeps the record.
        run_ids: of the runs, in their order.
        settings: say whether warnings are told.
        error: kind of the error that ended the work, where no step may have failed.
    """
    steps = [step for run_id in run_ids for step in _failed_steps(instance, run_id)]
    evaluations = [e for run_id in run_ids for e in _failed_checks(instance, run_id)]
    errors = check_lines(evaluations, AssetCheckSeverity.ERROR)
    warnings = check_lines(evaluations, AssetCheckSeverity.WARN) if settings.alert_on_warnings else ()
    if not steps and error and not errors:
        steps = [f"before any step: {error}"]
    if not (steps or errors or warnings):
        return None
    run_id = run_ids[-1] if run_ids else ""
    return Alert(
        title="fieldledger: the run failed" if steps or errors else "fieldledger: the run is done, with warnings",
        run=run_id,
        region=settings.region,
        link=f"{settings.dagster_url}runs/{run_id}" if run_id else settings.dagster_url,
        failed_steps=tuple(steps[:MOST]),
        failed_checks=errors,
        warnings=warnings,
    )


def run_ids_of(instance: dg.DagsterInstance, tags: Mapping[str, str]) -> list[str]:
    """Return the runs that bear ``tags``, in their order; none for no tags."""
    return [*reversed(instance.get_run_ids(dg.RunsFilter(tags={**tags})))] if tags else []


def failed_checks(instance: dg.DagsterInstance, run_ids: Sequence[str]) -> tuple[str, ...]:
    """Return a line for each check that failed and stops a release."""
    return check_lines([e for run_id in run_ids for e in _failed_checks(instance, run_id)], AssetCheckSeverity.ERROR)


def _failed_steps(instance: dg.DagsterInstance, run_id: str) -> list[str]:
    records = instance.get_records_for_run(run_id, of_type=DagsterEventType.STEP_FAILURE).records
    events = [event for record in records if (event := record.event_log_entry.dagster_event) is not None]
    return [f"{event.step_key}: {_kind(event)}" for event in events]


def _kind(event: dg.DagsterEvent) -> str:
    """Return the kind of the error that a step failed by: the first of its chain, which is not Dagster's."""
    error = event.step_failure_data.error
    while error is not None and error.cause is not None:
        error = error.cause
    return str(error.cls_name) if error is not None and error.cls_name else "failed"


def _failed_checks(instance: dg.DagsterInstance, run_id: str) -> list[AssetCheckEvaluation]:
    records = instance.get_records_for_run(run_id, of_type=DagsterEventType.ASSET_CHECK_EVALUATION).records
    events = [event for record in records if (event := record.event_log_entry.dagster_event) is not None]
    return [e for event in events if not (e := event.asset_check_evaluation_data).passed]


def check_lines(evaluations: Sequence[AssetCheckEvaluation], severity: AssetCheckSeverity) -> tuple[str, ...]:
    """Return a line for each check: with what it counted, where it is a data check, whose lines hold no texts."""
    lines = {
        f"{e.check_name} of {e.asset_key.path[-1]}" + (f": {e.description}" if SAYS in e.metadata else "")
        for e in evaluations
        if e.severity == severity
    }
    return tuple(sorted(lines)[:MOST])


@contextmanager
def alerting(settings: Settings, instance: dg.DagsterInstance) -> Iterator[dict[str, str]]:
    """Tell the webhook, where one is set, what fails in the runs that bear the tags given, and what they warn of.

    An error goes on as it came, and nothing that goes wrong with an alert is raised.
    """
    tags = {TOGETHER: uuid.uuid4().hex}
    try:
        yield tags
    except Exception as error:
        _tell(instance, tags, settings, type(error).__name__)
        raise
    _tell(instance, tags, settings)


def _tell(instance: dg.DagsterInstance, tags: dict[str, str], settings: Settings, error: str = "") -> None:
    if settings.alert_webhook is None:
        return
    try:
        alert = alert_of(instance, run_ids_of(instance, tags), settings, error)
    except Exception:
        log.warning("Dagster's record of the run cannot be read; nobody is told of it", exc_info=True)
    else:
        if alert is not None:
            send(alert, settings)
