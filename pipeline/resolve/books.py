"""The books of this room: where every mention that came in has gone, so that a check can see that none is lost."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

BALANCE = {"balance": pl.String, "came_in": pl.Int64, "went_out": pl.Int64, "ok": pl.Boolean}
"""A frame of balances: what is balanced, both sides, and whether they are equal."""


@dataclass(frozen=True, slots=True)
class Books:
    """Counts of mentions; every mention of the input is in exactly one of the first six after ``mentions``."""

    mentions: int
    reporting: int
    """Report an event."""
    denying: int
    """Deny an event that was found."""
    denying_nothing_found: int
    """Deny something, and it is not clear which event."""
    prospective: int
    general: int
    rejected: int
    events: int

    @property
    def merged(self) -> int:
        """Reports that joined an event which another mention founded."""
        return self.reporting - self.events


def resolve_books(
    books: Books, events: pl.DataFrame, event_mentions: pl.DataFrame, rejections: pl.DataFrame
) -> pl.DataFrame:
    """Return the balances of the room (columns of `BALANCE`) from its counts and the tables that it gave out."""
    relations = event_mentions["relation"]
    unlinked = books.denying_nothing_found + books.prospective + books.general
    out = event_mentions.height + unlinked + rejections.height
    accounts = [
        ("mentions in = linked + linked to nothing + rejected", books.mentions, out),
        ("reports = rows that report", books.reporting, int((relations == "reports").sum())),
        ("denials found = rows that deny", books.denying, int((relations == "denies").sum())),
        ("reports = sum of events.mention_count", books.reporting, int(events["mention_count"].sum())),
        ("events = events reported by a mention", events.height, _reported(event_mentions)),
        ("denials found = sum of events.denial_count", books.denying, int(events["denial_count"].sum())),
    ]
    return pl.DataFrame([(*account, account[1] == account[2]) for account in accounts], schema=BALANCE, orient="row")


def _reported(event_mentions: pl.DataFrame) -> int:
    return event_mentions.filter(pl.col("relation") == "reports")["event_id"].n_unique()
