"""Armed actors and civilians named in a text (codebook section 4, "Actors").

Names come from the region's registry, words for forces from `lexicon/actors_words.yaml`. Who acts and who suffers is
decided elsewhere. A nation's adjective alone is nobody: "Russian warplanes" and "Russian air strikes" are, "Russian
ministry" is not.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pipeline.extract.actor_names import ActorTable, Named
from pipeline.extract.actor_words import (
    ACTIONS,
    ACTIONS_AIR,
    AIR,
    FORCES,
    LINKED,
    NEUTRAL,
    SWALLOWED,
    conjunction,
    generic_at,
    group_at,
    is_adjective,
    is_generic,
    is_gloss,
    is_no_name,
    is_paired,
    is_plural,
    means_of,
    phrase_end,
)
from pipeline.extract.allies import LEADER, STATE_ALLIES, are_allied
from pipeline.extract.apposition import named_once
from pipeline.extract.place_names import span_start
from pipeline.extract.place_words import Cut, Word, cut
from pipeline.extract.proxies import FRIENDS, backed_end, friends_end, is_pro
from pipeline.extract.record import record, replace
from pipeline.extract.words import load_words
from pipeline.regions.folding import plain

if TYPE_CHECKING:
    from pipeline.regions.pack import Actor, RegionPack

_LEXICON = load_words("actors_words")
_LOCATIVE = frozenset(_LEXICON["locative"])
_BORDERS = frozenset(_LEXICON["borders"])
_BORDER_WITH = tuple([border, "with"] for border in _LEXICON["borders"])
_OWNED = frozenset(_LEXICON["owned"])
_OFFICES = frozenset(_LEXICON["offices"])
_REGULARS = frozenset(_LEXICON["regulars"])
_NATIONAL = frozenset({"syrian_government", "russia", "turkey", "us_coalition", "israel"})


@record
class ActorSpan:
    """One actor expression; ``text[start - offset:end - offset] == surface``."""

    start: int
    end: int
    surface: str
    actor_id: str | None
    """Registry id; None for a group or side that the registry does not have, and for nobody named."""
    bloc: str
    kind: str
    """Code list ``actor_kinds``."""
    means: str | None = None
    """air (warplanes, air strikes), ground, None when the words do not tell."""
    associate_id: str | None = None
    """The other of two that act together ("Syrian and Russian warplanes")."""
    generic: bool = False
    """No named group: "rebels", "gunmen", "helicopters", "civilians"."""
    plural: bool = False
    first_bloc: str | None = None
    """The bloc of the associate, where it was named before the side that leads ("Russian and Syrian warplanes")."""


def _owns(text: str, span: ActorSpan) -> bool:
    """Tell a nation that only owns something: "Turkey's operations" act, if at all, through what is named after it."""
    return span.kind == "state_forces" and " " not in span.surface and text[span.end : span.end + 2] in {"'s", "’s"}


class ActorIndex:
    """The region's actor registry, ready to scan text in linear time."""

    def __init__(self, region: RegionPack) -> None:
        """Index the registry of `region`."""
        self._table = ActorTable(region)
        self._foreign = frozenset(plain(name) for name in region.foreign_places)
        self._civilians = next((actor for actor in region.actors if actor.bloc == "civilians"), None)

    def find(self, text: str, on: date | None, leaning: str = "unknown", offset: int = 0) -> list[ActorSpan]:
        """Find actors, left to right, none overlapping.

        `on` picks the aliases valid that day (None: any day), `leaning` the outlet's loaded words.
        """
        parted = cut(text)
        words = parted.words
        found: list[tuple[int, int, ActorSpan | None]] = []
        passed = 0
        for at in self._table.beginnings(words):
            if at < passed or not (is_generic(words[at]) or self._table.opens(words, at) or group_at(words, at)):
                continue
            span, end = self._at(parted, at, on, leaning)
            if end > at and not (span is not None and span.generic and is_gloss(words, end)):
                found.append((at, end, span))
            passed = end
        spans = named_once(text, [span for span in _joined(parted, found) if not _owns(text, span)])
        return [replace(span, start=span.start + offset, end=span.end + offset) for span in spans]

    def _at(self, parted: Cut, at: int, on: date | None, leaning: str) -> tuple[ActorSpan | None, int]:
        """Return the actor at word `at` and the word after it; an adjective that waits for "and" has no forces yet."""
        words = parted.words
        if is_adjective(words, at):
            return None, at + 1
        named = self._table.at(words, at, on, leaning)
        if named is not None and words[at].lower == "the" and (longer := self._longer(words, named, on, leaning)):
            return longer
        generic = generic_at(words, at)
        if named is not None and (generic is None or named.end >= generic[0] or not named.adjective):
            return self._of_named(parted, named, on, leaning)
        group = group_at(words, at)
        if group is not None and any(self._table.at(words, later, on, leaning) for later in range(at + 1, group)):
            group = None  # a known name in a run of capitals: "Blast Near Town Syrian Army Says"
        if group is not None and (generic is None or group > generic[0]):
            return _unknown(parted, at, group), group
        if generic is not None:
            end, bloc, means = generic
            return self._of_generic(parted, at, end, bloc, means, on, leaning), end
        return None, at

    def _longer(
        self, words: list[Word], named: Named, on: date | None, leaning: str
    ) -> tuple[ActorSpan | None, int] | None:
        """ "The Army of X" is no name of the army: nobody yet, and the word at which the longer name begins."""
        name = self._table.at(words, inner := named.first + 1, on, leaning)
        end = max(name.end if name is not None and not name.adjective else 0, group_at(words, inner) or 0)
        return (None, inner) if words[inner].capital and end > named.end else None

    def _of_named(self, parted: Cut, named: Named, on: date | None, leaning: str) -> tuple[ActorSpan | None, int]:
        words, first, end, actor = parted.words, named.first, named.end, named.actor
        friends = friends_end(words, first, end, actor.bloc)
        if friends is not None and (friend := self._table.named(FRIENDS[actor.bloc], on, leaning)) is not None:
            return _span(parted, first - is_pro(words, first), friends, friend, "ground"), friends
        if end < len(words) and words[end].hyphen and words[end].lower in LINKED:
            return None, end + 1
        if end - first == 1 and end < len(words) and words[end].joined and words[end].lower in _OFFICES:
            return None, end + 1
        if is_no_name(words, first, end):
            return None, end
        forces = phrase_end(words, end, FORCES) or (backed_end(words, end) if named.adjective else None)
        action = phrase_end(words, end, ACTIONS)
        if named.adjective and forces is None and action is None:
            if is_paired(words, first, end):
                return _span(parted, first, end, actor, None), end
            waits = end < len(words) and words[end].lower in {"and", "or"} and words[end].joined
            return (_span(parted, first, end, actor, None, waiting=True), end) if waits else (None, first)
        people = generic_at(words, end) if end < len(words) and words[end].joined else None
        if people is not None and people[1] == "civilians" and end - first == 1 and actor.kind == "state_forces":
            return None, end  # "a US aid worker"
        if forces is None and self._is_country(words, named):
            return None, end
        if forces is not None and (named.adjective or action is None or forces >= action):
            behind = tuple(word.lower for word in words[end:forces])
            means = "air" if behind in AIR else "ground"
            return _span(
                parted, first, forces if behind in NEUTRAL | AIR or named.adjective else end, actor, means
            ), forces
        if action is not None and tuple(word.lower for word in words[end:action]) in ACTIONS_AIR:
            return _span(parted, first, end, actor, "air"), end
        swallowed = phrase_end(words, end, SWALLOWED)
        return _span(parted, first, end, actor, means_of(words, first, end)), swallowed or end

    def _is_country(self, words: list[Word], named: Named) -> bool:
        """Tell the land from the side: "fled to Turkey" from "Turkey shelled"."""
        word = words[named.first]
        before = [w.lower for w in words[max(0, named.first - 2) : named.first]]
        behind = words[named.end].lower if named.end < len(words) else ""
        if before in _BORDER_WITH or behind in _BORDERS:
            return plain(word.bare) in self._foreign
        located = named.first > 0 and word.joined and words[named.first - 1].lower in _LOCATIVE
        located = located and not (named.first > 1 and words[named.first - 2].lower in _OWNED)
        return located and named.end - named.first == 1 and plain(word.bare) in self._foreign

    def _of_generic(
        self, parted: Cut, at: int, end: int, bloc: str, means: str | None, on: date | None, leaning: str
    ) -> ActorSpan:
        text, start, stop = parted.text, parted.start(at), parted.bare_end(end - 1)
        plural = is_plural(parted.words[end - 1].lower)
        if bloc == "civilians":
            actor_id = self._civilians.actor_id if self._civilians else None
            return ActorSpan(start, stop, text[start:stop], actor_id, bloc, "civilians", None, None, True, plural)
        actor = self._table.named(_LEXICON["opposition_named"], on, leaning) if bloc == "opposition" else None
        if text[start:stop].lower() in _REGULARS:
            actor = self._table.named(_LEXICON["own_army"], on, leaning)
            bloc = actor.bloc if actor else bloc
        kind = actor.kind if actor else "unknown" if means == "air" or bloc == "unidentified" else "non_state_group"
        return ActorSpan(
            start, stop, text[start:stop], actor.actor_id if actor else None, bloc, kind, means, None, True, plural
        )


