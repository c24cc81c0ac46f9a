"""Events as they are shown, and the published rule by which notable ones are chosen.

The rule is stated on every page (`words.notable_rule`): change both together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.brief.corrected import review
from pipeline.brief.disputes import dispute
from pipeline.brief.figures import Toll
from pipeline.brief.ledger import Ledger, Row
from pipeline.brief.model import EventBrief, EventRef
from pipeline.brief.reports import first_side, fold_copies, side, when, where

NOTABLE_LIMIT = 8
MOVEMENTS = ("Displacement", "Force movement")
"""Sub-event types with a section of their own (codebook section 2)."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The events of a week, each in exactly one section of the page."""

    notable: tuple[EventBrief, ...]
    movements: tuple[EventBrief, ...]
    others: tuple[EventBrief, ...]


def event_brief(ledger: Ledger, row: Row) -> EventBrief:
    """Return a row of `events` with its reports and denials."""
    event_id = row["event_id"]
    return EventBrief(
        event_id=event_id,
        event_type=row["event_type"],
        sub_event_type=row["sub_event_type"],
        when=when(row),
        where=where(ledger, row, "place_name"),
        actor1=first_side(ledger, row),
        actor2=side(ledger, row, 2),
        killed=Toll(row["fatalities_low"], row["fatalities_best"], row["fatalities_high"]),
        injured=Toll(row["injured_low"], None, row["injured_high"]),
        civilian_targeting=row["civilian_targeting"],
        mention_count=row["mention_count"],
        source_count=row["source_count"],
        confidence=None if row["confidence"] is None else round(row["confidence"] * 100),
        corroboration=ledger.titles["corroboration"].get(row["corroboration"], row["corroboration"]),
        disputed=row["disputed"],
        dispute=dispute(ledger, event_id),
        movement=row["sub_event_type"] in MOVEMENTS,
        reports=fold_copies(ledger, ledger.reports.get(event_id, ())),
        denials=fold_copies(ledger, ledger.denials.get(event_id, ())),
        rivals=tuple(event_ref(ledger, rival) for rival in ledger.rivals.get(event_id, ())),
        review=review(row, ledger.corrections.get(event_id, [])),
    )


def event_ref(ledger: Ledger, event_id: str) -> EventRef:
    """Return where the event stands in the briefings."""
    row = ledger.event_by_id[event_id]
    return EventRef(
        event_id=event_id,
        week_start=row["week_start"],
        sub_event_type=row["sub_event_type"],
        where=where(ledger, row, "place_name"),
        when=when(row),
        has_page=row["week_start"] in ledger.coverage,
    )


def _rank(event: EventBrief) -> tuple[int, bool, int, date, str]:
    best = event.killed.best
    return (
        -best if best is not None else 1,
        not event.civilian_targeting,
        -event.source_count,
        event.when.start or date.max,
        event.event_id,
    )


def choose(events: Sequence[EventBrief], limit: int = NOTABLE_LIMIT) -> Chosen:
    """Divide the events of a week into notable ones, movements and the others.

    Notable are the first ``limit`` events that are no movement: highest best estimate of killed (none known last),
    then those that hit civilians, then the most independent sources, then the earliest day, then the id.
    """
    movements = tuple(event for event in events if event.movement)
    ranked = sorted((event for event in events if not event.movement), key=_rank)
    return Chosen(tuple(ranked[:limit]), movements, tuple(ranked[limit:]))
