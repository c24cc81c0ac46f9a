"""Releases of the small invented world of `tests.release` for the tests of the site: in memory, and published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import polars as pl

from pipeline.release.changes_table import changes_table
from pipeline.site.editions import Edition
from pipeline.site.history import History, read_history
from tests.release.editions import changes_of
from tests.release.factory import event_id, publish_world, world

Tables = Mapping[str, pl.DataFrame]
EARLY, LATE = event_id("m1"), event_id("m4")
"""Events of 2021-W05 and of 2021-W06."""


@dataclass(frozen=True, eq=False)
class Kept:
    """A release that lies in memory, as far as the history asks for it."""

    version: str
    tables: Tables
    told: pl.DataFrame

    def frame(self, name: str) -> pl.DataFrame:
        return self.tables[name]

    def changes(self) -> pl.DataFrame:
        return self.told


def history_of(*steps: Tables) -> History:
    """Return the history of the versions 1.0.0, 2.0.0 and so on, made of ``steps``."""
    told = [steps[0]["changes"]]
    for before, after in pairwise(steps):
        told.append(changes_table(changes_of(_compared(before), _compared(after))))
    editions: Sequence[Any] = [
        Kept(f"{at}.0.0", tables, changes) for at, (tables, changes) in enumerate(zip(steps, told, strict=True), 1)
    ]
    return read_history(cast("Sequence[Edition]", editions[::-1]))


def _compared(tables: Tables) -> dict[str, pl.DataFrame]:
    return {name: frame for name, frame in tables.items() if name != "changes"}


def of_event(tables: Tables, event: str, **values: object) -> dict[str, pl.DataFrame]:
    """Return ``tables`` with other values in the row of one event."""
    events = tables["events"]
    here = pl.col("event_id") == event
    changed = events.with_columns(
        pl.when(here).then(pl.lit(value, events.schema[name])).otherwise(pl.col(name)).alias(name)
        for name, value in values.items()
    )
    return {**tables, "events": changed}


def publish_all(releases: Path, *steps: Tables) -> Path:
    """Publish ``steps`` one after the other below ``releases``, and return that folder."""
    for tables in steps:
        publish_world(releases, tables)
    return releases


def twice(releases: Path) -> Path:
    """Publish the world and, after it, one in which a toll of 2021-W05 rose."""
    return publish_all(releases, world(), of_event(world(), EARLY, fatalities_high=9))
