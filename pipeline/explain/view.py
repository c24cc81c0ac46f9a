"""What an explanation shows, before it is drawn: the text cut into runs with their marks, and a card a mention.

Takes any extractor; one that also tells what became of each sentence (`RuleExtractor.explain`) is asked for that.
Nothing is decided or drawn here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol, runtime_checkable

from pipeline.extract.confidence import DOUBTS
from pipeline.extract.evidence import Refusal, Verified, Verifier
from pipeline.extract.model import Article, Casualty, Extractor, Mention
from pipeline.extract.reading_notes import SentenceNote

KINDS = (
    "sub_event_type", "status", "casualties", "event_date", "place", "actor1", "actor2", "actor1_associate", "weapon",
    "happenings", "attributed_to",
)  # fmt: skip
"""What a run of the text can be marked as; of several, the first is drawn."""


@runtime_checkable
class Explaining(Protocol):
    """An extractor that tells what became of each sentence."""

    def explain(self, article: Article) -> tuple[list[Mention], list[SentenceNote]]:
        """Give the mentions of one article and what became of each of its sentences."""
        ...


@dataclass(frozen=True, slots=True)
class Mark:
    """A run of the text stands for `kind` (see `KINDS`) of mention `number`, counted from 1."""

    number: int
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class Run:
    """Some text with the marks on it, in the order of `KINDS`; none is plain text.

    `ends` are the numbers of the mentions one of whose marks ends here.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, or the white space between two; `told` are the numbers of the mentions it tells; `note` says
    why it tells none, or adds nothing."""

    runs: tuple[Run, ...]
    told: tuple[int, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Line:
    """One value of a mention: what it is, its value, the words it rests on (empty: none in the text), and why."""

    kind: str
    value: str
    words: str
    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Card:
    """One mention, `number` counted from 1, with its values and what makes it less sure."""

    number: int
    title: str
    status: str
    evidence: str
    confidence: float | None
    doubts: tuple[str, ...]
    lines: tuple[Line, ...]
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """An article laid open."""

    article: Article
    extractor: str
    passages: tuple[Passage, ...]
    cards: tuple[Card, ...]


def explain(article: Article, extractor: Extractor) -> Explanation:
    """Code one article and lay the coding open."""
    if isinstance(extractor, Explaining):
        mentions, notes = extractor.explain(article)
    else:
        (mentions,) = extractor.extract([article])
        notes = [SentenceNote(0, len(article.text), (), "")] if article.text else []
    verifier = Verifier(article)
    found = [verifier.verify(mention) for mention in mentions]
    marks = sorted(_marks(found), key=lambda mark: (mark[0], mark[1]))
    return Explanation(
        article,
        extractor.name,
        tuple(_passages(article.text, notes, marks)),
        tuple(_card(number, verified) for number, verified in enumerate(found, 1)),
    )


_Placed = tuple[int, int, Mark]


def _marks(found: Sequence[Verified]) -> Iterator[_Placed]:
    for number, verified in enumerate(found, 1):
        if not verified.stands:
            continue
        for slot in verified.mention.slots:
            if slot.char_start is not None and slot.char_end is not None:
                yield slot.char_start, slot.char_end, Mark(number, slot.slot, slot.reason)
        for toll in verified.mention.casualties:
            yield toll.char_start, toll.char_end, Mark(number, "casualties", _toll(toll))


def _passages(text: str, notes: Sequence[SentenceNote], marks: Sequence[_Placed]) -> Iterator[Passage]:
    done = 0
    for note in notes:
        if note.start > done:
            yield Passage((Run(text[done : note.start]),), (), "")
        inside = [mark for mark in marks if mark[0] < note.end and mark[1] > note.start]
        told = tuple(number + 1 for number in note.told)
        adds = f"tells of mention {' and '.join(map(str, told))} once more" if told and not inside else note.note
        yield Passage(tuple(_runs(text, note.start, note.end, inside)), told, adds)
        done = note.end
    if done < len(text):
        yield Passage((Run(text[done:]),), (), "")


def _runs(text: str, start: int, end: int, marks: Sequence[_Placed]) -> Iterator[Run]:
    """Cut text[start:end] wherever a mark begins or ends."""
    edges = sorted({start, end, *(edge for mark in marks for edge in mark[:2] if start < edge < end)})
    for a, b in pairwise(edges):
        here = {mark for first, last, mark in marks if first <= a and b <= last}
        ends = {mark.number for _, last, mark in marks if last == b}
        in_turn = sorted(here, key=lambda mark: (KINDS.index(mark.kind), mark.number, mark.reason))
        yield Run(text[a:b], tuple(in_turn), tuple(sorted(ends)))


def _card(number: int, verified: Verified) -> Card:
    mention = verified.mention
    return Card(
        number,
        mention.sub_event_type,
        mention.status,
        mention.evidence,
        mention.confidence,
        tuple(name.replace("_", " ") for name, holds in DOUBTS.items() if holds(mention)),
        tuple(_lines(mention)) if verified.stands else (),
        verified.refusals,
    )


def _lines(mention: Mention) -> Iterator[Line]:
    for slot in mention.slots:
        yield Line(slot.slot, _value(mention, slot.slot), slot.quote or "", slot.basis, slot.reason)
    for toll in mention.casualties:
        shared = "shared with other mentions" if toll.shared else ""
        yield Line("casualties", _toll(toll), toll.quote, "", shared)


def _value(mention: Mention, slot: str) -> str:
    """The coded value of a slot, as the tables have it."""
    if slot == "event_date":
        first, last = mention.event_date_start, mention.event_date_end
        days = str(first) if first == last else f"{first} to {last}"
        return f"{days}, precision {mention.time_precision}"
    if slot == "place":
        return f"{mention.place_id or mention.place}, {mention.admin1 or 'no governorate'}, " + (
            f"precision {mention.geo_precision}" if mention.geo_precision else "no precision"
        )
    if slot in ("actor1", "actor2"):
        known, bloc = getattr(mention, f"{slot}_id") or getattr(mention, slot), getattr(mention, f"{slot}_bloc")
        return f"{known} ({bloc})"
    if slot == "actor1_associate":
        return mention.actor1_associate_id or ""
    if slot == "happenings":
        return _range(mention.happenings_low, mention.happenings_high)
    return str(getattr(mention, slot))


def _toll(toll: Casualty) -> str:
    about = "about " if toll.approximate else ""
    return f"{about}{_range(toll.low, toll.high)} {toll.kind}, {toll.party}"


def _range(low: int | None, high: int | None) -> str:
    if low == high:
        return str(low)
    if high is None:
        return f"at least {low}"
    return f"up to {high}" if low is None else f"{low} to {high}"
