"""Words of the lexicon that only speak of a happening: whoever fights, what a deal was about, a town under siege.

"The groups fighting the government" says who they are, "under a deal reached in May" by what right something else was
done. Asked of a match by the grammar around it, before anything is made of it; that it is a trigger by tag, object and
subject is told in `accept.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.lexicon import Lexicon
from pipeline.extract.parse import Token
from pipeline.extract.triggers import Match
from pipeline.extract.words import load_words

_WORDS = load_words("accept")
_FIGHTING = frozenset(_WORDS["fighting"])
_SUPPORTING = frozenset(_WORDS["supporting"])
_REFERRING = frozenset(_WORDS["referring"])
_ONE = frozenset({"a", "an"})
_LASTING = frozenset(_WORDS["lasting"])
_LAYING = frozenset(_WORDS["laying"])
_ENDING = frozenset(_WORDS["ending"])
_CAUGHT = frozenset(_WORDS["caught"])
_DRAWING = frozenset(_WORDS["drawing"])
_BY_RIGHT_OF = frozenset({"of", "than", "for", "from", "without"})
_ALONGSIDE = frozenset({"alongside"})
_SIMPLE = frozenset({"VBD", "VBP", "VBZ"})
_PERFECT = frozenset({"has", "have", "had", "'ve"})
_DAYS = frozenset(load_words("numbers")["months"]) | frozenset(load_words("dates")["weekdays"])
_CAUGHT_REACH = 6
"""Words before a fight among which it is told that people were caught in it."""
_DAY_REACH = 12
"""Words behind "agreed" among which its day stands."""
_HANGING = frozenset({"relcl", "acl", "advcl", "xcomp"})
_CLIMB = 3
"""Words above a pact among which it is told that it was made."""


def only_speaks(lexicon: Lexicon, tokens: Sequence[Token], match: Match) -> bool:
    """Tell whether a match speaks of what is known, lasts or was told, and tells no happening."""
    trigger, head = match.trigger, tokens[match.head]
    if head.lower in _FIGHTING and _is_epithet(tokens, head):
        return True
    if trigger.sub_event_type == "Armed clash" and trigger.roles == "sides" and _is_fight_spoken_of(tokens, match):
        return True
    if head.lower in _FIGHTING:
        return False
    if trigger.text in _LASTING:
        return _is_state(tokens, match)
    if trigger.sub_event_type == "Agreement":
        return _is_known_pact(lexicon, tokens, match)
    if trigger.sub_event_type == "Peaceful protest" and tokens[head.head].lower in _DRAWING and head.dep == "dobj":
        return any(t.lower == "from" and t.head in {match.head, head.head} for t in tokens[match.head :])
    return trigger.part == "noun" and _is_referred_to(tokens, head)


def _is_epithet(tokens: Sequence[Token], head: Token) -> bool:
    """ "A bastion of the groups fighting the government", "strikes in support of Kurds fighting IS"."""
    if head.tag != "VBG":
        return False
    return head.dep == "acl" or (head.dep in {"ccomp", "advcl"} and tokens[head.head].lower in _SUPPORTING)


def _is_fight_spoken_of(tokens: Sequence[Token], match: Match) -> bool:
    """ "A deal to end the fighting", "accused of fighting the group", "who fight alongside them": no fight is told."""
    head = tokens[match.head]
    if match.start and tokens[match.start - 1].lower in _BY_RIGHT_OF and _is_against(tokens, match):
        return True
    if head.tag.startswith("NN"):
        above = tokens[head.head]
        over = tokens[above.head] if head.dep == "pobj" else above
        ended = head.dep in {"dobj", "pobj"} and over.lower in _ENDING
        before = [t.lower for t in tokens[max(0, match.start - _CAUGHT_REACH) : match.start]]
        caught = head.dep == "pobj" and not _CAUGHT.isdisjoint(before)
        return ended or caught
    if head.tag == "VBG" and head.dep in {"xcomp", "dobj", "ccomp"} and tokens[head.head].lower in _ENDING:
        return True
    beside = match.end < len(tokens) and tokens[match.end].lower in _ALONGSIDE
    return (beside or (head.dep == "relcl" and head.tag in _SIMPLE)) and not _is_dated(tokens, match.head)


def _is_against(tokens: Sequence[Token], match: Match) -> bool:
    """Tell a participle ("of fighting them"), whatever the tagger takes it for."""
    against = match.end < len(tokens) and tokens[match.end].lower == "against"
    return tokens[match.head].tag == "VBG" or (against and tokens[match.head].lower.endswith("ing"))


def _is_state(tokens: Sequence[Token], match: Match) -> bool:
    """ "Besieging the town", "a town under siege": how things stand; "besieged the base on Monday" was done."""
    head = tokens[match.head]
    if match.trigger.part == "noun":
        return head.dep not in {"dobj", "nsubjpass"} or tokens[head.head].lower not in _LAYING
    if head.tag == "VBD":
        return False
    own = {t.lower for t in tokens if t.head == match.head and t.dep in {"aux", "auxpass"}}
    return own.isdisjoint(_PERFECT)


def _is_known_pact(lexicon: Lexicon, tokens: Sequence[Token], match: Match) -> bool:
    """ "Left under a deal reached with elders", "broke the truce": a pact that another sentence made."""
    head = tokens[match.head]
    if match.trigger.part == "verb":
        told_of = head.dep == "acl" and head.tag == "VBN" and tokens[head.head].dep != "ROOT"
        return told_of and not _is_dated(tokens, match.head)
    if head.dep == "ROOT":
        return False  # a headline
    at = match.head
    for _ in range(_CLIMB):
        at = tokens[at].head
        if lexicon.has_object("concluding", [tokens[at].lower]):
            return False
    beside = (t for t in tokens if t.head in {match.head, head.head} and t.dep in _HANGING and t.at > match.head)
    made = (t for t in beside if lexicon.has_object("concluding", [t.lower]))
    return not any(t.dep == "xcomp" or _is_dated(tokens, t.at) for t in made)


def _is_dated(tokens: Sequence[Token], at: int) -> bool:
    """ "Which came into force in May", "agreed on Thursday": told with its day."""
    return not _DAYS.isdisjoint(t.lower for t in tokens[at : at + _DAY_REACH])


def _is_referred_to(tokens: Sequence[Token], head: Token) -> bool:
    """ "No comment on the attack", "in the aftermath of the raid": it was told before."""
    if head.dep != "pobj":
        return False
    site = tokens[tokens[head.head].head]
    bare = site.lower == "site" and not any(t.head == site.at and t.dep == "det" for t in tokens)
    if bare and any(t.head == head.at and t.lower in _ONE for t in tokens):
        return True  # "Sarmin, site of a gas attack last year"
    if not any(t.head == head.at and t.lower in {"the", "this"} for t in tokens):
        return False
    return tokens[tokens[head.head].head].lower in _REFERRING
