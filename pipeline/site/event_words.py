"""The sentences of an event's page: what is known, how surely, and who differs.

Each returns finished words, by the grammar of the briefings; headings and fixed notes are in `reports/texts`. What
versions changed is worded in `revision_words`.
"""

from __future__ import annotations

from pipeline.brief import phrases, words
from pipeline.brief.figures import Toll
from pipeline.site import codes
from pipeline.site.event_view import Account, EventView, PartOf, Position

_SIDES = {"one_side": ", all of one side,", "several_sides": ", of at least two sides,"}
"""By code of `corroboration`."""


def heading(view: EventView) -> str:
    """Return what the page is called: "Air/drone strike, Ariha (Idlib)"."""
    return f"{view.event.sub_event_type}, {phrases.location(view.event.where)}"


def lead(view: EventView) -> str:
    """Return the event in a few sentences: who reports it, the toll, whom it hit, what is shared, who differs."""
    said = (_reported(view), _toll(view), _civilians(view), _shared(view), _disputed(view), _copies(view))
    return " ".join(sentence for sentence in said if sentence)


def _reported(view: EventView) -> str:
    event = view.event
    who = words.sentence_case(words.count(event.source_count, "independent source"))
    tells = words.verb(event.source_count, "reports", "report")
    sides = phrases.sides(event.event_type, event.actor1, event.actor2)
    return f"{who}{_SIDES.get(view.row['corroboration'], '')} {tells} it: {sides}."


def _toll(view: EventView) -> str:
    event = view.event
    if not event.tells_toll:
        return ""
    gives = words.verb(event.source_count, "It gives", "They give")
    if not event.killed.known and not event.injured.known:
        return f"{gives} no number of killed or injured for it alone."
    return f"{gives} {persons(event.killed, 'killed')} and {persons(event.injured, 'injured')}."


def persons(toll: Toll, kind: str) -> str:
    """Return a toll with its kind: "10–15 killed (best estimate 12)", "none injured", "no figure of injured"."""
    if not toll.known:
        return f"no figure of {kind}"
    ends, best = words.amount(toll.low, toll.high), words.toll(toll)
    if toll.low == toll.high == 0:
        return f"none {kind}"
    return f"{ends} {kind}" if best == ends else f"{ends} {kind} (best estimate {words.number(toll.best or 0)})"


def _civilians(view: EventView) -> str:
    return "Civilians or civilian objects were the target or were hit." if view.event.civilian_targeting else ""


def _shared(view: EventView) -> str:
    if not view.tolls:
        return ""
    return f"It has a part in {words.count(len(view.tolls), 'shared toll')}, given for several events together."


def _disputed(view: EventView) -> str:
    if not view.event.disputed:
        return ""
    if n := len(view.denials):
        return f"{words.sentence_case(words.count(n, 'report'))} {words.verb(n, 'denies', 'deny')} it."
    return "Sides blame each other for it." if view.accounts else "It is disputed."


def _copies(view: EventView) -> str:
    n = sum(len(each.report.copies) for each in view.reports)
    if not n:
        return ""
    return f"{words.sentence_case(words.count(n, 'copy'))} of a report {words.verb(n, 'is', 'are')} no further source."


def date_precision(view: EventView) -> str:
    """Return how well the day is known."""
    return codes.meaning("time_precision", view.row["time_precision"])


def place_precision(view: EventView) -> str:
    """Return how well the place is known, and in which district it lies."""
    district = view.row["admin2"]
    known = codes.meaning("geo_precision", view.row["geo_precision"])
    return f"{known} {district} district." if district else known


def basis(view: EventView) -> str:
    """Return who the sources are: "2 mentions by 2 independent sources; by perspective: SDF 1 and Western 1."."""
    leanings = [entry.rsplit(":", 1) for entry in view.row["sources_by_leaning"].split(";")]
    named = words.listing([f"{codes.title('leanings', code)} {words.number(int(n))}" for code, n in leanings])
    told = words.basis(view.event.mention_count, view.event.source_count)
    return f"{words.sentence_case(told)}; by perspective: {named}."


def corroboration(view: EventView) -> str:
    """Return what the sources prove together."""
    return codes.meaning("corroboration", view.row["corroboration"])


def confidence(share: float | None) -> str:
    """Return a confidence as a chance: "91 in 100"."""
    return "not stated" if share is None else f"{round(share * 100)} in 100"


def span(ends: tuple[int, int]) -> str:
    """Return where quoted words stand in the text of their article: "characters 1,200 to 1,256"."""
    return f"characters {words.number(ends[0])} to {words.number(ends[1])}"


def place_in_article(ends: tuple[int, int]) -> str:
    """Return the words before the id of the article that a quote stands in."""
    return f"{words.sentence_case(span(ends))} of article"


def coordinates(position: Position) -> str:
    """Return "35.8100° N, 36.6100° E"."""
    north, east = position.latitude, position.longitude
    return f"{abs(north):.4f}° {'N' if north >= 0 else 'S'}, {abs(east):.4f}° {'E' if east >= 0 else 'W'}"


def error(position: Position) -> str:
    """Return how far the point may be off: "about 6 km"."""
    if position.error_km is None:
        return "not stated"
    return f"about {words.number(max(1, round(position.error_km)))} km"


def map_text(view: EventView) -> str:
    """Return what the map shows, for those who do not see it."""
    place = phrases.location(view.event.where)
    if view.row["geo_precision"] == 1:
        return f"Map of the region with a point at {place}."
    return f"Map of the region with a circle around the point of {place}: the place is not known more closely."


def account_of(account: Account) -> str:
    """Return whose account it is: "Opposition: 2 independent sources"."""
    return f"{account.leaning}: {words.count(account.sources, 'independent source')}"


def account(told: Account) -> str:
    """Return what an account says of the happening: "Says that Russian forces did it; 5 killed.", "Carries a denial that Russian forces did it."."""
    who = None if told.blamed is None else phrases.side(told.blamed)
    if told.denies:
        denied = "it happened" if who is None else f"{who} did it"
        return f"Carries a denial that {denied}."
    return f"Says that {'it happened' if who is None else f'{who} did it'}; {words.killed(told.killed)}."


def copies(n: int) -> str:
    """Return what copies of a report are folded under: "2 copies of it"."""
    return f"{words.sentence_case(words.count(n, 'copy'))} of it, no further {words.verb(n, 'source', 'sources')}"


def part_of(toll: PartOf) -> str:
    """Return a shared toll: "19 killed, given for 3 events together."."""
    events = words.count(len(toll.others) + 1, "event")
    more = " and for happenings that are no event" if toll.covers_more else ""
    return f"{words.sentence_case(persons(toll.persons, toll.kind))}, given for {events} together{more}."
