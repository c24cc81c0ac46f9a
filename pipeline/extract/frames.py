"""From an annotated sentence to the happenings it tells, as candidates: type, sides, places, dates, tolls, status.

Each passage with a trigger gives its happenings. Nothing outside the sentence is looked at: what a sentence leaves
out is inherited later (`drafts.py`, `inherit.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.agency import is_passive
from pipeline.extract.attribution import Source, find_sources
from pipeline.extract.casualties import CasualtySpan
from pipeline.extract.dates import DateSpan
from pipeline.extract.dating import Dates, dates_of, is_lately, is_period
from pipeline.extract.harm import civilians_in, filled, is_unarmed
from pipeline.extract.kinds import (
    AIR,
    ATTACK,
    CLASH,
    CROWDED,
    DISPERSED,
    EXCESSIVE,
    MOB,
    OVERTAKES,
    REGAINS,
    REMOTE,
    REMOTE_KINDS,
    RIOT,
    SHELLING,
    TRANSFER,
    VIOLENT,
    Kind,
    crowd_kind,
    kind_of,
    settle,
)
from pipeline.extract.lexicon import Match
from pipeline.extract.passages import Passage, passages
from pipeline.extract.places import PlaceSpan
from pipeline.extract.roles import Roles, find_roles
from pipeline.extract.scene import Scene, Words
from pipeline.extract.setting import Gazetteer, finest, left_places
from pipeline.extract.shares import shares
from pipeline.extract.speakers import speaker
from pipeline.extract.status import is_background, is_ongoing, status_of

_COARSE = frozenset({"country", "governorate"})
_MUNDANE = frozenset(
    {"Displacement", "Arrests", "Disrupted weapons use", "Force movement", "Looting/property destruction", "Agreement"}
)
_BODILY = VIOLENT | {EXCESSIVE, DISPERSED, RIOT, MOB}
_TOLLED = {
    "captured": VIOLENT | {"Arrests", "Abduction/forced disappearance", EXCESSIVE, DISPERSED, RIOT},
    "displaced": {"Displacement"},
}
"""Types that a toll can be of, by its kind; deaths and injuries are of violence."""
_LEFTOVER = frozenset({"unexploded", "leftover", "found", "old", "remnant", "remnants"})
_BURSTING = frozenset({"explode", "go off", "detonate", "blow up", "explosion", "blast"})
_DISOWNED = frozenset({"responsibility", "involvement", "role", "link", "links", "connection", "behind"})
_DISOWNING_REACH = 8
"""Words before a happening among which it is told that a part in it was denied."""
_FALLING = frozenset({"fall on", "land on", "land in", "drop", "rain down on"})
_LOST = frozenset(
    {
        "fall to",
        "be lost to",
        "fall into the hand",
        "pass into hand",
        "come under the control",
        "fall under the control",
        "pass to the control",
    }
)
"""Verbs of a place that is lost: the taker stands behind them."""
_DISTINCT = frozenset({"separate", "another"})
_UNCOUNTED: tuple[int | None, int | None] = (None, None)
_LARGEST_COUNT = 999
"""A number before a trigger above this counts no happenings."""

_Entry = tuple[Kind, Match, Roles]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A happening as one sentence tells it, before anything is inherited or merged.

    `at` is the offset of its trigger, `trigger` all its words; `places` are all the places it was said to be in (one
    mention each, later); `shares` are the tolls of single places, by their offset; `civil` are the words for unarmed
    people or civilian objects hit; `said_on` a date of the report, not of the happening; `counted` the words that count
    it, `cue` those that make it denied, prospective or general.
    """

    scene: Scene
    at: int
    trigger: Words
    sub_event_type: str
    certain: bool
    status: str
    roles: Roles
    cue: Words | None
    civil: Words | None
    places: tuple[PlaceSpan, ...]
    dates: tuple[DateSpan, ...]
    said_on: tuple[DateSpan, ...]
    tolls: tuple[CasualtySpan, ...]
    weapon: Words | None
    count: tuple[int | None, int | None]
    counted: Words | None
    source: Words | None
    harm_only: bool
    distinct: bool
    shares: Mapping[int, CasualtySpan]
    repelled: bool
    """The target attacked and the agent beat it off."""


