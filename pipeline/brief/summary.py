"""The sentences of a week's page: what the figures say in words, each figure with the anchor of the rows behind it.

A summary has three or four sentences, of what there is to tell: how many events and whether that is a change, where,
how many killed, whether civilians were hit and what is disputed. Sentences follow from the view model alone and carry
no adjective that the data does not.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.brief import change_words, phrases, words
from pipeline.brief.directions import Direction
from pipeline.brief.figures import Figures, Toll
from pipeline.brief.model import EventBrief
from pipeline.brief.noise import Verdict
from pipeline.brief.sentences import Sentence, Span, join, say
from pipeline.brief.week_model import WeekBrief

NAMED_AT_MOST = 3
"""How many governorates or events are named before they are only counted."""


def summary(brief: WeekBrief) -> tuple[Sentence, ...]:
    """Return three or four sentences on the week."""
    if not brief.figures.events:
        sentences = _silence(brief) if brief.silent else _nothing(brief)
    else:
        sentences = (_events(brief), _where(brief), _killed(brief.figures), _civilians(brief))
    return tuple(sentence for sentence in sentences if sentence)


def _silence(brief: WeekBrief) -> tuple[Sentence, ...]:
    last = next((past for past in brief.comparison.past if past.tally is not None and past.tally.articles), None)
    known: Sentence = ()
    if last is not None and last.tally is not None:
        figure = Span(words.count(last.tally.figures.events, "event"), "#figures-events", last.iso_week)
        known = say(f"The last week before it for which anything was read, {last.iso_week}, has ", figure, ".")
    return (
        say("No article published in this week was read, and no later article tells of an event in it."),
        say("Nothing can be said about the week: that no event is known does not mean that none happened."),
        known,
    )


def _nothing(brief: WeekBrief) -> tuple[Sentence, ...]:
    read = words.count(brief.coverage.articles, "article")
    sources = words.count(brief.coverage.sources, "source")
    change = brief.comparison.of(lambda tally: tally.figures.events)
    against = change_words.both(change, brief.comparison, "#figures-events")
    claims = [
        say(Span(words.count(len(found), noun), "#claims"))
        for found, noun in ((brief.claims_denied, "denial"), (brief.claims_prospective, "threat or plan"))
        if found
    ]
    told = say("What was read holds ", join(claims, ", ", " and "), ", counted as no event.") if claims else ()
    return (
        say("No event of this week is known from what was read: ", Span(f"{read} from {sources}", "#coverage"), "."),
        say("The week is " if brief.comparison.nothing else "That is ", against, "."),
        told,
        say("That no event is known does not mean that none happened."),
    )


def _events(brief: WeekBrief) -> Sentence:
    known = Span(words.count(brief.figures.events, "event"), "#figures-events")
    lead = "The articles read tell of "
    if brief.silent:
        lead = "No article published in this week was read; later articles tell of "
    change = brief.comparison.of(lambda tally: tally.figures.events)
    against = change_words.both(change, brief.comparison, "#figures-events")
    if brief.silent:
        return say(lead, known, " in it.")
    return say(lead, known, " in this week, ", against, ".")


def _where(brief: WeekBrief) -> Sentence:
    by_place: dict[str, int] = {}
    for cell in brief.cells:
        by_place[cell.admin1] = by_place.get(cell.admin1, 0) + cell.figures.events
    moved = _moved(brief.directions)
    end = say("; ", moved, ".") if moved else say(".")
    if len(by_place) == 1:
        lead = "It was in " if brief.figures.events == 1 else "All were in "
        return say(lead, Span(next(iter(by_place)), "#figures"), end)
    most = max(by_place.values())
    first = sorted(name for name, events in by_place.items() if events == most)
    spread = Span(words.count(len(by_place), "governorate"), "#figures")
    if len(first) > NAMED_AT_MOST:
        return say("They were in ", spread, end)
    each = " each" if len(first) > 1 else ""
    figure = Span(words.number(most), "#figures")
    return say("They were in ", spread, "; the most, ", figure, f"{each}, in {words.listing(first)}", end)


def _moved(directions: Sequence[Direction]) -> Sentence:
    """Return in which governorates the events are clearly more or fewer than in the weeks before."""
    parts: list[Sentence] = []
    found: tuple[tuple[Verdict, str], ...] = (("up", "the number is up in "), ("down", "the number is down in "))
    for verdict, lead in found:
        names = [direction.admin1 for direction in directions if direction.verdict == verdict]
        if names:
            named = words.listing(names) if len(names) <= NAMED_AT_MOST else words.count(len(names), "governorate")
            parts.append(say(lead if not parts else lead.removeprefix("the number is "), Span(named, "#directions")))
    return join(parts, ", ", " and ")


def _killed(figures: Figures) -> Sentence:
    if figures.shared.killed_tolls:
        return _killed_with_shared(figures)
    if not figures.killed_events:
        return say("The number killed is not given for ", "it." if figures.events == 1 else "any of them.")
    return say("The number killed is given", _told(figures), ": ", Span(_total(figures.killed), "#figures-killed"), ".")


def _killed_with_shared(figures: Figures) -> Sentence:
    """Say what is counted for single events, what in shared tolls, and both together."""
    shared, tolls = figures.shared, words.count(figures.shared.killed_tolls, "shared toll")
    told = say(Span(_total(shared.killed), "#shared"), " in ", Span(tolls, "#shared"))
    if not figures.killed_events:
        return say("The number killed is given for no event by itself; ", told, ".")
    single = Span(_total(figures.killed), "#figures-killed")
    together = Span(_total(figures.together.killed), "#figures-killed")
    return say("The number killed is given", _told(figures), ": ", single, "; ", told, "; together ", together, ".")


def _told(figures: Figures) -> Sentence:
    if figures.events == 1:
        return ()
    return say(" for ", Span(words.number(figures.killed_events), "#figures-killed"), " of them")


def _total(killed: Toll) -> str:
    return "none" if killed.high == 0 else words.toll(killed)


def _civilians(brief: WeekBrief) -> Sentence:
    """Return in how many events civilians were hit, and which events are disputed."""
    figures, hit = brief.figures, brief.figures.civilian_targeting
    if hit:
        which = Span("it" if figures.events == 1 else f"{words.number(hit)} of them", "#figures-civilians")
        lead = say("Civilians or civilian objects were hit in ", which)
    else:
        lead = say("It is not" if figures.events == 1 else "None is", " coded as hitting civilians")
    denied = [event for event in brief.events if event.disputed and not event.blamed_apart]
    blamed = [event for event in brief.events if event.blamed_apart]
    return say(
        lead,
        _disputed(denied, words.verb(len(denied), "; a denial stands against ", "; denials stand against ")),
        _disputed(blamed, "; sides blame each other in the accounts of "),
        ".",
    )


def _disputed(events: Sequence[EventBrief], lead: str) -> Sentence:
    if not events:
        return ()
    count = words.count(len(events), "event")
    if len(events) > NAMED_AT_MOST:
        return say(lead, Span(count, "#register"))
    links = [say(Span(phrases.location(event.where), f"#{event.event_id}")) for event in events]
    return say(lead, Span(count, "#register"), " (", join(links, ", ", " and "), ")")
