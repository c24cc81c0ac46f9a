"""The next release, before a byte of it is written: its version, its build time and what changed. Pure.

The version follows from the difference to the release before, or is a higher one that a maintainer declares: see
`version`. With neither there is no release. Pages are rendered from the plan; `publish` carries it out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import polars as pl

from pipeline.contracts import Contract, load_contract
from pipeline.errors import FieldledgerError, InputError, cut
from pipeline.release.changes import OF_CHANGES, Changes, compare_editions
from pipeline.release.columns import Edition
from pipeline.release.descriptor import describe_table
from pipeline.release.retired import retired_events
from pipeline.release.tables import publishable
from pipeline.release.version import FIRST_VERSION, release_version

_LAST_SECOND = int(datetime(9999, 12, 31, tzinfo=UTC).timestamp())


@dataclass(frozen=True, slots=True)
class ReleasePlan:
    """What the next release is going to be."""

    version: str
    """Equal to ``previous_version`` when there is nothing to publish."""
    previous_version: str | None
    build_time: datetime
    """UTC, without a fraction of a second."""
    changes: Changes

    @property
    def is_new(self) -> bool:
        """Whether there is anything to publish."""
        return self.version != self.previous_version


@dataclass(frozen=True, slots=True)
class Draft:
    """Tables about to become a release; an `Edition` for `compare_editions`."""

    frames: Mapping[str, pl.DataFrame]
    """As `publishable` gives them."""
    resources: Mapping[str, Mapping[str, Any]]
    version: None = None

    def frame(self, name: str) -> pl.DataFrame:
        """Return the rows of a table, sorted by primary key."""
        return self.frames[name]


def draft(tables: Mapping[str, pl.DataFrame], contract: Contract | None = None) -> Draft:
    """Return the published tables among ``tables``, as they are published.

    Args:
        tables: at least the contract's published tables, validated; others are left out.
        contract: the program's own when not given.

    Raises:
        FieldledgerError: a table or a column is missing, or a value cannot be published.
    """
    published = (contract or load_contract()).published
    if missing := [table.name for table in published if table.name not in tables]:
        raise FieldledgerError(f"no table {', '.join(missing)}: a release needs every published table, be it empty")
    return Draft(
        frames={table.name: publishable(table, tables[table.name]) for table in published},
        resources={table.name: describe_table(table) for table in published},
    )


def plan_release(
    tables: Mapping[str, pl.DataFrame],
    previous: Edition | None,
    *,
    build_time: datetime,
    declared: str | None = None,
    contract: Contract | None = None,
) -> ReleasePlan:
    """Return the plan of the release that follows ``previous``.

    Args:
        tables: as for `draft`; `changes`, which follows from the plan, need not be there.
        previous: the newest release (`reader.newest_release`, `reader.open_release`), None for the first.
        build_time: as `build_time` gives it.
        declared: the version that the maintainer wants, MAJOR.MINOR.PATCH; None takes what follows from the changes.
        contract: the program's own when not given.

    Raises:
        InputError: the version declared is lower than the changes ask for.
        FieldledgerError: as for `draft`, or the previous release cannot be read.
    """
    known = contract or load_contract()
    untold = {name: known.tables[name].empty() for name in (OF_CHANGES,) if name in known.tables}
    changes = compare_editions(previous, draft({**tables, **untold}, contract))
    return ReleasePlan(release_version(changes, declared), changes.previous_version, build_time, changes)


def plan_with_retired(
    tables: Mapping[str, pl.DataFrame], previous: Edition | None, *, build_time: datetime, declared: str | None = None
) -> tuple[ReleasePlan, pl.DataFrame]:
    """Return the plan as `plan_release` does, and the table `retired_events` that goes with it.

    Args:
        tables: as for `draft`, without `retired_events`.
        previous: the newest release, None for the first.
        build_time: as `build_time` gives it.
        declared: as for `plan_release`.

    The rows of ids that go now hold the version, and the version follows from all rows. It follows from there being
    new rows, not from what is in them, so that planning with any version there tells the right one.
    """

    def retired(version: str) -> pl.DataFrame:
        return retired_events(previous, tables["events"], tables["event_mentions"], version)

    def plan(version: str) -> ReleasePlan:
        rows = {**tables, "retired_events": retired(version)}
        return plan_release(rows, previous, build_time=build_time, declared=declared)

    found = plan(FIRST_VERSION)
    return found, retired(found.version)


def build_time(articles: pl.DataFrame, environment: Mapping[str, str]) -> datetime:
    """Return the time that a release states as its making. It is an input, never the clock.

    SOURCE_DATE_EPOCH (seconds since 1970) when ``environment`` has it; else the start, in UTC, of the newest day of
    publication in the table `articles`; else 1970-01-01.

    Raises:
        InputError: SOURCE_DATE_EPOCH is not a number of seconds before the year 10000.
    """
    if given := environment.get("SOURCE_DATE_EPOCH"):
        if not (given.isascii() and given.isdigit() and len(given) <= 12 and int(given) <= _LAST_SECOND):
            raise InputError(
                f"SOURCE_DATE_EPOCH is {cut(given)!r}: give whole seconds since 1970-01-01, or leave it unset"
            )
        return datetime.fromtimestamp(int(given), tz=UTC)
    newest = articles["published_date"].drop_nulls().sort().tail(1).to_list()
    return (
        datetime(newest[0].year, newest[0].month, newest[0].day, tzinfo=UTC)
        if newest
        else datetime.fromtimestamp(0, tz=UTC)
    )
