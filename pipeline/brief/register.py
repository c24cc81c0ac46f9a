"""All events of a week in the order of the table of figures, so that each row of it leads to the events behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.brief.model import EventBrief
from pipeline.brief.week_model import WeekBrief


@dataclass(frozen=True, slots=True)
class Entry:
    """An event in the register; ``above`` when it is shown in full further up and the register only points there."""

    event: EventBrief
    above: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The events behind one row of the table of figures."""

    admin1: str
    sub_event_type: str
    anchor: str
    opens: str | None
    """Anchor of the governorate, on the first of its groups."""
    entries: tuple[Entry, ...]


def anchor(admin1: str, sub_event_type: str = "") -> str:
    """Return the anchor of the events behind a row, or of a governorate: "in-idlib-air-drone-strike", "in-idlib"."""
    slug = re.sub(r"[^a-z0-9]+", "-", f"{admin1} {sub_event_type}".casefold()).strip("-")
    return f"in-{slug}"


def register(brief: WeekBrief) -> tuple[Group, ...]:
    """Return the events of the week by governorate and sub-event type, in the order of ``brief.cells``."""
    others = {event.event_id for event in brief.others}
    entries: dict[tuple[str, str], list[Entry]] = {}
    for event in brief.events:
        key = (event.where.admin1 or "", event.sub_event_type)
        entries.setdefault(key, []).append(Entry(event, event.event_id not in others))
    first = {key[0]: key for key in reversed(entries)}
    return tuple(
        Group(*key, anchor(*key), anchor(key[0]) if first[key[0]] == key else None, tuple(found))
        for key, found in entries.items()
    )
