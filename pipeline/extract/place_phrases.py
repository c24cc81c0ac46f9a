"""What stands around the name of a place: "the western countryside of", "near", "province", "neighbourhood".

Turns names (`place_names.py`) into spans as a coder would mark them, and leaves out names that are part of the name
of a body or a person ("Aleppo Media Centre"). Looks at most a few words to either side: linear time.
"""

from __future__ import annotations

from pipeline.extract.place_names import Name, span_start
from pipeline.extract.place_types import PlaceSpan
from pipeline.extract.place_words import Cut, Word
from pipeline.extract.record import record
from pipeline.extract.words import load_words, phrase_lengths

_LEXICON = load_words("places_words")
DIRECTIONS = frozenset(_LEXICON["directions"])
UNITS = {tuple(phrase.split()): unit for unit, phrases in _LEXICON["units"].items() for phrase in phrases}
_UNIT_LENGTHS = phrase_lengths(UNITS)
UNIT_FIRST = frozenset(_UNIT_LENGTHS)
_SHOWN = frozenset(tuple(phrase.split()) for phrase in _LEXICON["shown"])
_NEAR_OF = frozenset(_LEXICON["near_of"])
_NEAR = tuple(tuple(phrase.split()) for phrase in _LEXICON["near"])
_NEAR_LAST = frozenset(parts[-1] for parts in _NEAR)
_NEAR_BEHIND = frozenset(_LEXICON["near_behind"])
_COUNTRYSIDE = frozenset(phrase for phrase in _LEXICON["countryside"] if " " not in phrase)
_RURAL = frozenset(_LEXICON["rural"])
_PARTS = frozenset(_LEXICON["parts"])
_ONLY_NEAR = _NEAR_OF | (_PARTS - {"area", "areas"})
_BODIES = frozenset(_LEXICON["bodies"])
_BODIES_BEFORE = frozenset(_LEXICON["bodies_before"])
_PERSON_LEADS = frozenset(_LEXICON["person_leads"])
_FATHERS = frozenset({"abu", "abou", "abo"})
_PERSONS = frozenset(_LEXICON["persons"])
_NO_PLACES = frozenset(_LEXICON["no_places"])
_UNIT_OF = {parts[0]: unit for parts, unit in UNITS.items() if len(parts) == 1}
_TITLES = frozenset({"capital", "city", "town", "village"})
"""Right before a name: "the capital X", "the town X"."""
_BESIDE = frozenset({"to", "from", "on"})
_WHOLE = frozenset({"neighbourhood", "village", "district", "town"})
_BODY_REACH = 4
"""Capitalised words behind a name that may make it the name of a body."""


@record
class Phrase:
    """words[first:end] of a place expression, with what its surroundings say."""

    first: int
    end: int
    name_first: int
    name_end: int
    modifier: str | None
    directed: bool
    unit: str | None


def is_body_or_person(words: list[Word], name: Name) -> bool:
    """Tell a name that is part of another: "Aleppo Media Centre", "Abu Omar", "the Army of X"."""
    first = span_start(words, name.first)
    if first > 1 and words[first - 1].lower == "of" and not words[first - 2].capital and may_be_unit(words[first - 2]):
        return False  # "in the province of X Nusra Front fighters ...", its comma lost
    if first > 0 and words[first].joined and words[first - 1].capital and not words[first].hyphen:
        lead = words[first - 1].lower
        if lead in _PERSON_LEADS or (lead in _BODIES_BEFORE and lead not in {"army", "battle", "operation"}):
            return True
    if (
        first > 1
        and words[first - 1].lower == "of"
        and words[first - 2].capital
        and words[first - 2].lower in _BODIES_BEFORE
    ):
        return True
    if words[name.first].lower in _FATHERS and first > 0 and words[first - 1].lower in _PERSONS:
        return True  # "killed Abu X"
    return _is_told(words, first) or (not name.possessive and _in_body(words, name.end))


