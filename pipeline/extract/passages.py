"""Passages: the clauses of a sentence that tell one thing together, with what lies in them.

A clause that only counts victims goes with the clause that says what happened to them; a sentence with a date for
each of its verbs is cut after each. What a passage tells is decided in `frames.py`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from pipeline.extract.actors import ActorSpan
from pipeline.extract.casualties import CasualtySpan
from pipeline.extract.dating import RELATING, dated_noun, is_said
from pipeline.extract.parse import Token
from pipeline.extract.places import PlaceSpan
from pipeline.extract.record import record
from pipeline.extract.scene import Scene
from pipeline.extract.setting import Gazetteer, scene_places
from pipeline.extract.triggers import Match
from pipeline.extract.words import load_words

_WORDS = load_words("passages")
_CONTRAST = frozenset({"while", "whereas", "but", "although", "though"})
_USING = frozenset({"with", "by", "using", "of", "from", "in", "fired", "dropped", "launched", "fire"})
_EXAMPLES = frozenset({"including", "notably"})
_UNDOING = frozenset(_WORDS["undoing"])
_CARRIED = frozenset(_WORDS["carried"])
"""Before "by helicopter": it struck nobody."""
_SPELLS = frozenset(_WORDS["spells"])
_COMING = frozenset(_WORDS["coming"])
_BACKED = frozenset(_WORDS["backed"])
_SITES = frozenset(_WORDS["sites"])
_ABOVE = 4
"""Words over a means among which it is told that it only backs those who act."""
_BEFORE = 6
"""Words before a means among which the verb that uses or undoes it stands."""


@record
class Passage:
    """The tokens of `span`, with the triggers, actors, scene places, tolls, means and civilian objects in them."""

    matches: tuple[Match, ...]
    actors: tuple[ActorSpan, ...]
    places: tuple[PlaceSpan, ...]
    tolls: tuple[CasualtySpan, ...]
    means: tuple[Match, ...]
    civil: tuple[Match, ...]
    span: range
    sums: bool
    """It sums up cases, one of which the next passage tells ("is often shelled, including on Monday ...")."""


@record
class _Named:
    """What a sentence names outside its sources, for all its passages: actors and places with their first token."""

    matches: Sequence[Match]
    actors: Sequence[tuple[int, ActorSpan]]
    places: Sequence[tuple[int, PlaceSpan]]
    civil: Sequence[Match]


def passages(scene: Scene, blocked: Sequence[tuple[int, int]], gazetteer: Gazetteer) -> list[Passage]:
    """Cut a sentence into passages, left to right; `blocked` are the token ranges of the sources of the news."""
    triggers = [m for m in scene.triggers if not within(m.head, blocked)]
    telling = {scene.clause[m.head] for m in triggers if m.trigger.kind != "harm"}
    if telling:
        groups = _grouped(scene, telling)
    elif triggers or scene.tolls:
        groups = [tuple(range(max(scene.clause, default=0) + 1))]
    else:
        return []
    spans = [span for group in groups for span in _spans(scene, group, triggers)]
    cases = {span.start for span in spans if scene.lower(span.start) in _EXAMPLES}
    whole = _Named(
        triggers,
        [(at, actor) for actor in scene.actors if not within(at := scene.first(actor), blocked)],
        [(scene.first(place), place) for place in scene_places(scene, blocked, gazetteer)],
        [m for m in scene.classes["civilian_objects"] if not within(m.start, blocked) and not _in_place(scene, m)],
    )
    return [_passage(scene, span, whole, sums=span.stop in cases) for span in spans]


def within(at: int, ranges: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a token lies in one of several token ranges."""
    for start, end in ranges:  # noqa: SIM110 - asked of every trigger, actor and place: any() takes twice the time
        if start <= at < end:
            return True
    return False


def _grouped(scene: Scene, telling: set[int]) -> list[tuple[int, ...]]:
    """Attach each clause that tells nothing itself to the telling one before it, else to the one after.

    A contrast ("while", "but") turns to what comes after.
    """
    if scene.clause[-1] == 0:
        return [(0,)]
    opening = {number: scene.tokens[at].lower for at, number in reversed(list(enumerate(scene.clause)))}
    groups: list[list[int]] = []
    waiting: list[int] = []
    for number in sorted(opening):
        if number in telling:
            groups.append([*waiting, number])
            waiting = []
        elif groups and not waiting and (opening[number] not in _CONTRAST or number > max(telling)):
            groups[-1].append(number)
        else:
            waiting.append(number)
    groups[-1].extend(waiting)
    return [tuple(group) for group in groups]


