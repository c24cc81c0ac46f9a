"""From which words each value of a mention was coded: what the tables `mention_slots` and `casualties` say of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.brief import phrases, words
from pipeline.brief.ledger import Row
from pipeline.brief.reports import quantity, side, when, where
from pipeline.site import codes
from pipeline.site.event_rows import EventRows


@dataclass(frozen=True, slots=True)
class Coded:
    """One value of a mention, and the words that give it."""

    title: str
    value: str
    quote: str | None
    basis: str
    """Where the words stand: title of the code."""
    span: tuple[int, int] | None
    """In the kept text of the article; None when the words stand outside it."""
    reason: str
    """Why these words were taken; "" when nothing is told."""


def coded(rows: EventRows, mention: Row) -> tuple[Coded, ...]:
    """Return the values of a mention (with its article's columns): slots, in the order of their codes, then figures."""
    return (*_slots(rows, mention), *_figures(rows, mention))


def _slots(rows: EventRows, mention: Row) -> Iterator[Coded]:
    for slot in rows.slots.get(mention["mention_id"], ()):
        span = None if slot["char_start"] is None else (slot["char_start"], slot["char_end"])
        yield Coded(
            title=codes.title("slots", slot["slot"]),
            value=_value(rows, mention, slot["slot"]),
            quote=slot["quote"],
            basis=codes.title("slot_bases", slot["basis"]),
            span=span,
            reason=slot["reason"],
        )


def _figures(rows: EventRows, mention: Row) -> Iterator[Coded]:
    evidence = (mention["char_start"], mention["char_end"])
    for row in rows.ledger.casualties.get(mention["mention_id"], ()):
        span = (row["char_start"], row["char_end"])
        inside = evidence[0] <= span[0] and span[1] <= evidence[1]
        yield Coded(
            title=codes.title("casualty_kinds", row["kind"]),
            value=phrases.quantity(quantity(rows.ledger, row, mention)),
            quote=row["quote"],
            basis=codes.title("slot_bases", "evidence" if inside else "article"),
            span=span,
            reason="",
        )


def _value(rows: EventRows, mention: Row, slot: str) -> str:
    """Return the coded value of a slot for people."""
    match slot:
        case "event_date":
            return words.when(when(mention))
        case "place":
            return phrases.location(where(rows.ledger, mention, "place"))
        case "actor1" | "actor2":
            found = side(rows.ledger, mention, int(slot[-1]), associate=False)
            return phrases.side(found) if found else ""
        case "actor1_associate":
            return rows.ledger.actor_names.get(mention["actor1_associate_id"], "")
        case "status":
            return codes.title("mention_status", mention["status"])
        case "happenings":
            return words.happenings(mention["happenings_low"], mention["happenings_high"])
        case _:
            return str(mention[slot] or "")
