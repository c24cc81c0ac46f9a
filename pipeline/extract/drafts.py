"""Drafts of mentions: candidates with their place and date settled, one place each, before they merge.

Here what a sentence leaves out is taken from the article: its day (`story_days.py`), the place of the paragraph. What
is inherited stays marked, because it gives way to what another sentence says outright.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import date

from pipeline.extract.actors import ActorSpan
from pipeline.extract.candidate import Candidate
from pipeline.extract.casualties import CasualtySpan
from pipeline.extract.dates import Interval
from pipeline.extract.dating import Aside
from pipeline.extract.kinds import AGREEMENT
from pipeline.extract.place_sections import section_at
from pipeline.extract.places import PlaceContext, PlaceSpan, ResolvedPlace
from pipeline.extract.record import record, replace
from pipeline.extract.scene import Scene, Words
from pipeline.extract.story_days import StoryDays

_BESIDE = 250
"""Characters before a sentence within which a place helps to find those of the sentence."""
_FEW = 8
"""Drafts found last, among which those of the same part of the article are."""
NATIONWIDE = frozenset({AGREEMENT, "Change to group/activity"})
"""Types that often have no place: a truce for the whole country was in no place told before."""
_CONTINUING = frozenset({"another", "more", "include", "included", "includes"})

Resolve = Callable[[PlaceSpan, PlaceContext], ResolvedPlace]


@record
class Draft:
    """One happening at one place. `own_date`, `own_place` tell what the text says outright from what is inherited."""

    number: int
    told: Candidate
    sub_event_type: str
    certain: bool
    status: str
    place: ResolvedPlace | None
    own_place: bool
    interval: Interval | None
    own_date: bool
    agent: ActorSpan | None
    target: ActorSpan | None
    civil: Words | None
    tolls: tuple[CasualtySpan, ...]
    shared: bool
    weapon: Words | None
    siblings: tuple[int, ...]
    """Numbers of the drafts that the same toll covers."""
    typed_by: Words
    """The words that give its type."""

    @property
    def sentence(self) -> int:
        """Number of the sentence it was told in."""
        return self.told.scene.sentence.number

    @property
    def paragraph(self) -> int:
        """Number of the paragraph it was told in."""
        return self.told.scene.sentence.paragraph


def drafts(
    candidates: Sequence[Candidate],
    reference: date | None,
    resolve: Resolve,
    context: PlaceContext,
    asides: Sequence[Aside] = (),
    opened: Sequence[PlaceSpan] = (),
) -> list[Draft]:
    """Settle place and date of each candidate and split it by place; in text order.

    `asides` are the days named by sentences that tell nothing, `opened` the governorates that open parts of the
    article; both in text order.
    """
    found: list[Draft] = []
    days = StoryDays(reference, asides)
    for candidate in candidates:
        days.turn_to(candidate.scene.sentence)
        own = days.own(candidate)
        if found and own is None and _continues(found[-1], candidate):
            candidate, own = replace(candidate, status="general"), found[-1].interval
        if own is None and candidate.dates and reference is not None:  # without one even a weekday cannot be told
            candidate = replace(candidate, status="general" if candidate.status == "reported" else candidate.status)
        interval = days.told(candidate, own)
        here = _around(candidate.scene, context, opened)
        heads = _heads(candidate, found, here.section)
        found.extend(_split(candidate, len(found), interval, own is not None, resolve, here, heads=heads))
    return [_dated(draft, days.of_lead(draft.sentence, draft.paragraph), reference) for draft in found]


def _continues(before: Draft, candidate: Candidate) -> bool:
    """ "Another 42 were killed ..." after a running total is a part of it."""
    total = before.status == "general" and bool(before.tolls) and before.own_date
    if not (total and candidate.status == "reported" and candidate.tolls):
        return False
    near = candidate.scene.sentence.number - before.sentence in {1, 2}
    return near and not _CONTINUING.isdisjoint(candidate.scene.vocabulary)


def _dated(draft: Draft, news: Interval | None, reference: date | None) -> Draft:
    if draft.interval is not None:
        return draft
    if news is not None:
        return replace(draft, interval=news)
    if reference is None:
        return draft
    return replace(draft, interval=Interval(reference, reference, 2))


def _heads(candidate: Candidate, found: Sequence[Draft], section: PlaceSpan | None) -> bool:
    """Tell a happening without a place that a part of the article begins with: it is in the governorate at its head."""
    if section is None or candidate.places or candidate.sub_event_type in NATIONWIDE or candidate.status != "reported":
        return False
    return candidate.at > section.start and not any(d.own_place and d.told.at > section.start for d in found[-_FEW:])


def _around(scene: Scene, context: PlaceContext, opened: Sequence[PlaceSpan]) -> PlaceContext:
    """What is named around the places of a sentence: in it, shortly before it, at the head of its part, anywhere."""
    section = section_at(opened, scene.offset + len(scene.text))
    beside = _beside(scene, context.article, 0 if section is None else section.start)
    return PlaceContext(scene.places, beside, context.article, section)


def _beside(scene: Scene, places: Sequence[PlaceSpan], since: int = 0) -> Sequence[PlaceSpan]:
    """The places named shortly before a sentence, not before `since`, and in it; `places` are in text order."""
    first = bisect_left(places, max(since, scene.offset - _BESIDE), key=_start)
    return places[first : bisect_left(places, scene.offset + len(scene.text), key=_start)]


def _start(span: PlaceSpan) -> int:
    return span.start


def _split(
    candidate: Candidate,
    number: int,
    interval: Interval | None,
    own_date: bool,
    resolve: Resolve,
    context: PlaceContext,
    *,
    heads: bool,
) -> list[Draft]:
    distinct: dict[tuple[str | None, str], tuple[ResolvedPlace, tuple[CasualtySpan, ...]]] = {}
    for span in candidate.places:
        place = resolve(span, context)
        distinct.setdefault(
            (place.place_id, place.place if place.place_id is None else ""),
            (place, candidate.shares.get(span.start, ())),
        )
    headed = resolve(context.section, context) if heads and context.section is not None else None
    places: list[tuple[ResolvedPlace | None, tuple[CasualtySpan, ...]]] = list(distinct.values()) or [(headed, ())]
    numbers = tuple(range(number, number + len(places)))
    divided = bool(candidate.shares)
    return [
        Draft(
            number=own,
            told=candidate,
            sub_event_type=candidate.sub_event_type,
            certain=candidate.certain,
            status=candidate.status,
            place=place,
            own_place=place is not None and place is not headed,
            interval=interval,
            own_date=own_date,
            agent=candidate.roles.agent,
            target=candidate.roles.target,
            civil=candidate.civil,
            tolls=share if divided else candidate.tolls,
            shared=len(places) > 1 and not divided and any(toll.high != 0 for toll in candidate.tolls),
            weapon=candidate.weapon,
            siblings=tuple(n for n in numbers if n != own),
            typed_by=candidate.trigger,
        )
        for own, (place, share) in zip(numbers, places, strict=True)
    ]
