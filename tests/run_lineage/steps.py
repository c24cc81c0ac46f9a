"""The pure functions of the stages, on the tables of the published sample."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from unittest.mock import patch

import polars as pl

from pipeline.aggregate.weekly import weekly_coverage, weekly_events
from pipeline.aggregate.weekly_tolls import weekly_tolls
from pipeline.contracts import load_contract
from pipeline.release.reader import open_release
from pipeline.resolve.accounts import accounts
from pipeline.resolve.resolve import resolve
from pipeline.resolve.shared_tolls import shared_tolls
from tests.run_lineage.taint import Frames, Step

SAMPLE = Path(__file__).resolve().parents[2] / "datapackage" / "sample"
EVENTS = ("mentions", "casualties", "articles", "sources", "places", "actors", "event_types")
ACCOUNTS = ("events", "event_mentions", "mentions", "casualties", "articles", "sources", "actors")
SHARED = ("casualties", "mentions", "event_mentions", "events", "articles", "sources")
WEEKLY = ("events", "event_mentions", "mentions", "articles", "event_types")
TOLLS = ("weekly_events", "shared_tolls")


@lru_cache(maxsize=1)
def sample() -> Frames:
    """Return the tables of the sample; of the gazetteer the places that it names."""
    release = open_release(SAMPLE)
    frames = {name: release.frame(name) for name in {*EVENTS, *ACCOUNTS, *SHARED, *WEEKLY, *TOLLS}}
    named = frames["mentions"]["place_id"].drop_nulls().unique()
    return frames | {"places": frames["places"].filter(pl.col("place_id").is_in(named.implode()))}


def _events(frames: Frames) -> Frames:
    """The stage takes the event types from the contract; here they are those of the frames."""
    with patch("pipeline.resolve.resolve.event_types_frame", lambda _: frames["event_types"]):
        made = resolve(*(frames[name] for name in EVENTS[:-1]))
    return {"events": made.events, "event_mentions": made.event_mentions}


def _accounts(frames: Frames) -> Frames:
    return {"accounts": accounts(*(frames[name] for name in ACCOUNTS))}


def _shared(frames: Frames) -> Frames:
    made = shared_tolls(*(frames[name] for name in SHARED))
    return {"shared_tolls": made.tolls, "shared_toll_events": made.events, "shared_toll_casualties": made.casualties}


def _weekly(frames: Frames) -> Frames:
    admin1 = sample()["weekly_events"]["admin1"].unique().sort().to_list()
    events, links, mentions, articles, types = (frames[name] for name in WEEKLY)
    return {
        "weekly_events": weekly_events(events, links, mentions, articles, admin1, types),
        "weekly_coverage": weekly_coverage(articles, mentions, events),
    }


def _tolls(frames: Frames) -> Frames:
    return {"weekly_tolls": weekly_tolls(*(frames[name] for name in TOLLS))}


MAKERS = {
    "events": (_events, EVENTS, ("events", "event_mentions")),
    "accounts": (_accounts, ACCOUNTS, ("accounts",)),
    "shared tolls": (_shared, SHARED, ("shared_tolls", "shared_toll_events", "shared_toll_casualties")),
    "weekly figures": (_weekly, WEEKLY, ("weekly_events", "weekly_coverage")),
    "weekly tolls": (_tolls, TOLLS, ("weekly_tolls",)),
}


def step(name: str) -> Step:
    """Return the step ``name`` of `MAKERS`."""
    run, inputs, outputs = MAKERS[name]
    tables = load_contract().tables
    return Step(run, {table: sample()[table] for table in inputs}, {table: tables[table] for table in outputs})
