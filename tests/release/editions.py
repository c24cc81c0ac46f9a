"""Editions that lie in memory, to compare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from pipeline.release.changes import Changes, compare_editions
from pipeline.release.descriptor import describe_table
from tests.release.factory import CONTRACT


@dataclass(frozen=True)
class Kept:
    """A release that lies in memory."""

    frames: Mapping[str, pl.DataFrame]
    resources: Mapping[str, Mapping[str, Any]]
    version: str = "1.0.0"

    def frame(self, name: str) -> pl.DataFrame:
        return self.frames[name]


def edition(**frames: pl.DataFrame) -> Kept:
    """Return the tables as an edition of the program's own contract, in its order."""
    return Kept(frames, {name: describe_table(table) for name, table in CONTRACT.tables.items() if name in frames})


def rekeyed(rows: Kept, table: str, *keys: str) -> Kept:
    """Return ``rows`` with another primary key on a table."""
    resource = rows.resources[table]
    schema = {**resource["schema"], "primaryKey": list(keys)}
    frames = {**rows.frames, table: rows.frames[table].sort(keys)}
    return Kept(frames, {**rows.resources, table: {**resource, "schema": schema}})


def changes_of(old: Mapping[str, pl.DataFrame], new: Mapping[str, pl.DataFrame]) -> Changes:
    """Return what differs between two sets of tables."""
    return compare_editions(edition(**old), edition(**new))
