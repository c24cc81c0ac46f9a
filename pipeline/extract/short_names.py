"""A name cut short after it was told in full: "the Syrian Coalition ... the Coalition".

Two sides may be called by the same last word; the short form means the one whose full name the article told last.
Where none was told, the registry's own meaning of the word stands. Who acts is not decided here.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.actors import ActorSpan
from pipeline.extract.record import replace
from pipeline.extract.words import load_words

_SHORT = frozenset(load_words("actors_words")["short"])

Told = dict[str, ActorSpan]
"""For a last word, the actor whose full name with that word was told last."""


def unshortened(actors: Sequence[ActorSpan], told: Told) -> tuple[ActorSpan, ...]:
    """Give the actors of a sentence, the short names among them with their bearer; `told` learns the full names."""
    found = []
    for actor in actors:
        words = actor.surface.lower().split()
        last = words[-1] if words else ""
        if last not in _SHORT or actor.generic:
            found.append(actor)
            continue
        if len(words) > 1:
            told[last] = actor
        full = told.get(last, actor)
        found.append(replace(actor, actor_id=full.actor_id, bloc=full.bloc, kind=full.kind))
    return tuple(found)
