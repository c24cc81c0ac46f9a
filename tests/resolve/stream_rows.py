"""Rows of the synthetic stream: its map, its outlets, and the articles and tolls that it tells its events in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from pipeline.ids import content_id

Row = dict[str, Any]

GOVERNORATES = 14
TOWNS = 40
"""In each governorate, on a grid of eight by five."""
OUTLETS = 30
TOWN, SITE, VILLAGE = "", "-site", "-village"
"""What lies at a town: itself, a quarter up to 9 km from its point, and a village 8 km from it."""
_KINDS = {TOWN: "town", SITE: "neighbourhood", VILLAGE: "village"}


def places() -> list[Row]:
    """Return the table: governorates, their towns, and a quarter and a village of each town."""
    wide = [_row(place_id(g, -1), "governorate", g, 3, 33.0 + g, 37.0, 50.0) for g in range(GOVERNORATES)]
    return wide + [
        _row(
            place_id(g, t, part), _KINDS[part], g, 1, 33.0 + g + t // 8 * 0.18 + north, 37.0 + t % 8 * 0.22 + east, 1.0
        )
        for g in range(GOVERNORATES)
        for t in range(TOWNS)
        for part, north, east in ((TOWN, 0.0, 0.0), (SITE, 0.0, t % 9 * 0.01), (VILLAGE, 0.072, 0.0))
    ]


def place_id(governorate: int, town: int, part: str = TOWN) -> str:
    """Return the id of a town or of a part of it; without a town (-1) that of the governorate."""
    return f"g{governorate}" if town < 0 else f"g{governorate}-t{town}{part}"


def _row(name: str, kind: str, governorate: int, precision: int, north: float, east: float, error: float) -> Row:
    return {
        "place_id": name,
        "place_name": name,
        "place_kind": kind,
        "admin1": f"Governorate {governorate}",
        "admin2": None,
        "latitude": north,
        "longitude": east,
        "geo_precision": precision,
        "coordinate_source": "invented",
        "coordinate_error_km": error,
    }


def article(count: int, outlet: int, published: date) -> Row:
    """Return an article that is no copy."""
    return {
        "article_id": content_id("a", count),
        "source_id": f"outlet-{outlet}",
        "language": "en",
        "published_at": published.isoformat(),
        "published_date": published,
        "week_start": published - timedelta(days=published.weekday()),
        "raw_char_count": 100,
        "char_count": 100,
        "kept_spans": "[[0,100]]",
        "text_sha256": "0" * 64,
        "duplicate_kind": "none",
        "duplicate_of": None,
        "input_name": "stream.jsonl",
        "input_record": count + 1,
        "invented": True,
    }


def toll(mention_id: str, kind: str, low: int, high: int | None) -> Row:
    """Return a toll of a mention's own."""
    return {
        "casualty_id": content_id("c", mention_id, kind),
        "mention_id": mention_id,
        "kind": kind,
        "party": "unknown",
        "low": low,
        "high": high,
        "approximate": False,
        "shared": False,
        "quote": "so many",
        "char_start": 0,
        "char_end": 7,
    }


def sources() -> list[Row]:
    """Return the table."""
    return [
        {"source_id": f"outlet-{n}", "source_name": f"Outlet {n}", "leaning": "unknown", "invented": True}
        for n in range(OUTLETS)
    ]
