"""One event as a page: view, changes and corrections set into the template, with the map and the JSON twin."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from pipeline.brief import phrases
from pipeline.brief.ledger import Row
from pipeline.brief.register import anchor
from pipeline.charts import Svg, place_map
from pipeline.site import addresses, codes, event_words, revision_words
from pipeline.site.chrome import page_texts, render
from pipeline.site.data import SiteData
from pipeline.site.event_rows import EventRows
from pipeline.site.event_twin import event_twin
from pipeline.site.event_view import Actor, EventView, event_view
from pipeline.site.revised import Step
from pipeline.site.section import PageFiles

NEAR_KM = 10.0
"""Least radius of the ring around a place that is not known itself: what "near" a town reaches (schemas/rules.md)."""


@dataclass(frozen=True, slots=True)
class CellLine:
    """A value that changed, for the table."""

    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """What a version changed, for the table."""

    version: str
    href: str
    sentence: str
    cells: tuple[CellLine, ...]


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """A correction, for the table."""

    title: str
    original: str
    corrected: str
    reason: str
    state: str
    by: str


def event_page(site: SiteData, rows: EventRows, event_id: str) -> PageFiles:
    """Return the page of an event that ``rows`` were read for."""
    view, here = event_view(rows, event_id), addresses.event(event_id)
    values: dict[str, Any] = {
        "b": page_texts(),
        "view": view,
        "say": event_words,
        "meaning": codes.meaning,
        "actor": _actor,
        "states": [name for name in ("disputed", "corrected", "confirmed") if view.row[name]],
        "week_href": f"../{addresses.week(view.iso_week)}#{anchor(view.row['admin1'], view.event.sub_event_type)}",
        "rows_href": f"../{addresses.trace(view.iso_week)}#{anchor(view.row['admin1'], view.event.sub_event_type)}",
        "governorate_href": f"../{addresses.governorate(view.row['admin1'])}",
        "map": _map(site, view),
        "steps": step_lines(rows, here, view.steps),
        "unchanged_since": revision_words.unchanged(view.steps, site.history.oldest.version),
        "corrections": [_correction(rows, row) for row in view.corrections],
        "citation": citation(site, view.steps, event_id),
    }
    html = render(site, "site_event.html.j2", here, here="weeks", **values)
    return PageFiles(here, html, event_twin(rows, view))


def citation(site: SiteData, steps: tuple[Step, ...], event_id: str) -> str:
    """Return how to cite an event: the version in which it changed last, with its id."""
    version = steps[0].version if steps else site.history.oldest.version
    return f"{site.context_of(site.history.edition(version)).citation.rstrip('. ')}. Event {event_id}."


@lru_cache(maxsize=4096)
def _actor(actor: Actor) -> Markup:
    """Return the actor's name as a link to its page, where the registry has it."""
    name = Markup("<bdi>{}</bdi>").format(actor.name)
    if actor.actor_id is None:
        return name
    return Markup('<a href="{}">{}</a>').format(f"../{addresses.actor(actor.actor_id)}", name)


def _map(site: SiteData, view: EventView) -> Svg | None:
    position = view.position
    if position is None:
        return None
    loose = view.row["geo_precision"] != 1
    ring = max(position.error_km or 0.0, NEAR_KM) if loose else 0.0
    title, told = phrases.location(view.event.where), event_words.map_text(view)
    return _drawn(site, position.longitude, position.latitude, title, told, ring)


@lru_cache(maxsize=4096)
def _drawn(site: SiteData, longitude: float, latitude: float, title: str, description: str, ring: float) -> Svg | None:
    """Return the map of a place: most events are at places of others, and names on a map take long to set."""
    if site.geometry is None:
        return None
    return place_map(
        site.geometry,
        longitude,
        latitude,
        title=title,
        description=description,
        prefix="place",
        image=f"../{addresses.BASEMAP}",
        error_km=ring,
    )


def step_lines(rows: EventRows, here: str, steps: tuple[Step, ...]) -> list[StepLine]:
    """Return what versions changed, worded, with links to what each of them says of itself."""
    names = (rows.ledger.actor_names, rows.ledger.place_names)
    return [
        StepLine(
            version=step.version,
            href=addresses.relative(here, addresses.release(step.version, "changes.html")),
            sentence=revision_words.step(step),
            cells=tuple(
                CellLine(
                    revision_words.field_title(cell.field),
                    revision_words.value(cell.field, cell.before, *names),
                    revision_words.value(cell.field, cell.after, *names),
                )
                for cell in step.cells
            ),
        )
        for step in steps
    ]


def _correction(rows: EventRows, row: Row) -> CorrectionLine:
    names = (rows.ledger.actor_names, rows.ledger.place_names)
    original, corrected = (
        revision_words.value(row["field"] or "", row[name], *names) for name in ("original_value", "corrected_value")
    )
    return CorrectionLine(
        title=revision_words.corrected_field(row),
        original=original,
        corrected=corrected,
        reason=row["correction_reason"] or row["message"] or "",
        state=revision_words.correction(row),
        by=revision_words.corrector(row),
    )
