"""The days of a story: which one a happening was on that names none itself.

A story has a day of its own, that of its lead, and looks back at others. What names no day was on the day told last
before it, else on that of the lead; how far a day reaches is decided here. Which words name a day is decided in
`dating.py`, what day they mean in `dates.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from pipeline.extract.candidate import Candidate
from pipeline.extract.dates import DateSpan, Interval, resolve_date
from pipeline.extract.dating import Aside
from pipeline.extract.record import replace
from pipeline.extract.scene import Scene
from pipeline.extract.sentences import Sentence

FRESH = timedelta(days=10)
"""A date this close to publication is the news; older ones are background and are not inherited."""

LATELY = timedelta(days=2)
"""A lead this close to publication dates the whole article, but for what it dates itself."""
_NEAR = 1
"""Paragraphs over which a date is inherited."""
_LOOK_BACK = 1
"""Sentences over which an older day is inherited in a story with a day of its own."""
_OPENING = len("during the ")
"""Characters before a date that opens a sentence."""
_ASIDE = 1
"""Sentences over which a day that was named in passing stands for the one told before it."""
_TODAY = frozenset({"today", "tonight", "this morning", "this afternoon", "this evening", "earlier today"})
_COUNTED_BACK = frozenset({"span", "relative", "time_of_day"})
"""Kinds of dates that count back from the day on which they are said."""
_MARKS = ('"', "\u201c", "\u201d")
_QUOTES = frozenset({"\u201c", '"', "``", "\u2018", "'"})


class StoryDays:
    """The days of one article; its happenings are handed in one after the other, in text order."""

    def __init__(self, reference: date | None, asides: Sequence[Aside] = ()) -> None:
        """`reference` is the day of publication; `asides` the days named by sentences that tell nothing."""
        self._reference = reference
        self._asides = asides
        self._passed = 0
        self._news: Interval | None = None
        """What the next happening without a day takes."""
        self._lead: Interval | None = None
        self._anchor: Interval | None = None
        """What "the same day" means."""
        self._told_in = 0
        """The paragraph of the news."""
        self._until = 0
        """The sentence up to which the story looks back at an older day, 0 where it does not."""
        self._stretch: Interval | None = None
        """The days that the lead counts over, where it counts ("44 raids in the past week")."""
        self._above: Interval | None = None
        """The day of the line above the story, run into its lead."""
        self._first: int | None = None
        """The sentence that tells the first happening."""
        self._opened = 0
        """The sentence from which on the day of the lead holds."""

    def turn_to(self, sentence: Sentence) -> None:
        """Go on to `sentence`, by way of those that tell nothing."""
        if self._until and sentence.number > self._until:
            self._news, self._until = self._lead, 0  # after a look back the story goes on with its own day
        while self._passed < len(self._asides) and self._asides[self._passed].sentence < sentence.number:
            aside = self._asides[self._passed]
            self._passed += 1
            day = self.resolved(aside.days)
            near = self._news is None or (
                aside.paragraph == sentence.paragraph and sentence.number - aside.sentence <= 1
            )
            if day is not None and near and self._is_fresh(day):
                self._news = self._anchor = day
                self._told_in, self._lead = aside.paragraph, self._lead or day

    def resolved(self, spans: Sequence[DateSpan]) -> Interval | None:
        """The day of the first of `spans` that means one here."""
        for span in spans:
            if (interval := resolve_date(span, self._reference, self._anchor)) is not None:
                return replace(interval, told=span)
        return None

    def own(self, candidate: Candidate) -> Interval | None:
        """The day that a happening names. "Today" in a quotation is the day of the story, told the day after; "in the
        past 48 hours, he said on Friday" counts back from Friday."""
        since = self._spoken_on(candidate) or self._reference
        for span in candidate.dates:
            if self._lead is not None and span.surface.lower() in _TODAY and self._is_quoted(candidate.scene, span):
                return replace(self._lead, told=span)
            from_then = since if span.kind in _COUNTED_BACK else self._reference
            if (interval := resolve_date(span, from_then, self._anchor)) is not None:
                return replace(interval, told=span)
        return None

    def _spoken_on(self, candidate: Candidate) -> date | None:
        """The day of the report, where it is one of the last days before publication."""
        day = self.resolved(candidate.said_on) if candidate.said_on else None
        if day is None or self._reference is None or day.start != day.end:
            return None
        return day.end if timedelta() <= self._reference - day.end <= LATELY else None

    def _is_quoted(self, scene: Scene, span: DateSpan) -> bool:
        """Tell whether somebody says it, in a story whose own day is shortly before publication."""
        if self._lead is None or self._reference is None or self._lead.start != self._lead.end:
            return False
        if not timedelta(days=1) <= self._reference - self._lead.end <= LATELY:
            return False
        text, at = scene.text, span.start - scene.offset
        before = sum(text.count(mark, 0, at) for mark in _MARKS)
        return before % 2 == 1 or (before == 0 and sum(map(text.count, _MARKS)) % 2 == 1)

    def told(self, candidate: Candidate, own: Interval | None) -> Interval | None:
        """Give the day of a happening, `own` where it names one, and keep what it means for those that follow."""
        here = candidate.scene.sentence.paragraph
        self._first = candidate.scene.sentence.number if self._first is None else self._first
        said = self._said(candidate) if own is None else None
        loose = self._news is None or self._news in {self._stretch, self._above}
        if said is not None and loose and self._is_fresh(said):
            self._news, self._told_in, self._until = said, here, 0
            if said.told is not None and said.told.year is not None:
                self._above, self._lead = said, self._lead or said
        if here > self._told_in and _opens_quote(candidate.scene):
            self._news = None  # whoever speaks now does not go on with the story that was told before
        if own is not None:
            self._anchor = own
            if self._is_news(candidate, own):
                self._keep(candidate, own)
            elif candidate.status == "general" and self._is_first(candidate.scene.sentence) and own.precision < 3:
                self._stretch = replace(own, precision=2)
                if own.end - own.start <= LATELY:
                    # what it counts is told one by one, in the next sentences
                    self._news, self._told_in, self._until = self._stretch, here, candidate.scene.sentence.number + 2
            return own
        if said is None and self._news is not None and here - self._told_in <= _NEAR:
            return self._news
        return said

    def _is_first(self, sentence: Sentence) -> bool:
        return self._first is not None and sentence.number - self._first <= 1

    def of_lead(self, sentence: int, paragraph: int) -> Interval | None:
        """The day of the lead, where a happening told in `sentence` without a day of its own was on it: in the
        paragraphs of the lead, and anywhere in a report of the last days."""
        if self._lead is None:
            return self._stretch
        lead = self._lead if sentence >= self._opened else None
        if lead is None or paragraph <= _NEAR or self._reference is None:
            return lead if paragraph <= _NEAR else None
        return lead if timedelta() <= self._reference - lead.end <= LATELY else None

    def _keep(self, candidate: Candidate, day: Interval) -> None:
        sentence = candidate.scene.sentence
        if self._lead is None and self._opens(candidate, day):
            self._opened = sentence.number
        self._news, self._told_in, self._lead = day, sentence.paragraph, self._lead or day
        self._until = sentence.number + _LOOK_BACK if self._lead.start - day.end > LATELY else 0

    def _opens(self, candidate: Candidate, day: Interval) -> bool:
        """ "On Saturday the army took ...": a day before publication that opens a sentence turns to another happening
        than those told before it."""
        opening = any(span.start - candidate.scene.offset <= _OPENING for span in candidate.dates)
        return opening and self._reference is not None and day.end < self._reference

    def _said(self, candidate: Candidate) -> Interval | None:
        """The day of the report stands in for that of the happening, to within a week; an old report does not tell of
        today."""
        interval = self.resolved(candidate.said_on)
        return interval and replace(interval, precision=max(2, interval.precision))

    def _is_news(self, candidate: Candidate, interval: Interval) -> bool:
        counted = interval.told is not None and interval.told.period
        return self._is_fresh(interval) and not counted and not any(span.period for span in candidate.dates)

    def _is_fresh(self, interval: Interval) -> bool:
        return self._reference is None or (interval.precision < 3 and abs(self._reference - interval.end) <= FRESH)


def _opens_quote(scene: Scene) -> bool:
    """Tell whether somebody begins to speak: a colon and an opening quotation mark."""
    if ":" not in scene.vocabulary:
        return False
    words = [token.text for token in scene.tokens]
    return any(a == ":" and b in _QUOTES for a, b in pairwise(words))
