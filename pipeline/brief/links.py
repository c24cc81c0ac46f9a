"""Where the pages of a briefing lead beyond the week: on a site to the pages of events, governorates and actors, and
to the rows behind figures.

The briefings of a release stand alone, so there such links are none, and events lead to their week.
"""

from __future__ import annotations

from typing import Protocol

from pipeline.brief.sentences import Span


class Links(Protocol):
    """Addresses relative to the week's page; None where there is no such page."""

    def event(self, event_id: str) -> str | None:
        """Return where an event has a page of its own."""

    def governorate(self, name: str) -> str | None:
        """Return where a governorate has a page."""

    def actor(self, actor_id: str) -> str | None:
        """Return where an actor has a page."""

    def figure(self, iso_week: str, *place: str) -> str | None:
        """Return where the rows behind the figures of a week are listed, of a governorate in it, or of a type there."""


class NoLinks:
    """Of the briefings in a release."""

    def event(self, event_id: str) -> str | None:
        """Return None."""
        return None

    def governorate(self, name: str) -> str | None:
        """Return None."""
        return None

    def actor(self, actor_id: str) -> str | None:
        """Return None."""
        return None

    def figure(self, iso_week: str, *place: str) -> str | None:
        """Return None."""
        return None


def target(suffix: str, span: Span) -> str | None:
    """Return where a span leads, from a page of a week to an anchor of it or of another week's page."""
    if span.href is None or span.week is None:
        return span.href
    return f"{span.week}.{suffix}{span.href}"
