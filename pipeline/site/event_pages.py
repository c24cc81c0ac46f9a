"""The section of single events: a page for each event, one for each id that no event bears any more, and their list.

The address of an event stays: what was merged, split or withdrawn says so at the place where the event was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from pipeline.site.data import SiteData
from pipeline.site.digests import digest, value_digest
from pipeline.site.event_digests import event_digests
from pipeline.site.event_index import index_page, index_twin
from pipeline.site.event_page import event_page
from pipeline.site.event_rows import event_rows
from pipeline.site.governorate_pages import INDEX
from pipeline.site.retired_pages import retired_digests, retired_pages
from pipeline.site.section import PageFiles

CHUNK = 1_000
"""Pages whose rows are held at once."""


@dataclass(frozen=True, slots=True)
class EventPages:
    """Pages below `events/`; keys are ids, of events and of retired ones, and `INDEX`."""

    name: str = "events"

    def plan(self, site: SiteData) -> Mapping[str, str]:
        """Return a digest for each id over all rows and names that its page shows."""
        living = event_digests(site.frame, site.history.event_changes)
        oldest = digest([site.history.oldest.version, site.history.oldest.build_time])
        return {
            **retired_digests(site),
            **{event_id: f"{oldest} {own}" for event_id, own in living.items()},
            INDEX: value_digest(index_twin(site)),
        }

    def render(self, site: SiteData, keys: Sequence[str]) -> Iterator[PageFiles]:
        """Yield the pages of ``keys``."""
        for start in range(0, len(keys), CHUNK):
            yield from self._chunk(site, keys[start : start + CHUNK])

    def _chunk(self, site: SiteData, keys: Sequence[str]) -> Iterator[PageFiles]:
        asked = pl.Series(keys, dtype=pl.String)
        living = asked.filter(asked.is_in(site.frame("events")["event_id"].implode())).to_list()
        rows = event_rows(site.frame, site.history.event_changes, living)
        known = frozenset(living)
        retired = retired_pages(site, [key for key in keys if key not in known and key != INDEX])
        for key in keys:
            if key == INDEX:
                yield index_page(site)
            else:
                yield event_page(site, rows, key) if key in known else retired[key]
