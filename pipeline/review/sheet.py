"""The queue as a CSV for spreadsheets, with columns for decisions. Reading decisions back is `decisions`'s."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from pipeline.hostile_characters import visible
from pipeline.review.cards import Card, Shown

DECISION_COLUMNS = ("decision", "field", "value", "merge_with", "mentions", "note", "reason", "who", "date")
SEEN, OTHER_SEEN = "seen", "other_seen"
COLUMNS = (
    "rank", "points", "why", "event_id", "other_event_id", "what", "when", "where", "who_acts", "killed", "sources",
    "evidence", "other", *DECISION_COLUMNS, SEEN, OTHER_SEEN,
)  # fmt: skip
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def sheet(cards: Sequence[Card]) -> str:
    """Return the queue as CSV: one row an item, the decision columns empty save for the event to merge with."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for card in cards:
        writer.writerow({name: guarded(value) for name, value in _row(card).items()})
    return buffer.getvalue()


def _row(card: Card) -> dict[str, str]:
    event, other = card.event, card.other
    return {
        "rank": str(card.rank),
        "points": str(card.points),
        "why": "; ".join(card.reasons),
        "event_id": event.event_id,
        "other_event_id": other.event_id if other else "",
        "what": event.row["sub_event_type"],
        "when": event.when,
        "where": event.where,
        "who_acts": event.who,
        "killed": event.killed,
        "sources": str(event.row["source_count"]),
        "evidence": _evidence(event),
        "other": f"{other.row['sub_event_type']}, {other.when}, {other.where}: {_evidence(other)}" if other else "",
        "merge_with": other.event_id if other else "",
        SEEN: event.seen,
        OTHER_SEEN: other.seen if other else "",
    }


def _evidence(event: Shown) -> str:
    return visible(event.quotes[0].evidence) if event.quotes else ""


def guarded(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe before what begins one."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Return the text of a `guarded` cell."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text
