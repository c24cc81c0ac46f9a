"""Pages of ids that no event bears any more: what became of each, and what leads on. So no address dies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from pydantic import JsonValue

from pipeline.brief import phrases, words
from pipeline.brief.ledger import Row, Rows, group
from pipeline.site import addresses, codes
from pipeline.site.chrome import render
from pipeline.site.data import SiteData
from pipeline.site.digests import part_digests
from pipeline.site.event_digests import named
from pipeline.site.event_twin import columns, step_twin
from pipeline.site.latest import EventLine, lines, registry
from pipeline.site.revised import Step, steps
from pipeline.site.section import PageFiles


@dataclass(frozen=True, slots=True)
class LastSeen:
    """The last version that published the event, and the page of its week in it."""

    version: str
    href: str


@dataclass(frozen=True, slots=True)
class RetiredView:
    """What the page says."""

    row: Row
    """Of `retired_events`."""
    today: EventLine | None
    last: LastSeen | None
    steps: tuple[Step, ...]


def retired_digests(site: SiteData) -> dict[str, str]:
    """Return a digest for each retired id over what its page shows."""
    retired = site.frame("retired_events")
    if retired.is_empty():
        return {}
    events = named(site.frame("events"), site.frame)
    standing = events.rename({name: f"now_{name}" for name in events.columns if name != "event_id"})
    told = retired.join(standing, left_on="current_event_id", right_on="event_id", how="left")
    versions = retired.select("event_id", "version").rows()
    before = [(event_id, _before(site, version)) for event_id, version in versions]
    parts = {
        "said": told,
        "changes": site.history.event_changes.join(retired, on="event_id", how="semi"),
        "before": pl.DataFrame(before, {"event_id": pl.String(), "before": pl.String()}, orient="row"),
    }
    return part_digests(parts, by="event_id")


def retired_pages(site: SiteData, event_ids: Sequence[str]) -> dict[str, PageFiles]:
    """Return the pages of retired ids, by id."""
    wanted = pl.DataFrame({"event_id": event_ids}, schema={"event_id": pl.String})
    retired = site.frame("retired_events").join(wanted, on="event_id", how="semi")
    told = site.history.event_changes.join(wanted, on="event_id", how="semi", maintain_order="left")
    changes = group(told, "event_id")
    standing = site.frame("events").join(retired, left_on="event_id", right_on="current_event_id", how="semi")
    names = registry(site.frame("actors"), site.frame("places"))
    today = {line.event_id: line for line in lines(standing.iter_rows(named=True), names)}
    found = {}
    for row in retired.iter_rows(named=True):
        own = changes.get(row["event_id"], ())
        view = RetiredView(row, today.get(row["current_event_id"]), _last_seen(site, row, own), steps(own))
        found[row["event_id"]] = _page(site, view)
    return found


def _before(site: SiteData, version: str) -> str | None:
    """Return the version before ``version``, where both are here."""
    versions = [edition.version for edition in site.editions]
    at = versions.index(version) if version in versions else len(versions)
    return versions[at + 1] if at + 1 < len(versions) else None


def _last_seen(site: SiteData, row: Row, told: Rows) -> LastSeen | None:
    """Return where the event was published last, as far as that version is here and its week is known."""
    before = _before(site, row["version"])
    weeks = [change["week_start"] for change in told if change["version"] == row["version"] and change["week_start"]]
    if before is None or not weeks:
        return None
    page = addresses.release(before, f"briefings/{words.iso_week(weeks[0])}.html")
    return LastSeen(before, f"../{page}#{row['event_id']}")


def sentence(row: Row) -> str:
    """Return what became of a retired id: "Merged in version 1.1.0. Its founding report ..."."""
    why = codes.title("retirement_reasons", row["retirement_reason"])
    return f"{why} in version {row['version']}. {codes.meaning('retirement_reasons', row['retirement_reason'])}"


def line(event: EventLine) -> str:
    """Return an event in one line."""
    return f"{event.sub_event_type}, {phrases.location(event.where)}, {words.when(event.when)}"


def _page(site: SiteData, view: RetiredView) -> PageFiles:
    here = addresses.event(view.row["event_id"])
    html = render(site, "site_retired.html.j2", here, here="weeks", view=view, sentence=sentence, line=line)
    return PageFiles(here, html, _twin(view))


def _twin(view: RetiredView) -> dict[str, JsonValue]:
    merged, now = view.row["merged_into"], view.row["current_event_id"]
    return {
        "retired_event": columns("retired_events", view.row),
        "history": [step_twin(step) for step in view.steps],
        "links": {
            "page": f"{view.row['event_id']}.html",
            "merged_into": f"{merged}.html" if merged else None,
            "current_event": f"{now}.html" if now else None,
            "published_last": view.last.href if view.last else None,
        },
    }
