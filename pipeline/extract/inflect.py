"""English word forms for the lexicon: plural nouns and the -s, -ed, -ing forms of verbs.

Only regular forms are made here; the irregular ones are data (`irregular` in triggers.yaml). No dictionary, no parse.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_VOWELS = frozenset("aeiou")
_DOUBLING_ENDS = ("el", "al", "ap", "ab", "ob", "ip", "op", "it")


def plural(noun: str) -> str:
    """Return the regular plural of a noun in lower case ("city" -> "cities", "clash" -> "clashes")."""
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in _VOWELS:
        return noun[:-1] + "ies"
    return noun + "s"


def noun_forms(noun: str, irregular: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Return a noun, its plural and the forms listed as irregular."""
    return frozenset((noun, plural(noun), *irregular.get(noun, ())))


def verb_forms(verb: str, irregular: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Return a verb and its -s, -ed and -ing forms, or the forms listed as irregular."""
    if verb in irregular:
        return frozenset((verb, *irregular[verb]))
    stems: tuple[str, ...]
    if verb.endswith("e"):
        stems = (verb + "d", verb[:-1] + "ing" if not verb.endswith("ee") else verb + "ing")
    elif verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        stems = (verb[:-1] + "ied", verb + "ing")
    elif verb.endswith(_DOUBLING_ENDS) and verb[-3:-2] not in _VOWELS:
        double = verb + verb[-1]
        stems = (double + "ed", double + "ing", verb + "ed", verb + "ing")
    else:
        stems = (verb + "ed", verb + "ing")
    return frozenset((verb, plural(verb), *stems))
