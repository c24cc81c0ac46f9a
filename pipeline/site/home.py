"""The first page: the latest week in short, its map, the trend of a year, the weeks before, the newest releases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import polars as pl

from pipeline.brief import words
from pipeline.brief.headline import Card, cards
from pipeline.brief.part import part_of
from pipeline.brief.sentences import Span, text
from pipeline.brief.summary import summary
from pipeline.brief.week import week_brief
from pipeline.charts import MapPoint, map_rows, trend, week_map
from pipeline.plain_words import count, number, verb
from pipeline.site import addresses
from pipeline.site.chrome import page_texts
from pipeline.site.data import SiteData
from pipeline.site.freshness import latest_told, notices
from pipeline.site.single import Said, SinglePage
from pipeline.site.weekly import WeekLine, in_words, week_lines

TREND_WEEKS, RECENT_WEEKS, RECENT_RELEASES = 52, 12, 5


@lru_cache(maxsize=1)
def says(site: SiteData) -> Said:
    """Return all that the page says; `week` is null where no week is covered. Made once for plan and page."""
    lines = week_lines(site)
    latest = latest_told(lines)
    return {
        "title": site.region_title,
        "version": site.version,
        "build_time": site.newest.build_time,
        "cutoff": site.newest.cutoff.isoformat() if site.newest.cutoff else None,
        "notices": [{"kind": notice.kind, "text": notice.text} for notice in notices(lines, site.newest.cutoff)],
        "week": _week(site, latest) if latest else None,
        "trend": _last_year(lines),
        "recent": [
            {**line.says(), "page": addresses.week(line.iso_week), "in_words": in_words(line)}
            for line in lines[::-1][:RECENT_WEEKS]
        ],
        "weeks": len(lines),
        "releases": [
            {"version": entry.version, "build_time": entry.build_time, "summary": list(entry.summary),
             "changes": f"{addresses.RELEASES}/{entry.changes}"}
            for entry in site.index.releases[:RECENT_RELEASES]
        ],
    }  # fmt: skip


def _last_year(lines: Sequence[WeekLine]) -> list[dict[str, Any]]:
    """Return the last weeks of the calendar with their events, oldest first; null for a week that is not covered."""
    if not lines:
        return []
    known = {line.week_start: line.count for line in lines}
    first = max(lines[0].week_start, lines[-1].week_start - timedelta(weeks=TREND_WEEKS - 1))
    weeks = [first + timedelta(weeks=at) for at in range((lines[-1].week_start - first).days // 7 + 1)]
    return [
        {"week_start": week.isoformat(), "iso_week": words.iso_week(week), "events": known.get(week)} for week in weeks
    ]


def _week(site: SiteData, line: WeekLine) -> dict[str, Any]:
    brief = week_brief(part_of(site.tables(), [line.week_start]), line.week_start, site.context)
    page = addresses.week(line.iso_week)
    return {
        **line.says(),
        "page": page,
        "summary": [
            [{"text": span.text, "href": _target(page, span)} for span in sentence] for sentence in summary(brief)
        ],
        "cards": [_card(card, page) for card in cards(brief)],
        "points": _points(site, line.week_start),
    }


def _target(page: str, span: Span) -> str | None:
    """Return where a part of a sentence leads: to the week's page, or to that of another week."""
    return _on_page(addresses.week(span.week) if span.week else page, span.href)


def _card(card: Card, page: str) -> dict[str, Any]:
    return {
        "key": card.key,
        "value": card.value,
        "note": card.note,
        "changes": [{"verdict": line.verdict, "words": text(line.words)} for line in card.changes],
        "href": _on_page(page, card.href) or page,
    }


def _on_page(page: str, href: str | None) -> str | None:
    """Return where a link of the week's page leads from here."""
    if href is None:
        return None
    return f"{page}{href}" if href.startswith("#") else f"{page.rpartition('/')[0]}/{href}"


def _points(site: SiteData, week: date) -> list[dict[str, Any]]:
    """Return the events of the week that have coordinates, in the order in which they happened."""
    events = site.frame("events").filter((pl.col("week_start") == week) & pl.col("latitude").is_not_null())
    shown = events.sort("event_date_start", "event_id").select(
        "event_id", "longitude", "latitude", "event_type", "sub_event_type", "place_name", "admin1", "fatalities_best",
        "geo_precision",
    )  # fmt: skip
    return list(shown.iter_rows(named=True))


def drawn(site: SiteData, said: Said) -> Mapping[str, Any]:
    """Return the map of the week, its rows as a table, and the trend."""
    week = said["week"]
    points = [_point(row) for row in week["points"]] if week else []
    return {
        "map": _map(site, week, points) if week else None,
        "map_rows": map_rows(points),
        "trend": _trend(said["trend"]) if said["trend"] else None,
        "trend_words": trend_words(said["trend"]),
        "headline": page_texts()["headline"],
    }


def _point(row: Mapping[str, Any]) -> MapPoint:
    return MapPoint(
        lon=row["longitude"],
        lat=row["latitude"],
        event_type=row["event_type"],
        sub_event_type=row["sub_event_type"],
        label=f"{row['place_name']} ({row['admin1']})",
        size=row["fatalities_best"],
        precision=row["geo_precision"],
        href=addresses.event(row["event_id"]),
    )


def _map(site: SiteData, week: Mapping[str, Any], points: Sequence[MapPoint]) -> str | None:
    if site.geometry is None or not points:
        return None
    events = f"{number(len(points))} {verb(len(points), 'event', 'events')}"
    told = f"{events} with coordinates; the table below tells the same."
    return week_map(
        site.geometry, points, title=f"Map of events, {week['iso_week']}", description=told, prefix="week-map"
    )


def _trend(weeks: Sequence[Mapping[str, Any]]) -> str:
    return trend(
        [date.fromisoformat(week["week_start"]) for week in weeks],
        [week["events"] for week in weeks],
        title="Events a week",
        description=trend_words(weeks),
        prefix="trend",
    )


def trend_words(weeks: Sequence[Mapping[str, Any]]) -> str:
    """Return the trend in words: first and last week, the most, the latest, how many are silent."""
    told = [week for week in weeks if week["events"] is not None]
    if not told:
        return "Nothing was read for any of these weeks."
    most = max(told, key=lambda week: (week["events"], week["week_start"]))
    silent = len(weeks) - len(told)
    quiet = f" Nothing was read for {count(silent, 'week')} (hatched)." if silent else ""
    return (
        f"Events a week over {count(len(weeks), 'week')}, {weeks[0]['iso_week']} to {weeks[-1]['iso_week']}: "
        f"the most {number(most['events'])} ({most['iso_week']}), "
        f"the latest {number(told[-1]['events'])} ({told[-1]['iso_week']}).{quiet}"
    )


HOME = SinglePage("home", addresses.HOME, "home.html.j2", says, drawn)
