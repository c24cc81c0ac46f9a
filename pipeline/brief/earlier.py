"""What changed in earlier weeks since the release before, as the newest week's page tells it: week by week, counted.

Each entry leads to the page of its week, where the changes are listed in full.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.brief.comparison import iso_week
from pipeline.brief.context import WeekChanges

SHOWN = 26
"""Weeks listed; the rest is counted, and stands in the changes of the release."""


@dataclass(frozen=True, slots=True)
class EarlierWeek:
    """How many events of one earlier week were added, changed and removed."""

    week_start: date
    iso_week: str
    added: int
    changed: int
    removed: int
    is_new: bool
    """True when the release before did not cover the week."""
    has_page: bool


@dataclass(frozen=True, slots=True)
class Earlier:
    """The earlier weeks that changed, newest first."""

    weeks: tuple[EarlierWeek, ...]
    more: int
    """Changed weeks that are not listed."""
    since: str
    """Version of the release that they are held against."""


def earlier_changes(
    changes: Mapping[date, WeekChanges],
    week_start: date,
    covered: Collection[date],
    known_before: Collection[date],
    since: str,
) -> Earlier:
    """Return what changed in the weeks before ``week_start``.

    Args:
        changes: by Monday, as `BriefContext.changes`.
        week_start: the newest week.
        covered: weeks that this release covers, and so has pages of.
        known_before: weeks that the release before covered.
        since: version of that release.
    """
    found = [
        EarlierWeek(
            week_start=week,
            iso_week=iso_week(week),
            added=len(change.added),
            changed=len(change.changed),
            removed=len(change.removed),
            is_new=week not in known_before,
            has_page=week in covered,
        )
        for week, change in changes.items()
        if week < week_start and not change.none
    ]
    found.sort(key=lambda week: week.week_start, reverse=True)
    return Earlier(tuple(found[:SHOWN]), max(len(found) - SHOWN, 0), since)
