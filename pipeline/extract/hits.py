"""What bombs and shells hit: the side that stands as their object, or whoever keeps the post that was hit.

"A checkpoint under the control of the YPG", "positions held by X": whoever keeps the post is the target, though a side
that only holds a town is not. What is bombed with no post and nobody armed named is a place where people live (codebook
section 4, actor2).
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.actor_standing import is_held, word_before
from pipeline.extract.actors import ActorSpan
from pipeline.extract.allies import are_allied
from pipeline.extract.scene import Scene
from pipeline.extract.triggers import Match
from pipeline.extract.words import load_words

_WORDS = load_words("roles")
_POSTS = frozenset(_WORDS["posts"])
_BASES = frozenset(_WORDS["air_bases"])
_GROUNDS = frozenset(_WORDS["air_grounds"])
_MILITARY = frozenset(_WORDS["military"])
_SITES = _POSTS | frozenset(_WORDS["sites"])
_BELONGINGS = _POSTS | _SITES | frozenset(_WORDS["belongings"])
_OF_WHOM = frozenset({"its", "their"})
BESIDE = frozenset(_WORDS["beside"])
_AUXILIARIES = frozenset(_WORDS["be"]) | frozenset(_WORDS["auxiliaries"])
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_TARGETING = frozenset(_WORDS["targeting"])
_GOES_ON = _AUXILIARIES | _TARGETING
_AT = frozenset(_WORDS["at_post"])
_BEHIND = 4
"""Tokens after "rebel" within which its noun stands."""
_BEFORE = 8
"""Words before "held by X" within which its noun stands."""


def names_post(scene: Scene, span: range) -> bool:
    """Tell whether a stretch of tokens names a military object."""
    if scene.vocabulary.isdisjoint(_POSTS):
        return False
    posts = (at for at in span if scene.lower(at) in _POSTS and scene.tokens[at].tag.startswith("NN"))
    return any(word_before(scene, at) != "from" for at in posts)  # "fired from positions in": nobody hit them


def names_base(scene: Scene, match: Match, span: range) -> bool:
    """Tell whether bombs fall on an air base; "planes took off from the air base" tells of none."""
    if scene.vocabulary.isdisjoint(_BASES) and scene.vocabulary.isdisjoint(_GROUNDS):
        return False
    bases = (
        at for at in span if scene.lower(at) in _BASES or (scene.lower(at) in _GROUNDS and _is_military(scene, at))
    )
    return any(_entry(scene, at) not in BESIDE for at in bases if not match.start <= at < match.end)


def _is_military(scene: Scene, at: int) -> bool:
    return at > 0 and scene.lower(at - 1) in _MILITARY


def _entry(scene: Scene, at: int) -> str:
    """The preposition before the phrase that a noun ends."""
    before = scene.tokens[max(0, at - _BEFORE) : at]
    return next((t.lower for t in reversed(before) if t.tag in {"IN", "TO"} or t.tag[:2] == "VB"), "")


def is_at_post(scene: Scene, first: int) -> bool:
    """Tell whether a side that begins at a token keeps the post where it happened: "an explosion at the base of the
    division"."""
    before = scene.tokens[max(0, first - _BEFORE) : first]
    at = next((place for place in range(len(before) - 1, -1, -1) if before[place].lower == "of"), 0)
    if not at or before[at - 1].lower not in _POSTS:
        return False
    return next((t.lower for t in reversed(before[: at - 1]) if t.tag == "IN"), "") in _AT


def keeper(scene: Scene, span: range, actors: Sequence[ActorSpan], agent: ActorSpan | None) -> ActorSpan | None:
    """Give the side other than `agent` that keeps a post named in `span`, None where nobody does."""
    for actor in actors:
        if actor.bloc == "civilians" or (agent is not None and actor.bloc == agent.bloc) or not is_held(scene, actor):
            continue
        first, last = scene.first(actor), scene.last(actor)
        behind = range(last + 1, min(span.stop, last + 1 + _BEHIND))  # "rebel-held positions"
        if names_post(scene, range(max(span.start, first - _BEFORE), first)) or names_post(scene, behind):
            return actor
    return None


def owner(scene: Scene, match: Match, span: range, agent: ActorSpan | None) -> ActorSpan | None:
    """ "X said Y shelled two of its tanks": whose they are, who was named before tells; None where nobody was."""
    if agent is None or _OF_WHOM.isdisjoint(scene.vocabulary):
        return None
    behind = range(match.end, span.stop)
    whose = next((at for at in behind if scene.lower(at) in _OF_WHOM and _has(scene, at)), None)
    if whose is None:
        return None
    before = [a for a in scene.actors if scene.last(a) < match.start and a.bloc not in {"civilians", "unidentified"}]
    before = [a for a in before if not is_held(scene, a)]
    return next((a for a in before if a.bloc != agent.bloc and not are_allied(a.bloc, agent.bloc)), None)


def _has(scene: Scene, at: int) -> bool:
    """Tell whether what "its" at a token owns is of war."""
    nouns = range(at + 1, min(at + 1 + _BEHIND, len(scene.tokens)))
    return any(scene.lower(n) in _BELONGINGS and scene.tokens[n].tag.startswith("NN") for n in nouns)


def is_hit(scene: Scene, match: Match, actor: ActorSpan) -> bool:
    """ "shelled rebels", "strikes on rebel posts", but not "bombed the town near which rebels ...": the object of it.

    A side that stands behind the trigger must be reached without another verb, and without a word for what is beside.
    """
    first = scene.first(actor)
    before = word_before(scene, first)
    if before in BESIDE and not (before == "for" and _is_post_for(scene, first)):
        return False
    if first < match.end:
        return True
    between = range(match.end, first)
    if names_post(scene, between):
        return True  # "a command post where fighters of X had met"
    heads = {other.head for other in scene.triggers}
    return not any(_turns(scene, at) and at not in heads for at in between)


def _is_post_for(scene: Scene, first: int) -> bool:
    """ "sites for X were bombed": theirs, in the English of agencies that write in Arabic."""
    at = next((at for at in range(first - 1, max(0, first - _BEHIND), -1) if scene.lower(at) == "for"), 0)
    return at > 0 and scene.lower(at - 1) in _SITES


def _turns(scene: Scene, at: int) -> bool:
    """Tell whether a sentence turns to something else at a token: a finite verb of its own, or a relative word."""
    tag = scene.tokens[at].tag
    return tag.startswith("W") or (tag in _FINITE and scene.lower(at) not in _GOES_ON)
