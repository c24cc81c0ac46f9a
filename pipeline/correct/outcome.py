"""The tables of the room: `corrections`, its share of `rejections`, its books, and sums that must agree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import polars as pl

from pipeline.books import books_frame
from pipeline.contracts import Field, Table, load_contract
from pipeline.correct.apply import Corrected, Fate
from pipeline.correct.declared import Declared, Fault, Place, correction_id
from pipeline.errors import cut
from pipeline.ids import content_id

STAGE = "correct"
RULES = {
    "malformed": "malformed_correction",
    "stale": "stale_correction",
    "in_conflict": "contradicting_corrections",
}
"""State of a correction that was left out to the rule in `rejections`."""
EVENT_ID = re.compile("e-[0-9a-f]{16}")
BALANCE = {"balance": pl.String, "came_in": pl.Int64, "went_out": pl.Int64, "ok": pl.Boolean}


def corrections_table(declared: Declared, corrected: Corrected) -> pl.DataFrame:
    """Return the table `corrections`: what became of everything declared, with the originals."""
    table = load_contract().tables["corrections"]
    rows = [row for fate in corrected.fates for row in _rows(fate)]
    rows += [_fault_row(fault, table) for fault in declared.faults]
    return table.conform(pl.DataFrame(rows, schema=table.polars_schema()))


def _rows(fate: Fate) -> Iterator[dict[str, Any]]:
    told = fate.correction
    for field in told.sets or [""]:
        asked = told.sets.get(field, told.note)
        yield {
            "correction_id": correction_id(told.content, field or None),
            "state": fate.state,
            "action": told.action,
            "event_id": told.event,
            "field": field or (fate.at if fate.state == "malformed" else None),
            "original_value": fate.was.get(field) or None,
            "corrected_value": fate.now.get(field) or (None if fate.now or asked is None else str(asked)),
            "correction_reason": told.reason,
            "corrected_by": told.who,
            "corrected_on": told.day,
            "message": fate.message,
            "input_name": told.place.file,
            "input_record": told.place.record,
        }


def _fault_row(fault: Fault, table: Table) -> dict[str, Any]:
    """Return what can be read of a record that is no correction."""
    raw = fault.raw
    return {
        "correction_id": correction_id(fault.content, None),
        "state": "malformed",
        "action": _coded(raw.get("action"), table.field("action")),
        "event_id": raw.get("event") if _is_event(raw.get("event")) else None,
        "field": fault.field,
        "original_value": None,
        "corrected_value": fault.value,
        "correction_reason": _words(raw.get("reason")),
        "corrected_by": _words(raw.get("who")),
        "corrected_on": _day(raw.get("date")),
        "message": fault.message,
        "input_name": fault.place.file,
        "input_record": fault.place.record,
    }


def _coded(value: object, field: Field) -> object:
    return value if value in field.constraints["enum"] else None


def _is_event(value: object) -> bool:
    return isinstance(value, str) and EVENT_ID.fullmatch(value) is not None


def _words(value: object) -> str | None:
    return cut(value, 300) if isinstance(value, str) and value else None


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def correct_rejections(declared: Declared, corrected: Corrected) -> pl.DataFrame:
    """Return a row of `rejections` for each record that was left out."""
    left_out: list[tuple[str, str, Place, str | None, str | None, str | None]] = [
        (fate.state, fate.correction.content, fate.correction.place, fate.at, None, fate.message)
        for fate in corrected.fates
        if fate.state != "applied"
    ]
    left_out += [("malformed", f.content, f.place, f.field, f.value, f.message) for f in declared.faults]
    rows: list[Mapping[str, Any]] = [
        {
            "rejection_id": content_id("r", STAGE, content, RULES[state]),
            "stage": STAGE,
            "table": "corrections",
            "record": str(place),
            "field": field,
            "rule": RULES[state],
            "value": value and cut(value),
            "message": message,
            "input_name": place.file,
            "input_record": place.record,
        }
        for state, content, place, field, value, message in left_out
    ]
    table = load_contract().tables["rejections"]
    return table.conform(pl.DataFrame(rows, schema=table.polars_schema()))


def correct_books(declared: Declared, corrected: Corrected) -> pl.DataFrame:
    """Return the books: corrections in = applied + left out + repetitions of another."""
    states = Counter(fate.state for fate in corrected.fates)
    left_out = sum(states.values()) - states["applied"] + len(declared.faults)
    return books_frame((STAGE, "corrections", declared.records, states["applied"], left_out, declared.repeated))


def correct_balances(links: pl.DataFrame, corrected: Corrected) -> pl.DataFrame:
    """Return the balances between what the coding gave (``links``) and what is published (columns of `BALANCE`)."""
    withdrawn = {
        mention
        for fate in corrected.fates
        if fate.state == "applied" and fate.correction.action == "withdraw"
        for mention in fate.was[""].split(";")
    }
    events, out = corrected.events, corrected.links
    reports, denials = (out.filter(pl.col("relation") == kind)["event_id"] for kind in ("reports", "denies"))
    sides = [
        (
            "links of the coding = links published + those of withdrawn events",
            links.height,
            out.height + len(withdrawn),
        ),
        ("reports = sum of events.mention_count", reports.len(), int(events["mention_count"].sum())),
        ("events = events reported by a mention", events.height, reports.n_unique()),
        ("denials = sum of events.denial_count", denials.len(), int(events["denial_count"].sum())),
    ]
    return pl.DataFrame([(*side, side[1] == side[2]) for side in sides], schema=BALANCE, orient="row")
