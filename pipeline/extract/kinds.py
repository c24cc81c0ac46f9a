"""Which sub-event type a happening is, from its trigger, its means.

Its sides and its victims (codebook sections 2, 3).

Only the decision; finding triggers, means and actors is done elsewhere. A type is `certain` when a word of the text
names it or the means; otherwise it is the codebook's default (Armed clash between fighters, Attack against the
unarmed) and gives way to a certain one when two reports turn out to tell the same happening.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from pipeline.extract.actors import ActorSpan
from pipeline.extract.record import record
from pipeline.extract.triggers import Match, Trigger
from pipeline.extract.words import load_words

CHEMICAL, SUICIDE, AIR = "Chemical weapon", "Suicide bomb", "Air/drone strike"
SHELLING, REMOTE, GRENADE = "Shelling/artillery/missile attack", "Remote explosive/landmine/IED", "Grenade"
REGAINS, OVERTAKES = "Government regains territory", "Non-state actor overtakes territory"
CLASH, ATTACK, TRANSFER = "Armed clash", "Attack", "Non-violent transfer of territory"
MOB, MOVEMENT, LOOTING = "Mob violence", "Force movement", "Looting/property destruction"
AGREEMENT, CHANGE, DISPLACEMENT = "Agreement", "Change to group/activity", "Displacement"
PEACEFUL, DISPERSED, OTHER = "Peaceful protest", "Protest with intervention", "Other"
EXCESSIVE, RIOT = "Excessive force against protesters", "Violent demonstration"
CROWDED = frozenset({DISPERSED, EXCESSIVE, RIOT})
VIOLENT = frozenset({CHEMICAL, SUICIDE, AIR, SHELLING, REMOTE, GRENADE, REGAINS, OVERTAKES, CLASH, ATTACK})
REMOTE_KINDS = frozenset({CHEMICAL, SUICIDE, AIR, SHELLING, REMOTE, GRENADE})
LEVELLING = frozenset({CHEMICAL, SUICIDE, AIR, SHELLING})
"""What these burn and destroy is the damage they do, and no destruction of its own."""
PRECEDENCE = (CHEMICAL, SUICIDE, REMOTE, AIR, SHELLING, GRENADE, REGAINS, OVERTAKES, CLASH, ATTACK)
TERRITORY = frozenset({REGAINS, OVERTAKES})
BATTLES = TERRITORY | {CLASH}
"""Fought between armed groups (codebook section 2): people who are hit beside are no side of it."""
FOUGHT_OVER = frozenset({CLASH, REGAINS})
"""Types in which two armed sides fight, often over a place that one of them holds."""
STATE_BLOCS = frozenset({"syrian_government", "russia", "iran_allies", "turkey", "us_coalition", "israel"})
_UNFOUGHT = frozenset({REMOTE, SUICIDE, CHEMICAL, GRENADE, SHELLING})
"""An attack with these that is foiled is one before it happens: whoever beats off others fights them."""
_FROM_AFAR = frozenset({"us_coalition", "russia", "israel"})
"""Whose raids come from the air."""
_WORDS = load_words("kinds")
_BOMBING = frozenset(_WORDS["bombing"])
_STRIKING = frozenset(_WORDS["striking"])
_SHOOTING = frozenset(_WORDS["shooting"])
_SHOT = frozenset(_WORDS["shot"])
_BESIEGING = frozenset(_WORDS["besieging"])
_IMPACT = frozenset(_WORDS["impact"])
_SHELLING_ALONE = frozenset(_WORDS["shelling_alone"])


@record
class Kind:
    """A sub-event type and whether the text itself names it."""

    sub_event_type: str
    certain: bool


def kind_of(
    match: Match, means: Collection[str], agent: ActorSpan | None, target: ActorSpan | None, unarmed: bool
) -> Kind:
    """Give the type of the happening that `match` tells.

    `means`: types that the means named in the clause stand for; `unarmed`: civilians or their property are hit.
    """
    trigger = match.trigger
    if trigger.kind == "typed" and trigger.sub_event_type is not None:
        armed = target is not None and target.bloc != "civilians"
        by_air = agent is not None and agent.means == "air"
        if trigger.roles == "repels" and _UNFOUGHT.isdisjoint(means) and armed and not by_air:
            return Kind(CLASH, True)
        name = _typed(trigger, trigger.sub_event_type, means, agent)
        if trigger.text in _SHOT and armed:
            return Kind(CLASH, False)
        defended = armed or trigger.text in _BESIEGING  # as is a town that is surrounded
        if name == CLASH and trigger.roles == "acts" and unarmed and not defended:
            return Kind(ATTACK, False)
        if name == CLASH and MOB in means and (agent is None or agent.bloc == "civilians"):
            return Kind(MOB, True)
        if trigger.weak and name == REMOTE and SHELLING in means and REMOTE not in means:
            return Kind(SHELLING, False)
        if name == SHELLING and trigger.subject == "missiles":
            return Kind(name, False)  # a rocket that hits may have come from the air
        if name == REMOTE and trigger.subject == "blasts":
            return Kind(name, REMOTE in means)
        return Kind(name, not (trigger.weak and not trigger.conditional and name == REMOTE) or name in means)
    worded = next((kind for kind in PRECEDENCE if kind in means), None)
    if worded == REMOTE and trigger.text in _BOMBING and agent is not None and agent.bloc in STATE_BLOCS:
        return Kind(AIR, True)  # "killed by army bombs": a state that bombs does it from the air
    if worded == REMOTE and trigger.text in _IMPACT and trigger.part == "verb" and means == {REMOTE}:
        return Kind(SHELLING, False)  # "the devices hit a market": what hits came from afar
    if agent is not None and agent.means == "air" and worded in {None, SHELLING}:
        worded = AIR
    if worded is not None:
        return Kind(worded, worded != SHELLING or agent is not None)
    other = next(iter(sorted(means)), None)
    if other is not None:
        return Kind(other, True)
    return _by_word(trigger.text, trigger.part, agent, target, unarmed)


def crowd_kind(name: str, classes: Mapping[str, Sequence[Match]]) -> str:
    """Settle what became of a protest, by what the sentence says of the crowd and of the force used against it."""
    if name in {CLASH, LOOTING} and classes["protesters"]:
        return RIOT
    if name == ATTACK and classes["protesters"] and classes["lethal_force"] and classes["armed"]:
        return EXCESSIVE
    if name not in {PEACEFUL, DISPERSED}:
        return name
    if classes["lethal_force"] and (classes["crowd_control"] or classes["armed"]):
        return EXCESSIVE
    if name == PEACEFUL and classes["crowd_violence"] and not _denied_violence(classes):
        return RIOT
    return DISPERSED if classes["crowd_control"] else name


def _denied_violence(classes: Mapping[str, Sequence[Match]]) -> bool:
    return all(match.trigger.text in {"violence", "violent"} for match in classes["crowd_violence"])


def territory_kind(agent: ActorSpan | None, loser: ActorSpan | None = None) -> str:
    """Tell who took the place: state forces and their allies, or a non-state group (as is who takes from a state)."""
    if agent is None:
        return OVERTAKES if loser is not None and loser.bloc in STATE_BLOCS else REGAINS
    return REGAINS if agent.bloc in STATE_BLOCS or agent.kind == "state_forces" else OVERTAKES


def settle(kinds: Sequence[str]) -> list[str]:
    """Drop the types that another type told in the same clause covers, by the codebook's precedence.

    The order is kept.
    """
    present = set(kinds)
    covered: set[str] = set()
    for strong in (CHEMICAL, SUICIDE):
        if strong in present:
            covered |= {AIR, SHELLING, REMOTE, GRENADE, ATTACK} | ({SUICIDE} if strong == CHEMICAL else set())
    if present & REMOTE_KINDS:
        covered |= {ATTACK}
    if AIR in present:
        covered |= {MOVEMENT}
    if present & LEVELLING:
        covered |= {LOOTING}
    if present & {REGAINS, OVERTAKES}:
        covered |= {CLASH, ATTACK, "Force movement"}
    if present & {EXCESSIVE, RIOT, DISPERSED}:
        covered |= {PEACEFUL, "Arrests", ATTACK, MOVEMENT}
    if CLASH in present:
        covered |= {ATTACK, "Force movement"}
    return [kind for at, kind in enumerate(kinds) if kind not in covered and kind not in kinds[:at]]


def _typed(trigger: Trigger, name: str, means: Collection[str], agent: ActorSpan | None) -> str:
    if name == REGAINS:
        return territory_kind(agent)
    if name in {AIR, SHELLING, REMOTE} and CHEMICAL in means:
        return CHEMICAL
    if name == REMOTE and SUICIDE in means:
        return SUICIDE
    if name == LOOTING and trigger.conditional and (levelling := LEVELLING.intersection(means)):
        return next(kind for kind in PRECEDENCE if kind in levelling)  # "a school was destroyed by barrel bombs"
    if name == CLASH and SHELLING in means and trigger.text.startswith(("sniper", "explosive")):
        return SHELLING  # "rocket and sniper fire": the graver of the two
    foreign = agent is not None and agent.bloc not in STATE_BLOCS | {"unidentified", "other", "civilians"}
    if name == AIR and trigger.subject == "aircraft" and foreign and AIR not in means:
        return SUICIDE  # "the group's bombers hit a post": whoever has no planes sends men
    by_air = agent is not None and agent.means == "air"
    if by_air and name == CLASH and trigger.roles in {"acts", "repels"} and trigger.part == "verb":
        return AIR  # "the air force attacked positions"
    if name == REMOTE and AIR in means and trigger.part == "noun" and REMOTE not in means:
        return AIR  # "after a barrel bomb explosion"
    if by_air and (name in {SHELLING, REMOTE} or (name == "Disrupted weapons use" and trigger.needs == "weapons")):
        return AIR
    return name


def _by_word(word: str, part: str, agent: ActorSpan | None, target: ActorSpan | None, unarmed: bool) -> Kind:
    state = agent is not None and agent.bloc in STATE_BLOCS
    if word in _BOMBING:
        if state:
            return Kind(AIR, True)
        alone = word in {"bombing", "bomb", "blast"}
        if agent is not None and not alone:
            return Kind(SHELLING, agent.bloc != "unidentified")  # who is no state has no planes
        return Kind(REMOTE if alone else AIR, False)
    if word in _STRIKING and (part == "noun" or state) and (agent is None or state):
        return Kind(AIR, part == "noun")
    if word == "raid" and agent is not None and agent.bloc in _FROM_AFAR:
        return Kind(AIR, True)
    if word in _SHELLING_ALONE:
        return Kind(SHELLING, True)
    if word in _SHOOTING:
        return Kind(ATTACK if unarmed or target is None else CLASH, False)
    return Kind(ATTACK if unarmed else CLASH, False)
