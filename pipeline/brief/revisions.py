"""What changed week by week since the release before: the difference of the events, told by the weeks they fall in."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import polars as pl

from pipeline.brief.context import EventChange, FieldChange, WeekChanges


def changes_by_week(before: pl.DataFrame, after: pl.DataFrame, cells: pl.DataFrame) -> dict[date, WeekChanges]:
    """Return how the events of each week differ; weeks without a difference are left out.

    Args:
        before: event_id, week_start of the release before.
        after: event_id, week_start of the release to come.
        cells: event_id, column, old, new: one row a changed cell of an event that is in both.
    """
    weeks_before = dict(before.select("event_id", "week_start").iter_rows())
    weeks_after = dict(after.select("event_id", "week_start").iter_rows())
    added: dict[date, list[str]] = defaultdict(list)
    removed: dict[date, list[str]] = defaultdict(list)
    changed: dict[date, list[EventChange]] = defaultdict(list)
    for event_id, week in sorted(weeks_after.items()):
        if weeks_before.get(event_id) != week:
            added[week].append(event_id)
    for event_id, week in sorted(weeks_before.items()):
        if weeks_after.get(event_id) != week:
            removed[week].append(event_id)
    for (event_id,), group in cells.sort("event_id", maintain_order=True).group_by("event_id", maintain_order=True):
        week = weeks_after[str(event_id)]
        if weeks_before.get(str(event_id)) == week:
            fields = tuple(FieldChange(*row) for row in group.select("column", "old", "new").iter_rows())
            changed[week].append(EventChange(str(event_id), fields))
    return {
        week: WeekChanges(tuple(added[week]), tuple(changed[week]), tuple(removed[week]))
        for week in sorted({*added, *removed, *changed})
    }
