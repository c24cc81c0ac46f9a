"""Who speaks of his own deeds: "X said it had struck ...", "its fighters", "our forces", the armed side that speaks.

A side that is only the source of the news acts nowhere (`roles.py`); where the subject of a happening is a pronoun in
what that side says, it is the side itself. An outlet's own "we" is settled by the region's registry.
"""

from __future__ import annotations

from pipeline.extract.actor_standing import is_held
from pipeline.extract.actors import ActorSpan
from pipeline.extract.scene import Scene
from pipeline.extract.words import load_words

_WORDS = load_words("attribution")
_SELF = frozenset(_WORDS["self"])
_OWN = frozenset(_WORDS["own"])
_CLIMB = 4
"""Words from a noun ("strikes") up to the verb whose subject did it ("it had carried out strikes")."""


def speaker(scene: Scene, head: int) -> ActorSpan | None:
    """Give the armed side that tells of its own deed at token `head`; None where nobody speaks of himself."""
    told = [source for source in scene.sources if source.verb < head and source.end <= head]
    if not told or not _of_self(scene, head):
        return None
    source = told[-1]
    inside = [a for a in scene.actors if source.start <= scene.first(a) < source.end]
    sides = [a for a in inside if _is_side(a) and not is_held(scene, a)]
    return sides[0] if sides else None


def _is_side(actor: ActorSpan) -> bool:
    return actor.bloc not in {"civilians", "unidentified"}


def _of_self(scene: Scene, head: int) -> bool:
    """Tell whether the subject of the deed is "it", "they", "we" or "its", "their", "our" forces."""
    at = head
    for _ in range(_CLIMB):
        subject = next((t.at for t in scene.tokens if t.head == at and t.dep == "nsubj"), None)
        if subject is not None:
            owned = any(t.head == subject and t.lower in _OWN for t in scene.tokens)
            return owned or scene.lower(subject) in _SELF
        up = scene.tokens[at].head
        if up == at:
            return False
        at = up
    return False
