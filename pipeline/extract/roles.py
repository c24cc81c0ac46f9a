"""Who acts and who is acted upon, for one trigger in its clause.

Each actor near the trigger is weighed: what stands before it (by, on, against, between), on which side of the trigger
it is, and what the parser says of it. The weights are few and stated; a parse error alone does not turn a victim into
an attacker. Blame is not agency: "blamed on" and "accused" lend a weaker weight, a source of the news none at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extract.actors import ActorSpan
from pipeline.extract.lexicon import Match
from pipeline.extract.parse import Token
from pipeline.extract.scene import Scene
from pipeline.extract.words import load_words

_WORDS = load_words("roles")
_TARGETING = frozenset(_WORDS["targeting"])
_HOLDING = frozenset(_WORDS["holding"])
_HELPING = frozenset(_WORDS["helping"])
_USING = frozenset(_WORDS["using"])
_FORMER = frozenset(_WORDS["former"])
_SKIPPED = frozenset(_WORDS["skipped"])
_AND_OTHERS = frozenset(_WORDS["and_others"])
_BELONGING = frozenset(_WORDS["belonging"])
_FOUGHT_OVER = frozenset({"Armed clash", "Government regains territory"})
"""Types in which people without arms act."""
_PHRASE = frozenset({"NN", "JJ", "VB", "PO", "HY", "RB"})
_AID = frozenset({"support", "backing", "help", "ammunition", "assistance", "aid", "weapons", "arms", "cover"})
_ALLIES = frozenset({"syrian_government", "russia", "iran_allies"})
_CROWD = frozenset({"Peaceful protest", "Violent demonstration", "Mob violence"})
"""Types in which unarmed people act."""
_SINGLE = frozenset(_WORDS["single"])
_CLAIMING = frozenset(_WORDS["claiming"])
_BLAMING = frozenset(_WORDS["blaming"])
_BE = frozenset(_WORDS["be"])
_AIMS = frozenset(_WORDS["aims"])
_NEAR = 9
"""Words after a trigger within which "from" tells who did it ("shelling of the town from army positions")."""
_NOT_BETWEEN = frozenset({"NN", "JJ", "PR"})
"""Tags of words that do not stand between "was" and its participle."""


_SUBJECT = 3.0
"""Weight of the subject of a verb, without what nearness adds."""


@dataclass(frozen=True, slots=True)
class Roles:
    """Agent and target of a trigger; either may be missing."""

    agent: ActorSpan | None
    target: ActorSpan | None


def is_passive(tokens: Sequence[Token], verb: int) -> bool:
    """Tell whether a verb form is passive: a form of "be" before it, or a bare participle with "by" after it."""
    if tokens[verb].tag not in {"VBN", "VBD"}:
        return False
    for at in range(verb - 1, max(-1, verb - 5), -1):
        if tokens[at].lower in _BE:
            return True
        if tokens[at].tag[:2] in _NOT_BETWEEN:
            break
    return tokens[verb].tag == "VBN" and any(t.lower == "by" for t in tokens[verb + 1 : verb + 4])


def find_roles(scene: Scene, match: Match, actors: Sequence[ActorSpan]) -> Roles:
    """Choose agent and target among `actors` (those of the trigger's clause, sources of the news left out)."""
    if match.trigger.roles == "sides" or match.trigger.sub_event_type == "Agreement":
        return _sides(scene, match, actors)
    weighed = [(_agency(scene, match, actor), actor) for actor in actors]
    agents = [(weight, actor) for weight, actor in weighed if weight > 0 and actor.bloc != "civilians"]
    if match.trigger.roles == "people" or match.trigger.sub_event_type in _CROWD:
        people = [(abs(weight), actor) for weight, actor in weighed if actor.bloc == "civilians"]
        agents = people or [(weight, actor) for weight, actor in weighed if weight > 0]
    agent = max(agents, key=lambda pair: (pair[0], -pair[1].start))[1] if agents else None
    if agent is not None:
        agent = _leading(scene, _first_subject(scene, match, agent, actors), actors)
        agent = _undecided(scene, _named(scene, agent, actors))
    if match.trigger.roles in {"moves", "people"}:
        return Roles(agent or _moved(match, weighed), _taker(scene, match, agent, actors))
    targets = [(-weight, actor) for weight, actor in weighed if actor is not agent and weight < 0]
    targets = [
        pair
        for pair in targets
        if not _held(scene, pair[1]) and not (agent is not None and _joined(scene, agent, pair[1]))
    ]
    if agent is not None and agent.bloc in _SINGLE:
        targets = [pair for pair in targets if pair[1].bloc != agent.bloc]
    if match.trigger.sub_event_type in _FOUGHT_OVER:  # people beside a fight are no side of it
        targets = [pair for pair in targets if pair[1].bloc != "civilians"] or targets
    target = max(targets, key=lambda pair: (pair[0], -pair[1].start))[1] if targets else None
    if agent is not None and (target is None or target.bloc == "civilians"):
        target = next((a for a in actors if a.bloc != agent.bloc and _uses(scene, match, a)), target)
    if target is not None:
        target = former(scene, _named(scene, target, actors))
    elif match.trigger.roles == "repels" and agent is not None:
        target = _attacker(scene, agent)
    elif match.trigger.sub_event_type in _FOUGHT_OVER and agent is not None:
        target = next((a for a in actors if _is_rival(scene, match, agent, a)), None)
    return Roles(agent, target if target is not agent else None)


def _moved(match: Match, weighed: Sequence[tuple[float, ActorSpan]]) -> ActorSpan | None:
    """ "our forces were withdrawn": whoever is moved moves."""
    if match.trigger.roles != "moves":
        return None
    return next((actor for weight, actor in weighed if weight < -_SUBJECT and actor.bloc != "civilians"), None)


def _taker(scene: Scene, match: Match, agent: ActorSpan | None, actors: Sequence[ActorSpan]) -> ActorSpan | None:
    """ "surrendered the town to the government": who has it now."""
    if match.trigger.sub_event_type != "Non-violent transfer of territory" or agent is None:
        return None
    behind = (a for a in actors if scene.first(a) > match.head and _word_before(scene, scene.first(a)) == "to")
    return next((a for a in behind if a.bloc not in {agent.bloc, "civilians"}), None)


def _is_rival(scene: Scene, match: Match, agent: ActorSpan, other: ActorSpan) -> bool:
    """ "the rebel-held town", "captured it and were thrown out by X": named aside, yet the other side of the fight."""
    if other.bloc in {agent.bloc, "civilians"} or _helps(scene, other) or _joined(scene, agent, other):
        return False
    first = scene.first(other)
    ousted = _word_before(scene, first) == "by" and match.head < first and _by_another(scene, match.head, first)
    return _held(scene, other) or ousted


def _uses(scene: Scene, match: Match, actor: ActorSpan) -> bool:
    """ "hit a house used by X": X was to be hit."""
    first = scene.first(actor)
    before = [scene.lower(at) for at in range(max(match.end, first - 4), first)]
    return any(word in _USING and "by" in before[at + 1 : at + 2] for at, word in enumerate(before))


def _helps(scene: Scene, actor: ActorSpan) -> bool:
    """ "backed by Russia": on the side of whoever is named before."""
    first = scene.first(actor)
    before = [scene.lower(at) for at in range(max(0, first - 6), first)]
    return any(word in _HELPING and "by" in before[at + 1 : at + 2] for at, word in enumerate(before))


def _named(scene: Scene, actor: ActorSpan, actors: Sequence[ActorSpan]) -> ActorSpan:
    """ "militants from the Islamic State": the group says more than the word."""
    if not actor.generic:
        return actor
    for other in actors:
        if other.start >= actor.end and not other.generic and other.bloc != "civilians":
            between = [t.lower for t in scene.tokens[scene.last(actor) + 1 : scene.first(other)]]
            if bool({"from", "of", "to", "with"} & set(between)) and set(between) <= _BELONGING:
                return other
    return actor


def _leading(scene: Scene, actor: ActorSpan, actors: Sequence[ActorSpan]) -> ActorSpan:
    """ "Nusra and other terrorist groups": the side named first leads."""
    for other in actors:
        if other.end <= actor.start and other.bloc != "civilians" and not _held(scene, other):
            between = [t.lower for t in scene.tokens[scene.last(other) + 1 : scene.first(actor)]]
            if "and" in between and set(between) <= _AND_OTHERS:
                return other
    return actor


def _attacker(scene: Scene, agent: ActorSpan) -> ActorSpan | None:
    """ "X encircled the town but Y pushed back the assault": who was beaten off is told before."""
    before = [a for a in scene.actors if a.end <= agent.start and a.bloc not in {"civilians", agent.bloc}]
    return next((a for a in reversed(before) if not _held(scene, a) and not _joined(scene, a, agent)), None)


def _first_subject(scene: Scene, match: Match, actor: ActorSpan, actors: Sequence[ActorSpan]) -> ActorSpan:
    """ "X (allied to Z) and Y sent troops": of two subjects of a verb joined by "and", the first leads."""
    first = scene.first(actor)
    if match.trigger.part != "verb" or first == 0 or scene.lower(first - 1) != "and":
        return actor
    heads = [t for t in scene.tokens[: first - 1] if t.head == match.head and t.dep == "nsubj"]
    if not heads or not _is_subject(scene.tokens, match.head, first, scene.last(actor)):
        return actor
    leading = (a for a in actors if scene.first(a) <= heads[0].at <= scene.last(a) and a.bloc != "civilians")
    return next(leading, actor)


def former(scene: Scene, actor: ActorSpan) -> ActorSpan:
    """Give a civilian for "a former rebel", who is no fighter any more; anybody else as he is."""
    at = max(0, scene.first(actor) - 1)
    if scene.lower(at) not in _FORMER:
        return actor
    return replace(actor, actor_id=None, bloc="civilians", kind="civilians", generic=True)


def _undecided(scene: Scene, actor: ActorSpan) -> ActorSpan:
    """ "either Russian or Syrian warplanes": nobody is named (codebook section 4, Actors)."""
    after = scene.tokens[scene.last(actor) + 1 : scene.last(actor) + 6]
    before = scene.tokens[max(0, scene.first(actor) - 2) : scene.first(actor)]
    named = [t for t in after[1:] if t.text[:1].isupper()]
    if (after and after[0].lower == "or" and named) or (before and before[-1].lower == "or"):
        return replace(actor, actor_id=None, bloc="unidentified", associate_id=None)
    return actor


def _joined(scene: Scene, one: ActorSpan, other: ActorSpan) -> bool:
    """Allies, or two names side by side, act together: neither is the other's target."""
    if {one.bloc, other.bloc} <= _ALLIES or (
        one.bloc == other.bloc and one.bloc not in {"opposition", "unidentified", "other"}
    ):
        return True
    first, second = sorted((one, other), key=lambda actor: actor.start)
    between = [t.lower for t in scene.tokens[scene.last(first) + 1 : scene.first(second)]]
    return (
        bool(between)
        and len(between) <= 4
        and set(between) <= {"and", "its", "the", "their", "allied", ",", "allies", "ally", "as", "well"}
    )


def _sides(scene: Scene, match: Match, actors: Sequence[ActorSpan]) -> Roles:
    """The first two armed sides of different blocs; the order of naming is the order of the sides."""
    free = [_named(scene, a, actors) for a in actors if a.bloc != "civilians" and not _held(scene, a)]
    first = next(iter(free), None)
    if first is None:
        return Roles(None, None)
    others = [a for a in [*free, *(a for a in actors if _held(scene, a))] if a.bloc != first.bloc]
    rest = [a for a in others if not _joined(scene, first, a)]
    if all(a.generic for a in rest):
        rest = [a for a in free if _hostile(scene, first, a)] or rest
    return Roles(_undecided(scene, first), next(iter(rest), None))


def _hostile(scene: Scene, one: ActorSpan, other: ActorSpan) -> bool:
    """ "between the army and rebels", "X fought with Y": side by side, and against each other where no third is named.

    Groups of one bloc fight each other only when each is named and "with", "against" or "between" says so.
    """
    if other is one or {one.bloc, other.bloc} <= _ALLIES:
        return False
    if one.bloc != other.bloc:
        return True
    if one.generic or other.generic or one.bloc in _SINGLE or one.actor_id == other.actor_id:
        return False
    versus = {scene.lower(at) for at in range(scene.last(one) + 1, scene.first(other))} & {"with", "against"}
    return bool(versus) or _word_before(scene, scene.first(one)) in {"between", "pitted"}


def _agency(scene: Scene, match: Match, actor: ActorSpan) -> float:
    """Weigh an actor: above zero it acts, below it is acted upon; the size says how sure."""
    tokens, head = scene.tokens, match.head
    first, last = scene.first(actor), scene.last(actor)
    before = _word_before(scene, first)
    if match.trigger.part == "noun" and _modifies(scene, match, first, last):
        return 3.5
    if _held(scene, actor):
        return 0.0
    nearness = 1.0 / (1 + min(abs(first - head), abs(last - head)))
    if match.trigger.roles == "repels" and not _is_aid(scene, first):
        return _repelling(scene, head, last, before) * (1 + nearness)
    if match.start <= first < match.end:
        return 0.5 if match.trigger.part == "noun" or is_passive(tokens, head) else -2.0 - nearness
    if before == "from" and _is_aid(scene, first):
        return 0.0
    taken = match.trigger.sub_event_type in _FOUGHT_OVER
    if before == "from" and match.trigger.part == "verb" and (taken or not is_passive(tokens, head)):
        return -2.0 - nearness
    if before == "by" and match.trigger.part == "verb" and _by_another(scene, head, first):
        return 0.0
    if before == "by" or (before == "from" and 0 < first - head <= _NEAR):
        return 4 + nearness
    if match.trigger.roles == "suffers" and match.trigger.part == "verb" and match.end <= first <= match.end + 2:
        return 4 + nearness  # "fell to the rebels", "came under attack from the army"
    if match.trigger.part == "noun":
        return _noun_agency(scene, match, first, last, before, nearness)
    passive = is_passive(tokens, head) or match.trigger.roles == "suffers"
    subject = _is_subject(tokens, head, first, last)
    side = -1.0 if passive else 1.0
    if last < head:
        weight = (3.0 if subject else 1.5) + nearness
        return side * weight * (0.3 if before in _TARGETING and not subject else 1.0)
    return -1.5 - nearness if not passive else -0.5 - nearness


def _repelling(scene: Scene, head: int, last: int, before: str) -> float:
    """ "repelled an attack by X": X is not the one who repels; "was repelled by Y": Y is."""
    if not is_passive(scene.tokens, head):
        return 2.0 if last < head and before not in {"by", "of"} else -2.0
    return 2.0 if last > head and before == "by" else -2.0


def _by_another(scene: Scene, head: int, first: int) -> bool:
    """ "captured the hill and were thrown off it by X", "hit a house used by X": X does what another verb says."""
    between = scene.tokens[head + 1 : first]
    return not is_passive(scene.tokens, head) and any(t.tag in {"VBN", "VBD"} for t in between)


def _modifies(scene: Scene, match: Match, first: int, last: int) -> bool:
    """ "Russian airstrikes", "the army's heavy shelling": the actor stands in the noun phrase of the trigger."""
    if not first < match.start:
        return False
    between = scene.tokens[last + 1 : match.start]
    return len(between) <= 3 and all(t.tag[:2] in _PHRASE or t.lower in {"-", "'s", "'"} for t in between)


def _noun_agency(scene: Scene, match: Match, first: int, last: int, before: str, nearness: float) -> float:
    if last < match.start:
        if match.head in scene.suffered:
            return -1.5 - nearness
        between = {scene.lower(at) for at in range(last + 1, match.start)}
        if between & _CLAIMING:
            return 3.0
        if between & _BLAMING or before in _BLAMING:
            return 0.0
        return -1.0 - nearness if before in _TARGETING else 1.5 + nearness
    if any(scene.lower(at) in _AIMS for at in range(match.end, first)):
        return 0.0
    if before in {"of"} and match.trigger.kind == "harm":
        return -2 - nearness
    if before in _BLAMING or (before == "on" and any(scene.lower(at) in _BLAMING for at in range(match.end, first))):
        return 0.0
    return -1.5 - nearness


def _is_aid(scene: Scene, first: int) -> bool:
    """ "with support from the coalition": help is no attack."""
    return bool(_AID & {scene.lower(at) for at in range(max(0, first - 4), first)})


def _is_subject(tokens: Sequence[Token], verb: int, first: int, last: int) -> bool:
    for at in range(first, last + 1):
        for _ in range(6):
            token = tokens[at]
            if token.head == verb and token.dep in {"nsubj", "nsubjpass"}:
                return True
            if token.head == at or token.head == verb:
                break
            at = token.head
    return False


def _word_before(scene: Scene, first: int) -> str:
    at = first - 1
    while at >= 0 and (scene.tokens[at].lower in _SKIPPED or scene.tokens[at].tag in {"CD", "JJ", "DT", "PRP$"}):
        at -= 1
    return scene.tokens[at].lower if at >= 0 else ""


def _held(scene: Scene, actor: ActorSpan) -> bool:
    """ "rebel-held Aleppo", "backed by Russia", "areas under regime control": named, but not acting here."""
    tokens = scene.tokens
    first, last = scene.first(actor), scene.last(actor)
    after = [t.lower for t in tokens[last + 1 : last + 4]]
    if (after[:1] == ["-"] and after[1:2] and after[1] in _HOLDING | {"besieging"}) or (
        after[:1] and after[0] in {"control", "bastion", "stronghold", "territory"}
    ):
        return True
    before = tokens[max(0, first - 6) : first]
    for at in range(len(before) - 2, -1, -1):
        if before[at].lower in _HOLDING and before[at + 1].lower in {"by", "to", "with"}:
            return not any(t.tag.startswith("VB") for t in before[at + 2 :])
    return False
