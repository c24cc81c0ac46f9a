"""Who acts and who is acted upon, for one trigger in its clause.

The choice between the actors near the trigger, by the weight of each (`agency.py`) and by what is said of it
(`actor_standing.py`). A source of the news is none of them. Victims that only a toll names are added elsewhere
(`harm.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.actor_standing import (
    SINGLE,
    are_hostile,
    are_joined,
    can_do,
    former,
    is_ground,
    is_held,
    is_helper,
    is_user,
    leading,
    named,
    undecided,
    word_before,
)
from pipeline.extract.actors import ActorSpan
from pipeline.extract.agency import SUBJECT, TARGETING, agency, done_by_another, is_subject
from pipeline.extract.hits import BESIDE, is_hit
from pipeline.extract.kinds import AIR, FOUGHT_OVER, REMOTE_KINDS, SUICIDE
from pipeline.extract.record import record
from pipeline.extract.scene import Scene
from pipeline.extract.triggers import Match
from pipeline.extract.words import load_words

_BOMBERS = frozenset(load_words("roles")["bombers"])
_CROWD = frozenset({"Peaceful protest", "Violent demonstration", "Mob violence"})
"""Types in which unarmed people act."""


@record
class Roles:
    """Agent and target of a trigger; either may be missing."""

    agent: ActorSpan | None
    target: ActorSpan | None


def find_roles(scene: Scene, match: Match, actors: Sequence[ActorSpan]) -> Roles:
    """Choose agent and target among `actors` (those of the trigger's clause, sources of the news left out)."""
    if not actors:
        return Roles(None, None)
    if match.trigger.roles == "sides" or match.trigger.sub_event_type == "Agreement":
        return _sides(scene, match, actors)
    weighed = [(agency(scene, match, actor), actor) for actor in actors]
    agents = [(weight, actor) for weight, actor in weighed if weight > 0 and actor.bloc != "civilians"]
    if match.trigger.roles == "people" or match.trigger.sub_event_type in _CROWD:
        people = [(abs(weight), actor) for weight, actor in weighed if actor.bloc == "civilians"]
        agents = people or [(weight, actor) for weight, actor in weighed if weight > 0]
    agents = [pair for pair in agents if can_do(scene, match.trigger.sub_event_type, pair[1])]
    agent = acting = max(agents, key=lambda pair: (pair[0], -pair[1].start))[1] if agents else None
    if agent is not None:
        agent = leading(scene, _first_subject(scene, match, agent, actors), actors)
        agent = undecided(scene, named(scene, agent, actors))
    if match.trigger.roles in {"moves", "people"}:
        return Roles(agent or _moved(match, weighed), _taker(scene, match, agent, actors))
    # whoever is only named as a holder ("rebel-held") weighs nothing, so is no target either
    targets = [(-weight, actor) for weight, actor in weighed if actor not in (agent, acting) and weight < 0]
    if agent is not None:
        targets = [pair for pair in targets if not are_joined(scene, agent, pair[1])]
    if agent is not None and agent.bloc in SINGLE:
        targets = [pair for pair in targets if pair[1].bloc != agent.bloc]
    if match.trigger.sub_event_type in FOUGHT_OVER:  # people beside a fight are no side of it
        targets = [pair for pair in targets if pair[1].bloc != "civilians"] or targets
    targets = [pair for pair in targets if not _is_means(match.trigger.sub_event_type, pair[1])]
    if match.trigger.sub_event_type in REMOTE_KINDS:
        targets = [pair for pair in targets if pair[1].bloc == "civilians" or is_hit(scene, match, pair[1])]
    target = max(targets, key=lambda pair: (pair[0], -pair[1].start))[1] if targets else None
    if agent is not None and (target is None or target.bloc == "civilians"):
        target = next((a for a in actors if a.bloc != agent.bloc and is_user(scene, match.end, a)), target)
    if target is not None:
        target = _whole(scene, target, actors)
        target = former(scene, named(scene, target, actors))
    elif match.trigger.roles == "repels" and agent is not None:
        target = _attacker(scene, agent)
    elif match.trigger.sub_event_type in FOUGHT_OVER and agent is not None:
        target = next((a for a in actors if _is_rival(scene, match, agent, a)), None)
    return Roles(agent, target if target is not agent else None)


def _is_means(name: str | None, actor: ActorSpan) -> bool:
    """ "a helicopter" in an air strike, "the bomber" in a suicide attack: means, or who did it, and no target."""
    if not actor.generic:
        return False
    return actor.means == "air" if name == AIR else name == SUICIDE and actor.surface.lower().split()[-1] in _BOMBERS


def _whole(scene: Scene, target: ActorSpan, actors: Sequence[ActorSpan]) -> ActorSpan:
    """ "two rebels were among 30 people shot": the people were shot, whoever was among them."""
    last = scene.last(target)
    if "among" not in {scene.lower(at) for at in range(last + 1, min(last + 3, len(scene.tokens)))}:
        return target
    return next((a for a in actors if a.start >= target.end), target)


def _moved(match: Match, weighed: Sequence[tuple[float, ActorSpan]]) -> ActorSpan | None:
    """ "our forces were withdrawn": whoever is moved moves."""
    if match.trigger.roles != "moves":
        return None
    return next((actor for weight, actor in weighed if weight < -SUBJECT and actor.bloc != "civilians"), None)


def _taker(scene: Scene, match: Match, agent: ActorSpan | None, actors: Sequence[ActorSpan]) -> ActorSpan | None:
    """ "surrendered the town to the government": who has it now."""
    if match.trigger.sub_event_type != "Non-violent transfer of territory" or agent is None:
        return None
    behind = (a for a in actors if scene.first(a) > match.head and word_before(scene, scene.first(a)) == "to")
    return next((a for a in behind if a.bloc not in {agent.bloc, "civilians"} and not is_held(scene, a)), None)


def holder_attacked(scene: Scene, match: Match, agent: ActorSpan, actors: Sequence[ActorSpan]) -> ActorSpan | None:
    """ "an offensive against X-held villages", "attacked the town held by X": whoever holds it is attacked."""
    held = (a for a in actors if a.bloc not in {agent.bloc, "civilians"} and is_held(scene, a))
    free = (a for a in held if not is_helper(scene, a) and not are_joined(scene, agent, a))
    return next((a for a in free if is_ground(scene, a) or _is_attacked(scene, match, scene.first(a))), None)


def _is_attacked(scene: Scene, match: Match, first: int) -> bool:
    """Tell whether the ground of a holder who begins at a token is what is attacked, and not where or near which."""
    if word_before(scene, first) in TARGETING:
        return True
    between = {scene.lower(at) for at in range(match.end, first)}
    return word_before(scene, first) == "by" and match.trigger.part == "verb" and between.isdisjoint(BESIDE)


def _is_rival(scene: Scene, match: Match, agent: ActorSpan, other: ActorSpan) -> bool:
    """ "the rebel-held town", "captured it and were thrown out by X": named aside, yet the other side of the fight."""
    if other.bloc in {agent.bloc, "civilians"} or is_helper(scene, other) or are_joined(scene, agent, other):
        return False
    first = scene.first(other)
    ousted = word_before(scene, first) == "by" and match.head < first and done_by_another(scene, match.head, first)
    return is_held(scene, other) or ousted


def _attacker(scene: Scene, agent: ActorSpan) -> ActorSpan | None:
    """ "X encircled the town but Y pushed back the assault": who was beaten off is told before."""
    before = [a for a in scene.actors if a.end <= agent.start and a.bloc not in {"civilians", agent.bloc}]
    return next((a for a in reversed(before) if not is_held(scene, a) and not are_joined(scene, a, agent)), None)


def _first_subject(scene: Scene, match: Match, actor: ActorSpan, actors: Sequence[ActorSpan]) -> ActorSpan:
    """ "X (allied to Z) and Y sent troops": of two subjects of a verb joined by "and", the first leads."""
    first = scene.first(actor)
    if match.trigger.part != "verb" or first == 0 or scene.lower(first - 1) != "and":
        return actor
    heads = [t for t in scene.tokens[: first - 1] if t.head == match.head and t.dep == "nsubj"]
    if not heads or not is_subject(scene.tokens, match.head, first, scene.last(actor)):
        return actor
    subjects = (a for a in actors if scene.first(a) <= heads[0].at <= scene.last(a) and a.bloc != "civilians")
    return next(subjects, actor)


def _sides(scene: Scene, match: Match, actors: Sequence[ActorSpan]) -> Roles:
    """The first two armed sides of different blocs; the order of naming is the order of the sides."""
    free = [named(scene, a, actors) for a in actors if a.bloc != "civilians" and not is_held(scene, a)]
    first = next(iter(free), None)
    if first is None:
        return Roles(None, None)
    others = [a for a in [*free, *(a for a in actors if is_held(scene, a))] if a.bloc != first.bloc]
    rest = [a for a in others if not are_joined(scene, first, a)]
    if all(a.generic for a in rest):
        rest = [a for a in free if are_hostile(scene, first, a)] or rest
    return Roles(undecided(scene, first), next(iter(rest), None))