def candidates(scene: Scene, gazetteer: Gazetteer) -> list[Candidate]:
    """Give the happenings that a sentence tells, left to right; none for background on the whole war."""
    largest = max((toll.low or 0 for toll in scene.tolls), default=0)
    if not scene.triggers or is_background(scene.tokens, any(toll.cumulative for toll in scene.tolls), largest):
        return []
    sources = find_sources(scene.tokens)
    told: list[Candidate] = []
    for passage in passages(scene, [(source.start, source.end) for source in sources], gazetteer):
        told.extend(_told(scene, passage, gazetteer, sources))
    told = [_continued(candidate, told[:at]) for at, candidate in enumerate(told)]
    told = _denied_once([part for candidate in told if not _is_flight(candidate) for part in _disowned(candidate)])
    if any(c.sub_event_type in CROWDED for c in told):
        told = [c for c in told if c.certain or c.sub_event_type not in {ATTACK, CLASH}]
    if any(c.sub_event_type == TRANSFER for c in told):
        told = [c for c in told if c.sub_event_type not in {REGAINS, OVERTAKES}]
    named = scene.quote(sources[0].start, sources[0].end) if sources else None
    return [replace(candidate, source=named) for candidate in told]


def _told(scene: Scene, passage: Passage, gazetteer: Gazetteer, sources: Sequence[Source]) -> list[Candidate]:
    entries: list[_Entry] = []
    means = _means(scene, passage)
    for match in _main_matches(passage):
        roles = filled(scene, passage, match, find_roles(scene, match, passage.actors))
        if match.trigger.text in _LOST:
            takers = (a for a in passage.actors if scene.first(a) > match.head)
            roles = Roles(next(takers, None), None)
        if roles.agent is None:
            roles = Roles(speaker(scene, match.head, sources), roles.target)
        kind = kind_of(match, means, roles.agent, roles.target, is_unarmed(passage, roles))
        entries.append((replace(kind, sub_event_type=crowd_kind(kind.sub_event_type, scene.classes)), match, roles))
    if any(kind.certain and kind.sub_event_type in VIOLENT for kind, _, _ in entries):
        entries = [entry for entry in entries if entry[0].certain]
    entries = [entry for entry in entries if _related(scene, entry[0], entry[1])]
    names = settle([kind.sub_event_type for kind, _, _ in entries])
    chosen = [next(entry for entry in entries if entry[0].sub_event_type == name) for name in names]
    return [_candidate(scene, passage, entry, [m.head for _, m, _ in chosen], gazetteer) for entry in chosen]


def _means(scene: Scene, passage: Passage) -> set[str]:
    """The types that the means stand for; a bomb that nothing dropped was planted, and so is a shell that was found."""
    means = {m.trigger.sub_event_type for m in passage.means if m.trigger.sub_event_type}
    words = {m.trigger.text for m in passage.matches}
    planted = any(m.trigger.text == "bomb" and m.trigger.part == "noun" for m in passage.matches)
    if not means and planted:
        means.add(AIR if words & _FALLING else REMOTE)
    if words & _BURSTING and means == {SHELLING} and _LEFTOVER & {scene.lower(at) for at in passage.span}:
        means = {REMOTE}
    return means


def _continued(candidate: Candidate, before: Sequence[Candidate]) -> Candidate:
    """A second verb without a subject of its own has that of the first ("encircled the town and entered it")."""
    first = before[-1].roles if before else Roles(None, None)
    if candidate.roles.agent is not None or first.agent is None or candidate.sub_event_type not in VIOLENT:
        return candidate
    tokens = candidate.scene.tokens
    at = candidate.scene.token_at(candidate.at)
    own_subject = any(token.head == at and token.dep.startswith("nsubj") for token in tokens)
    if not tokens[at].tag.startswith("VB") or is_passive(tokens, at) or own_subject:
        return candidate
    return replace(candidate, roles=Roles(first.agent, candidate.roles.target or first.target))


