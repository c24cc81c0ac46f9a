"""A parsed sentence with everything that was found in it, and its division into clauses.

The meeting point of the slots: tokens, triggers, means, actors, places, dates and tolls, all over offsets into the
article's text. A clause is a run of tokens that tells one thing: conjunctions and new subjects part it, participles
("killing two") do not. No decision about happenings is taken here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from itertools import pairwise
from typing import Protocol

from pipeline.extract.actors import ActorSpan
from pipeline.extract.attribution import Source, find_sources
from pipeline.extract.casualties import CasualtySpan
from pipeline.extract.dates import DateSpan
from pipeline.extract.parse import Token
from pipeline.extract.places import PlaceSpan
from pipeline.extract.record import record
from pipeline.extract.sentences import Sentence
from pipeline.extract.triggers import Match

_PARTING = frozenset(
    {
        "while",
        "whereas",
        "when",
        "after",
        "before",
        "but",
        "although",
        "though",
        "which",
        "who",
        "where",
        "until",
        ";",
        "since",
        "because",
        "as",
        "whether",
        "that",
    }
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})
_CLAUSAL = frozenset({"conj", "ccomp", "advcl", "parataxis", "relcl", "ROOT"})


@record
class Words:
    """Some words of the article: ``text[start:end] == surface``."""

    start: int
    end: int
    surface: str


class Span(Protocol):
    """Anything with offsets into the text."""

    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102


@record
class Scene:
    """One sentence of an article, annotated.

    `text` is the sentence; token offsets count from its start, span offsets from the start of the article's text.
    `classes` holds the words of some object classes of the lexicon (civilian_objects, armed, ...).
    `suffered` are the heads of noun triggers that the subject undergoes ("came under shelling").
    `clause` gives the number of the clause of each token. `sources` are who says so; `vocabulary` is every word in
    lower case: most of what is looked for in a sentence is not in it, and that is told from the set at once.
    """

    sentence: Sentence
    text: str
    tokens: tuple[Token, ...]
    triggers: tuple[Match, ...]
    suffered: frozenset[int]
    means: tuple[Match, ...]
    classes: Mapping[str, tuple[Match, ...]]
    actors: tuple[ActorSpan, ...]
    places: tuple[PlaceSpan, ...]
    dates: tuple[DateSpan, ...]
    tolls: tuple[CasualtySpan, ...]
    clause: tuple[int, ...]
    source: Words | None = field(init=False, repr=False, compare=False)
    """The words for who says so, the first where several do."""
    sources: tuple[Source, ...] = field(init=False, repr=False, compare=False)
    vocabulary: frozenset[str] = field(init=False, repr=False, compare=False)
    _later: tuple[int, ...] = field(init=False, repr=False, compare=False)
    """Where each token but the first starts in the article's text: what lies before them all is in the first."""

    def __post_init__(self) -> None:
        """Keep what is asked of every sentence, and again for each of its happenings."""
        offset = self.sentence.start
        sources = find_sources(self.tokens)
        object.__setattr__(self, "sources", tuple(sources))
        object.__setattr__(self, "source", self.quote(sources[0].start, sources[0].end) if sources else None)
        object.__setattr__(self, "vocabulary", frozenset([token.lower for token in self.tokens]))
        object.__setattr__(self, "_later", tuple([offset + token.start for token in self.tokens[1:]]))

    @property
    def offset(self) -> int:
        """Where the sentence starts in the article's text."""
        return self.sentence.start

    def lower(self, at: int) -> str:
        """Return a token in lower case."""
        return self.tokens[at].lower

    def words(self, start: int, end: int) -> str:
        """Return the text of tokens[start:end]."""
        return self.text[self.tokens[start].start : self.tokens[end - 1].end]

    def quote(self, start: int, end: int) -> Words:
        """Return tokens[start:end] with their place in the article."""
        first, last = self.tokens[start].start, self.tokens[end - 1].end
        return Words(self.offset + first, self.offset + last, self.text[first:last])

    def holds(self, span: Span) -> bool:
        """Tell whether a span of the article lies in this sentence."""
        return self.offset <= span.start < self.offset + len(self.text)

    def token_at(self, offset: int) -> int:
        """Return the index of the token at (or last before) an offset into the text."""
        return bisect_right(self._later, offset)

    def first(self, span: Span) -> int:
        """Return the first token of a span."""
        return bisect_right(self._later, span.start)

    def last(self, span: Span) -> int:
        """Return the last token of a span."""
        return bisect_left(self._later, span.end)


def clauses(tokens: Sequence[Token], triggers: Sequence[Match]) -> tuple[int, ...]:
    """Number the clauses of a sentence: one number a token, rising from left to right."""
    cuts = {token.at for token in tokens[1:] if token.lower in _PARTING and _parts(tokens, token.at)}
    heads = {match.head for match in triggers if match.trigger.kind != "harm"}
    if len(heads) > 1:
        cuts.update(_new_subjects(tokens, heads))
    if not cuts:
        return (0,) * len(tokens)
    numbers: list[int] = []
    for number, (start, end) in enumerate(pairwise([0, *sorted(cuts), len(tokens)])):
        numbers.extend([number] * (end - start))
    return tuple(numbers)


def _new_subjects(tokens: Sequence[Token], heads: set[int]) -> Iterator[int]:
    """Where a verb that tells something begins with its own subject, after what another one told."""
    children = _children(tokens)
    for token in tokens:
        if token.dep in _CLAUSAL and token.tag.startswith("VB"):
            subject = next((child for child in children[token.at] if tokens[child].dep in _SUBJECTS), None)
            if subject is None or subject >= token.at:
                continue
            first = _leftmost(tokens, children, subject)
            tells = token.at in heads or any(
                first <= head <= token.at or (tokens[head].head == token.at and tokens[head].dep == "dobj")
                for head in heads
            )
            if tells and min(heads) < first:
                yield first


def _parts(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a word that can part clauses does."""
    token = tokens[at]
    if token.lower in {"as", "that"}:
        return token.dep == "mark"
    if token.lower in {"after", "before", "since", "until"}:
        return token.dep == "mark" or any(t.tag in {"VBD", "VBZ", "VBP"} for t in tokens[at + 1 : at + 8])
    return True


def _children(tokens: Sequence[Token]) -> list[list[int]]:
    children: list[list[int]] = [[] for _ in tokens]
    for token in tokens:
        if token.head != token.at:
            children[token.head].append(token.at)
    return children


def _leftmost(tokens: Sequence[Token], children: Sequence[Sequence[int]], top: int) -> int:
    """Return the first token of the phrase under `top`, by a walk that cannot loop."""
    seen, stack, first = {top}, [top], top
    while stack:
        for child in children[stack.pop()]:
            if child not in seen:
                seen.add(child)
                stack.append(child)
                first = min(first, child)
    return first if tokens[first].dep != "mark" else top
