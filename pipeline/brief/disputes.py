"""What the sources of an event do not agree on: whether it happened, who did it, how many were killed.

It follows from the table `accounts`, by the rule that puts events into it. What each source says is quoted elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.brief.figures import Toll
from pipeline.brief.ledger import Ledger, Row
from pipeline.brief.model import Dispute, Told


def dispute(ledger: Ledger, event_id: str) -> Dispute:
    """Return in what the accounts of an event differ."""
    rows = ledger.accounts.get(event_id, ())
    reports = [row for row in rows if row["relation"] == "reports"]
    tolls = [row for row in reports if _ends(row) is not None and row["rival_event_id"] is None]
    blamed = [row for row in reports if row["blamed_bloc"] is not None]
    return Dispute(
        denied=any(row["relation"] == "denies" for row in rows),
        blamed=_told(ledger, blamed, _who) if len({row["blamed_bloc"] for row in blamed}) > 1 else (),
        tolls=_told(ledger, tolls, _toll) if len({_ends(row) for row in tolls}) > 1 else (),
    )


def _ends(row: Row) -> tuple[int, int] | None:
    """Return the figures given; "at least 38" and "38" differ in none."""
    low, high = row["fatalities_low"], row["fatalities_high"]
    known = [end for end in (low, high) if end is not None]
    return (known[0], known[-1]) if known else None


def _toll(ledger: Ledger, row: Row) -> Toll:
    return Toll(row["fatalities_low"], None, row["fatalities_high"])


def _who(ledger: Ledger, row: Row) -> str:
    bloc = ledger.titles["blocs"].get(row["blamed_bloc"], row["blamed_bloc"])
    return ledger.actor_names.get(row["blamed_actor_id"], bloc)


def _told(ledger: Ledger, rows: Sequence[Row], what: Callable[[Ledger, Row], Toll | str]) -> tuple[Told, ...]:
    leanings = ledger.titles["leanings"]
    said = [Told(what(ledger, row), leanings.get(row["leaning"], row["leaning"])) for row in rows]
    return tuple(dict.fromkeys(said))