def _spans(scene: Scene, numbers: Sequence[int], triggers: Sequence[Match]) -> list[range]:
    """The tokens of a group of clauses, cut after each date where every part tells something.

    "They attacked the town in May and entered it in June" tells two happenings.
    """
    start, stop = bisect_left(scene.clause, numbers[0]), bisect_right(scene.clause, numbers[-1])
    if not scene.dates:
        return [range(start, stop)]
    dates = [d for d in scene.dates if start <= scene.first(d) < stop and not d.period and not is_said(scene, d)]
    bounds = [start, *[scene.last(date) + 1 for date in dates[:-1]], stop]
    parts = [range(a, b) for a, b in pairwise(bounds)]
    verbs = [m.head for m in triggers if m.trigger.kind != "harm" and m.trigger.part == "verb"]
    if len(parts) > 1 and all(any(head in part for head in verbs) for part in parts):
        return parts
    other = _other(scene, range(start, stop), triggers)
    return [range(start, other), range(other, stop)] if other else [range(start, stop)]


def _other(scene: Scene, span: range, triggers: Sequence[Match]) -> int | None:
    """Where a passage goes on to another happening with a day of its own.

    One case of what it sums up ("is often targeted, including in July when a bomb killed two"), or one that it is
    compared with ("the deadliest since the March 19 attack on the town").
    """
    first = next((date for date in scene.dates if scene.first(date) in span), None)
    if first is None:
        return None
    dated = scene.first(first)
    near = range(max(span.start, dated - 2), dated)
    opens = next((at for at in span if at < dated and scene.lower(at) in _EXAMPLES), None)
    if opens is None and dated_noun(scene, first) is not None:
        opens = next((at for at in near if scene.lower(at) in RELATING), None)
    if opens is None:
        return None
    before = any(m.head in range(span.start, opens) and m.trigger.kind != "harm" for m in triggers)
    return opens if before and any(m.head in range(opens, span.stop) for m in triggers) else None


def _passage(scene: Scene, span: range, whole: _Named, *, sums: bool) -> Passage:
    return Passage(
        tuple([m for m in whole.matches if m.head in span]),
        tuple([actor for at, actor in whole.actors if at in span]),
        tuple([place for at, place in whole.places if at in span]),
        tuple([t for t in scene.tolls if span.start <= scene.token_at(t.head) < _looks_back(scene, span)]),
        tuple([m for m in scene.means if m.start in span and _is_used(scene, m)]),
        tuple([m for m in whole.civil if m.start in span]),
        span,
        sums,
    )


def _looks_back(scene: Scene, span: range) -> int:
    """Where a passage turns to an older happening ("killed four, a day after forces killed 80"), else its end."""
    if "after" not in scene.vocabulary or not _COMING.isdisjoint(scene.vocabulary):
        return span.stop
    told = next((m.head for m in scene.triggers if m.head in span), span.stop)
    after = (at for at in range(told + 1, span.stop) if scene.lower(at) == "after")
    return next((at for at in after if scene.lower(at - 1) in _SPELLS), span.stop)


def _is_used(scene: Scene, match: Match) -> bool:
    """A means counts when it is used, not when it is destroyed, seized or shot down."""
    behind = scene.tokens[match.end : match.end + 2]
    if _supports(scene, match) or any(token.lower in _SITES for token in behind[:1]) or _only_backs(behind):
        return False
    for at in range(match.start - 1, max(-1, match.start - _BEFORE), -1):
        word = scene.lower(at)
        if word == "by" and at and scene.lower(at - 1) in _CARRIED:
            return False
        if word in _USING:
            return True
        if word in _UNDOING:
            return False
    return True


def _supports(scene: Scene, match: Match) -> bool:
    """ "Army units backed by warplanes and artillery": who stood behind them, not what they did."""
    at = match.start
    for _ in range(_ABOVE):
        token = scene.tokens[at]
        if token.dep == "pobj" and scene.lower(token.head) in {"by", "from"}:
            return scene.lower(scene.tokens[token.head].head) in _BACKED
        at = token.head
    return False


def _only_backs(behind: Sequence[Token]) -> bool:
    """ "A tank-backed assault", "helicopter-supported troops"."""
    return [token.lower for token in behind[:1]] == ["-"] and any(token.lower in _BACKED for token in behind[1:])


def _in_place(scene: Scene, match: Match) -> bool:
    at = scene.offset + scene.tokens[match.start].start
    return any(place.start <= at < place.end for place in scene.places)
