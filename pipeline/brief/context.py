"""What a briefing is told by its caller: names, version, build time, and what changed since the last release.

The caller (the release stage) fills these in; nothing here reads a table, a file or a clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One column of an event that says something else than in the release before; None stands for empty."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class EventChange:
    """An event that is in both releases, with the columns that differ."""

    event_id: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class WeekChanges:
    """How the events of one week differ from the release before; an event that moved to another week is in both."""

    added: tuple[str, ...] = ()
    """Ids of events that the release before did not have in this week."""
    changed: tuple[EventChange, ...] = ()
    removed: tuple[str, ...] = ()
    """Ids of events that the release before had in this week."""

    @property
    def none(self) -> bool:
        """Whether the week is as it was."""
        return not (self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class BriefContext:
    """The release that the briefings belong to."""

    title: str
    """Title of the data package."""
    region_title: str
    """Title of the region pack, such as "War in Syria"."""
    version: str
    previous_version: str | None
    """Version of the release before; None for the first release."""
    build_time: str
    """Build time as an ISO 8601 string, an input of the build; printed as given."""
    invented: bool
    """True when every source was written for demonstration; every page then says so at the top."""
    licence: str
    licence_url: str
    citation: str
    """How to cite the release, without the week."""
    changes: Mapping[date, WeekChanges] = field(default_factory=lambda: MappingProxyType({}))
    """By Monday of the week; a week that is not there is as it was in the release before."""
    known_before: frozenset[date] = frozenset()
    """Weeks that the release before covered, by their Monday."""
