"""The trigger lexicon: `lexicon/triggers.yaml`, checked and made ready to match against lower-case tokens.

Words and their roles are data; here is only how they are read and looked up. What a matched trigger means in its
sentence is the business of `frames.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from pipeline.errors import FieldledgerError
from pipeline.extract.inflect import noun_forms, verb_forms
from pipeline.extract.record import record
from pipeline.yaml_text import read_yaml

ROLES = frozenset({"acts", "suffers", "sides", "moves", "people", "repels", "happens"})
LEXICON_FILE = Path(__file__).parent / "lexicon" / "triggers.yaml"
_GAP = 5
"""Words that may stand between a verb and its noun in a verb trigger of several words ("staged a large protest")."""
_BEFORE_NOUN = 6
_PIECE = re.compile(r"[a-z]++-\d+[a-z]*\d*|[^\W_]+(?:['\u2019][a-z]+)?|[^\w\s]|_")
_NAMED_INSTEAD = frozenset({"armed_subject", "forces", "territory", "territory_armed"})
"""Object classes for which a named side or place will do."""
_AFTER_HEAD = frozenset({"of", "to", "from", "on", "by", "with", "into", "at"})


@record
class Trigger:
    """One word or phrase of the lexicon.

    `kind`: typed (its sub_event_type is known), general (the context decides), harm (death and injury), means (a
    cue). `needs`, `subject` and `unless` name object classes (see the head of the file). `steps` holds the forms that
    each word may take; `head` is the index of the word that governs the others.
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


_Index = Mapping[str, _Opened]


class Lexicon:
    """Triggers, light verbs and object classes, looked up by the forms of their first word."""

    def __init__(self, data: Mapping[str, Any], source: str = "triggers.yaml") -> None:
        """Build from the parsed YAML; FieldledgerError names the block that is wrong."""
        self._source = source
        self._irregular: Mapping[str, Sequence[str]] = data.get("irregular", {})
        self.types: tuple[str, ...] = tuple(data["types"])
        self.triggers = tuple(self._read(data))
        self.means = tuple(
            self._trigger(text, "means", "noun", name, {})
            for name, block in data["types"].items()
            for text in block.get("means", ())
        )
        self.objects = {name: self._index(self._phrases(words)) for name, words in data["objects"].items()}
        self.context = tuple(self._phrases(data["context"]))
        self._suffering = self._index(self._verb(text) for text in data["suffering"])
        self._by_first = self._index(self.triggers)
        self._means_by_first = self._index(self.means)

    def find(self, tokens: Sequence[str], accept: Callable[[Match], bool] | None = None) -> list[Match]:
        """Find the triggers in lower-case tokens, left to right; where two overlap, the longer one stands.

        `accept` throws out matches (a noun trigger on a verb) before overlaps are settled.
        """
        return _found(tokens, self._by_first, accept)

    def may_tell(self, tokens: Sequence[str]) -> bool:
        """Tell whether `find` may find anything: a trigger stands there, and so do words of the kinds that it needs as
        object and as subject. Without tags; where a named side or place will do, no such word is asked for."""
        matches = () if self._by_first.keys().isdisjoint(tokens) else _matches(tokens, self._by_first)
        return any(self._has_needs(match.trigger, tokens) for match in matches)

    def _has_needs(self, trigger: Trigger, tokens: Sequence[str]) -> bool:
        asked = (name for name in (trigger.needs, trigger.subject) if name is not None and name not in _NAMED_INSTEAD)
        return all(self.has_object(name, tokens) for name in asked)

    def find_means(self, tokens: Sequence[str]) -> list[Match]:
        """Find weapons and other means, left to right, not overlapping."""
        return _found(tokens, self._means_by_first)

    def find_objects(self, name: str, tokens: Sequence[str]) -> list[Match]:
        """Find words of one object class (see `objects` in the file)."""
        return _found(tokens, self.objects[name])

    def has_object(self, name: str, tokens: Sequence[str]) -> bool:
        """Tell whether there is any word of an object class."""
        return _any(tokens, self.objects[name])

    def is_suffered(self, tokens: Sequence[str], match: Match) -> bool:
        """Tell whether a verb of suffering stands shortly before a noun trigger ("came under heavy [shelling]")."""
        if match.trigger.part != "noun":
            return False
        before = tokens[max(0, match.start - _BEFORE_NOUN) : match.start]
        return _any(before, self._suffering)

    def _read(self, data: Mapping[str, Any]) -> Iterator[Trigger]:
        for name, block in data["types"].items():
            for part in ("nouns", "verbs"):
                yield from self._groups(block.get(part) or (), "typed", part, name)
        general = data["general"]
        for part in ("nouns", "verbs"):
            yield from self._groups(general[part], "general", part, None)
            yield from self._groups(general["harm"][part], "harm", part, None)

    def _groups(self, groups: Iterable[Any], kind: str, part: str, name: str | None) -> Iterator[Trigger]:
        for group in groups:
            unknown = sorted(set(group) - {"words", "roles", "needs", "weak", "subject", "unless"})
            if unknown or group.get("roles", "acts") not in ROLES:
                what = unknown or group["roles"]
                raise FieldledgerError(
                    f"{self._source}: {name or kind}/{part}: {what} is not known. "
                    f"Use words, roles {sorted(ROLES)}, needs, subject, unless, weak."
                )
            for text in group["words"]:
                yield self._trigger(text, kind, part[:-1], name, group)

    def _verb(self, text: str) -> Trigger:
        return self._trigger(text, "suffering", "verb", None, {})

    def _trigger(self, text: str, kind: str, part: str, name: str | None, group: Mapping[str, Any]) -> Trigger:
        words = _PIECE.findall(text.lower())
        if not words:
            raise FieldledgerError(f"{self._source}: {name or kind}: an empty word. Remove it.")
        steps = self._verb_steps(words) if part == "verb" else self._noun_steps(words)
        head = 0 if part == "verb" else _noun_head(words)
        roles, needs, weak = group.get("roles", "acts"), group.get("needs"), bool(group.get("weak"))
        subject, unless = group.get("subject"), group.get("unless")
        return Trigger(text, kind, part, name, roles, needs, weak, tuple(steps), head, subject, unless)

    def _verb_steps(self, words: Sequence[str]) -> list[frozenset[str]]:
        rest = [
            noun_forms(word, self._irregular) if word not in _AFTER_HEAD else frozenset((word,)) for word in words[1:]
        ]
        return [verb_forms(words[0], self._irregular), *rest]

    def _noun_steps(self, words: Sequence[str]) -> list[frozenset[str]]:
        head = _noun_head(words)
        return [
            noun_forms(word, self._irregular)
            if at == head or (at == len(words) - 1 and word not in _AFTER_HEAD)
            else frozenset((word,))
            for at, word in enumerate(words)
        ]

    def _phrases(self, words: Iterable[str]) -> list[Trigger]:
        return [self._trigger(text, "object", "noun", None, {}) for text in words]

    def _index(self, triggers: Iterable[Trigger]) -> _Index:
        index: dict[str, list[Trigger]] = {}
        for trigger in triggers:
            for form in sorted(trigger.steps[0]):
                index.setdefault(form, []).append(trigger)
        return {form: _opened(sorted(found, key=lambda t: -len(t.steps))) for form, found in index.items()}


