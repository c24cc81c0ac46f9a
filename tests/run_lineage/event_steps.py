"""Resolution, accounts, shared tolls and weekly figures, on the tables of a small corpus (`happenings`)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from unittest.mock import patch

import polars as pl

from pipeline.aggregate.weekly import weekly_coverage, weekly_events
from pipeline.aggregate.weekly_tolls import weekly_tolls
from pipeline.contracts import event_types_frame, load_contract
from pipeline.resolve.accounts import accounts
from pipeline.resolve.identity import NO_FOUNDERS, NO_REPORTS
from pipeline.resolve.resolve import resolve
from pipeline.resolve.shared_tolls import shared_tolls
from tests.run_lineage.happenings import rare_happenings
from tests.run_lineage.taint import Example, Frames, Given, Step

EVENTS = ("mentions", "casualties", "articles", "sources", "places", "actors", "event_types")
ACCOUNTS = ("events", "event_mentions", "mentions", "casualties", "articles", "sources", "actors")
SHARED = ("casualties", "mentions", "event_mentions", "events", "articles", "sources")
WEEKLY = ("events", "event_mentions", "mentions", "articles", "event_types")
TOLLS = ("weekly_events", "shared_tolls")
NOTHING_BEFORE = (NO_FOUNDERS, NO_REPORTS)
"""What a first release builds on."""


@lru_cache(maxsize=1)
def corpus() -> Frames:
    """Return the tables of the corpus, with its events."""
    tables = rare_happenings()
    made = resolve(**tables)
    types = event_types_frame(load_contract())
    return {**tables, "event_types": types, "events": made.events, "event_mentions": made.event_mentions}


def _events(given: Given) -> Frames:
    """The stage takes the event types from the contract; here they are those of the frames."""
    with patch("pipeline.resolve.resolve.event_types_frame", lambda _: given["event_types"]):
        made = resolve(*(given[name] for name in EVENTS[:-1]), *given["release_before"])
    return {"events": made.events, "event_mentions": made.event_mentions}


def _named_otherwise(before: object) -> tuple[pl.DataFrame, pl.DataFrame]:
    """A release before in which a mention of the corpus founded an event of another name."""
    assert before == NOTHING_BEFORE
    founder = corpus()["events"]["founding_mention_id"].sort()[0]
    known = ("e-00000000000000ff", founder, True, False)
    return pl.DataFrame([known], schema=NO_FOUNDERS.schema, orient="row"), NO_REPORTS


def _accounts(given: Given) -> Frames:
    return {"accounts": accounts(*(given[name] for name in ACCOUNTS))}


def _shared(given: Given) -> Frames:
    made = shared_tolls(*(given[name] for name in SHARED))
    return {"shared_tolls": made.tolls, "shared_toll_events": made.events, "shared_toll_casualties": made.casualties}


def _weekly(given: Given) -> Frames:
    events, links, mentions, articles, types = (given[name] for name in WEEKLY)
    return {
        "weekly_events": weekly_events(events, links, mentions, articles, given["region"], types),
        "weekly_coverage": weekly_coverage(articles, mentions, events),
    }


def _tolls(given: Given) -> Frames:
    return {"weekly_tolls": weekly_tolls(*(given[name] for name in TOLLS))}


def _example(names: Sequence[str]) -> Example:
    return Example({name: corpus()[name] for name in names})


def events_step() -> Step:
    """Resolution; it builds on what the release before called events."""
    given = {**{name: corpus()[name] for name in EVENTS}, "release_before": NOTHING_BEFORE}
    of_corrections = frozenset({"places.admin1", "places.geo_precision"})
    example = Example(given, {"release_before": (_named_otherwise,)})
    return Step(_events, (example,), ("events", "event_mentions"), of_corrections)


def accounts_step() -> Step:
    """Who says what of an event."""
    return Step(_accounts, (_example(ACCOUNTS),), ("accounts",))


def shared_step() -> Step:
    """Tolls that several events share."""
    return Step(_shared, (_example(SHARED),), ("shared_tolls", "shared_toll_events", "shared_toll_casualties"))


def weekly_step() -> Step:
    """Weekly figures and coverage; of the region they take its governorates. Articles or events make outer weeks."""
    given = {**_example(WEEKLY).given, "region": ["Aleppo", "Idlib"]}
    one_more = {"region": (lambda areas: [*areas, "Homs"],)}
    inner = given["articles"].filter(pl.col("published_date").dt.month() == 3)
    examples = (Example(given, one_more), Example({**given, "articles": inner}))
    return Step(_weekly, examples, ("weekly_events", "weekly_coverage"))


def weekly_tolls_step() -> Step:
    """Tolls of a week, each person once."""
    made = {**_weekly({**corpus(), "region": ["Aleppo", "Idlib"]}), **_shared(corpus())}
    return Step(_tolls, (Example({name: made[name] for name in TOLLS}),), ("weekly_tolls",))
