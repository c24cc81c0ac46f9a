"""The page of an event for programs: the rows of the tables that it shows, by their columns, nothing worded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pydantic import JsonValue

from pipeline.brief.ledger import Row
from pipeline.brief.model import Report
from pipeline.contracts import load_contract
from pipeline.site import addresses
from pipeline.site.event_rows import EventRows
from pipeline.site.event_view import EventView
from pipeline.site.revised import Step

_ARTICLE = ("article_id", "source_name", "leaning", "title", "url", "published_date", "duplicate_kind", "duplicate_of",
            "text_sha256")  # fmt: skip


def event_twin(rows: EventRows, view: EventView) -> dict[str, JsonValue]:
    """Return what the page says as JSON; links are relative to the page."""
    event_id = view.event_id
    return {
        "event": columns("events", view.row),
        "reports": [_mention(rows, told.report) for told in view.reports],
        "denials": [_mention(rows, told.report) for told in view.denials],
        "accounts": [columns("accounts", row) for row in rows.accounts.get(event_id, ())],
        "shared_tolls": [
            columns("shared_tolls", row) | {"events": list(rows.sharers[row["shared_toll_id"]])}
            for row in rows.tolls.get(event_id, ())
        ],
        "corrections": [columns("corrections", row) for row in view.corrections],
        "retired_events": [columns("retired_events", row) for row in view.earlier_ids],
        "history": [step_twin(step) for step in view.steps],
        "links": links(view),
    }


def links(view: EventView) -> dict[str, JsonValue]:
    """Return where the page of an event leads within the site, relative to it."""
    actors = (view.actor1, view.associate, view.actor2)
    return {
        "page": f"{view.event_id}.html",
        "week": f"../{addresses.week(view.iso_week)}" if view.has_week else None,
        "governorate": f"../{addresses.governorate(view.row['admin1'])}",
        "actors": [f"../{addresses.actor(a.actor_id)}" for a in actors if a and a.actor_id],
    }


def _mention(rows: EventRows, report: Report) -> dict[str, JsonValue]:
    """Return a mention with its article, its slots and figures, and the mentions of copies below it."""
    mention_id = report.mention_id
    article = rows.articles[report.article_id]
    return {
        **columns("mentions", rows.ledger.mentions[mention_id]),
        "article": {name: plain(article[name]) for name in _ARTICLE},
        "slots": _of_mention("mention_slots", rows.slots.get(mention_id, ())),
        "casualties": _of_mention("casualties", rows.ledger.casualties.get(mention_id, ())),
        "copies": [_mention(rows, copy) for copy in report.copies],
    }


def _of_mention(table: str, rows: Iterable[Row]) -> list[JsonValue]:
    return [{name: value for name, value in columns(table, row).items() if name != "mention_id"} for row in rows]


def step_twin(step: Step) -> dict[str, JsonValue]:
    """Return what a version changed."""
    return {
        "version": step.version,
        "change_kind": step.kind,
        "cells": [{"field": c.field, "old_value": c.before, "new_value": c.after} for c in step.cells],
        "mentions_added": step.reports_added,
        "mentions_removed": step.reports_removed,
        "changes_in_other_tables": dict(step.others),
    }


def columns(table: str, row: Mapping[str, Any]) -> dict[str, JsonValue]:
    """Return a row as the table's columns, dates as ISO 8601."""
    return {name: plain(row.get(name)) for name in load_contract().tables[table].columns}


def plain(value: Any) -> JsonValue:
    """Return a cell as JSON holds it."""
    found: JsonValue = value.isoformat() if isinstance(value, date) else value
    return found