@cache
def load_lexicon(path: Path = LEXICON_FILE) -> Lexicon:
    """Read and check the lexicon file; raises FieldledgerError with what is wrong in it."""
    try:
        data = read_yaml(path.read_text(encoding="utf-8"))
        return Lexicon(data, path.name)
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise FieldledgerError(
            f"{path.name}: cannot be read as a trigger lexicon ({error!r}). See the comment at its top."
        ) from error


def words_of(text: str) -> list[str]:
    """Cut a text into lower-case words and marks, as the lexicon's own phrases are cut."""
    return _PIECE.findall(text.lower())


def _noun_head(words: Sequence[str]) -> int:
    for at, word in enumerate(words):
        if at and word in _AFTER_HEAD:
            return at - 1
    return len(words) - 1


def _opened(triggers: Sequence[Trigger]) -> _Opened:
    longer: dict[str, list[int]] = {}
    for place, trigger in enumerate(triggers):
        for form in trigger.steps[1] if len(trigger.steps) > 1 else ():
            longer.setdefault(form, []).append(place)
    singles = tuple(trigger for trigger in triggers if len(trigger.steps) == 1)
    return _Opened({form: tuple(places) for form, places in longer.items()}, singles, tuple(triggers))


def _found(tokens: Sequence[str], index: _Index, accept: Callable[[Match], bool] | None = None) -> list[Match]:
    return [] if index.keys().isdisjoint(tokens) else _longest(list(_matches(tokens, index)), accept)


def _any(tokens: Sequence[str], index: _Index) -> bool:
    return not index.keys().isdisjoint(tokens) and next(_matches(tokens, index), None) is not None


def _matches(tokens: Sequence[str], index: _Index) -> Iterator[Match]:
    for at, token in enumerate(tokens):
        if token not in index:
            continue
        opened = index[token]
        for trigger in opened.tried(tokens[at + 1 : at + _GAP + 2]) if opened.longer else ():
            end = _end(tokens, at, trigger)
            if end is not None:
                yield Match(trigger, at, end, at + trigger.head)
        for trigger in opened.singles:
            yield Match(trigger, at, at + 1, at + trigger.head)


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
