"""The tables of the invented world of `factory` that are made of its events: shared tolls, weekly tolls, accounts."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from pipeline.ids import content_id
from tests.release.rows import TEXTS, article_id, event_id, make, mention_id

TOLL = content_id("t", "c2")


def of_several_events() -> dict[str, pl.DataFrame]:
    """Return the tables that say what several events share and what their sources say differently."""
    return {
        "shared_tolls": _shared_tolls(),
        "shared_toll_events": make("shared_toll_events", [{"shared_toll_id": TOLL, "event_id": event_id("m4")}]),
        "shared_toll_casualties": make(
            "shared_toll_casualties", [{"shared_toll_id": TOLL, "casualty_id": content_id("c", "c2")}]
        ),
        "weekly_tolls": _weekly_tolls(),
        "accounts": _accounts(),
    }


def _shared_tolls() -> pl.DataFrame:
    """One of up to three injured, for the drones and for raids that are no event."""
    told = {"low": 0, "best": 1, "high": 3, "counted_low": 0, "counted_best": 1, "counted_high": 3}
    strike = {"event_type": "Explosions/Remote violence", "sub_event_type": "Air/drone strike"}
    counts = {"source_count": 1, "event_count": 1, "covers_more": True, "counting": "whole"}
    head = {"shared_toll_id": TOLL, "kind": "injured", "week_start": date(2021, 2, 8)}
    return make("shared_tolls", [{**head, **told, **strike, **counts}])


def _weekly_tolls() -> pl.DataFrame:
    rows = []
    for week, iso_week in ((date(2021, 2, 1), "2021-W05"), (date(2021, 2, 8), "2021-W06")):
        for area in ("North", "South", "several governorates"):
            killed = 5 if (area, iso_week) == ("North", "2021-W05") else 0
            high = None if killed else 0
            row: dict[str, Any] = {
                "week_start": week, "iso_week": iso_week, "area": area, "injured": 0, "shared_injured": 0,
                "total_injured": 0, "shared_toll_count": int((area, iso_week) == ("several governorates", "2021-W06")),
            }  # fmt: skip
            for part, figures in (
                ("", (killed, killed, high)),
                ("shared_", (0, 0, 0)),
                ("total_", (killed, killed, high)),
            ):
                row |= dict(zip((f"{part}fatalities_{end}" for end in ("low", "best", "high")), figures, strict=True))
            rows.append(row)
    return make("weekly_tolls", rows)


def _accounts() -> pl.DataFrame:
    def row(mention: str, article: str, words: str, **values: Any) -> dict[str, Any]:
        start = TEXTS[article].index(words)
        return {
            "account_id": content_id("v", mention), "event_id": event_id("m1"), "source_count": 1,
            "mention_id": mention_id(mention), "article_id": article_id(article), "evidence": words,
            "char_start": start, "char_end": start + len(words), **values,
        }  # fmt: skip

    return make(
        "accounts",
        [
            row("m1", "a1", TEXTS["a1"], relation="reports", leaning="independent", fatalities_low=5),
            row("m2", "a3", "The ministry denied that Upper Mill was shelled.", relation="denies",
                leaning="syrian_government"),
        ],
    )  # fmt: skip
