"""Dagster's history of runs in SQLite, written through connections that stay open.

Dagster opens and closes the database for each of the hundreds of events of a run, compiles its statements anew each
time, asks each time which tables there are, and reads all of its migrations for each database that it opens or lays
out; on a small input that was half of the work. The files and what stands in them are the same: Dagster's own
storage, which `fieldledger dev` uses, reads and writes them too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, ClassVar

import dagster as dg
import sqlalchemy as sql
from dagster._core.events import DagsterEventType
from dagster._core.events.log import EventLogEntry
from dagster._core.instance import InstanceRef
from dagster._core.storage.event_log.schema import SqlEventLogStorageTable
from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME, SqliteEventLogStorage
from dagster._core.storage.noop_compute_log_manager import NoOpComputeLogManager
from dagster._core.storage.runs import SqliteRunStorage
from dagster._core.storage.schedules import SqliteScheduleStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS, create_db_conn_string
from dagster._core.storage.sqlite_storage import (
    DagsterSqliteStorage,
    _event_logs_directory,
    _runs_directory,
    _schedule_directory,
)
from dagster._serdes import ConfigurableClassData

WITH_THE_NEXT = frozenset(
    {
        DagsterEventType.STEP_INPUT,
        DagsterEventType.LOADED_INPUT,
        DagsterEventType.STEP_OUTPUT,
        DagsterEventType.HANDLED_OUTPUT,
        DagsterEventType.STEP_SUCCESS,
    }
)
"""What a step says of itself between its start and what it made: two of three events of a run. Each is followed by
another at once, and written with it."""


def open_history(home: Path) -> dg.DagsterInstance:
    """Return the instance that the `dagster.yaml` in ``home`` tells of, this history where it names no other.

    What steps print stands on the terminal of who asked for the run, as long as the file names no place for it: by
    default, Dagster takes it into files and starts four programs a run to show it as well, a second later.
    """
    ref = InstanceRef.from_dir(str(home))
    kept = ref.storage_data
    if kept is not None and kept.class_name == DagsterSqliteStorage.__name__:
        ref = ref._replace(storage_data=ConfigurableClassData(__name__, OpenHistory.__name__, kept.config_yaml))
    if ref.compute_logs_data == InstanceRef.config_defaults(str(home))["compute_logs"]:
        quiet = NoOpComputeLogManager
        ref = ref._replace(compute_logs_data=ConfigurableClassData(quiet.__module__, quiet.__name__, "{}"))
    return dg.DagsterInstance.from_ref(ref)


class OpenEventLog(SqliteEventLogStorage):
    """The event log, each of its databases kept open."""

    _layout: ClassVar[str | None] = None
    """The statements that lay out a run's log, as Dagster gave them to the first one that this process made."""

    def __init__(self, base_dir: str) -> None:
        self._engines: dict[str, sql.Engine] = {}
        self._waiting: dict[str, list[dict[str, Any]]] = {}
        self._tables: set[str] = set()
        self._migrated: set[str] = set()
        self._has_times = False
        super().__init__(base_dir)

    def store_event(self, event: EventLogEntry) -> None:
        """Write an event, and before it those of its run that wait."""
        if event.is_dagster_event and event.dagster_event_type in WITH_THE_NEXT:
            self._waiting.setdefault(event.run_id, []).append(self._event_to_row(event))
        else:
            super().store_event(event)

    def has_table(self, table_name: str) -> bool:
        """Return whether there is the table; one that is there stays."""
        if table_name not in self._tables and super().has_table(table_name):
            self._tables.add(table_name)
        return table_name in self._tables

    def has_secondary_index(self, name: str) -> bool:
        """Return whether the log was migrated so; what was migrated stays."""
        if name not in self._migrated and super().has_secondary_index(name):
            self._migrated.add(name)
        return name in self._migrated

    def _has_asset_key_index_cols_on_connection(self, conn: sql.Connection) -> bool:
        self._has_times = self._has_times or super()._has_asset_key_index_cols_on_connection(conn)
        return self._has_times

    @contextmanager
    def _connect(self, shard: str) -> Iterator[sql.Connection]:
        with self._db_lock:
            engine = self._engine(shard)
            if shard not in self._initialized_dbs:
                self._lay_out(shard, engine)
                self._initialized_dbs.add(shard)
            self._write_waiting(shard, engine)
            with engine.begin() as connection:
                yield connection

    def _write_waiting(self, shard: str, engine: sql.Engine) -> None:
        if shard in self._waiting:
            with engine.begin() as connection:
                connection.execute(SqlEventLogStorageTable.insert(), self._waiting[shard])
            del self._waiting[shard]

    def _lay_out(self, shard: str, engine: sql.Engine) -> None:
        """Lay out the log of a run; where a process that shows the run does so meanwhile, Dagster's way settles it."""
        path = Path(self.path_for_shard(shard))
        if _is_laid_out(path):
            return
        fresh = not path.exists()
        if fresh and OpenEventLog._layout is not None:
            with suppress(sqlite3.OperationalError), closing(sqlite3.connect(path)) as laid:
                laid.executescript(f"PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; {OpenEventLog._layout}")
                return
        self._initdb(engine)
        if fresh and shard != INDEX_SHARD_NAME:
            with closing(sqlite3.connect(path)) as laid:
                OpenEventLog._layout = "\n".join(laid.iterdump())

    def _engine(self, shard: str) -> sql.Engine:
        if shard not in self._engines:
            engine = sql.create_engine(
                self.conn_string_for_shard(shard), connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS}
            )
            sql.event.listen(engine, "connect", _without_waiting)
            self._engines[shard] = engine
        return self._engines[shard]

    def dispose(self) -> None:
        """Close the databases."""
        for shard in tuple(self._waiting):
            with self._connect(shard):
                pass
        for engine in self._engines.values():
            engine.dispose()
        self._engines.clear()
        super().dispose()


