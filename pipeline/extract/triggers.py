"""Triggers, and where they stand in a row of lower-case words; the longest is found, by the forms of its first word.

Which triggers there are is the lexicon's (`lexicon.py`); what one means in its sentence is the business of `frames.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import NamedTuple

from pipeline.extract.record import record

_GAP = 5
"""Words that may stand between a verb and its noun in a verb trigger of several words ("staged a large protest")."""


@record
class Trigger:
    """One word or phrase of the lexicon.

    `kind`: typed (its sub_event_type is known), general (the context decides), harm (death and injury), means (a
    cue). `needs`, `subject` and `unless` name object classes (see the head of `lexicon/triggers.yaml`). `steps`
    holds the forms that each word may take; `head` is the index of the word that governs the others.
    """

    text: str
    kind: str
    part: str
    sub_event_type: str | None
    roles: str
    needs: str | None
    weak: bool
    steps: tuple[frozenset[str], ...]
    head: int
    subject: str | None = None
    unless: str | None = None
    rank: tuple[int, bool, bool, bool] = field(init=False, repr=False, compare=False)
    """Which of two triggers that overlap stands: the lower one."""

    def __post_init__(self) -> None:
        """Rank the longer first; of two as long the one whose type is known, and whose object or subject was seen."""
        rank = -len(self.steps), self.kind != "typed", not self.conditional, self.subject is None
        object.__setattr__(self, "rank", rank)

    @property
    def conditional(self) -> bool:
        """Tell whether its object or its subject must say what it is about: then it tells as much as a strong one."""
        return self.needs is not None or self.subject is not None


class Match(NamedTuple):
    """A trigger found: tokens[start:end], its governing word at `head`; a tuple, for most are thrown away again."""

    trigger: Trigger
    start: int
    end: int
    head: int


@record
class _Opened:
    """The triggers that begin with one word: those of several words by the second, so that few are tried."""

    longer: dict[str, tuple[int, ...]]
    """Places in `triggers`, by each form that their second word may take."""
    singles: tuple[Trigger, ...]
    triggers: tuple[Trigger, ...]

    def tried(self, following: Sequence[str]) -> list[Trigger]:
        """Give the triggers of several words, the longest first, of which the second is among the words `following`."""
        if self.longer.keys().isdisjoint(following):
            return []
        places = {place for word in following if word in self.longer for place in self.longer[word]}
        return [self.triggers[place] for place in sorted(places)]


Index = Mapping[str, _Opened]


def indexed(triggers: Iterable[Trigger]) -> Index:
    """Index triggers by each form that their first word may take."""
    index: dict[str, list[Trigger]] = {}
    for trigger in triggers:
        for form in sorted(trigger.steps[0]):
            index.setdefault(form, []).append(trigger)
    return {form: _opened(sorted(found, key=lambda t: -len(t.steps))) for form, found in index.items()}


def found_in(tokens: Sequence[str], index: Index, accept: Callable[[Match], bool] | None = None) -> list[Match]:
    """Find the triggers in lower-case tokens, left to right; where two overlap, the longer one that `accept` takes."""
    return [] if index.keys().isdisjoint(tokens) else _longest(list(matches_in(tokens, index)), accept)


def any_in(tokens: Sequence[str], index: Index) -> bool:
    """Tell whether there is any trigger in the tokens."""
    return not index.keys().isdisjoint(tokens) and next(matches_in(tokens, index), None) is not None


def matches_in(tokens: Sequence[str], index: Index) -> Iterator[Match]:
    """Yield every trigger in the tokens, overlapping ones too, in the order of their first words."""
    for at in [at for at, token in enumerate(tokens) if token in index]:
        opened = index[tokens[at]]
        for trigger in opened.tried(tokens[at + 1 : at + _GAP + 2]) if opened.longer else ():
            end = _end(tokens, at, trigger)
            if end is not None:
                yield Match(trigger, at, end, at + trigger.head)
        for trigger in opened.singles:
            yield Match(trigger, at, at + 1, at + trigger.head)


def _opened(triggers: Sequence[Trigger]) -> _Opened:
    longer: dict[str, list[int]] = {}
    for place, trigger in enumerate(triggers):
        for form in trigger.steps[1] if len(trigger.steps) > 1 else ():
            longer.setdefault(form, []).append(place)
    singles = tuple(trigger for trigger in triggers if len(trigger.steps) == 1)
    return _Opened({form: tuple(places) for form, places in longer.items()}, singles, tuple(triggers))


def _end(tokens: Sequence[str], at: int, trigger: Trigger) -> int | None:
    here = at + 1
    for step in trigger.steps[1:]:
        reach = here + (_GAP if trigger.part == "verb" else 0)
        while here <= reach and here < len(tokens) and tokens[here] not in step:
            here += 1
        if here > reach or here >= len(tokens):
            return None
        here += 1
    return here


def _longest(found: list[Match], accept: Callable[[Match], bool] | None) -> list[Match]:
    kept: list[Match] = []
    for match in sorted(found, key=_rank) if len(found) > 1 else found:
        # the dearer test second: what is not free needs none
        if _is_free(match, kept) and (accept is None or accept(match)):
            kept.append(match)
    return sorted(kept, key=lambda m: m.start)


def _rank(match: Match) -> tuple[tuple[int, bool, bool, bool], int]:
    return match.trigger.rank, match.start


def _is_free(match: Match, kept: Iterable[Match]) -> bool:
    _, start, end, _ = match
    others = [other for other in kept if other.start < end and start < other.end]
    return not others or all(_apart(match, other) for other in others)


def _apart(match: Match, other: Match) -> bool:
    """A noun inside the gap of a verb trigger ("staged a [clash] rally") is a trigger of its own."""
    return other.trigger.part == "verb" and other.start < match.start and match.end < other.end
