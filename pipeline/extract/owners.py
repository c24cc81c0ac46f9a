"""Whose aircraft: "helicopters" and "a drone" without an owner are those of the state that acted before.

Only bare words are settled so. What the text itself leaves open ("unidentified warplanes", "Russian or Syrian jets")
stays open, and a group without an air force lends its name to nobody.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.extract.actor_standing import FLYING
from pipeline.extract.actors import ActorSpan
from pipeline.extract.record import replace
from pipeline.extract.words import load_words

_UNTOLD = frozenset(load_words("actors_words")["untold"])


def owned(actor: ActorSpan, before: Iterable[ActorSpan]) -> ActorSpan:
    """Give aircraft the owner that acted last; `before` are the sides that acted, the nearest first."""
    if not (actor.generic and actor.means == "air" and actor.bloc == "unidentified"):
        return actor
    if _UNTOLD & set(actor.surface.lower().split()):
        return actor
    owner = next((other for other in before if other.bloc in FLYING), None)
    if owner is None:
        return actor
    return replace(actor, actor_id=owner.actor_id, bloc=owner.bloc, kind=owner.kind)