def _unknown(parted: Cut, at: int, end: int) -> ActorSpan:
    start, stop = parted.start(span_start(parted.words, at)), parted.bare_end(end - 1)
    return ActorSpan(start, stop, parted.text[start:stop], None, "unidentified", "non_state_group", "ground")


def _span(parted: Cut, first: int, end: int, actor: Actor, means: str | None, waiting: bool = False) -> ActorSpan:
    text, start, stop = parted.text, parted.start(span_start(parted.words, first)), parted.bare_end(end - 1)
    plural = is_plural(parted.words[end - 1].lower) and end - first > 1
    kind = "waiting" if waiting else actor.kind
    return ActorSpan(
        start, stop, text[start:stop], actor.actor_id, actor.bloc, kind, means, None, _is_nameless(actor), plural
    )


def _is_nameless(actor: Actor) -> bool:
    """Tell the registry's entries for people without a group: civilians, "Unidentified opposition fighters"."""
    return actor.bloc in {"civilians", "unidentified"} or actor.name.lower().startswith(("unidentified", "unknown"))


def _joined(parted: Cut, found: list[tuple[int, int, ActorSpan | None]]) -> list[ActorSpan]:
    """Join allies that act together ("Syrian and Russian warplanes") and sides that the text leaves open ("Russian
    or Syrian")."""
    text, words = parted.text, parted.words
    spans: list[tuple[int, int, ActorSpan]] = []
    for first, end, span in found:
        if span is None:
            continue
        if spans:
            before_first, before_end, before = spans[-1]
            mark = conjunction(words, before_end, first)
            together = None if _is_versus(words, before_first, before) else _together(before, span, mark)
            if together is not None:
                bloc_of = replace(
                    together,
                    start=before.start,
                    end=span.end,
                    surface=text[before.start : span.end],
                    means=span.means or before.means,
                    plural=True,
                )
                spans[-1] = (before_first, end, bloc_of)
                continue
        spans.append((first, end, span))
    return [span for _, _, span in spans if span.kind != "waiting"]


def _is_versus(words: list[Word], first: int, span: ActorSpan) -> bool:
    """Tell "between X and Y": two sides, however near to each other they stand."""
    before = [word.lower for word in words[max(0, first - 2) : first]]
    return "between" in before and span.kind != "waiting"


def _together(one: ActorSpan, two: ActorSpan, mark: str | None) -> ActorSpan | None:
    if mark is None or "civilians" in {one.bloc, two.bloc} or two.kind == "waiting" or one.generic or two.generic:
        return None
    if mark == "or":
        return (
            replace(two, actor_id=None, bloc="unidentified", kind="unknown", associate_id=None)
            if one.bloc != two.bloc
            else None
        )
    allied = one.bloc == two.bloc or are_allied(one.bloc, two.bloc)
    shared = one.kind == "waiting" and one.bloc in _NATIONAL and (two.bloc in _NATIONAL or two.kind == "state_forces")
    if one.actor_id == two.actor_id or not (allied or shared):
        return None
    first = replace(one, kind=two.kind if one.kind == "waiting" else one.kind, associate_id=two.actor_id)
    if two.bloc == LEADER and one.bloc in STATE_ALLIES - {LEADER}:
        return replace(two, associate_id=one.actor_id, first_bloc=one.bloc)
    return first