def _is_laid_out(path: Path, table: str = "event_logs") -> bool:
    """Return whether the database has its tables and says of which migration they are, with which Dagster leaves it be.

    Args:
        path: the database.
        table: one that Dagster would add where it lacks.
    """
    if not path.exists():
        return False
    named = "SELECT count(*) FROM sqlite_master WHERE name IN ('alembic_version', ?)"
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(path)) as database:  # Dagster says what is wrong
        there = database.execute(named, (table,)).fetchone() == (2,)
        return there and database.execute("SELECT 1 FROM alembic_version").fetchone() is not None
    return False


def _without_waiting(connection: sqlite3.Connection, _record: object) -> None:
    """Let an event be written without waiting for the disk; a power cut may cost the last ones, never the database."""
    connection.execute("PRAGMA synchronous=NORMAL")


class OpenHistory(DagsterSqliteStorage):
    """Dagster's storage in SQLite, with that event log."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self.base_dir = base_dir
        self._inst_data = inst_data
        runs, schedules = _runs_directory(base_dir), _schedule_directory(base_dir)
        self._event_log_storage = OpenEventLog(_event_logs_directory(base_dir))
        if _is_laid_out(Path(runs, "runs.db"), "instance_info"):
            self._run_storage = SqliteRunStorage(create_db_conn_string(runs, "runs"))
        else:
            self._run_storage = SqliteRunStorage.from_local(runs)
        if _is_laid_out(Path(schedules, "schedules.db"), "job_ticks"):
            self._schedule_storage = SqliteScheduleStorage(create_db_conn_string(schedules, "schedules"))
        else:
            self._schedule_storage = SqliteScheduleStorage.from_local(schedules)
        super(DagsterSqliteStorage, self).__init__()  # type: ignore[no-untyped-call]  # its own opens them all

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData, config_value: Mapping[str, Any]) -> OpenHistory:
        """Make it as Dagster makes its storages."""
        return cls(config_value["base_dir"], inst_data)
