"""Atom feeds (RFC 4287): of the weekly briefings, and of the releases. They name whole addresses, as readers need them.

An entry's `updated` is the build time of the release that changed it last, so that a revised week is told of again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.brief import words
from pipeline.site import addresses
from pipeline.site.chrome import pages, site_texts
from pipeline.site.data import SiteData
from pipeline.site.digests import value_digest
from pipeline.site.section import PageFiles
from pipeline.site.single import KEY, Said
from pipeline.site.weekly import in_words, week_lines

NEWEST = 26
"""How many weeks the feed tells of: half a year."""


@dataclass(frozen=True, slots=True)
class Feed:
    """The one file of a feed."""

    name: str
    path: str
    says: Callable[[SiteData], Said]

    def plan(self, site: SiteData) -> Mapping[str, str]:
        """Return the digest of what the feed says."""
        return {KEY: value_digest(dict(self.says(site)))}

    def render(self, site: SiteData, keys: Sequence[str]) -> Iterator[PageFiles]:
        """Yield the feed."""
        for _ in keys:
            text = pages().get_template("site_feed.xml.j2").render(feed=self.says(site))
            yield PageFiles(self.path, text.strip("\n") + "\n", None)


def _feed(site: SiteData, name: str, path: str, about: str, entries: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": f"urn:fieldledger:{site.descriptor['name']}:{name}",
        "title": f"{site_texts()['feeds'][name]}: {site.title}",
        "subtitle": site.index.newest.description,
        "updated": max((entry["updated"] for entry in entries), default=site.newest.build_time),
        "authors": [contributor["title"] for contributor in site.descriptor["contributors"]],
        "self": site.site_url + path,
        "about": site.site_url + about,
        "entries": entries,
    }


def briefings(site: SiteData) -> Said:
    """Return the feed of the newest weeks, newest first."""
    entries = [
        {
            "id": f"urn:fieldledger:{site.descriptor['name']}:week:{line.iso_week}",
            "title": f"{line.iso_week}: {words.week_dates(line.week_start)}",
            "updated": site.history.last_changed(line.week_start).build_time,
            "published": site.history.first_version(line.week_start).build_time,
            "href": site.site_url + addresses.week(line.iso_week),
            "summary": in_words(line),
        }
        for line in week_lines(site)[::-1][:NEWEST]
    ]
    return _feed(site, "briefings", addresses.BRIEFINGS_FEED, addresses.WEEKS, entries)


def releases(site: SiteData) -> Said:
    """Return the feed of all releases, newest first; the id of an entry is the hash of its manifest."""
    entries = [
        {
            "id": f"urn:sha256:{entry.manifest.sha256}",
            "title": f"Version {entry.version}: {entry.title}",
            "updated": entry.build_time,
            "published": entry.build_time,
            "href": f"{site.site_url}{addresses.RELEASES}/{entry.changes}",
            "summary": " ".join(entry.summary),
        }
        for entry in site.index.releases
    ]
    return _feed(site, "releases", addresses.RELEASES_FEED, addresses.DOWNLOADS, entries)


FEEDS = (
    Feed("briefings_feed", addresses.BRIEFINGS_FEED, briefings),
    Feed("releases_feed", addresses.RELEASES_FEED, releases),
)
