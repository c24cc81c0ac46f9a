"""What the page of one event says, before any wording: the event of the briefings, and what its tables add to it."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.brief import phrases, words
from pipeline.brief.events import event_brief, event_ref
from pipeline.brief.figures import Toll
from pipeline.brief.ledger import Row
from pipeline.brief.model import EventBrief, EventRef, Report, Side
from pipeline.brief.reports import report, side
from pipeline.site import codes
from pipeline.site.coded import Coded, coded
from pipeline.site.event_rows import EventRows
from pipeline.site.revised import Step, steps


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody on one side, with the id of the registry where there is one."""

    name: str
    actor_id: str | None


@dataclass(frozen=True, slots=True)
class Position:
    """Where an event stands on the map, in degrees (WGS 84)."""

    latitude: float
    longitude: float
    error_km: float | None
    """How far the point may be off; None when the gazetteer does not tell."""


@dataclass(frozen=True, slots=True)
class Told:
    """A report (or denial) with its place in the article and how it was coded."""

    report: Report
    leaning: str
    """Title of the outlet's leaning."""
    span: tuple[int, int]
    text_sha256: str
    extractor: str
    confidence: float | None
    coded: tuple[Coded, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """What the sources of one leaning say, where sources differ."""

    leaning: str
    """Title of the leaning."""
    sources: int
    denies: bool
    blamed: Side | None
    killed: Toll
    report: Report
    rival: EventRef | None
    """The other event that it reports; None when it is of this one."""


@dataclass(frozen=True, slots=True)
class PartOf:
    """A toll that the event shares with others, and that no report divides."""

    shared_toll_id: str
    kind: str
    persons: Toll
    counting: str
    """What of it counts, and why not all: description of the code."""
    others: tuple[EventRef, ...]
    covers_more: bool


@dataclass(frozen=True, slots=True)
class EventView:
    """One event as its page shows it."""

    row: Row
    """Of `events`."""
    event: EventBrief
    actor1: Actor
    associate: Actor | None
    actor2: Actor | None
    position: Position | None
    has_week: bool
    """Whether its week is covered and has a page."""
    reports: tuple[Told, ...]
    denials: tuple[Told, ...]
    accounts: tuple[Account, ...]
    tolls: tuple[PartOf, ...]
    corrections: tuple[Row, ...]
    earlier_ids: tuple[Row, ...]
    """`retired_events` for which this event stands now."""
    steps: tuple[Step, ...]
    """What each version changed, newest first."""

    @property
    def event_id(self) -> str:
        """Its id."""
        return self.event.event_id

    @property
    def iso_week(self) -> str:
        """The ISO week in which it is counted."""
        return words.iso_week(self.row["week_start"])


def event_view(rows: EventRows, event_id: str) -> EventView:
    """Return the view of one of the events that ``rows`` were read for."""
    ledger, row = rows.ledger, rows.ledger.event_by_id[event_id]
    event = event_brief(ledger, row)
    first = event.actor1
    return EventView(
        row=row,
        event=event,
        actor1=Actor(phrases.side(Side(first.name, first.bloc)), row["actor1_id"]),
        associate=Actor(first.associate, row["actor1_associate_id"]) if first.associate else None,
        actor2=Actor(phrases.side(event.actor2), row["actor2_id"]) if event.actor2 else None,
        position=_position(rows, row),
        has_week=row["week_start"] in ledger.coverage,
        reports=tuple(_told(rows, each) for each in event.reports),
        denials=tuple(_told(rows, each) for each in event.denials),
        accounts=tuple(_account(rows, each) for each in rows.accounts.get(event_id, ())),
        tolls=tuple(_part_of(rows, event_id, each) for each in rows.tolls.get(event_id, ())),
        corrections=tuple(rows.corrections.get(event_id, ())),
        earlier_ids=tuple(rows.retired.get(event_id, ())),
        steps=steps(rows.changes.get(event_id, ())),
    )


def _position(rows: EventRows, row: Row) -> Position | None:
    if row["latitude"] is None or row["longitude"] is None:
        return None
    return Position(row["latitude"], row["longitude"], rows.errors_km.get(row["place_id"]))


def _told(rows: EventRows, each: Report) -> Told:
    mention, article = rows.ledger.mentions[each.mention_id], rows.articles[each.article_id]
    return Told(
        report=each,
        leaning=codes.title("leanings", article["leaning"]),
        span=(mention["char_start"], mention["char_end"]),
        text_sha256=article["text_sha256"],
        extractor=mention["extractor"],
        confidence=mention["confidence"],
        coded=coded(rows, mention),
    )


def _account(rows: EventRows, row: Row) -> Account:
    ledger = rows.ledger
    blamed = {"actor1_bloc": row["blamed_bloc"], "actor1_id": row["blamed_actor_id"]}
    return Account(
        leaning=codes.title("leanings", row["leaning"]),
        sources=row["source_count"],
        denies=row["relation"] == "denies",
        blamed=side(ledger, blamed, 1, associate=False),
        killed=Toll(row["fatalities_low"], None, row["fatalities_high"]),
        report=report(ledger, ledger.mentions[row["mention_id"]]),
        rival=event_ref(ledger, row["rival_event_id"]) if row["rival_event_id"] else None,
    )


def _part_of(rows: EventRows, event_id: str, row: Row) -> PartOf:
    others = [event_ref(rows.ledger, each) for each in rows.sharers[row["shared_toll_id"]] if each != event_id]
    return PartOf(
        shared_toll_id=row["shared_toll_id"],
        kind=row["kind"],
        persons=Toll(row["low"], row["best"], row["high"]),
        counting=codes.meaning("toll_counting", row["counting"]),
        others=tuple(others),
        covers_more=row["covers_more"],
    )
