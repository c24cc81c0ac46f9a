"""Dagster's history of runs in SQLite, written through connections that stay open.

Dagster opens and closes the database for each of the hundreds of events of a run, and compiles its statements anew each
time; on a small input that was half of the work. The files and what stands in them are the same: Dagster's own storage,
which `fieldledger dev` uses, reads and writes them too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dagster as dg
import sqlalchemy as sql
from dagster._core.instance import InstanceRef
from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._core.storage.sqlite_storage import DagsterSqliteStorage
from dagster._serdes import ConfigurableClassData


def open_history(home: Path) -> dg.DagsterInstance:
    """Return the instance that the `dagster.yaml` in ``home`` tells of, this history where it names no other."""
    ref = InstanceRef.from_dir(str(home))
    kept = ref.storage_data
    if kept is not None and kept.class_name == DagsterSqliteStorage.__name__:
        ref = ref._replace(storage_data=ConfigurableClassData(__name__, OpenHistory.__name__, kept.config_yaml))
    return dg.DagsterInstance.from_ref(ref)


class OpenEventLog(SqliteEventLogStorage):
    """The event log, each of its databases kept open."""

    def __init__(self, base_dir: str) -> None:
        self._engines: dict[str, sql.Engine] = {}
        super().__init__(base_dir)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[sql.Connection]:
        with self._db_lock:
            engine = self._engine(shard)
            if shard not in self._initialized_dbs:
                self._initdb(engine)
                self._initialized_dbs.add(shard)
            with engine.begin() as connection:
                yield connection

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
        for engine in self._engines.values():
            engine.dispose()
        self._engines.clear()
        super().dispose()


def _without_waiting(connection: sqlite3.Connection, _record: object) -> None:
    """Let an event be written without waiting for the disk; a power cut may cost the last ones, never the database."""
    connection.execute("PRAGMA synchronous=NORMAL")


class OpenHistory(DagsterSqliteStorage):
    """Dagster's storage in SQLite, with that event log."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        super().__init__(base_dir, inst_data)
        self._event_log_storage = OpenEventLog(self._event_log_storage._base_dir)

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData, config_value: Mapping[str, Any]) -> OpenHistory:
        """Make it as Dagster makes its storages."""
        return cls(config_value["base_dir"], inst_data)
