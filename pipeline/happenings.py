"""The log: one line for each happening, on stderr, as text or as JSON, correlated with Dagster's runs.

Dagster hands its events to `OfDagster`, in the process of a run, whoever started it. A line names tables, weeks,
counts, checks and kinds of errors. Words of articles, their titles and quotes are in none, so no message of an error
is: it may name what it stumbled over. Bars of progress are `screen`'s.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import dagster as dg
from dagster import DagsterEvent, DagsterEventType

from pipeline.settings import Settings

log = logging.getLogger("pipeline.happenings")
log.addHandler(logging.NullHandler())  # who has not asked for a log gets no bare words on stderr
Told = tuple[int, str, Mapping[str, object]]
"""Level, event, and fields of a line."""
FIELDS = "fields"
"""Attribute of a log record that holds the fields of a line."""
SPECIAL = {
    "inputs": "inputs read",
    "weekly_coding": "week coded",
    "release": "release made",
    "site": "site made",
}
"""Assets whose making has a name of its own; of all others a table is made."""


class _Lines(logging.Formatter):
    """Lines for people."""

    def format(self, record: logging.LogRecord) -> str:
        fields = " ".join(f"{name}={value}" for name, value in getattr(record, FIELDS, {}).items())
        return f"{_time(record)} {record.levelname} {_said(record)} {fields}".rstrip()


class _Json(logging.Formatter):
    """One JSON object a line: `time` (UTC), `level`, `event`, and the fields of the event."""

    def format(self, record: logging.LogRecord) -> str:
        head = {"time": _time(record), "level": record.levelname, "event": _said(record)}
        return json.dumps({**head, **getattr(record, FIELDS, {})}, ensure_ascii=False, default=str)


def _time(record: logging.LogRecord) -> str:
    return f"{datetime.fromtimestamp(record.created, UTC):%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z"


def utc(timestamp: float) -> str:
    """Return seconds since 1970 as ISO 8601 in UTC, to the second."""
    return f"{datetime.fromtimestamp(timestamp, UTC):%Y-%m-%dT%H:%M:%SZ}"


def _said(record: logging.LogRecord) -> str:
    """Return the message on one line."""
    return " ".join(record.getMessage().split())


def configure(settings: Settings) -> None:
    """Let the program's own log be written as the settings say, to stderr; other logs stay as they are.

    What fails is told by commands themselves: only who asks for happenings, or reads by machine, gets lines of it too.
    """
    ours = logging.getLogger("pipeline")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json() if settings.log_format == "json" else _Lines())
    ours.handlers = [handler]
    ours.setLevel(settings.log_level)
    said_by_the_command = settings.log_format == "text" and settings.log_level in ("WARNING", "ERROR")
    log.setLevel(logging.CRITICAL if said_by_the_command else logging.NOTSET)
    ours.propagate = False


def tell(event: str, level: int = logging.INFO, **fields: object) -> None:
    """Write one line; ``fields`` hold names and numbers, no words of articles."""
    log.log(level, event, extra={FIELDS: fields})


class OfDagster(logging.Handler):
    """Turns events of Dagster into lines of the log; `dagster.yaml` names it."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write the line of an event, if it is one that has a line."""
        if not log.isEnabledFor(logging.ERROR):
            return
        meta: Mapping[str, Any] = getattr(record, "dagster_meta", {})
        event = meta.get("dagster_event")
        if isinstance(event, DagsterEvent) and (told := _TELLERS.get(event.event_type, _nothing)(event)):
            level, name, fields = told
            tell(name, level, run=meta.get("run_id"), **fields)


def _nothing(event: DagsterEvent) -> Told | None:
    return None


def _began(event: DagsterEvent) -> Told | None:
    return logging.INFO, "run began", {"job": event.job_name}


def _ended(event: DagsterEvent) -> Told | None:
    return logging.INFO, "run ended", {"job": event.job_name}


def _failed(event: DagsterEvent) -> Told | None:
    return logging.ERROR, "run failed", {"job": event.job_name}


def _step_failed(event: DagsterEvent) -> Told | None:
    error = event.step_failure_data.error
    while error is not None and error.cause is not None:
        error = error.cause
    return logging.ERROR, "step failed", {"step": event.step_key, "error": error.cls_name if error else None}


def _made(event: DagsterEvent) -> Told | None:
    made = event.step_materialization_data.materialization
    name = made.asset_key.path[-1]
    rows = made.metadata.get("dagster/row_count")
    week = {"week": made.partition} if made.partition else {}
    version = (made.tags or {}).get("dagster/data_version")
    counted = {} if rows is None or week else {"rows": rows.value}
    table = {"table": made.asset_key.to_user_string(), **week, **counted, "data_version": version and version[:16]}
    return logging.INFO, SPECIAL.get(name, "table made"), table


def _checked(event: DagsterEvent) -> Told | None:
    found = event.asset_check_evaluation_data
    fields = {"table": found.asset_key.to_user_string(), "check": found.check_name}
    if found.passed:
        return logging.DEBUG, "check passed", fields
    grave = found.severity == dg.AssetCheckSeverity.ERROR
    return logging.ERROR if grave else logging.WARNING, "check failed", fields


_TELLERS: Mapping[DagsterEventType, Callable[[DagsterEvent], Told | None]] = {
    DagsterEventType.RUN_START: _began,
    DagsterEventType.RUN_SUCCESS: _ended,
    DagsterEventType.RUN_FAILURE: _failed,
    DagsterEventType.STEP_FAILURE: _step_failed,
    DagsterEventType.ASSET_MATERIALIZATION: _made,
    DagsterEventType.ASSET_CHECK_EVALUATION: _checked,
}
