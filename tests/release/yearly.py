"""A world of two years and of rows without a date, published with every large table in parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.release.publish import Published
from tests.release.factory import MADE_FROM, event_id, mention_id, publish_world, with_values, world

PARTS = ("data/events/events-2021.parquet", "data/events/events-2022.parquet")
UNDATED = "data/mentions/mentions-unknown.parquet"
NEXT_YEAR = date(2022, 2, 7)


def years() -> dict[str, pl.DataFrame]:
    """Return the world with one event and its mention a year later, and a denial that names no day."""
    tables = world()
    later: dict[str, Any] = {"event_date_start": NEXT_YEAR, "event_date_end": NEXT_YEAR}
    tables["events"] = with_values(tables["events"], {"event_id": event_id("m4")}, **later, week_start=NEXT_YEAR)
    mentions = with_values(tables["mentions"], {"mention_id": mention_id("m4")}, **later)
    undated = {"event_date_start": None, "event_date_end": None, "time_precision": None}
    tables["mentions"] = with_values(mentions, {"status": "denied"}, **undated)
    return tables


def publish_years(releases: Path, partition_rows: int = 1) -> Published:
    """Publish `years` as the first release below ``releases``; tables of more than ``partition_rows`` in parts."""
    lock = replace(MADE_FROM, settings={**MADE_FROM.settings, "partition_rows": partition_rows})
    return publish_world(releases, years(), made_from=lock, partition_rows=partition_rows)
