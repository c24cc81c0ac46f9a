"""Who is blamed for a gas attack: its author hides, and the article tells whom others hold responsible.

"The opposition accused the government of the gas attack", "it was blamed on X", "Y struck X in answer to it": blame is
not agency in the sentence that tells the attack (`agency.py`), but where nobody is named as having done it, the side
that most of the article's voices blame is coded as who acts. Where they blame two sides equally, nobody is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.extract.actors import ActorSpan
from pipeline.extract.candidate import Candidate
from pipeline.extract.kinds import CHEMICAL
from pipeline.extract.record import replace
from pipeline.extract.roles import Roles
from pipeline.extract.scene import Scene
from pipeline.extract.words import load_words

_WORDS = load_words("roles")
_ACCUSING = frozenset(_WORDS["accusing"])
_POINTING = frozenset(_WORDS["pointing"])
_RESPONSIBLE = frozenset(_WORDS["responsible"])
_RETALIATING = frozenset(_WORDS["retaliating"])
_TURNED_ON = _ACCUSING | _POINTING
_BLAMES = _TURNED_ON | _RESPONSIBLE | _RETALIATING
_GAS = frozenset(_WORDS["gas"])
_ATTACK = frozenset(_WORDS["deeds"]) | _POINTING
_NEAR = 4
"""Sentences between the attack and "it was blamed on X", where they do not say which attack."""
_REACH = 8
"""Words between "accused" and whom."""


def blamed(told: Sequence[Candidate], scenes: Sequence[Scene]) -> list[Candidate]:
    """Put behind the gas attacks of an article, where nobody is, the side that is blamed for them."""
    attacks = [c for c in told if c.sub_event_type == CHEMICAL and c.status == "reported"]
    open_ones = {id(c) for c in attacks if c.roles.agent is None}
    if not open_ones:
        return list(told)
    side = _side_blamed(scenes, [c.scene.sentence.number for c in attacks])
    if side is None:
        return list(told)
    return [replace(c, roles=Roles(side, _not(c.roles.target, side))) if id(c) in open_ones else c for c in told]


def _not(target: ActorSpan | None, side: ActorSpan) -> ActorSpan | None:
    """A side named beside the attack is not its own target."""
    return None if target is not None and target.bloc == side.bloc else target


def _side_blamed(scenes: Sequence[Scene], told_in: Sequence[int]) -> ActorSpan | None:
    voices = [side for scene in scenes if _is_of_gas(scene, told_in) for side in _blamed_in(scene)]
    counts = Counter(side.bloc for side in voices).most_common(2)
    if not counts or (len(counts) > 1 and counts[0][1] == counts[1][1]):
        return None
    return next(side for side in voices if side.bloc == counts[0][0])


def _is_of_gas(scene: Scene, told_in: Sequence[int]) -> bool:
    if not _GAS.isdisjoint(scene.vocabulary):
        return True
    return not _ATTACK.isdisjoint(scene.vocabulary) and any(
        0 <= scene.sentence.number - number <= _NEAR for number in told_in
    )


def _blamed_in(scene: Scene) -> Iterator[ActorSpan]:
    """The sides blamed in a sentence, each once."""
    if _BLAMES.isdisjoint(scene.vocabulary):
        return
    found: set[str] = set()
    for at, token in enumerate(scene.tokens):
        side = _behind(scene, at) if token.lower in _TURNED_ON else None
        if token.lower in _RESPONSIBLE:
            side = _before(scene, at)
        elif token.lower in _RETALIATING:
            side = _struck_back(scene)
        if side is not None and side.bloc not in found:
            found.add(side.bloc)
            yield side


def _behind(scene: Scene, at: int) -> ActorSpan | None:
    return next((a for a in scene.actors if at < scene.first(a) <= at + _REACH and _is_side(a)), None)


def _before(scene: Scene, at: int) -> ActorSpan | None:
    """ "X was behind the attack", "carried out by X, responsible for it"."""
    return next((a for a in reversed(scene.actors) if at - _REACH <= scene.last(a) < at and _is_side(a)), None)


def _struck_back(scene: Scene) -> ActorSpan | None:
    """ "Y bombed an air base of X in response to the attack": Y holds X responsible."""
    sides = [a for a in scene.actors if _is_side(a)]
    return sides[1] if len(sides) > 1 and sides[0].bloc == "us_coalition" != sides[1].bloc else None


def _is_side(actor: ActorSpan) -> bool:
    return actor.bloc not in {"civilians", "unidentified"}
