"""The sentences of a week's page: what the figures say in words, each figure with the anchor of the rows behind it.

A sentence is a tuple of spans, a span is a text with or without a target, so that HTML, Markdown and a feed can each
render it. Sentences follow from the view model alone and carry no adjective that the data does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.brief import phrases, words
from pipeline.brief.figures import Figures, Toll
from pipeline.brief.model import EventBrief, WeekBrief

NAMED_AT_MOST = 3
"""How many governorates share the first place before none of them is named."""


@dataclass(frozen=True, slots=True)
class Span:
    """Words, and the page or anchor (relative) that they lead to."""

    text: str
    href: str | None = None


Sentence = tuple[Span, ...]


def say(*parts: str | Span) -> Sentence:
    """Join words and links to a sentence."""
    return tuple(part if isinstance(part, Span) else Span(part) for part in parts)


def summary(brief: WeekBrief) -> tuple[Sentence, ...]:
    """Return one to six sentences on the week: events, where, killed, civilians, denials, blame."""
    if not brief.figures.events:
        return (_nothing(brief),)
    sentences = (
        _events(brief),
        _where(brief),
        _killed(brief.figures),
        _civilians(brief.figures),
        _disputed(brief),
        _blamed_apart(brief),
    )
    return tuple(sentence for sentence in sentences if sentence)


def _nothing(brief: WeekBrief) -> Sentence:
    if brief.silent:
        return say(
            "No article published in this week was read, and no later article tells of an event in it. "
            "Nothing can be said about the week."
        )
    read = words.count(brief.coverage.articles, "article")
    sources = words.count(brief.coverage.sources, "source")
    return say(
        "No event of this week is known from what was read: ",
        Span(f"{read} from {sources}", "#coverage"),
        ".",
    )


def _events(brief: WeekBrief) -> Sentence:
    now = brief.figures.events
    known = Span(words.count(now, "event"), "#figures-events")
    lead = "The articles read tell of "
    if brief.silent:
        lead = "No article published in this week was read; later articles tell of "
    if brief.before is None:
        return say(lead, known, " in this week.")
    if now == brief.before.events:
        return say(lead, known, " in this week, as many as in the week before.")
    return say(lead, known, f" in this week, {words.difference(now, brief.before.events)} than in the week before.")


def _where(brief: WeekBrief) -> Sentence:
    by_place: dict[str, int] = {}
    for cell in brief.cells:
        by_place[cell.admin1] = by_place.get(cell.admin1, 0) + cell.figures.events
    if len(by_place) == 1:
        lead = "It was in " if brief.figures.events == 1 else "All were in "
        return say(lead, Span(next(iter(by_place)), "#figures"), ".")
    most = max(by_place.values())
    first = sorted(name for name, events in by_place.items() if events == most)
    spread = Span(words.count(len(by_place), "governorate"), "#figures")
    if len(first) > NAMED_AT_MOST:
        return say("They were in ", spread, ".")
    each = " each" if len(first) > 1 else ""
    return say("They were in ", spread, f"; the most, {words.number(most)}{each}, in {words.listing(first)}.")


def _killed(figures: Figures) -> Sentence:
    if figures.shared.killed_tolls:
        return _killed_with_shared(figures)
    if not figures.killed_events:
        return say("The number killed is not given for ", "it." if figures.events == 1 else "any of them.")
    return say(f"The number killed is given{_told(figures)}: ", Span(_total(figures.killed), "#figures-killed"), ".")


def _killed_with_shared(figures: Figures) -> Sentence:
    """Say what is counted for single events, what in shared tolls, and both together."""
    shared, tolls = figures.shared, words.count(figures.shared.killed_tolls, "shared toll")
    told = Span(_total(shared.killed), "#shared")
    if not figures.killed_events:
        return say("The number killed is given for no event by itself; ", told, f" in {tolls}.")
    together = Span(_total(figures.together.killed), "#figures-killed")
    lead = f"The number killed is given{_told(figures)}: {_total(figures.killed)}; in {tolls} "
    return say(lead, told, "; together ", together, ".")


def _told(figures: Figures) -> str:
    return "" if figures.events == 1 else f" for {words.number(figures.killed_events)} of them"


def _total(killed: Toll) -> str:
    return "none" if killed.high == 0 else words.toll(killed)


def _civilians(figures: Figures) -> Sentence:
    hit = figures.civilian_targeting
    if not hit:
        which = "It is not" if figures.events == 1 else "None is"
        return say(f"{which} coded as hitting civilians.")
    which = "it" if figures.events == 1 else f"{words.number(hit)} of them"
    return say("Civilians or civilian objects were hit in ", Span(which, "#figures-civilians"), ".")


def _disputed(brief: WeekBrief) -> Sentence:
    disputed = [event for event in brief.events if event.disputed and not event.blamed_apart]
    if not disputed:
        return ()
    lead = words.verb(len(disputed), "A denial stands", "Denials stand")
    return say(f"{lead} against {words.count(len(disputed), 'event')}: ", *_links(disputed), ".")


def _blamed_apart(brief: WeekBrief) -> Sentence:
    blamed = [event for event in brief.events if event.blamed_apart]
    if not blamed:
        return ()
    return say(f"Sides blame each other in the accounts of {words.count(len(blamed), 'event')}: ", *_links(blamed), ".")


def _links(events: Sequence[EventBrief]) -> Sequence[str | Span]:
    links: list[str | Span] = []
    for position, event in enumerate(events):
        joint = "" if not position else " and " if position == len(events) - 1 else ", "
        links += [joint, Span(phrases.location(event.where), f"#{event.event_id}")]
    return links