def _disowned(candidate: Candidate) -> list[Candidate]:
    """ "X denied responsibility for the bomb that killed four": the bomb is told, and X denies that it was X."""
    scene, at = candidate.scene, candidate.scene.token_at(candidate.at)
    words = [scene.lower(place) for place in range(max(0, at - _DISOWNING_REACH), at)]
    if candidate.status != "denied" or not set(words) & _DISOWNED:
        return [candidate]
    if not (candidate.tolls or candidate.dates):
        return [candidate]
    roles = Roles(None, candidate.roles.target)
    return [replace(candidate, status="reported", roles=roles), replace(candidate, tolls=(), shares={})]


def _denied_once(told: Sequence[Candidate]) -> list[Candidate]:
    """A sentence denies a happening once, however many of its clauses speak of it."""
    kept: list[Candidate] = []
    for candidate in told:
        again = any(c.status == "denied" and c.sub_event_type == candidate.sub_event_type for c in kept)
        if not (again and candidate.status == "denied"):
            kept.append(candidate)
    return kept


def _is_flight(candidate: Candidate) -> bool:
    """ "The attackers fled": whoever is armed retreats; people are displaced."""
    agent = candidate.roles.agent
    if candidate.sub_event_type != "Displacement" or agent is None or agent.bloc == "civilians":
        return False
    scene = candidate.scene
    fled = scene.lower(scene.token_at(candidate.at)) in {"flee", "flees", "fled", "fleeing"}
    return fled and not any(actor.bloc == "civilians" for actor in scene.actors)


def _related(scene: Scene, kind: Kind, match: Match) -> bool:
    """Disasters, crime and diplomacy use the same words; beside theirs only an unmistakable type counts."""
    if scene.classes["games"]:
        named = match.trigger.kind == "typed" and not match.trigger.weak
        return named and kind.sub_event_type in REMOTE_KINDS
    if not scene.classes["unrelated"]:
        return True
    return match.trigger.kind == "typed" and not match.trigger.weak and kind.sub_event_type not in _MUNDANE


def _main_matches(passage: Passage) -> list[Match]:
    """The triggers that tell; words of harm only where nothing else does, weak ones only where no strong one does."""
    telling = [m for m in passage.matches if m.trigger.kind != "harm"]
    if any(toll.kind in {"killed", "injured"} and toll.high != 0 for toll in passage.tolls):
        telling = [m for m in telling if not _is_damage(m)]
    typed = [m for m in telling if m.trigger.kind == "typed" and (not m.trigger.weak or m.trigger.conditional)]
    if typed and all(m.trigger.sub_event_type not in REMOTE_KINDS | {REGAINS, CLASH, ATTACK} for m in typed):
        return [*typed, *(m for m in telling if m.trigger.kind == "general" and m.trigger.part == "verb")]
    if typed:
        return typed
    if telling:
        return [m for m in telling if m.trigger.part == "verb"] or telling
    harm = [m for m in passage.matches if m.trigger.kind == "harm"] or list(passage.matches)
    return [m for m in harm if m.trigger.part == "verb"] or harm


def _is_damage(match: Match) -> bool:
    """ "seven fighters were killed and a gun was destroyed": beside the dead, no happening of its own."""
    return (
        match.trigger.sub_event_type in {"Disrupted weapons use", "Looting/property destruction"} and match.trigger.weak
    )


