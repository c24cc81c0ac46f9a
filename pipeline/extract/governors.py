"""The words that govern a trigger: what makes it denied, planned, tried or begun stands above it in the parse."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.attribution import is_saying
from pipeline.extract.parse import Token
from pipeline.extract.words import load_words

_WORDS = load_words("status")
_PLANS = frozenset(_WORDS["plans"])
TRYING = frozenset(_WORDS["trying"])
BEGINNING = frozenset(_WORDS["beginning"])
_OFFENSIVES = frozenset(_WORDS["offensives"])
_LAUNCHING = frozenset(_WORDS["launching"])
_LAUNCHED = frozenset(_WORDS["launched"])
_STEPS = 5
_OBJECT = 12
"""Words behind a verb among which its object stands."""


def governors(tokens: Sequence[Token], head: int) -> list[int]:
    """The trigger and the words above it, up to the word of saying."""
    chain, at = [head], head
    for _ in range(_STEPS):
        above = tokens[at].head
        if above == at or (
            tokens[at].dep in {"ccomp", "parataxis", "relcl", "advcl", "conj"}
            and tokens[at].tag in {"VBD", "VBZ", "VBP"}
        ):
            break
        if is_saying(tokens[above]) and tokens[above].lower not in _PLANS:
            break
        if tokens[at].tag == "VBG" and tokens[above].lower == "by":
            break  # "prevented a massacre by defusing it": the means was used, whatever it was for
        chain.append(above)
        at = above
    return chain


def is_attempted(tokens: Sequence[Token], head: int) -> bool:
    """Tell whether it was only tried, or fought for: "failed to retake the town", "attempts to broker a truce"."""
    chain = governors(tokens, head)
    return launched(tokens, chain) is not None or any(tokens[at].lower in TRYING for at in chain[1:])


def is_begun(tokens: Sequence[Token], head: int) -> bool:
    """Tell whether a beginning is told: "began carrying out strikes"."""
    return any(tokens[at].lower in BEGINNING for at in governors(tokens, head)[1:])


def was_able(tokens: Sequence[Token], at: int) -> bool:
    """ "Were able to repel the attack": they did; "will be able to" is yet to come."""
    return tokens[at].lower == "able" and tokens[tokens[at].head].lower in {"was", "were"}


def launched(tokens: Sequence[Token], chain: Sequence[int]) -> int | None:
    """The word that says that an offensive was launched, where a trigger tells what it is for: "began an assault to
    retake the town". They fight for it; whether it was taken is not told. `chain` are its `governors`."""
    for at in chain[1:]:
        token = tokens[at]
        if token.lower in _OFFENSIVES and (start := _launching(tokens, at)) is not None:
            return start
        if token.lower in _LAUNCHING and any(_is_launched(t, at) for t in tokens[at + 1 : at + _OBJECT]):
            return at
    return None


def _launching(tokens: Sequence[Token], offensive: int) -> int | None:
    """The verb or the noun ("the start of a campaign") that launches an offensive."""
    above = tokens[tokens[offensive].head]
    if above.lower == "of":
        above = tokens[above.head]
        return above.at if above.lower in _LAUNCHED else None
    return above.at if above.lower in _LAUNCHING and above.at != offensive else None


def _is_launched(token: Token, verb: int) -> bool:
    return token.head == verb and token.dep == "dobj" and token.lower in _OFFENSIVES
