"""The names of a region's actors, and where they stand in the words of a text.

Longest match over folded words; which of the bearers of an alias is meant depends on the day and on the outlet. From
aliases that end in a neutral word for forces ("Russian forces") follow the adjectives ("Russian") that mean the same
side before other such words ("Russian warplanes"), and nothing alone.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.extract.actor_words import is_generic, may_be_group
from pipeline.extract.place_words import Word, folded, words_of
from pipeline.extract.record import record
from pipeline.extract.remembered import MOST_WORDS
from pipeline.extract.words import load_words
from pipeline.regions.folding import SHORTEST_FOLDED, plain

if TYPE_CHECKING:
    from pipeline.regions.pack import Actor, Alias, RegionPack

_NEUTRAL = sorted(
    (tuple(phrase.split()) for phrase in load_words("actors_words")["forces_neutral"]), key=lambda p: (-len(p), p)
)
_NO_SIDE = frozenset(load_words("actors_words")["no_side"])
"""Words that with forces behind them may be an alias ("the army"), but name no side."""


@record
class Named:
    """words[first:end] name `actor`; `adjective`: only together with a word for forces or for what they do."""

    first: int
    end: int
    actor: Actor
    adjective: bool
    possessive: bool


class ActorTable:
    """Every alias of the region's actors, by folded key."""

    def __init__(self, region: RegionPack) -> None:
        """Index aliases and names of `region`; a name counts as an alias valid as long as its actor is."""
        self._actors = {actor.actor_id: actor for actor in region.actors}
        self._aliases: dict[str, list[tuple[Alias | None, Actor, str]]] = {}
        self._adjectives: dict[str, list[tuple[Alias | None, Actor, str]]] = {}
        self._prefixes: set[str] = set()
        self._beginning: dict[str, bool] = {}
        self._opening: dict[tuple[str, str], bool] = {}
        self._meant = lru_cache(maxsize=8192)(self._meaning)
        for actor in region.actors:
            self._add(actor.name, None, actor)
            for alias in actor.aliases:
                self._add(alias.text, alias, actor)

    def beginnings(self, words: list[Word]) -> list[int]:
        """Return the words at which any actor may begin, in the registry or not: two of three begin none whatever
        follows."""
        begins = self._beginning
        try:
            return [at for at, word in enumerate(words) if begins[word.text]]
        except KeyError:
            if len(begins) > MOST_WORDS:
                begins.clear()
            begins.update((word.text, self._begins(word)) for word in words if word.text not in begins)
            return [at for at, word in enumerate(words) if begins[word.text]]

    def _begins(self, word: Word) -> bool:
        if is_generic(word) or may_be_group(word) or word.key in self._prefixes:
            return True
        return any(key in self._aliases or key in self._adjectives for key in self._keys(word))

    def opens(self, words: list[Word], at: int) -> bool:
        """Tell whether any alias may begin at word `at`, by it and the next one; remembered, for most begin none."""
        word = words[at]
        following = words[at + 1] if at + 1 < len(words) and words[at + 1].joined else None
        pair = word.text, following.text if following is not None else ""
        opens = self._opening.get(pair)
        if opens is None:
            if len(self._opening) > MOST_WORDS:
                self._opening.clear()
            opens = self._opening[pair] = self._may_open(word, following)
        return opens

    def _may_open(self, word: Word, following: Word | None) -> bool:
        if any(key in self._aliases or key in self._adjectives for key in self._keys(word)):
            return True
        if word.key not in self._prefixes or following is None:
            return False  # an article before a name counts with what follows, and opens nothing itself
        longer = (following.key, *(key for _, key, _ in _stems(following.text, following.ending)))
        return following.article or any(f"{word.key} {key}".strip() in self._prefixes for key in longer)

    @staticmethod
    def _keys(word: Word) -> tuple[str, ...]:
        return word.key, *(key for _, key, _ in _stems(word.text, word.ending))

    def at(self, words: list[Word], at: int, on: date | None, leaning: str) -> Named | None:
        """Return the longest alias that begins at word `at`, meant on the day `on` in an outlet of `leaning`."""
        if words[at].article or not self.opens(words, at):
            return None
        key, best = "", None
        for end in range(at, len(words)):
            word = words[end]
            if end > at and not word.joined:
                break
            if word.article:
                continue
            before = f"{key} " if key else ""
            for stem, folded_stem, possessive in _stems(word.text, word.ending):
                longer = (before + folded_stem).strip()
                if longer in self._aliases or longer in self._adjectives:
                    found = self._bearer(longer, words, at, end + 1, stem, on, leaning, possessive)
                    if found is not None:
                        best = found
                        break
            key = (before + word.key).strip()
            if key not in self._prefixes:
                break
        return best

    def named(self, texts: list[str], on: date | None, leaning: str) -> Actor | None:
        """Return the first actor that one of `texts` stands for."""
        for text in texts:
            key = _key(text)
            chosen = self._chosen(
                [entry for entry in self._aliases.get(key, ()) if plain(entry[2]) == plain(text)], on, leaning
            )
            if chosen is not None:
                return chosen
        return None

    def _add(self, text: str, alias: Alias | None, actor: Actor) -> None:
        key = _key(text)
        if not key:
            return
        self._enter(self._aliases, key, (alias, actor, text))
        lower = tuple(text.lower().split())
        tail = next((parts for parts in _NEUTRAL if len(parts) < len(lower) and lower[-len(parts) :] == parts), None)
        base = " ".join(text.split()[: -len(tail)]) if tail is not None else ""
        if base and base.lower() not in _NO_SIDE:
            self._enter(self._adjectives, _key(base), (alias, actor, base))

    def _enter(
        self, table: dict[str, list[tuple[Alias | None, Actor, str]]], key: str, entry: tuple[Alias | None, Actor, str]
    ) -> None:
        table.setdefault(key, []).append(entry)
        parts = key.split()
        self._prefixes.update(" ".join(parts[:length]) for length in range(1, len(parts) + 1))

    def _bearer(
        self, key: str, words: list[Word], at: int, end: int, last: str, on: date | None, leaning: str, possessive: bool
    ) -> Named | None:
        spelled = " ".join([*(word.text for word in words[at : end - 1]), last])
        chosen, adjective = self._meant(key, spelled, on, leaning)
        return None if chosen is None else Named(at, end, chosen, adjective, possessive)

    def _meaning(self, key: str, spelled: str, on: date | None, leaning: str) -> tuple[Actor | None, bool]:
        """Give the actor that words mean, and whether they are only an adjective for it."""
        for table, adjective in ((self._aliases, False), (self._adjectives, True)):
            entries = [entry for entry in table.get(key, ()) if _fits(entry, spelled)]
            chosen = self._chosen(entries, on, leaning)
            if chosen is not None:
                return chosen, adjective
        return None, False

    def _chosen(self, entries: list[tuple[Alias | None, Actor, str]], on: date | None, leaning: str) -> Actor | None:
        """Prefer an alias bound to the outlet's leaning, then state forces (for adjectives), then the registry's
        order."""
        holding = [entry for entry in entries if _holds(entry[0], entry[1], on, leaning)]
        if holding:
            best = min(holding, key=lambda e: (e[0] is None or not e[0].outlets, e[1].kind != "state_forces"))
            return best[1]
        late = [actor for alias, actor, _ in entries if alias is None or not alias.outlets]
        return self._current(late[0], on) if late else None

    def _current(self, actor: Actor, on: date | None) -> Actor:
        """Follow successors: an outlet that still writes an old name means the group of the day."""
        seen = {actor.actor_id}
        while on is not None and actor.valid_to is not None and actor.valid_to < on and actor.successor in self._actors:
            actor = self._actors[actor.successor]
            if actor.actor_id in seen:
                break
            seen.add(actor.actor_id)
        return actor


