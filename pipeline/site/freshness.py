"""How fresh the newest weeks are, told from the data alone: no clock is asked, so the words hold at any time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.brief import words
from pipeline.site.weekly import WeekLine


@dataclass(frozen=True, slots=True)
class Notice:
    """What a reader of the newest weeks must know."""

    kind: str
    """`silent` or `unfinished`: name of its title among the fixed texts."""
    text: str


def latest_told(lines: Sequence[WeekLine]) -> WeekLine | None:
    """Return the newest week for which anything was read or is known; the newest of all where there is none."""
    told = [line for line in lines if line.count is not None]
    return told[-1] if told else (lines[-1] if lines else None)


def notices(lines: Sequence[WeekLine], cutoff: date | None) -> tuple[Notice, ...]:
    """Return what is to be said of the newest weeks.

    Args:
        lines: the covered weeks, oldest first.
        cutoff: last day of publication among the articles read.
    """
    latest = latest_told(lines)
    if latest is None:
        return ()
    found = []
    after = [line for line in lines if line.week_start > latest.week_start]
    if after:
        span = f"{after[0].iso_week} to {after[-1].iso_week}" if len(after) > 1 else after[0].iso_week
        held = "the newest week" if len(after) == 1 else f"the newest {words.count(len(after), 'week')}"
        found.append(Notice("silent", f"Nothing was read for {held} ({span}). What follows is of {latest.iso_week}."))
    end = latest.week_start + timedelta(days=6)
    if cutoff is not None and cutoff < end:
        found.append(
            Notice(
                "unfinished",
                f"The newest article read is of {words.full_day(cutoff)}, and the week ends on {words.full_day(end)}: "
                "its figures can only be a beginning.",
            )
        )
    return tuple(found)