def _candidate(scene: Scene, passage: Passage, entry: _Entry, heads: Sequence[int], gazetteer: Gazetteer) -> Candidate:
    kind, match, roles = entry
    name = kind.sub_event_type
    dates = dates_of(scene, passage.span)
    tolls = tuple(toll for toll in passage.tolls if name in _TOLLED.get(toll.kind, _BODILY))
    places = tuple(finest(_own_places(scene, passage, match, heads), gazetteer))
    used = [scene.quote(m.start, m.end) for m in passage.means if m.trigger.sub_event_type == name]
    status, cue = _status(scene, passage, match, dates, places, gazetteer)
    count, counted = next((n for m in (match, *passage.matches) if (n := _count(scene, m))[1]), (_UNCOUNTED, None))
    return Candidate(
        scene=scene,
        at=scene.offset + scene.tokens[match.head].start,
        trigger=scene.quote(match.start, match.end),
        sub_event_type=name,
        certain=kind.certain,
        status=status,
        cue=cue,
        roles=roles,
        civil=civilians_in(scene, passage, roles),
        places=places,
        dates=dates.happened,
        said_on=dates.said,
        tolls=tolls,
        weapon=next(iter(used), None),
        count=count,
        counted=counted,
        source=None,
        harm_only=match.trigger.kind == "harm",
        distinct=any(scene.lower(at) in _DISTINCT for at in range(max(0, match.start - 2), match.start)),
        shares=shares(scene, places, tolls),
        repelled=match.trigger.roles == "repels",
    )


def _status(
    scene: Scene, passage: Passage, match: Match, dates: Dates, places: Sequence[PlaceSpan], gazetteer: Gazetteer
) -> tuple[str, Words | None]:
    """The status with its cue, and general where tense, place and date together tell no single happening."""
    if match.trigger.kind == "harm" and passage.tolls and all(toll.high == 0 for toll in passage.tolls):
        return "reported", None  # "no one was hurt" denies no happening: it counts nobody
    stretch = next((date for date in dates.happened if is_period(scene, date)), None)
    total = next((toll for toll in passage.tolls if toll.cumulative), None)
    if stretch is not None and is_lately(stretch) and not passage.tolls and _count(scene, match)[1] is None:
        stretch = None
    told = status_of(scene.tokens, match.head, passage.span, period=stretch is not None, cumulative=total is not None)
    if told.status != "reported":
        whole = total or stretch
        if told.cue is not None:
            return told.status, scene.quote(told.cue, told.cue + 1)
        return told.status, Words(whole.start, whole.end, whole.surface) if whole else None
    wide = all(p.foreign or (gazetteer.kind(p) in _COARSE and p.modifier is None) for p in places)
    if wide and not dates.happened and is_ongoing(scene.tokens, match.head):
        return "general", None
    several = match.trigger.part == "noun" and scene.lower(match.head).endswith("s")
    month = any(date.kind == "month" for date in dates.happened)
    return "general" if several and month and passage.tolls else "reported", None


def _own_places(scene: Scene, passage: Passage, match: Match, heads: Sequence[int]) -> list[PlaceSpan]:
    """Share the places out where several happenings stand in one passage.

    Each takes those after it, up to the next.
    """
    if match.trigger.roles == "people":
        return left_places(scene, [p for p in scene.places if scene.first(p) in passage.span])
    if len(heads) < 2:
        return list(passage.places)
    after = min((head for head in heads if head > match.head), default=len(scene.tokens))
    own = [p for p in passage.places if match.head < scene.first(p) < after]
    return own or list(passage.places)


def _count(scene: Scene, match: Match) -> tuple[tuple[int | None, int | None], Words | None]:
    """How many happenings a number before the trigger counts ("more than 11 raids": 11 and upwards)."""
    if match.trigger.part != "noun" or match.trigger.kind == "harm":
        return _UNCOUNTED, None
    for at in range(match.start - 1, max(-1, match.start - 4), -1):
        word = scene.lower(at)
        if any(scene.first(date) <= at <= scene.last(date) for date in scene.dates):
            break  # "the October 4 operation" is one
        if scene.tokens[at].tag == "CD" and word.isascii() and word.isdecimal() and int(word) <= _LARGEST_COUNT:
            more = {scene.lower(back) for back in range(max(0, at - 2), at)} & {"than", "least", "over"}
            return (int(word), None if more else int(word)), scene.quote(at, match.end)
    return _UNCOUNTED, None
