"""Drafts of mentions: candidates with their place and date settled, one place each, before they merge.

Here what a sentence leaves out is taken from the article: the date of the happening told before, the day of the
report, the place of the paragraph. What is inherited stays marked, because it gives way to what another sentence says
outright.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from pipeline.extract.actors import ActorSpan
from pipeline.extract.candidate import Candidate
from pipeline.extract.casualties import CasualtySpan
from pipeline.extract.dates import DateSpan, Interval, resolve_date
from pipeline.extract.dating import Aside
from pipeline.extract.places import PlaceContext, PlaceSpan, ResolvedPlace
from pipeline.extract.scene import Scene, Words

FRESH = timedelta(days=10)
"""A date this close to publication is the news; older ones are background and are not inherited."""

LATELY = timedelta(days=2)
"""A lead this close to publication dates the whole article, but for what it dates itself."""
_BESIDE = 250
"""Characters before a sentence within which a place helps to find those of the sentence."""
_NEAR = 1
"""Paragraphs over which a date is inherited."""
_LOOK_BACK = 1
"""Sentences over which an older day is inherited in a story with a day of its own."""
_QUOTES = frozenset({"\u201c", '"', "``", "\u2018", "'"})

_CONTINUING = frozenset({"another", "more", "include", "included", "includes"})

Resolve = Callable[[PlaceSpan, PlaceContext], ResolvedPlace]


@dataclass(frozen=True, slots=True)
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
) -> list[Draft]:
    """Settle place and date of each candidate and split it by place; in text order.

    `asides` are the days named by sentences that tell nothing, in text order.
    """
    found: list[Draft] = []
    news: Interval | None = None
    lead: Interval | None = None
    anchor: Interval | None = None
    told_in = passed = until = 0
    for candidate in candidates:
        if until and candidate.scene.sentence.number > until:
            news, until = lead, 0  # after a look back the story goes on with its own day
        while passed < len(asides) and asides[passed].sentence < candidate.scene.sentence.number:
            aside = asides[passed]
            passed += 1
            day = _resolved(aside.days, reference, anchor)
            near = news is None or aside.paragraph == candidate.scene.sentence.paragraph
            if day is not None and near and _fresh(day, reference):
                news = anchor = day
                told_in, lead = aside.paragraph, lead or day
        interval = _resolved(candidate.dates, reference, anchor)
        own_date = interval is not None
        if found and not own_date and _continues(found[-1], candidate):
            candidate = replace(candidate, status="general")
            interval, own_date = found[-1].interval, True
        if interval is None and candidate.dates and reference is not None:  # without one even a weekday cannot be told
            candidate = replace(candidate, status="general" if candidate.status == "reported" else candidate.status)
        if interval is None:
            interval = _said(candidate, reference, anchor)
            if interval is not None and news is None and _fresh(interval, reference):
                news, told_in = interval, candidate.scene.sentence.paragraph
        here = candidate.scene.sentence.paragraph
        if here > told_in and _opens_quote(candidate.scene):
            news = None  # whoever speaks now does not go on with the story that was told before
        if own_date and interval is not None and _is_news(candidate, interval, reference):
            news, told_in, lead = interval, here, lead or interval
            until = candidate.scene.sentence.number + _LOOK_BACK if lead.start - interval.end > LATELY else 0
        if interval is None and news is not None and here - told_in <= _NEAR:
            interval = news
        if own_date and interval is not None:
            anchor = interval
        found.extend(_split(candidate, len(found), interval, own_date, resolve, context))
    return [_dated(draft, lead if _on_lead(draft, lead, reference) else None, reference) for draft in found]


def _opens_quote(scene: Scene) -> bool:
    """Tell whether somebody begins to speak: a colon and an opening quotation mark."""
    if ":" not in scene.vocabulary:
        return False
    words = [token.text for token in scene.tokens]
    return any(a == ":" and b in _QUOTES for a, b in pairwise(words))


def _continues(before: Draft, candidate: Candidate) -> bool:
    """ "Another 42 were killed ..." after a running total is a part of it."""
    total = before.status == "general" and bool(before.tolls) and before.own_date
    if not (total and candidate.status == "reported" and candidate.tolls):
        return False
    near = candidate.scene.sentence.number - before.sentence in {1, 2}
    return near and not _CONTINUING.isdisjoint(candidate.scene.vocabulary)


def _on_lead(draft: Draft, lead: Interval | None, reference: date | None) -> bool:
    """Tell whether a happening without a date of its own was on the day of the lead: in its paragraphs, and anywhere
    in a report of the last days."""
    if lead is None or reference is None:
        return lead is not None and draft.paragraph <= _NEAR
    return draft.paragraph <= _NEAR or timedelta() <= reference - lead.end <= LATELY


def _is_news(candidate: Candidate, interval: Interval, reference: date | None) -> bool:
    return _fresh(interval, reference) and not any(span.period for span in candidate.dates)


def _fresh(interval: Interval, reference: date | None) -> bool:
    return reference is None or (interval.precision < 3 and abs(reference - interval.end) <= FRESH)


def _resolved(spans: Sequence[DateSpan], reference: date | None, anchor: Interval | None) -> Interval | None:
    for span in spans:
        if (interval := resolve_date(span, reference, anchor)) is not None:
            return replace(interval, told=span)
    return None


def _said(candidate: Candidate, reference: date | None, anchor: Interval | None) -> Interval | None:
    """The day of the report stands in for that of the happening, to within a week; an old report does not tell of
    today."""
    interval = _resolved(candidate.said_on, reference, anchor)
    if interval is None:
        return None
    return replace(interval, precision=max(2, interval.precision))


def _dated(draft: Draft, news: Interval | None, reference: date | None) -> Draft:
    if draft.interval is not None:
        return draft
    if news is not None:
        return replace(draft, interval=news)
    if reference is None:
        return draft
    return replace(draft, interval=Interval(reference, reference, 2))


def _beside(scene: Scene, places: Sequence[PlaceSpan]) -> Sequence[PlaceSpan]:
    """The places named shortly before a sentence and in it; `places` are in text order."""
    first = bisect_left(places, scene.offset - _BESIDE, key=_start)
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
) -> list[Draft]:
    here = PlaceContext(candidate.scene.places, _beside(candidate.scene, context.article), context.article)
    distinct: dict[tuple[str | None, str], tuple[ResolvedPlace, tuple[CasualtySpan, ...]]] = {}
    for span in candidate.places:
        place = resolve(span, here)
        distinct.setdefault(
            (place.place_id, place.place if place.place_id is None else ""),
            (place, candidate.shares.get(span.start, ())),
        )
    places: list[tuple[ResolvedPlace | None, tuple[CasualtySpan, ...]]] = list(distinct.values()) or [(None, ())]
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
            own_place=place is not None,
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
