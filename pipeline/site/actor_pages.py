"""The section of actors: a page for each of the registry, and their list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pydantic import JsonValue

from pipeline.brief import words
from pipeline.brief.trend import Trend, WeekCount, trend
from pipeline.errors import FieldledgerError
from pipeline.regions import load_region
from pipeline.regions.pack import Actor
from pipeline.site import addresses, list_words
from pipeline.site.actor_view import ROLES, ActorView, actor_views
from pipeline.site.chrome import render
from pipeline.site.data import SiteData
from pipeline.site.digests import digest, value_digest
from pipeline.site.governorate_pages import INDEX
from pipeline.site.list_twins import actor_twin, lines
from pipeline.site.section import PageFiles
from pipeline.site.tallies import weeks_of


@lru_cache(maxsize=1)
def views(site: SiteData) -> Mapping[str, ActorView]:
    """Return the views of the actors of the newest release; made once for all parts of a build."""
    return actor_views(site.frame, _pack(site.region))


def _pack(region: str) -> Sequence[Actor]:
    """Return the registry of the region pack; nothing where the program has no pack of that region."""
    try:
        return load_region(region).actors
    except FieldledgerError:
        return ()


@dataclass(frozen=True, slots=True)
class ActorPages:
    """Pages below `actors/`; keys are ids of actors, and `INDEX`."""

    name: str = "actors"

    def plan(self, site: SiteData) -> Mapping[str, str]:
        """Return a digest for each actor over its view, which holds all that its page says."""
        weeks = repr(weeks_of(site.frame("weekly_coverage")))
        found = {f"id:{actor_id}": digest([weeks, repr(view)]) for actor_id, view in views(site).items()}
        return {**found, INDEX: value_digest(_index_twin(views(site)))}

    def render(self, site: SiteData, keys: Sequence[str]) -> Iterator[PageFiles]:
        """Yield the pages of ``keys``."""
        found = views(site)
        for key in keys:
            yield _index(site, found) if key == INDEX else _page(site, found[key.removeprefix("id:")])


def _page(site: SiteData, view: ActorView) -> PageFiles:
    here = addresses.actor(view.actor_id)
    html = render(
        site,
        "site_actor.html.j2",
        here,
        here="actors",
        view=view,
        say=list_words,
        roles=ROLES,
        bars=bars(view),
    )
    return PageFiles(here, html, actor_twin(view))


def bars(view: ActorView) -> Trend | None:
    """Return the events that name the actor, week by week; None where no event does.

    Bars without a chart library: a new week alters the pages of all actors, and must not take long.
    """
    if not view.total.events:
        return None
    weeks = zip(view.series.weeks, view.series.events, strict=True)
    return trend([WeekCount(words.iso_week(week), events or 0, events is None) for week, events in weeks])


def _index_twin(found: Mapping[str, ActorView]) -> dict[str, JsonValue]:
    return {
        "actors": [
            {
                "actor_id": view.actor_id,
                "actor_name": view.name,
                "bloc": view.bloc,
                "actor_kind": view.kind,
                "valid": list_words.validity(view.valid_from, view.valid_to),
                "page": addresses.relative(addresses.ACTORS, addresses.actor(view.actor_id)),
                "events": view.total.events,
                "events_as": dict(view.roles),
                "latest_as": {role: lines(told[:1]) for role, told in view.latest.items()},
            }
            for view in found.values()
        ]
    }


def _index(site: SiteData, found: Mapping[str, ActorView]) -> PageFiles:
    here = addresses.ACTORS
    ranked = sorted(found.values(), key=lambda view: (-view.total.events, view.name, view.actor_id))
    html = render(site, "site_actors.html.j2", here, here="actors", views=ranked, say=list_words)
    return PageFiles(here, html, _index_twin(found))
