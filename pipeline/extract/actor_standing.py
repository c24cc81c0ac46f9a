"""What the words around an actor's name say of it: whose it is, with whom it stands, which name says it best.

"Rebel-held", "backed by", "former", "either X or Y", "X and other groups". Nothing here looks at how the actor stands
to a trigger (`agency.py`) or chooses who acts (`roles.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.actors import ActorSpan
from pipeline.extract.allies import STATE_ALLIES, are_allied
from pipeline.extract.kinds import AIR, SUICIDE
from pipeline.extract.parse import Token
from pipeline.extract.record import replace
from pipeline.extract.scene import Scene
from pipeline.extract.words import load_words

_WORDS = load_words("roles")
_HOLDING = frozenset(_WORDS["holding"])
_HOLDING_DOWN = _HOLDING | {"besieging"}
_HELPING = frozenset(_WORDS["helping"])
_LEADING = frozenset(_WORDS["leading"])
_BODIES = frozenset(_WORDS["bodies"])
_USING = frozenset(_WORDS["using"])
_FORMER = frozenset(_WORDS["former"])
_SKIPPED = frozenset(_WORDS["skipped"])
_AND_OTHERS = frozenset(_WORDS["and_others"])
_ADDING = frozenset(_WORDS["adding"])
_BELONGING = frozenset(_WORDS["belonging"])
_OF = frozenset({"from", "of", "to", "with", "led", "headed", "dominated"})
_SIDE_BY_SIDE = frozenset(_WORDS["side_by_side"])
_GROUND = frozenset(_WORDS["ground"])
_ALLY = frozenset({"ally", "backer", "patron"})
_REBELLING = frozenset(load_words("actors_words")["rebelling"])
_CLOSING = {"(": ")", ",": ",", "-lrb-": "-rrb-"}
"""What opens a word of who somebody is, and what ends it."""
_FORMER_OF = 4
"""Words before a side's name within which "former member of" stands."""
FLYING = frozenset(_WORDS["flying"])
"""Blocs with an air force: aircraft named without an owner are theirs once it has been told."""
SINGLE = frozenset(_WORDS["single"])
"""Blocs that are one side: their members do not fight each other."""


def word_before(scene: Scene, first: int) -> str:
    """Give the word before token `first` in small letters, past articles, numbers and adjectives; "" for none."""
    at = first - 1
    while at >= 0 and (scene.tokens[at].lower in _SKIPPED or scene.tokens[at].tag in {"CD", "JJ", "DT", "PRP$"}):
        at -= 1
    if at > 0 and scene.lower(at) in _ALLY:  # "by the government's ally Russia": what X is to Y
        return word_before(scene, next((n for n in range(at - 1, 0, -1) if not _in_name(scene, n)), 0) + 1)
    return scene.tokens[at].lower if at >= 0 else ""


def _in_name(scene: Scene, at: int) -> bool:
    return scene.tokens[at].tag in {"NNP", "NNPS", "NN", "NNS", "POS", "JJ"}


def is_held(scene: Scene, actor: ActorSpan) -> bool:
    """ "rebel-held Aleppo", "backed by Russia", "areas under regime control": named, but not acting here."""
    tokens = scene.tokens
    first, last = scene.first(actor), scene.last(actor)
    after = [t.lower for t in tokens[last + 1 : last + 4]]
    if (after[:1] == ["-"] and after[1:2] and after[1] in _HOLDING_DOWN) or (after[:1] and after[0] in _GROUND):
        return True
    before = tokens[max(0, first - 6) : first]
    for at in range(len(before) - 2, -1, -1):
        if before[at].lower in _HOLDING and before[at + 1].lower in {"by", "to", "with"}:
            if before[at].lower in _LEADING and at and before[at - 1].lower in _BODIES:
                return False  # "a coalition led by X": X acts
            return not any(t.tag.startswith("VB") for t in before[at + 2 :])
    return False


def is_ground(scene: Scene, actor: ActorSpan) -> bool:
    """ "rebel-held": the ground is meant."""
    return [token.text for token in scene.tokens[scene.last(actor) + 1 : scene.last(actor) + 2]] == ["-"]


def is_helper(scene: Scene, actor: ActorSpan) -> bool:
    """ "backed by Russia": on the side of whoever is named before."""
    first = scene.first(actor)
    before = [scene.lower(at) for at in range(max(0, first - 6), first)]
    return any(word in _HELPING and "by" in before[at + 1 : at + 2] for at, word in enumerate(before))


def is_user(scene: Scene, end: int, actor: ActorSpan) -> bool:
    """ "hit a house used by X": X was to be hit; `end` is the token after the trigger that tells the hit."""
    first = scene.first(actor)
    before = [scene.lower(at) for at in range(max(end, first - 4), first)]
    return any(word in _USING and "by" in before[at + 1 : at + 2] for at, word in enumerate(before))


def can_do(scene: Scene, name: str | None, actor: ActorSpan) -> bool:
    """Groups without an air force bomb from the air only by drone, and states send no suicide bombers."""
    if name == AIR and actor.bloc not in FLYING | {"unidentified"}:
        return actor.means == "air" or any("drone" in token.lower for token in scene.tokens)
    return name != SUICIDE or actor.bloc not in FLYING


