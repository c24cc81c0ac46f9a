"""The section of single events: a page for each event, one for each id that no event bears any more, and their list.

The address of an event stays: what was merged, split or withdrawn says so at the place where the event was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.site.data import SiteData
from pipeline.site.event_digests import event_digests
from pipeline.site.event_page import event_page
from pipeline.site.event_rows import event_rows
from pipeline.site.section import PageFiles

CHUNK = 1_000
"""Pages whose rows are held at once."""


@dataclass(frozen=True, slots=True)
class EventPages:
    """Pages below `events/`; keys are ids of events."""

    name: str = "events"

    def plan(self, site: SiteData) -> Mapping[str, str]:
        """Return a digest for each event over all rows and names that its page shows."""
        return event_digests(site.frame, site.history.event_changes)

    def render(self, site: SiteData, keys: Sequence[str]) -> Iterator[PageFiles]:
        """Yield the pages of ``keys``."""
        for start in range(0, len(keys), CHUNK):
            chunk = keys[start : start + CHUNK]
            rows = event_rows(site.frame, site.history.event_changes, chunk)
            for event_id in chunk:
                yield event_page(site, rows, event_id)
