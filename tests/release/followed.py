"""The invented world a release later: a merger, a toll corrected, outlets renamed, an actor under another id."""

from __future__ import annotations

from datetime import date

import polars as pl

from pipeline.ids import content_id
from tests.release.factory import event_id, make, mention_id, with_values, world

UPPER, LOWER = event_id("m1"), event_id("m4")
HOSTILE = "<script>alert('x')</script> | *desk* \x1b[31m"


def followed() -> dict[str, pl.DataFrame]:
    """Return the tables of that release; its version is 1.1.0 after `world`."""
    tables = world()
    links = with_values(tables["event_mentions"], {"event_id": LOWER}, event_id=UPPER)
    covered = with_values(tables["shared_toll_events"], {"event_id": LOWER}, event_id=UPPER)
    events = tables["events"].filter(pl.col("event_id") == UPPER)
    right = with_values(events, {"event_id": UPPER}, fatalities_best=6, fatalities_high=90, corrected=True)
    gone = {"event_id": LOWER, "founding_mention_id": mention_id("m4"), "version": "1.1.0",
            "retirement_reason": "merged", "merged_into": UPPER, "current_event_id": UPPER}  # fmt: skip
    actors = with_values(tables["actors"], {"actor_id": "testland-army"}, actor_id="testland-forces")
    return tables | {
        "event_mentions": links,
        "shared_toll_events": covered,
        "events": right,
        "retired_events": make("retired_events", [gone]),
        "corrections": corrections("applied"),
        "sources": tables["sources"].with_columns(source_name="source_id"),
        "actors": actors,
        "mentions": with_values(tables["mentions"], {"actor1_id": "testland-army"}, actor1_id="testland-forces"),
    }


def corrections(state: str) -> pl.DataFrame:
    """Return the table `corrections` with one override by a desk of a hostile name."""
    row = {"correction_id": content_id("k", "desk"), "state": state, "action": "override", "event_id": UPPER,
           "field": "fatalities_best", "original_value": "5", "corrected_value": "6", "correction_reason": "Six.",
           "corrected_by": HOSTILE, "corrected_on": date(2021, 3, 1), "input_name": "desk.yaml", "input_record": 1,
           "message": None if state == "applied" else "desk.yaml, record 1: stale"}  # fmt: skip
    return make("corrections", [row])
