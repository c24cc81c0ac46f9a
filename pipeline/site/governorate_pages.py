"""The section of governorates: a page for each, and their list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pydantic import JsonValue

from pipeline.charts import Svg
from pipeline.charts import trend as trend_chart
from pipeline.site import addresses, list_words
from pipeline.site.chrome import render
from pipeline.site.data import SiteData
from pipeline.site.digests import digest, value_digest
from pipeline.site.governorate_view import GovernorateView, governorate_views
from pipeline.site.list_twins import governorate_twin, lines, tally
from pipeline.site.section import PageFiles
from pipeline.site.tallies import Series, weeks_of

INDEX = "index"
"""Key of the list; no governorate has a name in lower case."""


@lru_cache(maxsize=1)
def views(site: SiteData) -> Mapping[str, GovernorateView]:
    """Return the views of the governorates of the newest release; made once for all parts of a build."""
    return governorate_views(site.frame)


@dataclass(frozen=True, slots=True)
class GovernoratePages:
    """Pages below `governorates/`; keys are names of governorates, and `INDEX`."""

    name: str = "governorates"

    def plan(self, site: SiteData) -> Mapping[str, str]:
        """Return a digest for each governorate over its view, which holds all that its page says."""
        weeks = repr(weeks_of(site.frame("weekly_coverage")))
        found = {name: digest([weeks, repr(view)]) for name, view in views(site).items()}
        return {**found, INDEX: value_digest(_index_twin(views(site)))}

    def render(self, site: SiteData, keys: Sequence[str]) -> Iterator[PageFiles]:
        """Yield the pages of ``keys``."""
        found = views(site)
        for key in keys:
            yield _index(site, found) if key == INDEX else _page(site, found[key])


def _page(site: SiteData, view: GovernorateView) -> PageFiles:
    here = addresses.governorate(view.name)
    html = render(
        site,
        "site_governorate.html.j2",
        here,
        here="governorates",
        view=view,
        say=list_words,
        trends=trends(view.series),
    )
    return PageFiles(here, html, governorate_twin(view))


def trends(series: Series) -> list[tuple[str, Svg, str]]:
    """Return the charts of a page: its heading's key, the drawing, and what it says in words; none without a week."""
    if not series.weeks:
        return []
    told = [
        ("trend", "Events", series.events, None, None),
        ("trend_killed", "Killed", series.killed_best, series.killed_low, series.killed_high),
    ]
    return [
        (
            key,
            trend_chart(
                series.weeks,
                values,
                title=f"{what} a week",
                description=(said := list_words.trend(series, values, what)),
                prefix=key.replace("_", "-"),
                low=low,
                high=high,
            ),
            said,
        )
        for key, what, values, low, high in told
    ]


def _index_twin(found: Mapping[str, GovernorateView]) -> dict[str, JsonValue]:
    return {
        "governorates": [
            {
                "governorate": view.name,
                "page": addresses.relative(addresses.GOVERNORATES, addresses.governorate(view.name)),
                **tally(view.total),
                "last_weeks": {str(each.weeks): tally(each.tally) for each in view.periods},
                "latest": lines(view.latest[:1]),
            }
            for view in found.values()
        ]
    }


def _index(site: SiteData, found: Mapping[str, GovernorateView]) -> PageFiles:
    here = addresses.GOVERNORATES
    html = render(
        site, "site_governorates.html.j2", here, here="governorates", views=list(found.values()), say=list_words
    )
    return PageFiles(here, html, _index_twin(found))