def named(scene: Scene, actor: ActorSpan, actors: Sequence[ActorSpan]) -> ActorSpan:
    """ "militants from the Islamic State": the group says more than the word."""
    if not actor.generic or actor.bloc == "civilians":
        return actor
    for other in actors:
        free = (
            not _is_from_foe(actor, other)
            and not other.generic
            and other.bloc != "civilians"
            and not is_ground(scene, other)
        )
        if other.start >= actor.end and free:
            between = scene.tokens[scene.last(actor) + 1 : scene.first(other)]
            told = any(t.lower in _OF for t in between)
            if told and all(t.lower in _BELONGING or t.tag == "JJ" for t in between):
                return other  # "terrorists of the Takfiri X group"
    return actor


def leading(scene: Scene, actor: ActorSpan, actors: Sequence[ActorSpan]) -> ActorSpan:
    """ "Nusra and other terrorist groups": the side named first leads."""
    for other in actors:
        if other.end <= actor.start and other.bloc != "civilians" and not is_held(scene, other):
            between = _unglossed(scene.tokens[scene.last(other) + 1 : scene.first(actor)])
            if any(t.lower in _ADDING for t in between) and all(_is_addition(t) for t in between):
                return other
    return actor


def _is_from_foe(actor: ActorSpan, other: ActorSpan) -> bool:
    """ "recaptured by rebels from the army", "from the Islamic State": whom they took it from."""
    if actor.bloc != "opposition":
        return False
    rebels = not _REBELLING.isdisjoint(actor.surface.lower().split())
    return other.bloc in STATE_ALLIES or (rebels and other.bloc in {"islamic_state", "sdf"})


def _is_addition(token: Token) -> bool:
    return token.lower in _AND_OTHERS or token.tag in {"JJ", "JJR", "CD", "DT"}


def _unglossed(between: Sequence[Token]) -> list[Token]:
    """Give the words between two names without what is put in brackets or commas to say who the first is: "X (the
    branch of Y) and other groups", "X, the branch of Y, and other groups"."""
    words = [token.lower for token in between]
    if not words or words[0] not in _CLOSING:
        return list(between)
    closing = _CLOSING[words[0]]
    end = next((at for at in range(1, len(words)) if words[at] == closing), None)
    return list(between if end is None else between[end + 1 :])


def named_first(actor: ActorSpan) -> ActorSpan:
    """Give the side that was named first of two that act together: joint attacks are of the one whose war it is, but
    "Russian and Syrian planes flew over" tells of Russian planes."""
    if actor.first_bloc is None:
        return actor
    return replace(actor, actor_id=actor.associate_id, bloc=actor.first_bloc, associate_id=actor.actor_id)


def former(scene: Scene, actor: ActorSpan) -> ActorSpan:
    """Give a civilian for "a former rebel", "a former member of the group"; others as they are."""
    first = scene.first(actor)
    lead = [scene.lower(at) for at in range(max(0, first - _FORMER_OF), first)]
    if not (lead[-1:] and lead[-1] in _FORMER) and not ("of" in lead and _FORMER & set(lead[: lead.index("of")])):
        return actor
    return replace(actor, actor_id=None, bloc="civilians", kind="civilians", generic=True)


def undecided(scene: Scene, actor: ActorSpan) -> ActorSpan:
    """ "either Russian or Syrian warplanes": nobody is named (codebook section 4, Actors)."""
    after = scene.tokens[scene.last(actor) + 1 : scene.last(actor) + 6]
    before = scene.tokens[max(0, scene.first(actor) - 2) : scene.first(actor)]
    names = [t for t in after[1:] if t.text[:1].isupper()]
    if (after and after[0].lower == "or" and names) or (before and before[-1].lower == "or"):
        return replace(actor, actor_id=None, bloc="unidentified", associate_id=None)
    return actor


def are_joined(scene: Scene, one: ActorSpan, other: ActorSpan) -> bool:
    """Allies, or two names side by side, act together: neither is the other's target."""
    if are_allied(one.bloc, other.bloc) or (
        one.bloc == other.bloc and one.bloc not in {"opposition", "unidentified", "other"}
    ):
        return True
    first, second = sorted((one, other), key=lambda actor: actor.start)
    between = [t.lower for t in scene.tokens[scene.last(first) + 1 : scene.first(second)]]
    return bool(between) and len(between) <= 4 and set(between) <= _SIDE_BY_SIDE


def are_hostile(scene: Scene, one: ActorSpan, other: ActorSpan) -> bool:
    """ "between the army and rebels", "X fought with Y": side by side, and against each other where no third is named.

    Groups of one bloc fight each other only when each is named and "with", "against" or "between" says so.
    """
    if other is one or {one.bloc, other.bloc} <= STATE_ALLIES:
        return False
    if one.bloc != other.bloc:
        return True
    if one.generic or other.generic or one.bloc in SINGLE or one.actor_id == other.actor_id:
        return False
    versus = {scene.lower(at) for at in range(scene.last(one) + 1, scene.first(other))} & {"with", "against"}
    return bool(versus) or word_before(scene, scene.first(one)) in {"between", "pitted"}
