"""What the page of the rows behind a week's figures shows: its figures, their rows, and what they add.

Figures are added up again from the rows (`aggregate.parts`), not copied beside them. One value that JSON can hold, in
which ids stand for rows: the evidence of an event is on its own page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from pipeline.aggregate.parts import KEYS, counted, figures_of, parts_of
from pipeline.brief import words
from pipeline.brief.register import anchor
from pipeline.site.data import SiteData

col = pl.col
WEEK, COVERAGE = "all", "read"
"""Anchors of the figures of the whole week, and of what was read."""
COLUMNS = ("events", "fatalities_low", "fatalities_best", "fatalities_high", "injured", "civilian_targeting_events")
"""Figures of a cell that its events add up to, as columns of the page."""
SHARED = ("shared_fatalities_low", "shared_fatalities_best", "shared_fatalities_high", "shared_injured")
ONCE = "distinct_sources"
"""Figure of a cell in which each outlet counts once."""
LABEL = ("event_id", "place_name", "admin2", "admin1", "event_date_start", "event_date_end")
"""What names an event on the page."""
Figures = dict[str, int | None]
Said = dict[str, Any]
Parts = list[Said]


def views(site: SiteData, weeks: Sequence[date]) -> Iterator[Said]:
    """Yield what the page of each of ``weeks`` (Mondays that are covered) shows."""
    rows = {name: _by(_of_weeks(site.frame(name), weeks).sort(list(KEYS[name])), "week_start") for name in KEYS}
    parts = {name: _parts(site, name, weeks) for name in KEYS}
    outlets = _outlets(site, weeks)
    events = _of_weeks(site.frame("events"), weeks).select(*LABEL)
    labels = {row["event_id"]: _label(row) for row in events.iter_rows(named=True)}
    told = _tellers(site, weeks)
    for week in weeks:
        (read,) = rows["weekly_coverage"][week]
        cells, areas = rows["weekly_events"].get(week, []), rows["weekly_tolls"].get(week, [])
        yield {
            "iso_week": read["iso_week"],
            "week_start": week.isoformat(),
            "dates": words.week_dates(week),
            "total": {"figures": _total(cells, areas) | {ONCE: outlets.get(week, 0)}},
            "cells": [_cell(row, _of(parts, "weekly_events", row), labels, told) for row in cells if row["events"]],
            "areas": [_area(row, _of(parts, "weekly_tolls", row)) for row in areas if _counts(row)],
            "coverage": _coverage(read, _of(parts, "weekly_coverage", read), told),
        }


def _parts(site: SiteData, table: str, weeks: Sequence[date]) -> dict[Any, Parts]:
    """Return the parts of each row of a table of figures, by its key."""
    return _by(counted(parts_of(site.frame, table, weeks), KEYS[table]), *KEYS[table])


def _of(parts: Mapping[str, dict[Any, Parts]], table: str, row: Said) -> Parts:
    keys = KEYS[table]
    return parts[table].get(row[keys[0]] if len(keys) == 1 else tuple(row[name] for name in keys), [])


def _outlets(site: SiteData, weeks: Sequence[date]) -> dict[date, int]:
    """Return how many outlets report events of each week, each counted once."""
    parts = parts_of(site.frame, "weekly_events", weeks, ONCE)
    return dict(counted(parts, ["week_start"]).group_by("week_start").agg(col("adds").sum()).iter_rows())


def _total(cells: Sequence[Said], areas: Sequence[Said]) -> Figures:
    """Return the figures of the whole week: stored rows summed."""
    totals = [name for name in areas[0] if name.startswith(("total_", "shared_"))] if areas else []
    return {name: _sum(cells, name) for name in COLUMNS} | {name: _sum(areas, name) for name in totals}


def _sum(rows: Sequence[Said], name: str) -> int | None:
    numbers = [row[name] for row in rows]
    return None if None in numbers else sum(numbers)


def _cell(row: Said, parts: Parts, labels: Said, told: Said) -> Said:
    outlets: dict[str, list[str]] = {}
    for part in parts:
        if part["part"] == "mentions":
            outlets.setdefault(told[part["part_id"]], []).append(part["part_id"])
    events = _adds([part for part in parts if part["part"] == "events"], "event_id")
    return {
        "governorate": row["admin1"],
        "sub_event_type": row["sub_event_type"],
        "anchor": anchor(row["admin1"], row["sub_event_type"]),
        "figures": {name: row[name] for name in (*COLUMNS, ONCE)},
        "adds_up": _adds_up(row, parts, (*COLUMNS, ONCE)),
        "events": [{**labels[event["event_id"]], **event} for event in events],
        "outlets": [{"source_id": outlet, "mentions": ids} for outlet, ids in sorted(outlets.items())],
    }


def _label(row: Said) -> Said:
    first, last = row["event_date_start"], row["event_date_end"]
    days = words.date_only(first) if first == last else f"{words.date_only(first)} to {words.date_only(last)}"
    return {"place": row["place_name"] or row["admin2"] or row["admin1"], "days": days}


def _adds(parts: Parts, key: str) -> list[Said]:
    """Return each row that enters figures, with what it adds to each; by id."""
    found: dict[str, Figures] = {}
    for part in parts:
        found.setdefault(part["part_id"], {})[part["figure"]] = part["adds"]
    return [{key: ident, "adds": dict(sorted(adds.items()))} for ident, adds in sorted(found.items())]


def _adds_up(row: Said, parts: Parts, names: Sequence[str]) -> bool:
    added: dict[str, list[int | None]] = {}
    for part in parts:
        added.setdefault(part["figure"], []).append(part["adds"])
    totals = {name: None if None in numbers else sum(filter(None, numbers)) for name, numbers in added.items()}
    return all(row[name] == totals.get(name, 0) for name in names)


def _counts(row: Said) -> bool:
    return any(value != 0 for name, value in row.items() if name.startswith("total_")) or row["shared_toll_count"] > 0


def _area(row: Said, parts: Parts) -> Said:
    """Return the figures of a governorate: what its single events give, each shared toll, and both together."""
    shared = [part for part in parts if part["part"] == "shared_tolls" and part["figure"] in SHARED]
    figures = figures_of("weekly_tolls", list(row))
    return {
        "area": row["area"],
        "anchor": anchor(row["area"]),
        "figures": {name: row[name] for name in figures},
        "adds_up": _adds_up(row, parts, figures),
        "shared_tolls": _adds(shared, "shared_toll_id"),
    }


def _coverage(row: Said, parts: Parts, told: Said) -> Said:
    figures = figures_of("weekly_coverage", list(row))
    read = sorted(part["part_id"] for part in parts if part["figure"] == "articles")
    copies = {part["part_id"] for part in parts if part["figure"] == "duplicates"}
    return {
        "figures": {name: row[name] for name in figures},
        "adds_up": _adds_up(row, parts, figures),
        "articles": [
            {"article_id": ident, "source_id": told[ident][0], "text_sha256": told[ident][1],
             "mentions": told[ident][2], "copy": ident in copies}
            for ident in read
        ],
    }  # fmt: skip


def _tellers(site: SiteData, weeks: Sequence[date]) -> Said:
    """Return the outlet of each mention that reports an event of ``weeks``; outlet, hash and mentions of each article."""
    articles = site.frame("articles")
    mentions = site.frame("mentions").select("mention_id", "article_id")
    reported = _of_weeks(site.frame("events"), weeks).select("event_id").join(
        site.frame("event_mentions").select("event_id", "mention_id"), on="event_id"
    )  # fmt: skip
    outlets = mentions.join(reported, on="mention_id", how="semi").join(
        articles.select("article_id", "source_id"), on="article_id"
    )
    read = _of_weeks(articles, weeks).select("article_id", "source_id", "text_sha256")
    counts = mentions.group_by("article_id").agg(mentions=pl.len().cast(pl.Int64))
    found = read.join(counts, on="article_id", how="left").with_columns(col("mentions").fill_null(0))
    return dict(outlets.select("mention_id", "source_id").iter_rows()) | {row[0]: row[1:] for row in found.iter_rows()}


def _of_weeks(frame: pl.DataFrame, weeks: Sequence[date]) -> pl.DataFrame:
    return frame.filter(col("week_start").is_in(list(weeks)))


def _by(frame: pl.DataFrame, *keys: str) -> dict[Any, list[Said]]:
    """Return the rows by the value of a column, or of several."""
    found: dict[Any, list[Said]] = {}
    for row in frame.iter_rows(named=True):
        found.setdefault(row[keys[0]] if len(keys) == 1 else tuple(row[name] for name in keys), []).append(row)
    return found
