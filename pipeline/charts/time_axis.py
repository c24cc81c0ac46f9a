"""What charts over weeks share: days as Vega reads them in UTC, and the hatch of weeks without articles."""

from __future__ import annotations

from datetime import UTC, date, datetime

HATCH = "#010203"
"""Stands in a design for the hatch, whose id differs from chart to chart."""


def milliseconds(day: date) -> int:
    """Return the day's first moment in UTC as Vega counts time."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * 1000


def hatch(prefix: str) -> str:
    """Return the definition of the hatch: thin slanted lines in the ink of the page."""
    return (
        f'<defs><pattern id="{prefix}-hatch" width="4" height="4" patternUnits="userSpaceOnUse">'
        '<path d="M-1 1l2-2M0 4l4-4M3 5l2-2" stroke="currentColor" stroke-width=".7" stroke-opacity=".65"/>'
        "</pattern></defs>"
    )
