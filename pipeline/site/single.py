"""A section of one page: what it says is one value that JSON can hold, which is digested, shown, and its twin."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.site.chrome import render
from pipeline.site.data import SiteData
from pipeline.site.digests import value_digest
from pipeline.site.section import PageFiles

Said = Mapping[str, Any]
"""What a page says: texts, numbers, lists and objects of them."""
KEY = "page"


def nothing_drawn(_site: SiteData, _said: Said) -> Mapping[str, Any]:
    """Return what a page without pictures hands to its template beside what it says."""
    return {}


@dataclass(frozen=True, slots=True)
class SinglePage:
    """The one page of a section."""

    name: str
    """Also that of its entry in the navigation."""
    path: str
    template: str
    says: Callable[[SiteData], Said]
    """Return all that the page shows; it rests on nothing else."""
    draws: Callable[[SiteData, Said], Mapping[str, Any]] = nothing_drawn
    """Return further values for the template, made of what the page says: charts, markup of fixed texts."""
    twin: bool = True
    """Whether what it says lies beside it as JSON."""

    def plan(self, site: SiteData) -> Mapping[str, str]:
        """Return the digest of what the page says."""
        return {KEY: value_digest(dict(self.says(site)))}

    def render(self, site: SiteData, keys: Sequence[str]) -> Iterator[PageFiles]:
        """Yield the page."""
        for _ in keys:
            said = self.says(site)
            html = render(
                site, self.template, self.path, here=self.name, twin=self.twin, said=said, **self.draws(site, said)
            )
            yield PageFiles(self.path, html, dict(said) if self.twin else None)
