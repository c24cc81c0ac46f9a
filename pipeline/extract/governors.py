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
_LAUNCHING = frozenset(_WORDS["launching"])
_OFFENSIVES = frozenset(_WORDS["offensives"])
_UNDERGOES = frozenset({"dobj", "nsubjpass", "pobj"})
_UNREAL = frozenset({"to", "if"})
_OWN_CLAUSE = frozenset({"relcl", "conj", "parataxis"})
_HELPERS = frozenset({"was", "were", "had", "has", "have"})
_STEPS = 5


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
        if tokens[at].tag == "VBN" and tokens[at].dep in _OWN_CLAUSE and _has_helper(tokens, at):
            break  # "may visit the town, where gas was dropped"
        if is_saying(tokens[above]) and tokens[above].lower not in _PLANS:
            break
        if tokens[at].tag == "VBG" and tokens[above].lower == "by":
            break  # "prevented a massacre by defusing it": the means was used, whatever it was for
        chain.append(above)
        at = above
    return chain


def _has_helper(tokens: Sequence[Token], at: int) -> bool:
    return any(t.head == at and t.lower in _HELPERS for t in tokens[max(0, at - 4) : at])


def is_attempted(tokens: Sequence[Token], head: int) -> bool:
    """Tell whether it was only tried, or fought for: "failed to retake the town", "attempts to broker a truce"."""
    return any(tokens[at].lower in TRYING for at in governors(tokens, head)[1:])


def is_begun(tokens: Sequence[Token], head: int) -> bool:
    """Tell whether a beginning is told: "began carrying out strikes"."""
    return any(tokens[at].lower in BEGINNING for at in governors(tokens, head)[1:])


def launched_for(tokens: Sequence[Token], head: int) -> int | None:
    """Give the verb that launched an offensive to do what `head` says: "opened a battle to free the town".

    None where there is no offensive, or where it is itself only planned.
    """
    if not (tokens[head].tag == "VB" or tokens[head].tag == "VBG"):
        return None
    above = governors(tokens, head)[1:]
    nouns = [at for at in above if tokens[at].lower in _OFFENSIVES]
    nouns += [t.at for t in tokens[:head] if t.lower in _OFFENSIVES and t.head in above and t.dep in _UNDERGOES]
    for noun in nouns:
        verb = next((at for at in governors(tokens, noun)[1:] if tokens[at].lower in _LAUNCHING), None)
        if verb is not None and noun < head and _is_real(tokens, verb):
            return verb
    return None


def _is_real(tokens: Sequence[Token], verb: int) -> bool:
    """No helper or word above makes of it what may be."""
    helped = any(t.head == verb and (t.tag == "MD" or t.lower in _UNREAL or t.dep == "neg") for t in tokens)
    planned = any(tokens[at].lower in _PLANS for at in governors(tokens, verb)[1:])
    return tokens[verb].tag[:2] in {"VB", "NN"} and not helped and not planned


def was_able(tokens: Sequence[Token], at: int) -> bool:
    """ "Were able to repel the attack": they did; "will be able to" is yet to come."""
    return tokens[at].lower == "able" and tokens[tokens[at].head].lower in {"was", "were"}
