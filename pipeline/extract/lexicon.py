"""The trigger lexicon: `lexicon/triggers.yaml`, checked and made ready to match against lower-case tokens.

Words and their roles are data; here is only how they are read and looked up. What a matched trigger means in its
sentence is the business of `frames.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import FieldledgerError
from pipeline.extract.inflect import noun_forms, verb_forms
from pipeline.extract.triggers import Index, Match, Trigger, any_in, found_in, indexed, matches_in
from pipeline.yaml_text import read_yaml

ROLES = frozenset({"acts", "suffers", "sides", "moves", "people", "repels", "happens"})
LEXICON_FILE = Path(__file__).parent / "lexicon" / "triggers.yaml"
_BEFORE_NOUN = 6
_PIECE = re.compile(r"[a-z]++-\d+[a-z]*\d*|[^\W_]+(?:['\u2019][a-z]+)?|[^\w\s]|_")
_NAMED_INSTEAD = frozenset({"armed_subject", "forces", "territory", "territory_armed"})
"""Object classes for which a named side or place will do."""
_AFTER_HEAD = frozenset({"of", "to", "from", "on", "by", "with", "into", "at"})


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
        self.objects = {name: indexed(self._phrases(words)) for name, words in data["objects"].items()}
        self._opened_classes = _names_by_word(self.objects)
        self.context = tuple(self._phrases(data["context"]))
        self._suffering = indexed(self._verb(text) for text in data["suffering"])
        self._by_first = indexed(self.triggers)
        self._means_by_first = indexed(self.means)

    def find(self, tokens: Sequence[str], accept: Callable[[Match], bool] | None = None) -> list[Match]:
        """Find the triggers in lower-case tokens, left to right; where two overlap, the longer one stands.

        `accept` throws out matches (a noun trigger on a verb) before overlaps are settled.
        """
        return found_in(tokens, self._by_first, accept)

    def may_tell(self, tokens: Sequence[str]) -> bool:
        """Tell whether `find` may find anything: a trigger stands there, and so do words of the kinds that it needs as
        object and as subject. Without tags; where a named side or place will do, no such word is asked for."""
        matches = () if self._by_first.keys().isdisjoint(tokens) else matches_in(tokens, self._by_first)
        return any(self._has_needs(match.trigger, tokens) for match in matches)

    def _has_needs(self, trigger: Trigger, tokens: Sequence[str]) -> bool:
        asked = (name for name in (trigger.needs, trigger.subject) if name is not None and name not in _NAMED_INSTEAD)
        return all(self.has_object(name, tokens) for name in asked)

    def find_means(self, tokens: Sequence[str]) -> list[Match]:
        """Find weapons and other means, left to right, not overlapping."""
        return found_in(tokens, self._means_by_first)

    def find_classes(self, names: Iterable[str], tokens: Sequence[str]) -> dict[str, tuple[Match, ...]]:
        """Find the words of some object classes (see `objects` in the file), by class; one look at each token tells
        which classes may have any."""
        opened = {name for token in tokens if token in self._opened_classes for name in self._opened_classes[token]}
        return {name: tuple(found_in(tokens, self.objects[name])) if name in opened else () for name in names}

    def has_object(self, name: str, tokens: Sequence[str]) -> bool:
        """Tell whether there is any word of an object class."""
        return any_in(tokens, self.objects[name])

    def is_suffered(self, tokens: Sequence[str], match: Match) -> bool:
        """Tell whether a verb of suffering stands shortly before a noun trigger ("came under heavy [shelling]")."""
        if match.trigger.part != "noun":
            return False
        before = tokens[max(0, match.start - _BEFORE_NOUN) : match.start]
        return any_in(before, self._suffering)

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


def _names_by_word(indices: Mapping[str, Index]) -> dict[str, tuple[str, ...]]:
    """Give, for each word, the names of the indices in which a phrase begins with it."""
    named: dict[str, list[str]] = {}
    for name, index in indices.items():
        for word in index:
            named.setdefault(word, []).append(name)
    return {word: tuple(names) for word, names in named.items()}


def _noun_head(words: Sequence[str]) -> int:
    for at, word in enumerate(words):
        if at and word in _AFTER_HEAD:
            return at - 1
    return len(words) - 1