def _is_told(words: list[Word], first: int) -> bool:
    """ "a negotiator told Gulf Dawn": who is told something is no place, but "told Reuters X was shelled" is in X."""
    at = first
    if at > 1 and words[at].joined and words[at - 1].capital and words[at - 1].lower not in _NO_PLACES:
        at -= 1
    return at > 0 and words[at].joined and words[at - 1].lower == "told"


def _in_body(words: list[Word], end: int) -> bool:
    for place in range(end, min(end + _BODY_REACH, len(words))):
        word = words[place]
        if not word.joined or not (word.capital or word.article):
            return False
        if word.lower in _BODIES:
            behind = words[place + 1].lower if place + 1 < len(words) and words[place + 1].joined else ""
            return not (word.lower == "army" and behind in {"unit", "units"})  # a heading: "X Army units shelled ..."
    return False


def phrase(words: list[Word], first: int, end: int) -> Phrase:
    """Read the surroundings of the name words[first:end]."""
    start = span_start(words, first)
    within, end = _without_unit(words, start, end)
    name_end = end
    unit, behind, shown = _unit_behind(words, end)
    unit = unit or within
    if unit is not None and shown:
        end = behind
    modifier, directed, end = _behind(words, behind if unit else end, end)
    called = unit
    if modifier is None:
        modifier, directed, first_word, before_unit = _before(words, start)
        unit = unit or before_unit
    else:
        first_word = start
        if modifier == "countryside" and start > 0 and words[start].joined and words[start - 1].lower in DIRECTIONS:
            directed, first_word = True, _past_directions(words, start - 1)
    if modifier == "part" and called in _WHOLE and words[start - 1].lower in DIRECTIONS:
        modifier, directed, first_word = None, False, start  # "the southern X quarter" is all of X
    return Phrase(first_word, end, start, name_end, modifier, directed, unit)


def _without_unit(words: list[Word], start: int, end: int) -> tuple[str | None, int]:
    """Take "district" off a name that the gazetteer has with it ("Ramussa district"): coders leave it out."""
    found = _unit_ending(words, end - 1)
    if words[end - 1].lower in {"capital", "capitals"}:
        return "city", end  # "Syria's capital": the name of a place by what it is
    if found is None or found[1] <= start or words[end - 1].capital:
        return None, end
    shown = tuple(word.lower for word in words[found[1] : end]) in _SHOWN
    return found[0], end if shown else found[1]


def may_be_unit(word: Word) -> bool:
    """Tell whether a unit word or words can begin with this one."""
    return word.lower in UNIT_FIRST


def unit_at(words: list[Word], at: int) -> tuple[str, int] | None:
    """Return the unit word or words at `at` ("air base" -> base) and the word after them."""
    for length in _UNIT_LENGTHS.get(words[at].lower, ()):
        parts = tuple([word.lower for word in words[at : at + length]])
        if len(parts) == length and parts in UNITS and all(word.joined for word in words[at + 1 : at + length]):
            return UNITS[parts], at + length
    return None


def made(parted: Cut, found: Phrase, name: Name | None) -> PlaceSpan:
    """Make the span of a phrase; `name` None for a place that the gazetteer does not have."""
    text, start, end = parted.text, parted.start(found.first), parted.ends[found.end - 1]
    possessive = _possessive_length(parted.words[found.name_end - 1], name)
    name_end = parted.ends[found.name_end - 1] - possessive
    end -= possessive if found.end == found.name_end else 0
    return PlaceSpan(
        start, end, text[start:end], text[parted.start(found.name_first) : name_end],
        name.candidates if name else (), found.modifier, found.directed, found.unit, None, bool(name and name.foreign),
    )  # fmt: skip


def _possessive_length(word: Word, name: Name | None) -> int:
    """Return how much of the word is its possessive ending, apostrophe or not."""
    return word.ending or int(name is not None and name.possessive)


def _unit_behind(words: list[Word], end: int) -> tuple[str | None, int, bool]:
    if end >= len(words) or not words[end].joined:
        return None, end, False
    found = unit_at(words, end)
    if found is None:
        return None, end, False
    unit, after = found
    parts = tuple(word.lower for word in words[end:after])
    shown = parts in _SHOWN or (
        all(word.capital for word in words[end:after]) and unit in {"facility", "camp", "base", "crossing", "hill"}
    )
    return unit, after, shown


