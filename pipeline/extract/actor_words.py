"""Words for armed people, what they do, and people without a named group, as they stand in a text.

The words are in `lexicon/actors_words.yaml`; names of sides are in the region's registry (`actor_names.py`).
"""

from __future__ import annotations

from pipeline.extract.place_words import Word
from pipeline.extract.words import load_words, phrase_lengths

_LEXICON = load_words("actors_words")
LINKED = frozenset(_LEXICON["linked"]) - frozenset(_LEXICON["held"])
"""Behind a side's name and a hyphen: somebody else is meant, while "rebel-held" still names who holds the ground."""
_GROUP_NOUNS = frozenset(_LEXICON["group_nouns"])
_SMALL_GROUP_NOUNS = frozenset(_LEXICON["group_nouns_small"])
_ADJECTIVAL = frozenset(_LEXICON["adjectival"])
_GROUP_LEADS = frozenset(_LEXICON["group_leads"])
_NOT_GROUP_NAMES = frozenset(_LEXICON["not_group_names"])


def _phrases(*names: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(phrase.lower().replace("-", " ").split()) for name in names for phrase in _LEXICON[name])


AIR = _phrases("forces_air")
FORCES = AIR | _phrases("forces_ground")
NEUTRAL = _phrases("forces_neutral")
ACTIONS_AIR = _phrases("actions_air")
ACTIONS = ACTIONS_AIR | _phrases("actions")
FORCES_AND_ACTIONS = FORCES | ACTIONS
SWALLOWED = _phrases("swallowed")
PACTS = _phrases("pacts")
_LENGTHS = phrase_lengths(FORCES_AND_ACTIONS | NEUTRAL | SWALLOWED | PACTS)
_GENERIC = {
    **{tuple(p.replace("-", " ").split()): ("unidentified", "air") for p in _LEXICON["generic_air"]},
    **{tuple(p.replace("-", " ").split()): ("unidentified", "ground") for p in _LEXICON["generic_ground"]},
    **{
        tuple(p.replace("-", " ").split()): (bloc, "ground")
        for bloc, words in _LEXICON["generic"].items()
        for p in words
    },
    **{tuple(p.replace("-", " ").split()): ("civilians", None) for p in _LEXICON["civilians"]},
}
_GENERIC_LENGTHS = phrase_lengths(_GENERIC)
_SHORT = frozenset(_LEXICON["short"])
_OUTLAWED = frozenset(_LEXICON["outlawed"])
_AFTER_NOUNS = frozenset(_LEXICON["after_nouns"])
_PLURALS = frozenset(
    {"people", "children", "women", "gunmen", "militiamen", "men", "police", "military", "aircraft", "artillery"}
)


def is_generic(word: Word) -> bool:
    """Tell whether a word for fighters, aircraft or civilians may begin with this one, or an adjective for a side."""
    return word.lower in _GENERIC_LENGTHS or word.lower in _ADJECTIVAL


def is_adjective(words: list[Word], at: int) -> bool:
    """Tell "opposition figure" and "rebel stronghold" from "opposition fighters", "rebel fire" and the noun alone."""
    if words[at].lower not in _ADJECTIVAL or at + 1 >= len(words) or not words[at + 1].joined:
        return False
    if words[at + 1].hyphen or words[at + 1].capital or words[at + 1].lower in _AFTER_NOUNS:
        return False
    known = phrase_end(words, at + 1, FORCES_AND_ACTIONS) or generic_at(words, at) != generic_at(words[: at + 1], at)
    return not known


def generic_at(words: list[Word], at: int) -> tuple[int, str, str | None] | None:
    """Return (end, bloc, means) of the longest word for fighters, aircraft or civilians at `at`."""
    for length in _GENERIC_LENGTHS.get(words[at].lower, ()):
        parts = tuple([word.lower for word in words[at : at + length]])
        if len(parts) == length and parts in _GENERIC and all(word.joined for word in words[at + 1 : at + length]):
            end = at + length
            if end < len(words) and words[end].hyphen and words[end].lower in LINKED:
                return None
            return (end, *_GENERIC[parts])
    return None


