"""Two names of one side, told in two sentences: whether they can be one, and which of them says more.

Only the names are looked at; what the sentences tell besides is compared in `merge.py`.
"""

from __future__ import annotations

from pipeline.extract.actor_standing import FLYING
from pipeline.extract.actors import ActorSpan


def alike(one: ActorSpan, other: ActorSpan) -> bool:
    """Two names that can be one side: the same bloc, or a loose word and a group it is used for."""
    if one.bloc == other.bloc or "unidentified" in {one.bloc, other.bloc}:
        return True
    armed_groups = {"opposition", "hts", "islamic_state"}
    if {one.bloc, other.bloc} <= armed_groups:
        return one.generic or other.generic
    allies = {"syrian_government", "russia", "iran_allies"}
    return {one.bloc, other.bloc} <= allies and (one.associate_id is not None or other.associate_id is not None)


def better(one: ActorSpan | None, other: ActorSpan | None) -> ActorSpan | None:
    """A named group says more than "terrorists", but none without an air force says whose "the planes" were."""
    if one is None or other is None:
        return one or other
    if one.generic and one.means == "air" and other.bloc not in FLYING:
        return one
    return other if one.generic and not other.generic and alike(one, other) else one
