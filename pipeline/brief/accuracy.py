"""The error rates of the coding, from the table `accuracy`: how much of what is found is right, and what is missed.

The part of a gold set that was kept unread by those who write the program is the honest one and is told first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

ALL, UNREAD = "all", "unread"
MEASURES = {
    "right": "where_precision",
    "found": "where_recall",
    "tolls": "slot_killed",
    "false_alarms": "false_alarms",
}
"""What a page calls a rate, and its measure in the code list `measures`."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many cases out of so many."""

    count: int
    out_of: int


@dataclass(frozen=True, slots=True)
class ErrorRates:
    """The rates measured on one gold set, or on its unread part; None where there was no case."""

    gold_set: str
    unread: bool
    right: Rate | None
    """Of the mentions found, those of the right type, day (one apart at most) and governorate."""
    missed: Rate | None
    """Of the mentions that people coded, those not found so."""
    tolls: Rate | None
    """Of the mentions of the right type, those with the number killed exactly as people coded it."""
    false_alarms: Rate | None
    """Of the mentions found, those that the text denies, threatens, or tells as a total."""


def error_rates(accuracy: pl.DataFrame) -> tuple[ErrorRates, ...]:
    """Return the rates by gold set (columns of the table `accuracy`), each unread part before its whole."""
    parts = accuracy.filter(
        (pl.col("slice") == "all") | ((pl.col("slice") == "reading") & (pl.col("slice_value") == UNREAD))
    ).filter(pl.col("measure").is_in(list(MEASURES.values())))
    rows: dict[tuple[str, bool], dict[str, Rate]] = {}
    for name, part, measure, count, out_of in parts.select(
        "gold_set", "slice_value", "measure", "count", "out_of"
    ).iter_rows():
        rows.setdefault((name, part == UNREAD), {})[measure] = Rate(count, out_of)
    ordered = sorted(rows.items(), key=lambda item: (item[0][0], not item[0][1]))
    return tuple(_rates(name, unread, found) for (name, unread), found in ordered)


def _rates(name: str, unread: bool, found: Mapping[str, Rate]) -> ErrorRates:
    recall = found.get(MEASURES["found"])
    return ErrorRates(
        gold_set=name,
        unread=unread,
        right=found.get(MEASURES["right"]),
        missed=None if recall is None else Rate(recall.out_of - recall.count, recall.out_of),
        tolls=found.get(MEASURES["tolls"]),
        false_alarms=found.get(MEASURES["false_alarms"]),
    )
