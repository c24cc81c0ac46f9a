"""What people have declared about an event, as its card tells it: confirmed, corrected with the original, noted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from pipeline.brief import words
from pipeline.contracts import load_contract

Row = Mapping[str, Any]
SAYS = {
    "merge": "Told as several events before",
    "split": "Told as part of another event before, or as one with it",
}


def by_event(corrections: pl.DataFrame) -> dict[str, list[Row]]:
    """Return the rows of `corrections` that were applied, by the events that stand after them."""
    found: dict[str, list[Row]] = {}
    for row in corrections.filter(pl.col("state") == "applied").iter_rows(named=True):
        regrouped = row["action"] in SAYS
        for event_id in (row["corrected_value"] or "").split(";") if regrouped else [row["event_id"]]:
            found.setdefault(event_id, []).append(row)
    return found


def review(event: Row, corrections: list[Row]) -> tuple[str, ...]:
    """Return the lines on an event (row of `events`), each a sentence or two; none for one that nobody looked at."""
    return tuple(_lines(event, corrections))


def _lines(event: Row, corrections: list[Row]) -> Iterator[str]:
    if event["confirmed"]:
        yield "Confirmed by a person who looked at its reports."
    table = load_contract().tables["events"]
    for row in sorted(corrections, key=lambda row: (row["corrected_on"], row["correction_id"])):
        by = f"{row['corrected_by']}, {words.date_only(row['corrected_on'])}"
        if row["action"] == "override":
            title = table.field(row["field"]).title
            now, was = row["corrected_value"] or "empty", row["original_value"] or "empty"
            yield f"{title}: {now}, coded as {was}. {row['correction_reason']} ({by})"
        elif row["action"] in SAYS:
            yield f"{SAYS[row['action']]}. {row['correction_reason']} ({by})"
    if event["note"]:
        yield f"Note: {event['note']}"
