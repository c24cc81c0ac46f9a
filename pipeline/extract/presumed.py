"""Sides that a text leaves to the reader: whom the army fights, and whose an air base is.

Reports of this kind say "soldiers were killed in clashes" and "missiles hit the air base", and name no other side: the
army's enemies without a name are opposition fighters (codebook section 4, Actors), and air bases are the state's. Only
the bloc is presumed; no words give the side, so none are quoted. Nothing is presumed where the text says that nobody
knows ("unknown gunmen").
"""

from __future__ import annotations

from pipeline.extract.actors import ActorSpan
from pipeline.extract.groups import Group
from pipeline.extract.kinds import CLASH, REMOTE_KINDS
from pipeline.extract.words import load_words

_STATE = "syrian_government"
_REBELS = "opposition"
_UNTOLD = frozenset(load_words("actors_words")["untold"])
_BOMBING_BASES = frozenset({"us_coalition", "israel", "turkey", "opposition", "hts", "islamic_state"})
"""Whoever bombs an air base and neither owns it nor is an ally of its owner."""
_STORMING = frozenset({"opposition", "hts", "islamic_state"})
"""Whoever attacks an air base on the ground."""
_AIMING = frozenset({"us_coalition", "israel"})
"""Whoever aims at the base alone, so that people hit there were not the target."""


def foe(name: str, side: ActorSpan | None, other: ActorSpan | None) -> str | None:
    """Give the bloc that `side` fights in a clash where `other` is nobody named; None where nothing tells."""
    if name != CLASH or side is None or side.bloc != _STATE or side.means == "air":
        return None
    if other is None:
        return _REBELS
    told = other.bloc != "unidentified" or other.means == "air" or not _UNTOLD.isdisjoint(other.surface.lower().split())
    return None if told else _REBELS


def is_base_alone(group: Group) -> bool:
    """Tell whether an air base was aimed at, whoever else was hit there: a state's missiles are aimed."""
    return group.lead.agent is not None and group.lead.agent.bloc in _AIMING and base_owner(group) is not None


def base_owner(group: Group) -> str | None:
    """Give the bloc whose air base is bombed; None where none is, or it is no matter of course whose it is."""
    agent = group.lead.agent
    if agent is None or agent.bloc not in (_STORMING if group.lead.sub_event_type == CLASH else _BOMBING_BASES):
        return None
    if group.lead.sub_event_type not in REMOTE_KINDS | {CLASH}:
        return None
    return _STATE if any(draft.told.base for draft in group.members) else None
