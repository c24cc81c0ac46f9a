"""Pages of governorates and actors for programs: what they say as JSON, nothing worded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pydantic import JsonValue

from pipeline.brief import words
from pipeline.site.actor_view import ActorView
from pipeline.site.event_twin import plain
from pipeline.site.governorate_view import GovernorateView
from pipeline.site.latest import EventLine
from pipeline.site.tallies import Period, Series, Tally, Week, Year


def governorate_twin(view: GovernorateView) -> dict[str, JsonValue]:
    """Return the page of a governorate."""
    return {
        "governorate": view.name,
        "total": tally(view.total),
        **_figures(view.periods, view.years, view.series),
        "types": [
            {"event_type": each.event_type, "sub_event_type": each.sub_event_type, **tally(each.tally)}
            for each in view.types
        ],
        "silent_weeks": silent(view.weeks),
        "latest": lines(view.latest),
    }


def actor_twin(view: ActorView) -> dict[str, JsonValue]:
    """Return the page of an actor."""
    return {
        "actor_id": view.actor_id,
        "actor_name": view.name,
        "bloc": view.bloc,
        "actor_kind": view.kind,
        "valid_from": plain(view.valid_from),
        "valid_to": plain(view.valid_to),
        "names": [
            {
                "text": named.text,
                "valid_from": plain(named.valid_from),
                "valid_to": plain(named.valid_to),
                "outlets": list(named.outlets),
            }
            for named in view.names
        ],
        "successor": view.successor[0] if view.successor else None,
        "predecessors": [actor_id for actor_id, _ in view.predecessors],
        "events_as": dict(view.roles),
        "total": tally(view.total),
        **_figures(view.periods, view.years, view.series),
        "named_against": [
            {"name": a.name, "actor_id": a.actor_id, "as_actor1": a.as_actor1, "as_actor2": a.as_actor2}
            for a in view.against
        ],
        "silent_weeks": silent(view.weeks),
        "latest_as": {role: lines(found) for role, found in view.latest.items()},
    }


def _figures(periods: Sequence[Period], years: Sequence[Year], series: Series) -> dict[str, JsonValue]:
    return {
        "periods": [
            {"weeks": p.weeks, "first": plain(p.first), "covered": p.covered, "silent": p.silent, **tally(p.tally)}
            for p in periods
        ],
        "years": [{"year": y.year, "covered": y.covered, "silent": list(y.silent), **tally(y.tally)} for y in years],
        "trend": [
            {
                "iso_week": words.iso_week(week),
                "events": series.events[at],
                "killed_low": series.killed_low[at],
                "killed_best": series.killed_best[at],
                "killed_high": series.killed_high[at],
            }
            for at, week in enumerate(series.weeks)
        ],
    }


def tally(value: Tally) -> dict[str, JsonValue]:
    """Return figures; a toll that no report gives is null."""
    known = bool(value.killed_tolls)
    return {
        "events": value.events,
        "killed_low": value.killed.low if known else None,
        "killed_best": value.killed.best if known else None,
        "killed_high": value.killed.high if known else None,
        "injured_low": value.injured if value.injured_tolls else None,
        "civilian_targeting_events": value.civilian_targeting,
    }


def silent(weeks: Iterable[Week]) -> list[JsonValue]:
    """Return the weeks for which nothing was read."""
    return [week.iso_week for week in weeks if week.silent]


def lines(found: Iterable[EventLine]) -> list[JsonValue]:
    """Return events in short."""
    return [
        {
            "event_id": line.event_id,
            "sub_event_type": line.sub_event_type,
            "event_date_start": plain(line.when.start),
            "event_date_end": plain(line.when.end),
            "place_name": line.where.name,
            "admin1": line.where.admin1,
            "fatalities_low": line.killed.low,
            "fatalities_best": line.killed.best,
            "fatalities_high": line.killed.high,
            "source_count": line.sources,
            "disputed": line.disputed,
            "page": f"../events/{line.event_id}.html",
        }
        for line in found
    ]
