"""The trigger lexicon: `lexicon/triggers.yaml`, checked and made ready to match against lower-case tokens.

Words and their roles are data; here is only how they are read and looked up. What a matched trigger means in its
sentence is the business of `frames.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import FieldledgerError
from pipeline.extract.inflect import noun_forms, verb_forms
from pipeline.yaml_text import read_yaml

ROLES = frozenset({"acts", "suffers", "sides", "moves", "people", "repels", "happens"})
LEXICON_FILE = Path(__file__).parent / "lexicon" / "triggers.yaml"
_GAP = 5
"""Words that may stand between a verb and its noun in a verb trigger of several words ("staged a large protest")."""
_BEFORE_NOUN = 6
_PIECE = re.compile(r"[a-z]+-\d+[a-z]*\d*|[^\W_]+(?:['\u2019][a-z]+)?|[^\w\s]|_")
_AFTER_HEAD = frozenset({"of", "to", "from", "on", "by", "with", "into", "at"})


@dataclass(frozen=True, slots=True)
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

    @property
    def conditional(self) -> bool:
        """Tell whether its object or its subject must say what it is about: then it tells as much as a strong one."""
        return self.needs is not None or self.subject is not None


@dataclass(frozen=True, slots=True)
class Match:
    """A trigger found: tokens[start:end], its governing word at `head`."""

    trigger: Trigger
    start: int
    end: int
    head: int


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
        return list(_longest(_matches(tokens, self._by_first), accept))

    def holds(self, tokens: Sequence[str]) -> bool:
        """Tell whether `find` finds anything, without settling what."""
        return any(True for _ in _matches(tokens, self._by_first))

    def find_means(self, tokens: Sequence[str]) -> list[Match]:
        """Find weapons and other means, left to right, not overlapping."""
        return list(_longest(_matches(tokens, self._means_by_first)))

    def find_objects(self, name: str, tokens: Sequence[str]) -> list[Match]:
        """Find words of one object class (see `objects` in the file)."""
        return list(_longest(_matches(tokens, self.objects[name])))

    def has_object(self, name: str, tokens: Sequence[str]) -> bool:
        """Tell whether there is any word of an object class."""
        return any(True for _ in _matches(tokens, self.objects[name]))

    def is_suffered(self, tokens: Sequence[str], match: Match) -> bool:
        """Tell whether a verb of suffering stands shortly before a noun trigger ("came under heavy [shelling]")."""
        if match.trigger.part != "noun":
            return False
        before = tokens[max(0, match.start - _BEFORE_NOUN) : match.start]
        return any(True for _ in _matches(before, self._suffering))

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

    def _index(self, triggers: Iterable[Trigger]) -> dict[str, tuple[Trigger, ...]]:
        index: dict[str, list[Trigger]] = {}
        for trigger in triggers:
            for form in sorted(trigger.steps[0]):
                index.setdefault(form, []).append(trigger)
        return {form: tuple(sorted(found, key=lambda t: -len(t.steps))) for form, found in index.items()}


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


def _matches(tokens: Sequence[str], index: Mapping[str, tuple[Trigger, ...]]) -> Iterator[Match]:
    if index.keys().isdisjoint(tokens):
        return
    for at, token in enumerate(tokens):
        if token not in index:
            continue
        for trigger in index[token]:
            end = at + 1 if len(trigger.steps) == 1 else _end(tokens, at, trigger)
            if end is not None:
                yield Match(trigger, at, end, at + trigger.head)


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


def _longest(matches: Iterable[Match], accept: Callable[[Match], bool] | None = None) -> Iterator[Match]:
    kept: list[Match] = []
    found = list(matches)
    for match in sorted(found, key=_rank) if len(found) > 1 else found:
        free = all(match.end <= other.start or other.end <= match.start or _apart(match, other) for other in kept)
        if free and (accept is None or accept(match)):  # the dearer test second: what is not free needs none
            kept.append(match)
    yield from sorted(kept, key=lambda m: m.start)


def _rank(match: Match) -> tuple[int, bool, bool, bool, int]:
    """The longer first; of two as long the one whose type is known, and whose object or subject was seen."""
    trigger = match.trigger
    return -len(trigger.steps), trigger.kind != "typed", not trigger.conditional, trigger.subject is None, match.start


def _apart(match: Match, other: Match) -> bool:
    """A noun inside the gap of a verb trigger ("staged a [clash] rally") is a trigger of its own."""
    return other.trigger.part == "verb" and other.start < match.start and match.end < other.end
