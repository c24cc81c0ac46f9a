"""What the history says of one week, as its page tells it: its last changes, its versions, earlier weeks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from pipeline.brief import words
from pipeline.brief.context import EventChange, FieldChange, WeekChanges
from pipeline.brief.earlier import Earlier, earlier_changes
from pipeline.brief.notes import LATE_DAYS
from pipeline.site import addresses
from pipeline.site.data import SiteData
from pipeline.site.editions import Edition
from pipeline.site.history import Revision

Changed = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a week's page that is still there, as it was."""

    version: str
    built: str
    """Build time of the release."""
    build_id: str
    href: str
    """The briefing of the week in that release, relative to the root of the site."""
    changed: str
    """What it changed, in words."""


def last_changes(site: SiteData, week_start: date) -> WeekChanges:
    """Return what the version that changed the week last changed of its events."""
    revisions = site.history.week(week_start)
    return _changes(week_start, revisions[0].changes) if revisions else WeekChanges()


def _changes(week_start: date, rows: Sequence[Changed]) -> WeekChanges:
    """Return rows of a revision as changes; an event that moved is removed from one week and added to the other."""
    week = week_start.isoformat()
    added, removed = set(), set()
    cells: dict[str, list[FieldChange]] = {}
    for row in (row for row in rows if row["table"] == "events"):
        event = str(row["row_key"])
        if row["change_kind"] == "added":
            added.add(event)
        elif row["change_kind"] == "removed":
            removed.add(event)
        elif row["field"] == "week_start":
            (added if row["new_value"] == week else removed).add(event)
        else:
            cells.setdefault(event, []).append(FieldChange(str(row["field"]), row["old_value"], row["new_value"]))
    changed = [
        EventChange(event, tuple(sorted(found, key=lambda cell: cell.field)))
        for event, found in sorted(cells.items())
        if event not in added | removed
    ]
    return WeekChanges(tuple(sorted(added)), tuple(changed), tuple(sorted(removed)))


def versions(site: SiteData, week_start: date, iso_week: str) -> tuple[Version, ...]:
    """Return the versions of the week's page, newest first."""
    first, history = site.history.first_version(week_start), site.history
    revisions = {revision.version: revision for revision in history.week(week_start)}
    return tuple(
        Version(
            version=edition.version,
            built=edition.build_time,
            build_id=edition.build_id,
            href=addresses.release(edition.version, f"briefings/{iso_week}.html"),
            changed="the first" if edition is first else _in_words(week_start, revisions[edition.version]),
        )
        for edition in history.editions_of(week_start)
    )


def _in_words(week_start: date, revision: Revision) -> str:
    found = _changes(week_start, revision.changes)
    counts = ((len(found.added), "added"), (len(found.changed), "changed"), (len(found.removed), "removed"))
    told = [f"{words.count(n, 'event')} {what}" for n, what in counts if n]
    return words.listing(told) or "what was read or quoted"


def cutoff_shown(site: SiteData, week_start: date) -> date | None:
    """Return up to when articles were read, as the week's page says it.

    It is the cutoff of the version that changed the week last, or of the newest one while that is of the week or of the
    days after it in which much is still told. So a page stays as it is once nothing more is likely to come.
    """
    newest, own = site.newest.cutoff, site.history.last_changed(week_start).cutoff
    if newest is None or own is None:
        return newest
    return max(own, min(newest, week_start + timedelta(days=6 + LATE_DAYS)))


def issues_of(site: SiteData) -> dict[date, tuple[Edition, ...]]:
    """Return for each covered week the versions in which it was the newest one, oldest first; often there is one."""
    oldest_first = site.editions[::-1]
    place = {edition.version: at for at, edition in enumerate(oldest_first)}
    until = len(oldest_first)
    found = {}
    for monday, _ in reversed(site.weeks):
        first = place[site.history.first_version(monday).version]
        found[monday] = oldest_first[first:until]
        until = min(until, first)
    return found


def earlier(site: SiteData, week_start: date, issues: Sequence[Edition]) -> Earlier | None:
    """Return what changed in the weeks before while this one was the newest; None where there is nothing to compare.

    Args:
        site: the releases.
        week_start: the week.
        issues: versions in which it was the newest one (`issues_of`).
    """
    issues = [edition for edition in issues if edition is not site.history.oldest]
    if not issues:
        return None
    versions_of = [edition.version for edition in issues]
    rows = site.history.week_changes.filter(
        pl.col("version").is_in(versions_of) & (pl.col("week_start") < week_start) & (pl.col("table") == "events")
    )
    found: dict[date, list[Changed]] = {}
    for row in rows.iter_rows(named=True):
        found.setdefault(row["week_start"], []).append(row)
    changes = {week: _changes(week, told) for week, told in found.items()}
    since = site.editions[site.editions.index(issues[0]) + 1].version
    known = {monday for monday, _ in site.weeks}
    new = {monday for monday in known if site.history.first_version(monday) in issues}
    return earlier_changes(changes, week_start, known, known - new, since)
