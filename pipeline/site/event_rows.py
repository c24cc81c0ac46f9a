"""The rows that the pages of some events need, of whole tables: filtered once for a chunk of pages, then grouped.

A release of 50,000 events has a million rows that tell of them. No page filters a table, and no more rows are held as
Python values than one chunk of pages needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from pipeline.brief.corrected import SAYS
from pipeline.brief.ledger import Ledger, Row, Rows, group, group_tables
from pipeline.contracts import load_contract

Frames = Callable[[str], pl.DataFrame]
"""Gives a table of the release by its name."""
WHOLE = ("weekly_coverage", "actors", "places", "sources")
"""Tables that are small, or of which anything can be asked."""
UNUSED = ("weekly_events", "weekly_tolls", "shared_tolls", "shared_toll_casualties", "rejections", "accuracy")
"""Tables that the ledger of the briefings groups, and that say nothing of single events."""

col = pl.col


@dataclass(frozen=True, slots=True)
class EventRows:
    """What the tables say of some events, by the key that pages ask for; a key without rows is absent."""

    ledger: Ledger
    """Holds the events asked for, and those that they point to: rivals, and events that share a toll."""
    articles: Mapping[str, Row]
    """`articles` by id, with `source_name` and `leaning` of the outlet."""
    slots: Mapping[str, Rows]
    """`mention_slots` by mention, in the order of the code list."""
    accounts: Mapping[str, Rows]
    """`accounts` by event: its own first, then those of its rivals."""
    corrections: Mapping[str, Rows]
    """`corrections` by the event that they name or leave standing, oldest first, whatever became of them."""
    tolls: Mapping[str, Rows]
    """`shared_tolls` by event."""
    sharers: Mapping[str, Sequence[str]]
    """Shared toll to its events."""
    errors_km: Mapping[str, float]
    """Place to how far its point may be off."""
    retired: Mapping[str, Rows]
    """`retired_events` by the event that stands for them now."""
    changes: Mapping[str, Rows]
    """What versions changed (columns of `history.CHANGED`) by event, oldest version first."""


def event_rows(frame: Frames, changed: pl.DataFrame, event_ids: Sequence[str]) -> EventRows:
    """Return what the release whose tables ``frame`` gives says of the events.

    Args:
        frame: gives its tables.
        changed: what versions changed of events, columns of `history.CHANGED`.
        event_ids: events of the release.
    """
    wanted = pl.DataFrame({"event_id": event_ids}, schema={"event_id": pl.String})
    accounts = frame("accounts").join(wanted, on="event_id", how="semi")
    covering = frame("shared_toll_events").join(wanted, on="event_id", how="semi")
    sharing = frame("shared_toll_events").join(covering, on="shared_toll_id", how="semi")
    pointed_to = pl.concat([wanted["event_id"], sharing["event_id"], accounts["rival_event_id"]]).drop_nulls().unique()
    events = frame("events").join(pointed_to.to_frame(), on="event_id", how="semi")
    links = frame("event_mentions").join(wanted, on="event_id", how="semi")
    told = pl.concat([links["mention_id"], accounts["mention_id"]]).unique().to_frame()
    mentions = frame("mentions").join(told, on="mention_id", how="semi")
    articles = frame("articles").join(mentions, on="article_id", how="semi")
    tables = {
        **{name: frame(name) for name in WHOLE},
        **{name: frame(name).clear() for name in UNUSED},
        "events": events,
        "event_mentions": links,
        "mentions": mentions,
        "articles": articles,
        "casualties": frame("casualties").join(told, on="mention_id", how="semi"),
        "accounts": accounts,
        "corrections": frame("corrections"),
    }
    outlets = frame("sources").select("source_id", "source_name", "leaning")
    order = pl.Enum(load_contract().codelists["slots"]["code"])
    slots = frame("mention_slots").join(told, on="mention_id", how="semi").sort("mention_id", col("slot").cast(order))
    places = frame("places").join(events, on="place_id", how="semi")
    stands = frame("retired_events").join(
        wanted.rename({"event_id": "current_event_id"}), on="current_event_id", how="semi"
    )
    return EventRows(
        ledger=group_tables(tables),
        articles={row["article_id"]: row for row in articles.join(outlets, on="source_id").iter_rows(named=True)},
        slots=group(slots, "mention_id"),
        accounts=group(
            accounts.sort(col("rival_event_id").is_not_null(), col("relation") == "denies", "account_id"), "event_id"
        ),
        corrections=corrections_by_event(frame("corrections")),
        tolls=group(
            covering.join(frame("shared_tolls"), on="shared_toll_id").sort("kind", "shared_toll_id"), "event_id"
        ),
        sharers=dict(sharing.sort("event_id").group_by("shared_toll_id").agg("event_id").iter_rows()),
        errors_km=dict(places.select("place_id", "coordinate_error_km").iter_rows()),
        retired=group(stands.sort("event_id"), "current_event_id"),
        changes=group(changed.join(wanted, on="event_id", how="semi", maintain_order="left"), "event_id"),
    )


def corrections_by_event(corrections: pl.DataFrame) -> dict[str, list[Row]]:
    """Return the rows of `corrections` by the events that they concern: the one named, and those left standing."""
    found: dict[str, list[Row]] = {}
    for row in corrections.sort("corrected_on", "correction_id", nulls_last=True).iter_rows(named=True):
        regrouped = row["state"] == "applied" and row["action"] in SAYS
        standing = (row["corrected_value"] or "").split(";") if regrouped else []
        for event_id in dict.fromkeys((row["event_id"], *standing)):
            if event_id:
                found.setdefault(event_id, []).append(row)
    return found
