"""What was read for a week and what a reader must allow for: silence, single sources, rejected records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipeline.brief import words
from pipeline.brief.ledger import Ledger
from pipeline.brief.model import EventBrief
from pipeline.brief.week_model import Caveats, Coverage, OutletRead, RejectionCount


def coverage(ledger: Ledger, week_start: date) -> Coverage:
    """Return how much was read for the week, by outlet."""
    row = ledger.coverage[week_start]
    outlets = ledger.outlets.get(week_start, ())
    return Coverage(
        articles=row["articles"],
        copies=row["duplicates"],
        sources=row["sources"],
        mentions=row["mentions"],
        outlets=tuple(
            OutletRead(
                o["source_id"],
                o["source_name"],
                ledger.titles["leanings"].get(o["leaning"], o["leaning"]),
                o["articles"],
                o["copies"],
            )
            for o in outlets
        ),
    )


def rejection_counts(ledger: Ledger, week_start: date | None) -> tuple[RejectionCount, ...]:
    """Return the rejections by rule, most frequent first; ``None`` for those that belong to no article's week."""
    titles = ledger.titles["rejection_rules"]
    return tuple(
        RejectionCount(row["rule"], titles.get(row["rule"], row["rule"]), row["count"])
        for row in ledger.rejections.get(week_start, ())
    )


def caveats(ledger: Ledger, week_start: date, events: Sequence[EventBrief]) -> Caveats:
    """Count what limits the week's figures."""
    return Caveats(
        loosely_dated=sum((event.when.precision or 1) > 1 for event in events),
        loosely_placed=sum((event.where.precision or 1) > 1 for event in events),
        disputed=sum(event.disputed for event in events),
        single_source=sum(event.source_count == 1 for event in events),
        rejections=rejection_counts(ledger, week_start),
    )


def by_rule(rejections: Sequence[RejectionCount]) -> str:
    """Return rejections in words: "2 by the rule “No date”"."""
    return words.listing([f"{words.number(r.count)} by the rule “{r.title}”" for r in rejections])
