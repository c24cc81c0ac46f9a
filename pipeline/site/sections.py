"""All kinds of pages of the site, in one list: what is in it is in the site."""

from __future__ import annotations

from pipeline.site.accuracy_page import ACCURACY
from pipeline.site.actor_pages import ActorPages
from pipeline.site.codebook_page import CODEBOOK
from pipeline.site.downloads import DOWNLOADS
from pipeline.site.event_pages import EventPages
from pipeline.site.feeds import FEEDS
from pipeline.site.governorate_pages import GovernoratePages
from pipeline.site.home import HOME
from pipeline.site.methodology import METHODOLOGY
from pipeline.site.missing import MISSING
from pipeline.site.section import Section
from pipeline.site.static_files import GROUND
from pipeline.site.trace_pages import TRACE
from pipeline.site.week_pages import WEEKS
from pipeline.site.weeks_list import WEEKS_LIST

SECTIONS: tuple[Section, ...] = (
    EventPages(),
    ActorPages(),
    GovernoratePages(),
    WEEKS,
    TRACE,
    HOME,
    WEEKS_LIST,
    METHODOLOGY,
    CODEBOOK,
    ACCURACY,
    DOWNLOADS,
    MISSING,
    GROUND,
    *FEEDS,
)
"""Those whose pages take longest come first, so that processes end together."""
