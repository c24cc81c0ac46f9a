"""`changes.json`: what changed, for programs. Its JSON Schema is `schemas/changes.schema.json`, which goes with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from pipeline.contracts import SCHEMAS
from pipeline.release.change_reasons import reasons, schema_sentence
from pipeline.release.change_size import CHANGE_KINDS, RULE, by_size, key_columns
from pipeline.release.changes import Changes
from pipeline.release.event_changes import EVENT_CHANGES
from pipeline.release.manifest import json_bytes
from pipeline.release.row_changes import TableChanges

SCHEMA_VERSION = 2
SCHEMA_FILE = "changes.schema.json"
LISTED = 1_000
"""Rows of each kind and table, events and moves that are listed; all of them are counted."""


def json_schema() -> bytes:
    """Return the JSON Schema of `changes_json`."""
    return (SCHEMAS / SCHEMA_FILE).read_bytes()


def changes_json(changes: Changes, version: str | None) -> bytes:
    """Return `changes.json`: all counts, and the `LISTED` largest changes of each kind, of a first release none."""
    events = changes.told.get("events", EVENT_CHANGES.to_frame())
    return json_bytes(
        {
            "$schema": SCHEMA_FILE,
            "schema_version": SCHEMA_VERSION,
            "version": version,
            "previous_version": changes.previous_version,
            "level": changes.level,
            "reasons": [] if changes.previous_version is None else list(reasons(changes)),
            "order": RULE,
            "schema": [
                {
                    "table": c.table,
                    "column": c.column,
                    "kind": c.kind,
                    "level": c.level,
                    "old": c.old,
                    "new": c.new,
                    "says": schema_sentence(c),
                }
                for c in changes.schema
            ],
            "events": [_event(row) for row in events.head(LISTED).iter_rows(named=True)],
            "moved_reports": changes.moves["reports"].sum(),
            "event_moves": changes.moves.head(LISTED).to_dicts(),
            "tables": [
                _table(table, listed=changes.previous_version is not None)
                for _, table in sorted(changes.tables.items())
            ],
        }
    )


def _event(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in row.items()}


def _table(table: TableChanges, *, listed: bool) -> dict[str, Any]:
    rows = by_size(table) if listed and table.total else by_size(table).head(0)
    keys = key_columns(table)
    added, removed, changed = (
        [_entry(row, keys) for row in rows.filter(pl.col("change") == kind).head(LISTED).iter_rows(named=True)]
        for kind in CHANGE_KINDS
    )
    return {
        "table": table.table,
        "key": list(table.keys),
        "key_changed": table.rekeyed,
        "rows_before": table.rows_before,
        "rows_after": table.rows_after,
        "added": table.added.height,
        "removed": table.removed.height,
        "changed": table.changed_rows,
        "changed_cells_by_column": table.columns,
        "added_rows": added,
        "removed_rows": removed,
        "changed_cells": changed,
    }


def _entry(row: Mapping[str, Any], keys: list[str]) -> dict[str, Any]:
    cell = {name: row[name] for name in ("column", "old", "new")} if row["change"] == "changed" else {}
    key = {name: _plain(row[name]) for name in keys if row[name] is not None}
    return {"key": key, **cell, "size": row["size"], "unit": row["unit"]}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
