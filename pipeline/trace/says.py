"""One line for people on each thing of a trace; all its values stand beside the line in JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from pydantic import JsonValue

Row = Mapping[str, Any]
_HEX = 12
_FEW = 4


def value_of(cell: object) -> JsonValue:
    """Return a cell as JSON has it: dates in ISO 8601."""
    if isinstance(cell, date):
        return cell.isoformat()
    assert cell is None or isinstance(cell, str | int | float | bool)
    return cell


def values_of(row: Row) -> dict[str, JsonValue]:
    """Return a row without its empty cells."""
    return {name: value_of(cell) for name, cell in row.items() if cell is not None}


def says(table: str, row: Row) -> str:
    """Return a row of ``table`` in one line."""
    teller = _TELLERS.get(table)
    return teller(row) if teller else ", ".join(str(cell) for cell in list(values_of(row).values())[1 : _FEW + 1])


def _joined(*parts: object) -> str:
    return ", ".join(str(part) for part in parts if part not in (None, ""))


def _span(row: Row, quote: str) -> str:
    return f"“{row[quote]}” (characters {row['char_start']}–{row['char_end']})" if row.get(quote) else ""


def _range(low: int | None, best: int | None, high: int | None) -> str:
    if low is None and best is None and high is None:
        return ""
    if low == high and best in (None, low):
        return str(low)
    ends = f"{low if low is not None else '?'}–{high if high is not None else 'open'}"
    return f"{best} ({ends})" if best is not None else ends


def _days(row: Row) -> str:
    first, last = row.get("event_date_start"), row.get("event_date_end")
    return str(first or "") if first == last else f"{first} to {last}"


def _article(row: Row) -> str:
    copy = "" if row.get("duplicate_kind") in (None, "none") else f"copy ({row['duplicate_kind']})"
    text = f"text sha256 {str(row.get('text_sha256'))[:_HEX]}…"
    return _joined(f"“{row.get('title') or 'untitled'}”", row.get("source_id"), row.get("published_date"), copy, text)


def _mention(row: Row) -> str:
    where = row.get("place") or row.get("admin1")
    return _joined(row["status"], row["sub_event_type"], where, _days(row), _span(row, "evidence"))


def _event(row: Row) -> str:
    killed = _range(row.get("fatalities_low"), row.get("fatalities_best"), row.get("fatalities_high"))
    told = f"killed {killed}" if killed else ""
    return _joined(row["sub_event_type"], row.get("place_name"), row["admin1"], _days(row), told)


def _casualty(row: Row) -> str:
    about = "about " if row.get("approximate") else ""
    figure = f"{about}{_range(row.get('low'), None, row.get('high'))} {row['kind']} of {row['party']}"
    return _joined(figure, "shared" if row.get("shared") else "", _span(row, "quote"))


def _slot(row: Row) -> str:
    return _joined(row["slot"], _span(row, "quote") or row.get("basis"), row.get("reason"))


def _account(row: Row) -> str:
    killed = _range(row.get("fatalities_low"), None, row.get("fatalities_high"))
    said = f"killed {killed}" if killed else ""
    return _joined(row["relation"], row["leaning"], said, row.get("blamed_actor_id"), _span(row, "evidence"))


def _shared(row: Row) -> str:
    counted = _range(row.get("counted_low"), row.get("counted_best"), row.get("counted_high"))
    told = f"{row['kind']} {_range(row.get('low'), row.get('best'), row.get('high'))} in {row['event_count']} events"
    return _joined(told, row["counting"], f"counts {counted}" if counted else "does not count")


def _retired(row: Row) -> str:
    into = f"into {row['merged_into']}" if row.get("merged_into") else ""
    now = f"today {row['current_event_id']}" if row.get("current_event_id") else "no event today"
    return _joined(f"retired in version {row['version']}: {row['retirement_reason']} {into}".strip(), now)


def _correction(row: Row) -> str:
    moved = (
        f"{row.get('field')}: {row.get('original_value')} to {row.get('corrected_value')}" if row.get("field") else ""
    )
    return _joined(row["state"], row["action"], moved, row.get("correction_reason"), row.get("corrected_by"))


_TELLERS: Mapping[str, Callable[[Row], str]] = {
    "accounts": _account,
    "actors": lambda row: _joined(row["actor_name"], row["bloc"]),
    "articles": _article,
    "casualties": _casualty,
    "corrections": _correction,
    "events": _event,
    "mention_slots": _slot,
    "mentions": _mention,
    "places": lambda row: _joined(row["place_name"], row["admin1"], row["admin2"]),
    "rejections": lambda row: _joined(row["rule"], row["message"]),
    "retired_events": _retired,
    "shared_tolls": _shared,
    "sources": lambda row: _joined(row["source_name"], row["leaning"]),
}