def phrase_end(words: list[Word], at: int, phrases: frozenset[tuple[str, ...]]) -> int | None:
    """Return the end of the longest of `phrases` that begins at `at` and goes on the words before it, else None."""
    if at >= len(words) or not words[at].joined:
        return None
    for length in _LENGTHS.get(words[at].lower, ()):
        parts = tuple([word.lower for word in words[at : at + length]])
        if len(parts) == length and parts in phrases and all(word.joined for word in words[at : at + length]):
            return at + length
    return None


def may_be_group(word: Word) -> bool:
    """Tell whether the name of a group that nobody knows may begin with a word."""
    return word.capital and not word.article and word.lower not in _NOT_GROUP_NAMES


def group_at(words: list[Word], at: int) -> int | None:
    """Return the end of an armed group's name that the registry does not have: "Liwa X", "X Y Brigade", "Army of X"."""
    word = words[at]
    if not may_be_group(word):
        return None
    lead = word.lower in _GROUP_LEADS or (word.lower == "army" and at + 1 < len(words) and words[at + 1].lower == "of")
    end, place = at + 1, at + 1
    while place < len(words) and place - at < 5 and words[place].joined:
        here = words[place]
        if here.capital:
            end = place + 1
            if here.lower in _GROUP_NOUNS and not lead:
                return end
        elif not (here.article or here.lower == "of"):
            break
        place += 1
    if not lead and end == at + 1 and end < len(words) and words[end].joined and words[end].lower in _SMALL_GROUP_NOUNS:
        return end + 1
    return end if lead and end > at + 1 else None


def means_of(words: list[Word], first: int, end: int) -> str | None:
    """Tell what an alias itself says of its means ("Russian Air Force")."""
    said = tuple([word.lower for word in words[first:end]])
    for start in range(len(said)):
        if said[start] in _LENGTHS and said[start:] in FORCES:
            return "air" if said[start:] in AIR else "ground"
    return None


def conjunction(words: list[Word], end: int, first: int) -> str | None:
    """Give the "and" or "or" that alone joins two names, the one ending at `end`, the other beginning at `first`."""
    between = [word.lower for word in words[end:first]]
    if not words[first].joined or any(not word.joined for word in words[end:first]):
        return None
    if between and between[-1] in {"the", "its", "allied"}:
        between = between[:-1]
    return between[0] if len(between) == 1 and between[0] in {"and", "or"} else None


def is_no_name(words: list[Word], first: int, end: int) -> bool:
    """Tell the name of an operation, "a coalition", and "the coalition of rebel groups": none names a side."""
    before = words[first - 1].lower if first else ""
    if before == "operation":
        return True
    alone = end - first == 1 and not words[first].capital and words[first].lower in _SHORT
    if alone and end < len(words) and words[end].joined and words[end].lower in {"of", "between"}:
        return True
    return alone and before in {"a", "another"} and phrase_end(words, end, FORCES_AND_ACTIONS) is None


def is_paired(words: list[Word], first: int, end: int) -> bool:
    """Tell either half of "the Russian-Turkish truce", "a US-Russian deal": the two who made it."""
    if end < len(words) and words[end].hyphen:
        return words[end].capital and phrase_end(words, end + 1, PACTS) is not None
    return words[first].hyphen and phrase_end(words, end, PACTS) is not None


def is_gloss(words: list[Word], end: int) -> bool:
    """Tell "a terrorist group banned in Russia": what the law says of whoever was named, and no other side."""
    return end < len(words) and words[end].joined and words[end].lower in _OUTLAWED


def is_plural(word: str) -> bool:
    """Tell a word for several people or things."""
    return word in _PLURALS or (word.endswith("s") and not word.endswith("ss"))
