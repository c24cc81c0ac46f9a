"""Where each slot of a mention comes from: the words, where they stand, and why they were taken.

Reads what `compose.py` chose; chooses nothing itself. A value that no words of the text give (the publication date, the
outlet, a place in the title) says so by its basis instead of a span.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.extract.actors import ActorSpan
from pipeline.extract.dates import DateSpan, Interval
from pipeline.extract.drafts import Draft
from pipeline.extract.groups import Group
from pipeline.extract.kinds import CLASH
from pipeline.extract.model import Article, Slot
from pipeline.extract.places import ResolvedPlace
from pipeline.extract.record import record
from pipeline.extract.scene import Span, Words

_STATUS_REASONS = {
    "denied": "negated or denied",
    "prospective": "a plan, threat, order or possibility",
    "general": "a habit, a stretch of time or a running total",
}
_AGAINST = "told as a report and weighed as none, {} likely to be coded: {}"
_DATE_REASONS = {
    "absolute": "a calendar day; without a year, the one nearest before {day}",
    "month": "a month; without a year, the one nearest before {day}",
    "year": "a year",
    "weekday": "the latest such day on or before {day}",
    "relative": "counted from {day}",
    "anchored": "counted from the happening told before",
    "same_day": "the day of the happening told before",
    "day_of_month": "a day of the month told before",
    "calendar": "a week, month or year counted from {day}",
    "span": "a stretch of time up to {day}",
    "time_of_day": "a time of day, on {day}",
}


_Make = Callable[[str, Span, str], Slot]


@record
class Chosen:
    """What a group of drafts is published as; `evidence` is the draft whose sentence is quoted."""

    group: Group
    evidence: Draft
    agent: ActorSpan | None
    target: ActorSpan | None
    civil: Words | None
    source: Words | None
    counted: Words | None
    bloc1: str
    bloc2: str | None
    """None where there is no second side."""
    against: tuple[str, ...] = ()
    """Why it was weighed as no report, and how likely it is one; nothing where the words alone give the status."""

    @property
    def lead(self) -> Draft:
        """The draft that carries the values."""
        return self.group.lead


def slots_of(chosen: Chosen, article: Article, dateline: DateSpan | None) -> tuple[Slot, ...]:
    """Give the slots of a mention in the order of the code list; `dateline` is the date that stands above the story."""
    sentence = chosen.evidence.told.scene.sentence
    inside = range(sentence.start, sentence.end + 1)

    def slot(name: str, span: Span, reason: str) -> Slot:
        basis = "evidence" if span.start in inside and span.end in inside else "article"
        return Slot(name, basis, article.text[span.start : span.end], span.start, span.end, reason)

    def made() -> Iterator[Slot]:
        lead = chosen.lead
        yield slot("sub_event_type", lead.typed_by, _type_reason(lead) + _told_again(chosen.group))
        if chosen.against:
            yield slot("status", lead.typed_by, _AGAINST.format(chosen.against[0], "; ".join(chosen.against[1:])))
        elif lead.status != "reported":
            cue = next((d.told.cue for d in (chosen.evidence, *chosen.group.members) if d.told.cue), None)
            yield slot("status", cue or lead.typed_by, _STATUS_REASONS[lead.status])
        if lead.interval is not None:
            yield _date(lead.interval, article, dateline, slot)
        yield from _sides(chosen, slot)
        if lead.place is not None:
            yield _place(lead.place, slot)
        if lead.weapon is not None:
            yield slot("weapon", lead.weapon, "the means named")
        if chosen.counted is not None:
            yield slot("happenings", chosen.counted, "a count of happenings")
        if chosen.source is not None:
            yield slot("attributed_to", chosen.source, "named as the one who says so")
        else:
            yield Slot("attributed_to", "outlet", None, None, None, "nobody is named: the outlet itself")

    return tuple(made())


def _type_reason(lead: Draft) -> str:
    if lead.certain:
        return f"tells of: {lead.sub_event_type}"
    if lead.sub_event_type == CLASH:
        return "means not named, between armed sides"
    return "means not named, against unarmed people or unnamed ones"


def _told_again(group: Group) -> str:
    """The words that likely tell the happening once more, though place or sides differ."""
    words = ", ".join(dict.fromkeys(f'"{again.surface}"' for again in group.twice))
    return f"; likely told again with {words}" if words else ""


def _date(interval: Interval, article: Article, dateline: DateSpan | None, slot: _Make) -> Slot:
    day = "the date above the story" if dateline is not None else "the publication date"
    if interval.told is not None:
        return slot("event_date", interval.told, _DATE_REASONS[interval.told.kind].format(day=day))
    if dateline is not None:
        return slot("event_date", dateline, "no day is named: the date above the story, to within a week")
    return Slot("event_date", "published_at", None, None, None, "no day is named: the publication date, within a week")


def _sides(chosen: Chosen, slot: _Make) -> Iterator[Slot]:
    agent, target = chosen.agent, chosen.target
    if agent is not None:
        yield slot("actor1", agent, _actor_reason(agent))
        if agent.associate_id is not None:
            yield slot("actor1_associate", agent, f"acts together with actor 1; registry: {agent.associate_id}")
    if target is not None:
        yield slot("actor2", target, _actor_reason(target))
    elif chosen.civil is not None:
        yield slot("actor2", chosen.civil, "unarmed people or civilian objects")


def _actor_reason(actor: ActorSpan) -> str:
    if actor.actor_id is not None:
        return f"registry: {actor.actor_id}"
    return "no group is named" if actor.generic or actor.bloc == "unidentified" else "not in the registry"


def _place(place: ResolvedPlace, slot: _Make) -> Slot:
    if place.place_id is not None:
        reason = f"gazetteer: {place.place_id}"
    elif place.admin1 is not None:
        reason = f"not in the gazetteer; {place.admin1} by the places around it"
    else:
        reason = "not in the gazetteer, and no place around it tells the governorate"
    if place.span is None:
        return Slot("place", "title", None, None, None, f"the only place of the title; {reason}")
    if place.span.modifier is not None:
        reason += f" ({'in the part named' if place.span.modifier == 'part' else place.span.modifier})"
    return slot("place", place.span, reason)
