"""The list of events: the newest ones, where all others are found, and the ids that no event bears any more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import JsonValue

from pipeline.site import codes, list_words
from pipeline.site.chrome import render
from pipeline.site.data import SiteData
from pipeline.site.event_twin import columns
from pipeline.site.latest import EventLine, lines, registry
from pipeline.site.list_twins import lines as line_twins
from pipeline.site.section import PageFiles

PATH = "events/index.html"
SHOWN = 200
"""Events, and retired ids, that the list shows; the tables hold all."""


def _newest(site: SiteData) -> tuple[EventLine, ...]:
    events = site.frame("events")
    newest = events.sort("event_date_start", "event_id", descending=[True, False]).head(SHOWN)
    return lines(newest.iter_rows(named=True), registry(site.frame("actors"), site.frame("places")))


def index_twin(site: SiteData) -> dict[str, JsonValue]:
    """Return what the list says."""
    retired = site.frame("retired_events")
    return {
        "events": site.frame("events").height,
        "latest": line_twins(_newest(site)),
        "retired": retired.height,
        "retired_events": [columns("retired_events", row) for row in _retired(site)],
    }


def _retired(site: SiteData) -> list[Mapping[str, Any]]:
    retired = site.frame("retired_events").sort("version", "event_id", descending=[True, False])
    return list(retired.head(SHOWN).iter_rows(named=True))


def index_page(site: SiteData) -> PageFiles:
    """Return the list as a page."""
    html = render(
        site,
        "site_events.html.j2",
        PATH,
        here="weeks",
        latest=_newest(site),
        total=site.frame("events").height,
        retired=_retired(site),
        retired_total=site.frame("retired_events").height,
        say=list_words,
        title=codes.title,
    )
    return PageFiles(PATH, html, index_twin(site))