def _key(text: str) -> str:
    return " ".join(word.key for word in words_of(text) if word.key)


def _fits(entry: tuple[Alias | None, Actor, str], spelled: str) -> bool:
    """Tell whether the words as spelled may stand for the alias: letter by letter, alike, or capitalised as a name
    is."""
    alias, _, text = entry
    if alias is not None and alias.case_sensitive:
        return spelled == text or spelled.replace("-", " ") == text.replace("-", " ")
    if text[0].isupper() and not spelled[0].isupper() and not any(letter.isupper() for letter in spelled):
        return False
    return plain(spelled) == plain(text) or (
        len(plain(spelled)) >= SHORTEST_FOLDED + 1 and (spelled[0].isupper() or " " in spelled)
    )


def _holds(alias: Alias | None, actor: Actor, on: date | None, leaning: str) -> bool:
    """Tell whether a wording means its actor on that day in that outlet; no wording outlives its actor."""
    if alias is not None and not alias.holds(on, leaning):
        return False
    return on is None or (
        (actor.valid_from is None or actor.valid_from <= on) and (actor.valid_to is None or on <= actor.valid_to)
    )


@lru_cache(maxsize=65_536)
def _stems(written: str, ending: int) -> tuple[tuple[str, str, bool], ...]:
    """Give the word, then without a possessive "s" whose apostrophe is lost ("ISs", "regimes"): as written, its folded
    key, and whether a possessive was taken off."""
    bare = written[: len(written) - ending]
    if ending:
        return ((bare, folded(bare), True),)
    lost = len(bare) > 2 and bare.endswith("s") and not bare.endswith("ss")
    whole = (bare, folded(bare), False)
    return (whole, (bare[:-1], folded(bare[:-1]), True)) if lost else (whole,)
