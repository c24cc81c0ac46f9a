"""The subject of a verb in a parsed sentence: its tokens, found by the dependencies.

A verb joined to another, or one that hangs on a helper ("have begun to go home"), has the subject of that one; a
participle behind a noun ("people camped near the fence") and a relative clause have the noun. Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.parse import Token

_SHARED = frozenset({"conj", "xcomp", "advcl", "aux", "ccomp", "pcomp"})
_OF_NOUN = frozenset({"relcl", "acl"})
_CLIMB = 4
_NEAR = 6
_NOMINAL = frozenset({"NN", "JJ", "CD", "DT", "PR"})
_WIDTH = 14
"""Tokens of a subject that are looked at; longer ones are lists or parse errors."""


def subject_of(tokens: Sequence[Token], verb: int, *, undergoing: bool = False) -> list[int]:
    """Give the tokens of who does what `verb` says, in text order; empty where the sentence does not tell.

    After a passive that is the phrase with "by". With `undergoing` it is the grammatical subject all the same: the
    people who "were driven out".
    """
    found = _by_grammar(tokens, verb, undergoing=undergoing)
    return _before(tokens, verb) if found is None else found


def _by_grammar(tokens: Sequence[Token], verb: int, *, undergoing: bool) -> list[int] | None:
    """None where the parse gives no subject at all."""
    at = verb
    for _ in range(_CLIMB):
        own = [t for t in tokens if t.head == at and t.at != at]
        passive = any(t.dep in {"nsubjpass", "auxpass"} for t in own)
        if at == verb and passive and not undergoing:
            agents = [t.at for t in own if t.dep == "agent"]
            return _phrase(tokens, agents[0], verb) if agents else []
        subject = next((t.at for t in own if t.dep in {"nsubj", "nsubjpass"} and t.at < at), None)
        if subject is not None and tokens[subject].tag not in {"WP", "WDT"}:
            return _phrase(tokens, subject, verb)
        if tokens[at].dep in _OF_NOUN:
            return _phrase(tokens, tokens[at].head, at)
        if tokens[at].dep not in _SHARED or tokens[at].head == at:
            return None
        at = tokens[at].head
    return None


def _before(tokens: Sequence[Token], verb: int) -> list[int]:
    """The nouns right before a finite verb, where the parse missed that they are its subject."""
    if tokens[verb].tag not in {"VBD", "VBZ", "VBP"} and not tokens[verb].tag.startswith("NN"):
        return []
    start = verb
    while start and verb - start < _NEAR and (tokens[start - 1].tag[:2] in _NOMINAL or tokens[start - 1].lower == "of"):
        start -= 1
    return list(range(start, verb))


def _phrase(tokens: Sequence[Token], top: int, verb: int) -> list[int]:
    """The words under a noun, without the verb asked about and what hangs on it, nearest to the noun first kept."""
    under: list[int] = []
    for token in tokens[max(0, top - _WIDTH) : top + _WIDTH]:
        at = token.at
        for _ in range(_WIDTH):
            if at in {top, verb} or tokens[at].head == at:
                break
            at = tokens[at].head
        if at == top:
            under.append(token.at)
    return under
