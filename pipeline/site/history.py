"""How the releases differ, told by the events and the weeks that their changes belong to.

Every release says in its table `changes` how it differs from the one before; here those of all releases that are there
are read together. So a page can say in which version it changed last, and keeps its bytes over versions that leave it
as it is. The oldest release that is there counts as the beginning of what is not told of as added later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import polars as pl

from pipeline.site.editions import Edition
from pipeline.site.reach import BY_WEEK, REACHES, Tables, reach_of

CHANGED = {
    "version": pl.String(), "event_id": pl.String(), "week_start": pl.Date(), "table": pl.String(),
    "row_key": pl.String(), "change_kind": pl.String(), "field": pl.String(), "old_value": pl.String(),
    "new_value": pl.String(),
}  # fmt: skip
"""Columns of what changed: those of the table `changes`, with the version, an event and a week that it belongs to."""
SHOWN: Mapping[str, tuple[str, ...]] = {
    "actors": ("actor_name", "bloc"),
    "articles": ("source_id", "title", "url", "published_date", "week_start", "duplicate_kind", "duplicate_of"),
    "places": ("place_name", "place_kind", "admin1", "admin2", "latitude", "longitude", "geo_precision"),
}
"""Columns that pages show, of tables with others: only changes of these are changes of a page."""
_TOLD = ("table", "row_key", "change_kind", "field", "old_value", "new_value")


@dataclass(frozen=True, slots=True)
class Revision:
    """What one version changed of an event, or of the events of a week."""

    version: str
    changes: tuple[Mapping[str, str | None], ...]
    """Rows of `CHANGED` without the version, as `changes` ranks them; weeks as `2021-02-01`."""


@dataclass(frozen=True)
class History:
    """The versions that are there, and what each changed."""

    editions: tuple[Edition, ...]
    """Newest first."""
    changed: pl.DataFrame = field(repr=False)
    """Columns `CHANGED`, oldest version first, in each as `changes` ranks them."""
    left_out: tuple[tuple[str, str], ...] = ()
    """Folders of releases that cannot be read, each with the reason."""

    @property
    def newest(self) -> Edition:
        """The newest version."""
        return self.editions[0]

    @property
    def oldest(self) -> Edition:
        """The oldest version that is there."""
        return self.editions[-1]

    def edition(self, version: str) -> Edition:
        """Return a version that is there; KeyError where it is not."""
        return self._by_version[version]

    @cached_property
    def _by_version(self) -> Mapping[str, Edition]:
        return {edition.version: edition for edition in self.editions}

    @cached_property
    def event_changes(self) -> pl.DataFrame:
        """What changed of events (columns `CHANGED`), to digest and to group by `event_id`."""
        return self.changed.filter(pl.col("event_id").is_not_null()).unique(
            ["version", "event_id", *_TOLD], keep="first", maintain_order=True
        )

    @cached_property
    def week_changes(self) -> pl.DataFrame:
        """What changed of weeks (columns `CHANGED`), to digest and to group by `week_start`."""
        return self.changed.filter(pl.col("week_start").is_not_null())

    def event(self, event_id: str) -> tuple[Revision, ...]:
        """Return the versions that changed an event, newest first; none where it is as the oldest version has it."""
        return self._events.get(event_id, ())

    def week(self, week_start: date) -> tuple[Revision, ...]:
        """Return the versions that changed a week, newest first; none where it is as the oldest version has it."""
        return self._weeks.get(week_start.isoformat(), ())

    def last_changed(self, week_start: date) -> Edition:
        """Return the version in which a week changed last: what its page says of version, build and cutoff."""
        revisions = self.week(week_start)
        return self.edition(revisions[0].version) if revisions else self.oldest

    def first_version(self, week_start: date) -> Edition:
        """Return the version in which a week was told of first."""
        return self._first.get(week_start.isoformat(), self.oldest)

    def editions_of(self, week_start: date) -> tuple[Edition, ...]:
        """Return the versions with pages of a week that differ from the one before, newest first."""
        changed = [self.edition(revision.version) for revision in self.week(week_start)]
        first = self.first_version(week_start)
        return tuple(changed if first in changed else [*changed, first])

    @cached_property
    def _first(self) -> Mapping[str, Edition]:
        new = self.changed.filter((pl.col("table") == "weekly_coverage") & (pl.col("change_kind") == "added"))
        return {key: self.edition(version) for key, version in new.select("row_key", "version").iter_rows()}

    @cached_property
    def _events(self) -> Mapping[str, tuple[Revision, ...]]:
        return _revisions(self.event_changes, "event_id")

    @cached_property
    def _weeks(self) -> Mapping[str, tuple[Revision, ...]]:
        return _revisions(self.week_changes, "week_start")


def _revisions(changed: pl.DataFrame, by: str) -> dict[str, tuple[Revision, ...]]:
    found: dict[str, dict[str, list[Mapping[str, str | None]]]] = {}
    texts = changed.with_columns(pl.col("week_start").cast(pl.String))
    for row in texts.iter_rows(named=True):
        version = row.pop("version")
        found.setdefault(row[by], {}).setdefault(version, []).append(row)
    return {
        key: tuple(Revision(version, tuple(rows)) for version, rows in reversed(versions.items()))
        for key, versions in found.items()
    }


def read_history(
    editions: Sequence[Edition], newest: Tables | None = None, left_out: Sequence[tuple[str, str]] = ()
) -> History:
    """Return the history of ``editions``, which are those of one folder, newest first; there is at least one.

    Args:
        editions: the releases.
        newest: the tables of the newest, where they are at hand already.
        left_out: folders that cannot be read, each with the reason.

    Raises:
        FieldledgerError: a table that is needed cannot be read.
    """
    oldest_first = list(reversed(editions))
    parts = [
        edition.changes().select(*_TOLD, pl.lit(edition.version).alias("version"), pl.lit(at, pl.Int32).alias("at"))
        for at, edition in enumerate(oldest_first)
    ]
    told = pl.concat(parts).filter(_shown()).with_row_index("rank")
    reached = _reached(told, oldest_first, newest or oldest_first[-1])
    changed = told.join(reached, on="rank").sort("rank", "week_start", "event_id", nulls_last=True)
    return History(tuple(editions), changed.select(list(CHANGED)), tuple(left_out))


def _shown() -> pl.Expr:
    """Tell which changes a page can show."""
    hidden = [
        (pl.col("table") == table) & pl.col("field").is_not_null() & ~pl.col("field").is_in(columns)
        for table, columns in SHOWN.items()
    ]
    return ~pl.any_horizontal(hidden)


def _reached(told: pl.DataFrame, editions: Sequence[Edition], newest: Tables) -> pl.DataFrame:
    """Return rank, event_id, week_start of all that the changes belong to; ``editions`` oldest first."""
    week = pl.col("row_key").str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False).alias("week_start")
    weekly = told.filter(pl.col("table").is_in(BY_WEEK))
    by_week = weekly.select("rank", pl.lit(None, pl.String).alias("event_id"), week)
    others = told.filter(~pl.col("table").is_in(BY_WEEK))
    key = ["table", "row_key"]
    known = reach_of(newest, others["table"].unique().to_list(), others)
    found = [others.join(known, on=key)]
    unknown = others.join(known, on=key, how="anti").filter(pl.col("table").is_in(list(REACHES)))
    for at, edition in enumerate(editions):
        here = unknown.filter(pl.col("at") == at)
        for kind, where in ((pl.col("change_kind") == "removed", editions[at - 1] if at else None),
                            (pl.col("change_kind") != "removed", edition)):  # fmt: skip
            rows = here.filter(kind)
            if where is not None and not rows.is_empty():
                found.append(rows.join(reach_of(where, rows["table"].unique().to_list(), rows), on=key))
    pairs = _at_the_time(pl.concat(found), told).select("rank", "event_id", "week_start")
    return pl.concat([by_week, pairs, _moves(told)]).unique()


def _moved(told: pl.DataFrame) -> pl.DataFrame:
    """Return event_id, at, before, after, rank: events that moved to another week."""
    moved = told.filter((pl.col("table") == "events") & (pl.col("field") == "week_start"))
    day = {
        name: pl.col(column).str.to_date("%Y-%m-%d")
        for name, column in (("before", "old_value"), ("after", "new_value"))
    }
    return moved.select(pl.col("row_key").alias("event_id"), "at", "rank", **day)


def _at_the_time(pairs: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """Let changes of events that moved later belong to the week in which the event was then."""
    later = _moved(told).select("event_id", pl.col("at").alias("moved_at"), "before").sort("moved_at")
    if later.is_empty():
        return pairs
    found = pairs.sort("at").join_asof(
        later, left_on="at", right_on="moved_at", by="event_id", strategy="forward", allow_exact_matches=False,
        check_sortedness=False,
    )  # fmt: skip
    return found.with_columns(week_start=pl.coalesce("before", "week_start"))


def _moves(told: pl.DataFrame) -> pl.DataFrame:
    """Let a move belong to the week that the event left, and with all its changes of that version to both."""
    moved = _moved(told)
    changes = told.filter(pl.col("table") == "events").select("rank", pl.col("row_key").alias("event_id"), "at")
    both = moved.unpivot(["before", "after"], index=["event_id", "at"], value_name="week_start")
    return changes.join(both, on=["event_id", "at"]).select("rank", "event_id", "week_start")