def _behind(words: list[Word], at: int, end: int) -> tuple[str | None, bool, int]:
    """Read "'s northern countryside", "countryside", "outskirts" behind a name."""
    place, directed = at, False
    while (
        place < len(words)
        and words[place].joined
        and (words[place].lower in DIRECTIONS or (directed and words[place].lower == "and"))
    ):
        place, directed = place + 1, True
    if place >= len(words) or not words[place].joined:
        return None, False, end
    if words[place].lower in _COUNTRYSIDE or (
        words[place].lower == "rural" and words[place + 1 : place + 2] and words[place + 1].lower.startswith("area")
    ):
        return "countryside", directed, place + (1 if words[place].lower != "rural" else 2)
    if words[place].lower in _NEAR_BEHIND:
        return "near", False, end
    return None, False, end


def _before(words: list[Word], start: int) -> tuple[str | None, bool, int, str | None]:
    """Read "the western countryside of", "southern", "near the town of" before a name: (modifier, directed, first
    word, unit)."""
    at, unit = start, None
    if start >= 1 and words[start].joined and words[start - 1].lower in _TITLES:
        unit, at = _UNIT_OF[words[start - 1].lower], start - 1
    inner = _without_the(words, at)
    if inner >= 2 and words[inner - 1].lower == "of":
        place = inner - 2
        found = _unit_ending(words, place)
        if found is not None and words[place].lower not in _ONLY_NEAR:
            unit, at = found[0], found[1]
            inner = _without_the(words, at)
    if inner >= 2 and words[inner - 1].lower == "of" and (told := _of(words, inner - 2)) is not None:
        return (*told, unit) if told[0] != "near" else ("near", False, start, unit)
    if inner and words[inner - 1].lower in _NEAR_LAST and any(_ends_with(words, inner, parts) for parts in _NEAR):
        return "near", False, start, unit
    if unit is None and start >= 1 and words[start].joined and words[start - 1].lower in _RURAL:
        return "countryside", False, start - 1, None
    if unit is None and start >= 1 and words[start].joined and words[start - 1].lower in DIRECTIONS:
        return "part", True, _past_directions(words, start - 1), None
    return None, False, start, unit


def _of(words: list[Word], place: int) -> tuple[str, bool, int] | None:
    word = words[place].lower
    if word in _COUNTRYSIDE:
        directed = place > 0 and words[place - 1].lower in DIRECTIONS
        return "countryside", directed, _past_directions(words, place - 1) if directed else place
    if word in _PARTS and place > 0 and words[place - 1].lower in DIRECTIONS:
        return "part", True, _past_directions(words, place - 1)
    if word in DIRECTIONS and place > 1 and words[place - 1].lower == "the" and words[place - 2].lower not in _BESIDE:
        return "part", True, place  # "the east of X" is in X, "to the east of X" is not
    if word in _NEAR_OF:
        return "near", False, place
    return None


def _past_directions(words: list[Word], place: int) -> int:
    """Go back over "eastern and southern"."""
    while place > 0 and (
        words[place - 1].lower in DIRECTIONS
        or (words[place - 1].lower in {"and", "or"} and place > 1 and words[place - 2].lower in DIRECTIONS)
    ):
        place -= 1
    return place


def _unit_ending(words: list[Word], place: int) -> tuple[str, int] | None:
    """Return the unit whose last word is at `place`, and its first word."""
    for length in (3, 2, 1):
        first = place - length + 1
        if first >= 0:
            found = unit_at(words, first)
            if found is not None and found[1] == place + 1:
                return found[0], first
    return None


def _without_the(words: list[Word], at: int) -> int:
    return at - 1 if at > 0 and words[at - 1].lower == "the" else at


def _ends_with(words: list[Word], at: int, parts: tuple[str, ...]) -> bool:
    return at >= len(parts) and tuple(word.lower for word in words[at - len(parts) : at]) == parts
