"""Once, or over and over? What tells no single happening: habits, trends, stretches of time, what somebody is.

Dates and tolls that span a long time are the business of the caller.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.governors import governors
from pipeline.extract.parse import Token
from pipeline.extract.words import load_words

_WORDS = load_words("status")
_HABIT = frozenset(_WORDS["habit"])
_RISING = frozenset(_WORDS["rising"])
_STRETCHES = tuple(_WORDS["stretches"])
_BESIDE_A_DAY = tuple(phrase for phrase in _STRETCHES if "ongoing" not in phrase)
_REPEATS = tuple(f" {phrase} " for phrase in _WORDS["repeats"])
_CROWDS = frozenset(_WORDS["crowds"])
_PERFECT = frozenset({"has", "have", "'ve"})
_FIGHTING = frozenset(_WORDS["fighting"])
_STRIVING = frozenset(_WORDS["striving"])
_EXTENTS = frozenset(_WORDS["extents"])
_SPANS = frozenset({"weeks", "months", "years"})
"""Of shelling, of siege: a stretch of it, no single one."""
_LONG = frozenset({"weeks", "month", "months", "years"})
_REACH = 8


def habitual(
    tokens: Sequence[Token], head: int, chain: Sequence[int], clause: range, *, placed: bool, counted: bool, day: bool
) -> int | None:
    """Give the word that makes it a habit, a trend or a stretch of it, None where it happened once.

    `placed`: it is told of a place smaller than a province; `counted`: of victims of its own; `day`: of a day.
    """
    words = [token.lower for token in tokens[clause.start : clause.stop]]
    habit = next((at for at, word in enumerate(words, clause.start) if word in _HABIT), None)
    if habit is None:
        habit = _lasting(words, clause.start, _BESIDE_A_DAY if day else _STRETCHES, long=not day)
    if habit is None:
        habit = next((at for at in chain[1:] if tokens[at].lower in _SPANS and tokens[at + 1].lower == "of"), None)
    if habit is None and tokens[head].tag == "NNS":
        habit = next((t.at for t in tokens if t.lower == "recent" and t.head == head), None)
    if habit is None and not counted:
        once = {"VBD"} if placed or day else frozenset()  # "stepped up its shelling of the town": it shelled it
        rising = (
            at
            for at in chain[1:]
            if tokens[at].lower in _RISING and tokens[at].tag.startswith("VB") and tokens[at].tag not in once
        )
        habit = next(rising, None)
    if habit is not None:
        return habit
    verb = next((at for at in chain if tokens[at].tag.startswith("VB")), None)
    if verb is None:
        return None
    if tokens[verb].tag == "VBG":
        helpers = {t.lower for t in tokens[max(clause.start, verb - 4) : verb]}
        if "been" in helpers and not day and bool(helpers & {"has", "have", "'ve"}):
            return verb
    going_on = (
        at
        for at in (*chain, tokens[verb].head)
        if tokens[at].tag in {"VBP", "VBZ"} and tokens[at].lower in {"continue", "continues", "keep", "keeps"}
    )
    continuing = next(going_on, None)
    if placed and continuing == tokens[head].head:
        return None  # "continues to shell the village": the village was shelled
    return continuing


def undated(tokens: Sequence[Token], head: int, chain: Sequence[int], clause: range) -> int | None:
    """Without a day "have tried several times", "thousands have fled", "use the base to bomb" tell no one happening."""
    words = [tokens[at].lower for at in clause]
    joined = f" {' '.join(words)} "
    for phrase in _REPEATS:
        if (found := joined.find(phrase)) >= 0:
            return clause.start + joined[:found].count(" ")
    if tokens[head].lower in _FIGHTING and _describes(tokens, head):
        return head
    verb = next((at for at in chain if tokens[at].tag.startswith("VB")), None)
    if verb is None:
        return None
    striven = (_fought_for(tokens, at) for at in chain if tokens[at].tag == "VBG")
    if (still := next((at for at in striven if at is not None), None)) is not None:
        return still
    above = tokens[head].head
    purpose = any(t.head == head and t.lower == "to" for t in tokens)
    if purpose and tokens[above].lower in {"use", "uses"}:
        return above
    itself = verb == head or (verb in chain[1:2] and tokens[head].dep in {"nsubj", "nsubjpass", "dobj"})
    if tokens[verb].tag == "VBG" and tokens[tokens[verb].head].lower == "by":
        verb = tokens[tokens[verb].head].head  # "have responded by firing"
        itself = True
    has = next((t.at for t in tokens if t.head == verb and t.dep in {"aux", "auxpass"} and t.lower in _PERFECT), None)
    if has is None or tokens[verb].tag != "VBN" or not itself:
        return None
    near = range(max(clause.start, verb - _REACH), min(clause.stop, max(verb, head) + _REACH))
    return next((at for at in near if tokens[at].lower in _CROWDS), None)


def _fought_for(tokens: Sequence[Token], verb: int) -> int | None:
    """ "is fighting to recapture the town": what somebody is about, not what happened on a day."""
    if tokens[verb].lower not in _STRIVING or not any(t.head == verb and t.lower in {"is", "are"} for t in tokens):
        return None
    aims = (t for t in tokens[verb + 1 :] if t.tag == "VB" and t.head == verb and tokens[t.at - 1].lower == "to")
    return verb if any(aims) else None


def _lasting(words: Sequence[str], start: int, stretches: Sequence[str], *, long: bool) -> int | None:
    """ "for several months", "so far", "part of a wider offensive": a stretch, not a happening.

    `long`: whether weeks and months are looked for, too; beside a day they only say for how long it had been otherwise.
    """
    joined = f" {' '.join(words)} "
    for phrase in stretches:
        if (found := joined.find(phrase)) >= 0:
            return start + joined[:found].count(" ", 1)
    if not long or _LONG.isdisjoint(words):
        return None
    for at, word in enumerate(words):
        if word == "for" and not _LONG.isdisjoint(words[at + 1 : at + 6]):
            return start + at
    return None


def _describes(tokens: Sequence[Token], head: int) -> bool:
    """ "to help the groups fighting the army": what they are, not what they did."""
    helped = any(t.head == head and t.dep in {"aux", "auxpass"} for t in tokens)
    behind = head > 0 and tokens[head - 1].tag in {"NN", "NNS", "NNP", "NNPS", "-RRB-"}
    return behind and not helped and tokens[head].dep in {"acl", "ccomp", "dobj"}


def is_ongoing(tokens: Sequence[Token], head: int) -> bool:
    """Tell whether the verb of the trigger is in a present or perfect tense ("has bombarded".

    "is conducting raids").
    """
    verb = next((at for at in governors(tokens, head) if tokens[at].tag.startswith("VB")), None)
    if verb is None:
        return False
    if tokens[verb].lower in {"is", "are"} and verb != head:
        return True
    helpers = {t.lower for t in tokens if t.head == verb and t.dep in {"aux", "auxpass"}}
    return bool(helpers & {"has", "have", "'ve"}) or (tokens[verb].tag == "VBG" and bool(helpers & {"is", "are"}))


def is_mentioned(tokens: Sequence[Token], head: int) -> bool:
    """Tell whether a deal is only named beside something else: "under a deal reached between them"."""
    token = tokens[head]
    return (token.tag == "VBN" and token.dep == "acl") or (token.tag.startswith("NN") and token.dep == "pobj")


def is_described(tokens: Sequence[Token], head: int) -> bool:
    """ "The Front, which changed its name", "a group, declaring a caliphate": said of somebody in passing."""
    return tokens[head].dep == "relcl" or (tokens[head].tag == "VBG" and tokens[head].dep in {"acl", "advcl", "pcomp"})


def takes_much(tokens: Sequence[Token], head: int) -> bool:
    """ "Have captured most of the province": what came of it over time."""
    much = any(t.head == head and t.dep in {"dobj", "nsubjpass"} and t.lower in _EXTENTS for t in tokens)
    return much and is_ongoing(tokens, head)
