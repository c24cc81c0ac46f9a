"""Dagster's records when they are not as they should be: damaged databases put aside, runs of dead processes closed.

The records tell what was done and when; nothing that is published rests on them. The weeks that Dagster knows are read
from the inputs again by the next run, and what is finished is known by the store.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import dagster as dg
from dagster._core.definitions.materialize import EPHEMERAL_JOB_NAME

from pipeline.archive import put_aside

DATABASES = ("history/runs.db", "history/runs/index.db", "schedules/schedules.db")
"""Those that every run opens; a run's own log, beside `index.db`, is read only to be shown."""
UNENDED = [
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]
_BESIDE = ("-wal", "-shm", "-journal")


def put_damaged_aside(home: Path, store: Path) -> Iterator[str]:
    """Move each damaged database below ``home`` to the quarantine of ``store`` and yield what was moved where.

    Dagster lays out a new one in its place. Call it while no run is at work.

    Raises:
        FieldledgerError: one cannot be moved.
    """
    for name in DATABASES:
        path = home / name
        if path.exists() and (fault := _fault(path)):
            aside = put_aside(path, store, f"dagster-{path.name}")
            for end in _BESIDE:
                path.with_name(path.name + end).unlink(missing_ok=True)
            yield f"{path}: {fault}; it was put aside as {aside}, and Dagster's records in it begin anew"


def _fault(path: Path) -> str | None:
    try:
        with closing(sqlite3.connect(path)) as connection:
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError:  # locked, or not to be read: for Dagster to tell
        return None
    except sqlite3.DatabaseError as error:
        return str(error)
    return None if found == "ok" else "is damaged: " + " ".join(str(found).split())[:120]


def close_dead_runs(instance: dg.DagsterInstance) -> int:
    """Record as failed every run of the command line that never ended, and return how many; none of them lives.

    Call it with the lock on the data directory. What such a run held of Dagster's pools is free again.
    """
    dead = instance.get_runs(dg.RunsFilter(job_name=EPHEMERAL_JOB_NAME, statuses=UNENDED))
    for run in dead:
        instance.report_run_failed(run, "The process that did this run is gone; the run after it completes the work.")
        if instance.event_log_storage.supports_global_concurrency_limits:
            instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)
    return len(dead)
