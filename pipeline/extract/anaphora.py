"""Who is meant by "its fighters", "the attackers", "the group", "they", "the two sides".

Sides that a sentence only points to are those named before: in the sentence itself, else in the happenings told within
a few sentences. Only words for nobody in particular are replaced; a name always stands, and where nothing named fits,
the words stay as they are.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence

from pipeline.extract.actor_standing import is_held
from pipeline.extract.actors import ActorSpan
from pipeline.extract.agency import is_passive
from pipeline.extract.candidate import Candidate
from pipeline.extract.kinds import CLASH, OVERTAKES, REGAINS, STATE_BLOCS, VIOLENT, territory_kind
from pipeline.extract.parse import Token
from pipeline.extract.record import replace
from pipeline.extract.roles import Roles
from pipeline.extract.scene import Scene
from pipeline.extract.words import load_words

_WORDS = load_words("anaphora")
_POSSESSIVES = frozenset(_WORDS["possessives"])
_POINTERS = frozenset(_WORDS["pointers"])
_ATTACKERS = frozenset(_WORDS["attackers"])
_IRREGULARS = frozenset(_WORDS["irregulars"])
_ZEALOTS = frozenset(_WORDS["zealots"])
_REGULARS = frozenset(_WORDS["regulars"])
_BODIES = frozenset(_WORDS["bodies"])
_PRONOUNS = frozenset(_WORDS["pronouns"])
_SPEAKING = frozenset(_WORDS["speaking"])
_BOTH = frozenset(_WORDS["both"])
_SIDES = frozenset(_WORDS["sides"])
_TAKEN = frozenset({REGAINS, OVERTAKES})
_ARMED = frozenset({"opposition", "hts", "islamic_state"})
_LOOSE = frozenset({"opposition", "unidentified"})
"""Blocs of words that an outlet has for any foe."""
_REACH = 3
"""Sentences back to which such words point."""
_OF_BODY = 3
"""Words of "from the group"."""
_PHRASE = 4
"""Words looked back at for the one that opens a phrase."""
_CLIMB = 3
"""Verbs climbed from one that leaves its subject to another."""
_MEMORY = 12
"""Happenings looked back at, so that a long text stays linear in time."""


def pointed(told: Sequence[Candidate]) -> list[Candidate]:
    """Put the sides named before in the place of words that point to them; candidates in text order."""
    found: list[Candidate] = []
    for candidate in told:
        reached = candidate.scene.sentence.number - _REACH
        before = [c for c in reversed(found[-_MEMORY:]) if c.scene.sentence.number >= reached]
        found.append(_pointed(candidate, before))
    return found


def _pointed(candidate: Candidate, before: Sequence[Candidate]) -> Candidate:
    agent, target = candidate.roles.agent, candidate.roles.target
    if agent is None and target is None and candidate.sub_event_type == CLASH and _both_sides(candidate.scene):
        return replace(candidate, roles=_opponents(before))
    if agent is not None:
        agent = _meant(candidate, agent, target, before)
    elif candidate.sub_event_type in VIOLENT and _points(candidate):
        agent = _speaker(candidate, target) or next(_sides(before, lambda c: (c.roles.agent,), target), None)
    elif candidate.sub_event_type in VIOLENT and _points(candidate, _SPEAKING):
        agent = _speaker(candidate, target)
    if target is not None:
        target = _meant(candidate, target, agent, before)
    roles = Roles(agent, target if target is not agent else None)
    if roles == candidate.roles:
        return candidate
    taken = candidate.sub_event_type in _TAKEN and candidate.roles.agent is None
    name = territory_kind(roles.agent) if taken else candidate.sub_event_type
    return replace(candidate, roles=roles, sub_event_type=name)


def _meant(candidate: Candidate, actor: ActorSpan, other: ActorSpan | None, before: Sequence[Candidate]) -> ActorSpan:
    """The side that a word for fighters points to; the word itself where it points to nobody named."""
    scene, said = candidate.scene, actor.surface.lower()
    if not actor.generic or actor.bloc == "civilians":
        return actor
    first = scene.first(actor)
    lead = _lead(scene, first) if scene.holds(actor) else ""
    if lead in _POSSESSIVES:
        return _named_before(scene, actor, other) or next(_sides(before, _agents_first, other), actor)
    if scene.holds(actor) and _of_body(scene, scene.last(actor)):
        return next(_sides(before, _agents_first, other), actor)
    if said in _ATTACKERS:
        return next(_sides(before, _attacker, other), actor)
    if said in _REGULARS and lead != "other":
        named = _named_before(scene, actor, other, STATE_BLOCS)
        return named or next((a for a in _sides(before, _agents_first, other) if a.bloc in STATE_BLOCS), actor)
    if said in _IRREGULARS and lead in _POINTERS and actor.bloc in _LOOSE:
        sides = [a for a in _sides(before, _agents_first, other) if a.bloc not in STATE_BLOCS]
        if said in _ZEALOTS:
            sides = [a for a in sides if a.bloc in _ARMED]
            if len({a.bloc for a in sides}) > 1:
                return actor
        bare = scene.lower(first - 1) in _POINTERS
        return next((a for a in sides if bare and _noun(a) == _noun(actor)), next(iter(sides), actor))
    return actor


def _of_body(scene: Scene, last: int) -> bool:
    """ "fighters from the group": whose, the group told of before tells."""
    after = [token.lower for token in scene.tokens[last + 1 : last + 4]]
    return len(after) == _OF_BODY and after[0] in {"from", "of"} and after[1] == "the" and after[2] in _BODIES


def _noun(actor: ActorSpan) -> str:
    """The last word: "the fighters" are rather the "rebel fighters" told of than others."""
    return actor.surface.lower().rsplit(maxsplit=1)[-1]


def _lead(scene: Scene, first: int) -> str:
    """The word that opens the phrase of the noun at `first`: "the" in "the hardline Sunni fighters"."""
    at = first - 1
    while at > 0 and first - at < _PHRASE and scene.tokens[at].tag in {"JJ", "NNP", "NN", "VBN", "CD"}:
        at -= 1
    return scene.lower(at) if at >= 0 else ""


def _named_before(
    scene: Scene, actor: ActorSpan, other: ActorSpan | None, blocs: frozenset[str] | None = None
) -> ActorSpan | None:
    """The side named last before a word in its sentence, unless it is the other side of the happening."""
    named = [a for a in scene.actors if a.end <= actor.start and _is_named(a) and not is_held(scene, a)]
    fitting = [a for a in named if _is_apart(a, other) and (blocs is None or a.bloc in blocs)]
    return fitting[-1] if fitting else None


def _sides(
    before: Sequence[Candidate],
    of: Callable[[Candidate], Sequence[ActorSpan | None]],
    other: ActorSpan | None,
) -> Iterator[ActorSpan]:
    """The named sides of the happenings told before, the nearest first, without the other side of this one."""
    for candidate in before:
        for actor in of(candidate):
            if actor is not None and _is_named(actor) and _is_apart(actor, other):
                yield actor


def _agents_first(candidate: Candidate) -> Sequence[ActorSpan | None]:
    return (candidate.roles.agent, candidate.roles.target)


def _attacker(candidate: Candidate) -> Sequence[ActorSpan | None]:
    return (candidate.roles.target if candidate.repelled else candidate.roles.agent,)


def _is_named(actor: ActorSpan) -> bool:
    return actor.bloc not in {"civilians", "unidentified"} and not (actor.generic and actor.bloc in STATE_BLOCS)


def _is_apart(actor: ActorSpan, other: ActorSpan | None) -> bool:
    return other is None or actor.bloc != other.bloc


def _speaker(candidate: Candidate, other: ActorSpan | None) -> ActorSpan | None:
    """ "The army said it had ...": the side that says so of itself."""
    scene = candidate.scene
    at = scene.token_at(candidate.at)
    saying = [source for source in scene.sources if source.verb < at]
    for source in reversed(saying):
        inside = [a for a in scene.actors if source.start <= scene.first(a) < source.end and _is_named(a)]
        inside = [a for a in inside if not is_held(scene, a)]
        return next((a for a in inside if _is_apart(a, other)), None)
    return None


def _points(candidate: Candidate, pronouns: frozenset[str] = _PRONOUNS) -> bool:
    """Tell whether the subject of the verb is one of some pronouns, or "the group"."""
    scene = candidate.scene
    at = scene.token_at(candidate.at)
    if not scene.tokens[at].tag.startswith("VB") or is_passive(scene.tokens, at):
        return False
    subject = _subject(scene, at)
    if subject is None:
        return False
    if subject.lower in _BODIES:
        return subject.at > 0 and scene.lower(subject.at - 1) in _POINTERS | _POSSESSIVES
    return subject.lower in pronouns


def _subject(scene: Scene, verb: int) -> Token | None:
    """The subject of a verb; "they went on to attack" has the one of the verb that it hangs on."""
    for _ in range(_CLIMB):
        found = next((t for t in scene.tokens if t.head == verb and t.dep == "nsubj"), None)
        if found is not None or scene.tokens[verb].dep != "xcomp":
            return found
        verb = scene.tokens[verb].head
    return None


def _both_sides(scene: Scene) -> bool:
    if _BOTH.isdisjoint(scene.vocabulary):
        return False
    words = [token.lower for token in scene.tokens]
    return any(a in _BOTH and b in _SIDES for a, b in itertools.pairwise(words))


def _opponents(before: Sequence[Candidate]) -> Roles:
    """The two sides of the nearest happening that names two."""
    for candidate in before:
        agent, target = candidate.roles.agent, candidate.roles.target
        if agent is not None and target is not None and target.bloc != "civilians":
            return candidate.roles
    return Roles(None, None)
