"""What the briefings say of places, sides, figures and events, in plain English.

Neutral by rule: actors go by their registry names whatever an outlet calls them, a precision that is missing is said,
and no word is added that the data does not carry. Numbers and dates are worded by `words`.
"""

from __future__ import annotations

from pipeline.brief import words
from pipeline.brief.model import Claim, Counting, Dispute, EventBrief, EventRef, Quantity, Side, Told, Where

_WITHIN = ("district", "subdistrict", "area", "governorate", "country")
"""Kinds of places that are areas themselves, so that "in or near" would be wrong."""
_VIOLENT = ("Battles", "Explosions/Remote violence", "Violence against civilians")


def place(value: Where) -> str:
    """Return the place with the precision to which it is known: "Ariha", "in or near Ariha", "place not known"."""
    if value.name is None:
        return "place not given" if value.admin1 is None else "place not known"
    if value.precision == 3:
        return "place not known more closely" if value.name == value.admin1 else value.name
    if value.precision == 2 and value.kind not in _WITHIN:
        return f"in or near {value.name}"
    return value.name


def location(value: Where) -> str:
    """Return the place with its governorate: "Ariha (Idlib)", "Idlib governorate, place not known more closely"."""
    if value.admin1 is None:
        return place(value)
    if value.name is None or (value.name == value.admin1 and value.precision == 3):
        return f"{value.admin1} governorate, {place(value)}"
    return f"{place(value)} ({value.admin1})"


def side(value: Side) -> str:
    """Return an actor by its registry name, or by its bloc when nobody is named."""
    if value.name is None:
        return "an unidentified actor" if value.bloc is None else f"{value.bloc} (no actor named)"
    return f"{value.name} with {value.associate}" if value.associate else value.name


def parties(actor1: Side, actor2: Side | None) -> str:
    """Return both sides of a claim, of which nobody says that it happened."""
    return side(actor1) if actor2 is None else f"{side(actor1)}; other side: {side(actor2)}"


def sides(event_type: str, actor1: Side, actor2: Side | None) -> str:
    """Return both sides: "A against B" for violence, "A; other side: B" for the rest."""
    if actor2 is not None and event_type in _VIOLENT:
        return f"{side(actor1)} against {side(actor2)}"
    return parties(actor1, actor2)


def undivided(value: Quantity) -> str:
    """Return a figure without saying whether it stands for one happening or for several."""
    who = f" ({value.party})" if value.party else ""
    figure = "none" if value.low == value.high == 0 else words.amount(value.low, value.high)
    vague = ", approximate" if value.approximate else ""
    return f"{figure} {value.kind}{who}{vague}"


def quantity(value: Quantity) -> str:
    """Return one figure of one article: "5 killed (civilians)", "at least 40 displaced, approximate"."""
    return f"{undivided(value)}, together with others" if value.shared else undivided(value)


def counting(value: Counting) -> str:
    """Return what of a shared toll is in the sums: "Counted in full: ... In the sums: 19, in the week 2021-W05."."""
    if value.persons is None or value.week_start is None:
        return value.why
    return f"{value.why} In the sums: {words.toll(value.persons)}, in the week {words.iso_week(value.week_start)}."


def total(claim: Claim) -> str:
    """Return what a running total counts: "At least 11 happenings; 57 killed"."""
    counted = [quantity(each) for each in claim.report.quantities]
    if claim.happenings_low is not None or claim.happenings_high is not None:
        counted.insert(0, words.happenings(claim.happenings_low, claim.happenings_high))
    return words.sentence_case("; ".join(counted)) + "."


def event_line(event: EventBrief | EventRef) -> str:
    """Return what names an event in a list: "Air/drone strike, Ariha (Idlib), Tuesday 2 February 2021"."""
    return f"{event.sub_event_type}, {location(event.where)}, {words.when(event.when)}"


def in_dispute(value: Dispute) -> str:
    """Return what sources differ in: "Whether it happened; the number killed: 4 (Independent), up to 5 (Russia)."."""
    points = ["whether it happened"] if value.denied else []
    for lead, told in (("who did it", value.blamed), ("the number killed", value.tolls)):
        if told:
            points.append(f"{lead}: {', '.join(_told(each) for each in told)}")
    return words.sentence_case("; ".join(points)) + "."


def _told(value: Told) -> str:
    what = value.what if isinstance(value.what, str) else words.amount(value.what.low, value.what.high)
    return f"{what} ({value.leaning})"


def basis(event: EventBrief) -> str:
    """Return what an event rests on: "3 mentions by 2 independent sources; several sides"."""
    told = words.basis(event.mention_count, event.source_count)
    return told if event.source_count == 1 else f"{told}; {event.corroboration[:1].lower()}{event.corroboration[1:]}"


def facts(event: EventBrief) -> str:
    """Return sides, toll, civilians, basis, confidence and what is in dispute of an event in one line."""
    parts = [sides(event.event_type, event.actor1, event.actor2)]
    if event.tells_toll:
        parts.append(f"killed: {words.toll(event.killed)}; injured: {words.toll(event.injured)}")
    if event.civilian_targeting:
        parts.append("civilians or civilian objects were the target or were hit")
    parts.append(basis(event))
    if event.confidence is not None:
        parts.append(f"confidence {event.confidence}%")
    if not event.dispute.none:
        parts.append(f"in dispute: {in_dispute(event.dispute)}".rstrip("."))
    return " ".join(f"{words.sentence_case(part)}." for part in parts)
