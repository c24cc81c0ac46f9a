"""Who was hit: what tolls and words of harm say of the sides of a happening.

Fills the gaps that the grammar of the trigger leaves (`roles.py`): the victims of a toll are the target, civilians
and their houses make it violence against civilians. Counting is not done here.
"""

from __future__ import annotations

from pipeline.extract.actor_standing import former
from pipeline.extract.actors import ActorSpan
from pipeline.extract.casualties import CasualtySpan
from pipeline.extract.kinds import REMOTE_KINDS
from pipeline.extract.passages import Passage
from pipeline.extract.roles import Roles, find_roles
from pipeline.extract.scene import Scene, Words
from pipeline.extract.triggers import Match
from pipeline.extract.words import load_words

_ATTACKERS = frozenset(load_words("roles")["attackers"])
_CAPTIVE = frozenset(load_words("kinds")["captive"])
_HELD_REACH = 7
"""Words behind "killed" among which it is told that the victims were held."""
_BODILY = frozenset({"killed", "injured"})


def filled(scene: Scene, passage: Passage, match: Match, roles: Roles) -> Roles:
    """Complete the roles of a trigger by who was killed, and by whom."""
    fallen = _struck(scene, passage)
    struck = fallen[0] if fallen else None
    if match.trigger.kind == "harm" and len(fallen) > 1 and (roles.agent is None or roles.agent in fallen):
        return Roles(fallen[0], fallen[1])  # "12 rebels and five soldiers were killed": in a fight between them
    open_target = roles.target is None or roles.target.bloc == "civilians"
    if struck is not None and match.trigger.roles != "sides" and open_target:
        roles = Roles(roles.agent if roles.agent is not struck else None, struck)
    harmed = [m for m in passage.matches if m.trigger.kind == "harm" and m.trigger.part == "verb"]
    if not harmed:
        return roles
    beaten = struck is not None and struck is roles.target and roles.agent is None
    if match.trigger.kind != "general" and match.trigger.sub_event_type not in REMOTE_KINDS and not beaten:
        return roles  # "X killed four gunmen who tried to slip in": who slips in is struck, so X acts
    for other in harmed:
        if roles.agent is None or roles.target is None:
            harm = find_roles(scene, other, passage.actors)
            named = match.trigger.part == "noun" and _is_cause(scene, other, roles.agent)
            target = roles.target or (None if named and harm.target is roles.agent else harm.target)
            agent = roles.agent or harm.agent
            roles = Roles(agent if agent is not target else None, target)
    return roles


def is_unarmed(passage: Passage, roles: Roles) -> bool:
    """Tell whether those hit are unarmed people or civilian objects, as far as the passage says."""
    if roles.target is not None:
        return roles.target.bloc == "civilians"
    victims = {toll.victim_class for toll in passage.tolls}
    if any(victim.startswith("combatant") for victim in victims):
        return False
    return bool(victims & {"civilian", "unknown"}) or bool(passage.civil)


def in_captivity(scene: Scene, match: Match) -> bool:
    """ "Killed a pilot they had captured": whoever is held fights no more (codebook section 4, Actors)."""
    if match.trigger.kind != "harm":
        return False
    behind = scene.tokens[match.end : match.end + _HELD_REACH]
    return any(token.lower in _CAPTIVE and token.dep not in {"conj", "ROOT", "advcl"} for token in behind)


def civilians_in(scene: Scene, passage: Passage, roles: Roles) -> Words | None:
    """Give the words that name the unarmed people or civilian objects hit, None where none are named."""
    if roles.target is not None and roles.target.bloc == "civilians":
        return Words(roles.target.start, roles.target.end, roles.target.surface)
    for toll in passage.tolls:
        if toll.victim_class in {"civilian", "unknown"} and toll.kind in _BODILY and toll.high != 0:
            return _victims(scene, toll)
    if roles.target is None and passage.civil:
        return scene.quote(passage.civil[0].start, passage.civil[0].end)
    return None


def _victims(scene: Scene, toll: CasualtySpan) -> Words:
    """The words of a toll that name who was hit, else all its words."""
    if toll.victims is None:
        return Words(toll.start, toll.end, toll.surface)
    at = scene.text.find(toll.victims, toll.start - scene.offset)
    start = scene.offset + (at if at >= 0 else scene.text.index(toll.victims))
    return Words(start, start + len(toll.victims), toll.victims)


def _struck(scene: Scene, passage: Passage) -> list[ActorSpan]:
    """The armed sides whose members the tolls of the passage count, one of each bloc."""
    found: dict[str, ActorSpan] = {}
    for toll in passage.tolls:
        if toll.kind in _BODILY and toll.victim_class != "civilian":
            inside = [
                a for a in passage.actors if toll.start <= a.start and a.end <= toll.end and a.bloc != "civilians"
            ]
            for actor in inside:
                if not _acts(scene, actor) and actor.surface.lower() not in _ATTACKERS:
                    found.setdefault(actor.bloc, former(scene, actor))
    return list(found.values())


def _is_cause(scene: Scene, harm: Match, agent: ActorSpan | None) -> bool:
    """ "the people killed on Monday in X shelling": X stands behind a participle, and is none of them."""
    return agent is not None and scene.tokens[harm.head].tag == "VBN" and scene.first(agent) > harm.head


def _acts(scene: Scene, actor: ActorSpan) -> bool:
    """ "killed by rebels", "Rebels killed ...": in the words of the toll, but not among the dead."""
    first, last = scene.first(actor), scene.last(actor)
    if "by" in {scene.lower(at) for at in range(max(0, first - 2), first)}:
        return True
    after = scene.tokens[last + 1] if last + 1 < len(scene.tokens) else None
    return first <= 1 and after is not None and after.tag.startswith("VB")
