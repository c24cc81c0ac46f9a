"""From an annotated sentence to the happenings it tells, as candidates: type, sides, places, dates, tolls, status.

Each passage with a trigger gives its happenings. Nothing outside the sentence is looked at: what a sentence leaves
out is inherited later (`drafts.py`, `inherit.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.actor_standing import can_do, named_first
from pipeline.extract.arms import other_arm
from pipeline.extract.attribution import by_pronoun
from pipeline.extract.background import is_background
from pipeline.extract.candidate import Candidate
from pipeline.extract.casualties import CasualtySpan
from pipeline.extract.clauses import read_together
from pipeline.extract.dating import Dates, dated_noun, dates_of, is_brief, is_lately, is_period, names_day
from pipeline.extract.governors import is_attempted, launched_for
from pipeline.extract.harm import civilians_in, filled, in_captivity, is_unarmed
from pipeline.extract.hits import keeper, names_base, names_post, owner
from pipeline.extract.kinds import (
    AGREEMENT,
    ATTACK,
    CLASH,
    DISPERSED,
    EXCESSIVE,
    MOB,
    MOVEMENT,
    OTHER,
    REGAINS,
    RIOT,
    TERRITORY,
    VIOLENT,
    Kind,
    crowd_kind,
    kind_of,
    settle,
)
from pipeline.extract.passages import Passage, passages
from pipeline.extract.passing import is_counted, is_passing, is_spent
from pipeline.extract.places import PlaceSpan
from pipeline.extract.record import replace
from pipeline.extract.roles import Roles, find_roles, holder_attacked
from pipeline.extract.scene import Scene, Words
from pipeline.extract.setting import Gazetteer, finest, left_places
from pipeline.extract.shares import shares
from pipeline.extract.speakers import speaker
from pipeline.extract.status import is_purpose, status_of
from pipeline.extract.taken import taken_places
from pipeline.extract.telling import UNCOUNTED, counted_by, is_related, main_matches, named_means
from pipeline.extract.triggers import Match
from pipeline.extract.words import load_words

_COARSE = frozenset({"country", "governorate"})
_BODILY = VIOLENT | {EXCESSIVE, DISPERSED, RIOT, MOB, OTHER}
_TOLLED = {
    "captured": VIOLENT | {"Arrests", "Abduction/forced disappearance", EXCESSIVE, DISPERSED, RIOT},
    "displaced": {"Displacement"},
}
"""Types that a toll can be of, by its kind; deaths and injuries are of violence."""
_LOST = frozenset(load_words("kinds")["lost"])
"""Verbs of a place that is lost: the taker stands behind them."""
_STRUCK = VIOLENT | {None}
"""Types in which a post can be hit; a general trigger has no type yet."""
_TOWARDS = frozenset({"toward", "towards"})
"""Before a place that an advance is headed for and that nobody has taken."""
_DISTINCT = frozenset({"separate", "another"})
_UNINHABITED = frozenset({"hill", "base"})
"""Kinds of places where it is soldiers that are bombed, if anybody."""

_FOUND_DEAD = re.compile(r"\b(?:bodies|body|corpses?|remains)\b", re.IGNORECASE)

_Entry = tuple[Kind, Match, Roles]


def candidates(scene: Scene, gazetteer: Gazetteer, last: Words | None = None) -> list[Candidate]:
    """Give the happenings that a sentence tells, left to right; none for background on the whole war.

    `last` is the source named last before it, who is meant by "he said".
    """
    if not scene.triggers:
        return []
    largest = max([toll.low or 0 for toll in scene.tolls], default=0)
    if is_background(scene.vocabulary, any(toll.cumulative for toll in scene.tolls), largest):
        return []
    source = scene.source or (last if last is not None and by_pronoun(scene.tokens) else None)
    told: list[Candidate] = []
    for passage in passages(scene, [(named.start, named.end) for named in scene.sources], gazetteer):
        told.extend(_told(scene, passage, gazetteer, source))
    return read_together(told)


def _told(scene: Scene, passage: Passage, gazetteer: Gazetteer, source: Words | None) -> list[Candidate]:
    entries: list[_Entry] = []
    means = named_means(scene, passage)
    for found in main_matches(passage):
        match = found
        roles = _roles(scene, passage, match)
        kind = kind_of(match, means, roles.agent, roles.target, is_unarmed(passage, roles))
        if roles.agent is not None and not can_do(scene, kind.sub_event_type, roles.agent):
            roles = Roles(None, roles.target)
        name = crowd_kind(kind.sub_event_type, scene.classes)
        if name == CLASH and roles.agent is not None and roles.target is None:
            roles = Roles(roles.agent, holder_attacked(scene, match, roles.agent, passage.actors))
        if name in TERRITORY and (launch := launched_for(scene.tokens, match.head)) is not None:
            name, match = CLASH, match._replace(head=launch)  # "launched an offensive to retake it": so was this
        if name in TERRITORY and is_attempted(scene.tokens, match.head):
            name = CLASH  # "tried to retake the town": fought for, not taken
        if name == CLASH and in_captivity(scene, match):
            name = ATTACK
        entries.append((Kind(name, kind.certain), match, roles))
    if any(kind.certain and kind.sub_event_type in VIOLENT for kind, _, _ in entries):
        entries = [entry for entry in entries if entry[0].certain]
    if any(kind.sub_event_type == MOVEMENT for kind, _, _ in entries):
        entries = [entry for entry in entries if not is_purpose(scene.tokens, entry[1].head)]
    entries = [entry for entry in entries if is_related(scene, entry[0], entry[1])]
    names = settle([kind.sub_event_type for kind, _, _ in entries])
    chosen = [next(entry for entry in entries if entry[0].sub_event_type == name) for name in names]
    if len(chosen) == 1 and (beside := other_arm(scene, passage, names[0], chosen[0][2].agent)) is not None:
        chosen.append((Kind(beside, True), *chosen[0][1:]))
    heads = [match.head for _, match, _ in chosen]
    return [_candidate(scene, passage, entry, heads, gazetteer, source) for entry in chosen]


def _roles(scene: Scene, passage: Passage, match: Match) -> Roles:
    """The sides of a trigger, with what tolls, posts and a speaker of his own deeds add."""
    roles = filled(scene, passage, match, find_roles(scene, match, passage.actors))
    if match.trigger.text in _LOST:
        takers = (a for a in passage.actors if scene.first(a) > match.head)
        roles = Roles(next(takers, None), None)
    hit = match.trigger.sub_event_type in _STRUCK
    if hit and roles.target is None:
        hit_side = keeper(scene, passage.span, passage.actors, roles.agent)
        roles = Roles(roles.agent, hit_side or owner(scene, match, passage.span, roles.agent))
    return roles if roles.agent is not None else Roles(speaker(scene, match.head), roles.target)


def _candidate(
    scene: Scene,
    passage: Passage,
    entry: _Entry,
    heads: Sequence[int],
    gazetteer: Gazetteer,
    source: Words | None,
) -> Candidate:
    kind, match, roles = entry
    name = kind.sub_event_type
    dates = dates_of(scene, passage.span, match.head)
    tolls = tuple(toll for toll in passage.tolls if _is_of(toll, name))
    places = tuple(finest(_own_places(scene, passage, match, heads), gazetteer))
    used = [scene.quote(m.start, m.end) for m in passage.means if m.trigger.sub_event_type == name]
    status, cue = _status(scene, passage, match, name, dates, places, gazetteer)
    count, counted = next((n for m in (match, *passage.matches) if (n := counted_by(scene, m))[1]), (UNCOUNTED, None))
    return Candidate(
        scene=scene,
        at=scene.offset + scene.tokens[match.head].start,
        trigger=scene.quote(match.start, match.end),
        sub_event_type=name,
        certain=kind.certain,
        status=status,
        cue=cue,
        roles=Roles(named_first(roles.agent), roles.target) if name == MOVEMENT and roles.agent else roles,
        civil=civilians_in(scene, passage, roles),
        places=places,
        dates=dates.happened,
        said_on=dates.said,
        tolls=tolls,
        weapon=next(iter(used), None),
        count=count,
        counted=counted,
        source=source,
        harm_only=match.trigger.kind == "harm",
        distinct=any(scene.lower(at) in _DISTINCT for at in range(max(0, match.start - 2), match.start)),
        shares=shares(scene, places, tolls),
        post=names_post(scene, passage.span) or any(gazetteer.kind(p) in _UNINHABITED for p in places),
        base=names_base(scene, match, passage.span),
        repelled=match.trigger.roles == "repels",
    )


def _is_of(toll: CasualtySpan, name: str) -> bool:
    """Tell whether a toll can be of a happening; whose bodies are handed over or found died before."""
    return name in _TOLLED.get(toll.kind, _BODILY) and not (name == OTHER and _FOUND_DEAD.search(toll.surface))


def _status(
    scene: Scene,
    passage: Passage,
    match: Match,
    name: str,
    dates: Dates,
    places: Sequence[PlaceSpan],
    gazetteer: Gazetteer,
) -> tuple[str, Words | None]:
    """The status with its cue, and general where tense, place and date together tell no single happening."""
    if match.trigger.kind == "harm" and passage.tolls and all(toll.high == 0 for toll in passage.tolls):
        return "reported", None  # "no one was hurt" denies no happening: it counts nobody
    stretch = next((d for d in dates.happened if is_period(scene, d) and not is_spent(scene, d, match.head)), None)
    total = next((toll for toll in passage.tolls if toll.cumulative), None)
    placed = any(not p.foreign and p.modifier is None and gazetteer.kind(p) not in _COARSE for p in places)
    town = any(not p.foreign and gazetteer.kind(p) not in _COARSE for p in places)
    once = stretch is not None and (is_lately(stretch) or (town and is_brief(stretch)))
    once = once and not passage.tolls and counted_by(scene, match)[1] is None and not is_counted(scene, match)
    stretch = None if once else stretch
    wide = all(p.foreign or (gazetteer.kind(p) in _COARSE and p.modifier is None) for p in places)
    told = status_of(
        scene.tokens,
        match.head,
        passage.span,
        period=stretch is not None,
        cumulative=total is not None,
        dated=any(date.surface.lower() != "now" for date in dates.happened),
        day=once or names_day(scene, dates.happened),
        placed=placed,
        counted=any(not (toll.approximate or toll.cumulative or toll.is_total) for toll in passage.tolls),
    )
    if passage.sums and told.status == "reported":
        return "general", None
    if told.status == "prospective" and any(dated_noun(scene, date) == match.head for date in dates.happened):
        return "reported", None  # "would be the worst since the March 19 attack": that one did happen
    if told.status == "reported" and name == AGREEMENT and is_attempted(scene.tokens, match.head):
        return "prospective", None
    if told.status != "reported":
        whole = total or stretch
        if told.cue is not None:
            return told.status, scene.quote(told.cue, told.cue + 1)
        return told.status, Words(whole.start, whole.end, whole.surface) if whole else None
    passing = is_passing(scene, passage, match, name, dates, places, wide=wide)
    return "general" if passing else "reported", None


def _own_places(scene: Scene, passage: Passage, match: Match, heads: Sequence[int]) -> list[PlaceSpan]:
    """Share the places out where several happenings stand in one passage.

    Each takes those after it, up to the next.
    """
    if match.trigger.roles == "people":
        return left_places(scene, [p for p in scene.places if scene.first(p) in passage.span])
    named = [p for p in passage.places if match.trigger.part == "noun" and scene.last(p) == match.start - 1]
    if named:
        return named  # "the dead of the X blast": whatever else is named, it was in X
    if match.trigger.sub_event_type == REGAINS:
        ahead = [p for p in passage.places if _TOWARDS.isdisjoint(_before(scene, p))]
        passage = replace(passage, places=tuple(ahead or passage.places))
    if match.trigger.sub_event_type in TERRITORY:
        passage = replace(passage, places=tuple(taken_places(scene, match.head, passage.places)))
    if len(heads) < 2:
        return list(passage.places)
    after = min((head for head in heads if head > match.head), default=len(scene.tokens))
    own = [p for p in passage.places if match.head < scene.first(p) < after]
    return own or list(passage.places)


def _before(scene: Scene, place: PlaceSpan) -> set[str]:
    """The two words before a place."""
    first = scene.first(place)
    return {scene.lower(at) for at in range(max(0, first - 2), first)}
