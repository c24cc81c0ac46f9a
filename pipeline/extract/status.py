"""Did it happen? reported, denied, prospective or general (codebook section 3), from the words around a trigger.

Looks at the trigger, at the verbs that govern it and at the words of its clause. Dates and tolls that span a long time
are handed in; who is denied or believed is not decided here, nor what is background on the whole war
(`background.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.governors import BEGINNING, TRYING, governors, was_able
from pipeline.extract.habits import habitual, undated
from pipeline.extract.parse import Token
from pipeline.extract.record import record
from pipeline.extract.words import load_words, phrase_set

_WORDS = load_words("status")
_MODALS = frozenset(_WORDS["modals"])
_PLANS = frozenset(_WORDS["plans"])
_DONE = frozenset(_WORDS["done"])
_POSSIBLE = frozenset(_WORDS["possible"])
_DENIALS = frozenset(_WORDS["denials"])
_UNTRUE = frozenset(_WORDS["untrue"])
_INTENTIONS = frozenset(_WORDS["intentions"])
_CONDITIONS = frozenset({"if", "unless"})
_AHEAD = _MODALS | _POSSIBLE | _INTENTIONS | _CONDITIONS
"""Words of what may come: whether they make a happening a plan is asked only where one stands."""
_DISOWNING = phrase_set(_WORDS["disowning"])
_DENYING = _DENIALS | _DISOWNING.keys()
_NEGATIONS = frozenset({"no", "not", "never", "none", "neither"})
_ROW = frozenset(_WORDS["row"])
_FACTS = frozenset(_WORDS["facts"])
_NOBODY = frozenset({"none", "neither"})
"""Pronouns: they are the subject, where "no" stands before one."""
_HARM = frozenset(_WORDS["harm"])
_CEASING = frozenset(_WORDS["ceasing"])
_APART = frozenset({"including", "notably", "since", "before", "after", "following"})
"""They open a passage on another happening: what governs the words before them does not govern it."""
_REACH = 8


@record
class Status:
    """The status of a happening, and the token that makes it so (None: nothing contradicts "reported", or a date or
    toll that spans a long time does)."""

    status: str
    cue: int | None = None


def status_of(
    tokens: Sequence[Token],
    head: int,
    clause: range,
    *,
    period: bool,
    cumulative: bool,
    dated: bool,
    placed: bool = False,
    counted: bool = False,
    day: bool = False,
) -> Status:
    """Give the status of the happening told by the trigger at `head`, whose clause is the tokens of `clause`.

    `period`: a stretch of time is named ("in recent weeks"); `cumulative`: a running total is; `dated`: a time is;
    `day`: a single day is;
    `placed`: a place smaller than a province is; `counted`: its own victims are.
    """
    chain = governors(tokens, head)
    if tokens[clause.start].lower in _APART:
        chain = [at for at in chain if at in clause]
    for status, found in (("denied", _denied), ("prospective", _prospective)):
        if (cue := found(tokens, head, chain, clause)) is not None:
            return Status(status, cue)
    if cumulative or period:
        return Status("general")
    habit = habitual(tokens, head, chain, clause, placed=placed, counted=counted, day=day)
    if habit is None and not dated:
        habit = undated(tokens, head, chain, clause)
    return Status("general", habit) if habit is not None else Status("reported")


def _denied(tokens: Sequence[Token], head: int, chain: Sequence[int], clause: range) -> int | None:
    for token in tokens[clause.start : clause.stop]:
        if token.lower in _UNTRUE or (token.lower == "true" and _follows_not(tokens, token.at, clause)):
            return token.at
    negations = [token for token in tokens if token.dep == "neg" or token.lower in _NEGATIONS]
    for token in negations:
        if token.head == head and (token.dep == "neg" or (token.lower != "not" and token.dep == "det")):
            return token.at
    for token in tokens[max(clause.start - 12, 0) : head]:
        if token.lower in _DENYING and _denies(tokens, token):
            return token.at
    if not negations:
        return None
    if (nobody := _by_nobody(tokens, head, negations)) is not None:
        return nobody
    negated = (
        token.at
        for token in negations
        if token.dep == "neg"
        and token.head in chain[1:2]
        and tokens[token.head].tag.startswith("VB")
        and tokens[token.head].lower not in {"clear", "known"} | _CEASING
    )
    return next(negated, None)


def _follows_not(tokens: Sequence[Token], at: int, clause: range) -> bool:
    return at > clause.start and tokens[at - 1].lower == "not"


def _denies(tokens: Sequence[Token], token: Token) -> bool:
    """Tell whether somebody denies here ("denied") or will have no part in it ("disowned any role")."""
    if token.lower in _DENIALS and token.tag.startswith("VB"):
        return True
    phrases = _DISOWNING.get(token.lower, ())
    return any(parts == tuple(t.lower for t in tokens[token.at : token.at + len(parts)]) for parts in phrases)


def _by_nobody(tokens: Sequence[Token], head: int, negations: Sequence[Token]) -> int | None:
    """ "no shot was fired", "not a single aircraft took off": nothing did it. What came of it is a toll of none."""
    if tokens[head].lower in _HARM or not tokens[head].tag.startswith("VB"):
        return None
    nobody = (
        t
        for t in negations
        if (t.lower in {"no", "not"} and _is_subject_of(tokens[t.head], head))
        or (t.lower in _NOBODY and _is_subject_of(t, head))
    )
    return next((t.at for t in nobody), None)


def _is_subject_of(token: Token, head: int) -> bool:
    return token.head == head and token.dep in {"nsubj", "nsubjpass"}


def _prospective(tokens: Sequence[Token], head: int, chain: Sequence[int], clause: range) -> int | None:
    for token in tokens[max(0, clause.start - 1) : clause.stop]:
        if token.lower in _AHEAD and _looks_ahead(tokens, token, head, chain):
            return token.at
    if (to := _infinitive(tokens, head)) is not None:
        return to
    plans = (at for at in chain[1:] if tokens[at].lower in _PLANS and tokens[at].tag[:2] in {"VB", "JJ", "NN", "RB"})
    return next((at for at in plans if not (_is_object_plan(tokens, at, chain) or was_able(tokens, at))), None)


def _looks_ahead(tokens: Sequence[Token], token: Token, head: int, chain: Sequence[int]) -> bool:
    """Tell whether a word of what may come stands to the trigger so that it makes it a possibility or an intention."""
    if token.tag == "MD" and token.lower in _MODALS and (token.head in chain or _just_before(tokens, token.at, head)):
        return token.head == head or tokens[token.head].lower not in _FACTS
    if token.lower in _POSSIBLE and token.head == head and token.dep in {"det", "amod"}:
        return True
    if token.lower in _CONDITIONS and token.dep == "mark" and token.at < head:
        return True
    return token.lower in _INTENTIONS and token.tag.startswith("NN") and 0 < head - token.at <= _REACH


def _is_object_plan(tokens: Sequence[Token], at: int, chain: Sequence[int]) -> bool:
    """ "prevented" an attack that was under way stays a plan; but a subject of "stopped" did happen."""
    below = chain[chain.index(at) - 1]
    if tokens[at].lower in _CEASING and any(t.head == at and t.dep == "neg" for t in tokens):
        return True
    return tokens[below].dep in {"nsubj", "nsubjpass"} or (
        tokens[at].lower in {"set", "about", "helped", "help", "called", "calls"} and tokens[at].tag != "VBD"
    )


def _just_before(tokens: Sequence[Token], modal: int, head: int) -> bool:
    """Only helpers and adverbs stand between the modal and the trigger."""
    return modal < head <= modal + 5 and all(
        t.tag in {"RB", "VB", "VBN", "VBG", "TO", "RBR"}
        and (t.tag == "RB" or t.lower in {"be", "have", "been", "being", "not"})
        for t in tokens[modal + 1 : head]
    )


def _infinitive(tokens: Sequence[Token], head: int) -> int | None:
    """ "to storm the town": a purpose or a plan, unless the verb above says that it was done."""
    token = tokens[head]
    if token.tag != "VB" or head == 0:
        return None
    to = next((at for at in range(head - 1, max(-1, head - 4), -1) if tokens[at].lower == "to"), None)
    if to is None or to == 0:
        return None
    if was_able(tokens, token.head):
        return None
    if token.dep in {"relcl", "acl"} and _is_one_of_a_row(tokens, token.head, to):
        return None
    above = tokens[token.head].lower
    before = tokens[to - 1].lower
    if above in BEGINNING and any(t.head == token.head and t.dep == "dobj" for t in tokens[token.head : to]):
        return to  # "began an offensive to take the town"
    if above in TRYING and tokens[token.head].tag.startswith("VB"):
        return None  # "the army battled to retake the town": fought for it
    return to if above not in _DONE and before not in _DONE else None


def _is_one_of_a_row(tokens: Sequence[Token], noun: int, to: int) -> bool:
    """ "The latest in a spate of blasts to hit the district", "the first convoy to reach it": it did."""
    before = tokens[max(0, noun - _REACH) : to]
    return any(t.lower in _ROW or t.tag == "JJS" for t in before)


def is_purpose(tokens: Sequence[Token], head: int) -> bool:
    """ "Sent troops to fight them": what it was done for."""
    above = {"advcl", "relcl", "acl"}
    return tokens[head].tag == "VB" and tokens[head].dep in above and _infinitive(tokens, head) is not None
