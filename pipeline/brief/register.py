"""All events of a week in the order of the table of figures, so that each row of it leads to the events behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.brief.model import EventBrief, WeekBrief


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
    entries: tuple[Entry, ...]


def anchor(admin1: str, sub_event_type: str) -> str:
    """Return the anchor of the events behind a row: "in-idlib-air-drone-strike"."""
    slug = re.sub(r"[^a-z0-9]+", "-", f"{admin1} {sub_event_type}".casefold()).strip("-")
    return f"in-{slug}"


def register(brief: WeekBrief) -> tuple[Group, ...]:
    """Return the events of the week by governorate and sub-event type, in the order of ``brief.cells``."""
    others = {event.event_id for event in brief.others}
    entries: dict[tuple[str, str], list[Entry]] = {}
    for event in brief.events:
        key = (event.where.admin1 or "", event.sub_event_type)
        entries.setdefault(key, []).append(Entry(event, event.event_id not in others))
    return tuple(Group(*key, anchor(*key), tuple(found)) for key, found in entries.items())
