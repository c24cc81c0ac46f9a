"""Places that the gazetteer does not have but the text clearly names: "the village of X", "X district", "Tal X".

Their raw text is kept (codebook section 4); where they lie is told by what the text says they lie in.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.place_lists import FATHERS, LONGEST_NAME, between, is_name_word, parted, run
from pipeline.extract.place_names import span_start, tail_end
from pipeline.extract.place_phrases import DIRECTIONS, UNIT_FIRST, unit_at
from pipeline.extract.place_words import Word
from pipeline.extract.words import load_words

_LEXICON = load_words("places_words")
_PLURAL = frozenset(_LEXICON["plural_units"])
_OPENERS = frozenset(_LEXICON["list_openers"])
_NOT_NAMES = frozenset(_LEXICON["not_names"]) | DIRECTIONS
_BODIES = frozenset(_LEXICON["bodies"])
_PLACING = frozenset(_LEXICON["placing"])
_NEAR_OF = frozenset(_LEXICON["near_of"])
_FALLING = frozenset(_LEXICON["falling"])
_NO_PLACES = frozenset(_LEXICON["no_places"]) | frozenset(_LEXICON["first_names"])
_SHOUTING = 0.6
"""Share of capitalised words from which on a text is a headline and capitals tell nothing."""
_TOPONYM_LEADS = frozenset(_LEXICON["toponym_leads"])
_PERSON_LEADS = frozenset(_LEXICON["person_leads"])
_NO_PLACE_NAMED = _NO_PLACES | _PERSON_LEADS
_NO_NAMES = _NOT_NAMES | _BODIES
_FACILITIES = frozenset(
    {"hospital", "mosque", "square", "street", "park", "camp", "bridge", "prison", "market", "roundabout", "citadel"}
)
_OPENING = UNIT_FIRST | _TOPONYM_LEADS
_PLACED_BY = _PLACING | {"on", "of"}
_ABROAD = frozenset(_LEXICON["abroad"])
_SITES = frozenset(_LEXICON["sites"])
_LONGEST_LIST = 40
"""Words of a list of names that has lost its commas."""
_LIST_REACH = 60
"""Words over which a list goes on behind the word that opens it."""


def unknown_names(words: list[Word], taken: list[bool], known: Sequence[tuple[int, int]] = ()) -> list[tuple[int, int]]:
    """Return [first, end) of names by their surroundings, left to right.

    Words in `taken` belong to places already found, of which `known` are those of the gazetteer.
    """
    used = list(taken)
    found: list[tuple[int, int]] = []
    for at in [at for at, word in enumerate(words) if word.lower in _OPENING]:
        for first, end in (*_behind_unit(words, at, used), *_before_unit(words, at, used), *_by_lead(words, at, used)):
            if not any(used[first:end]):
                found.append((first, end))
                used[first:end] = [True] * (end - first)
    capitals = [word.capital for word in words].count(True)
    if capitals >= _SHOUTING * len(words):
        return sorted(found)
    for first, end in between(words, known, used):
        found.append((first, end))
        used[first:end] = [True] * (end - first)
    for at in [at for at, word in enumerate(words) if word.lower in _PLACED_BY]:
        if (name := _placed(words, at, used)) is not None:
            found.append(name)
            used[name[0] : name[1]] = [True] * (name[1] - name[0])
    return sorted(found)


def _placed(words: list[Word], at: int, used: list[bool]) -> tuple[int, int] | None:
    """Read "at X", "near X", "the raid on X", "the edge of X" where X is no person, body, people or day."""
    before = words[at - 1].lower if at else ""
    struck = (words[at].lower == "on" and before in _FALLING) or (words[at].lower == "of" and before in _NEAR_OF)
    if not (struck or words[at].lower in _PLACING) or words[at].hyphen or at + 1 >= len(words):
        return None
    first, end = run(words, at + 1, used)
    if end == first or not words[first].joined or not words[end - 1].text[-1].islower():
        return None
    names = [word for word in words[first:end] if not word.article]
    if any(word.lower in _NO_PLACE_NAMED or len(word.lower) < 3 for word in names):
        return None
    behind = words[end] if end < len(words) and words[end].joined else None
    if behind is not None and (behind.hyphen or behind.capital or behind.lower in _BODIES):
        return None
    return first, end


def _behind_unit(words: list[Word], at: int, used: list[bool]) -> list[tuple[int, int]]:
    """Read "the village of X", "the towns of X, Y and Z", "villages including X and Y"."""
    unit = unit_at(words, at)
    if unit is None or used[at] or unit[0] == "facility":
        return []
    end = unit[1]
    if end + 1 >= len(words) or words[end].lower not in _OPENERS or (at > 0 and words[at - 1].lower in _ABROAD):
        return []
    plural = words[end - 1].lower in _PLURAL
    if not plural and words[end].lower != "of":
        return []
    place = end + 1 + (words[end + 1].lower == "the")
    found: list[tuple[int, int]] = []
    while place < len(words):
        begun = place
        first, last = run(words, place, used, _LONGEST_LIST if plural else LONGEST_NAME)
        if last > first and not _is_body(words, last):
            found.extend(parted(words, first, last) if plural else [(first, last)])
        place = max(last, place)
        while place < len(words) and used[place]:
            place += 1
        if not plural or place >= len(words) or place - end > _LIST_REACH:
            break
        if words[place].lower == "and":
            place += 1
            continue
        article = words[place].article and place + 1 < len(words) and words[place + 1].capital
        if place == begun or not (words[place].capital or article):
            break
    return found


def _is_body(words: list[Word], end: int) -> bool:
    """Tell "the Internal" before "Security": part of the name of a body."""
    return end < len(words) and words[end].joined and words[end].capital and words[end].lower in _BODIES


def _before_unit(words: list[Word], at: int, used: list[bool]) -> list[tuple[int, int]]:
    """Read "X village", "X and Y neighbourhoods", "X Hospital"."""
    unit = unit_at(words, at)
    if unit is None or used[at] or at == 0 or not words[at].joined or words[at].text in {"Front", "Axis"}:
        return []
    if unit[0] in {"facility", "crossing", "base"} and not words[at].capital and words[at].lower not in _SITES:
        return []
    found: list[tuple[int, int]] = []
    end = at
    while end > 0:
        first = _run_back(words, end, used)
        if first == end:
            break
        facility = not found and words[at].capital and words[unit[1] - 1].lower in _FACILITIES
        plural = words[unit[1] - 1].lower in _PLURAL
        found.extend(parted(words, first, end) if plural else [(first, unit[1] if facility else end)])
        if not plural or first < 2 or words[first - 1].lower != "and":
            break
        end = first - 1
    return found


def _by_lead(words: list[Word], at: int, used: list[bool]) -> list[tuple[int, int]]:
    """Read "Tal X", "Kafr X": a word that begins names of places, with a name behind it."""
    if used[at] or not words[at].capital or words[at].lower not in _TOPONYM_LEADS or at + 1 >= len(words):
        return []
    if at > 0 and words[at].joined and words[at - 1].capital and words[at - 1].lower in _PERSON_LEADS:
        return []
    end = at + 1 + (words[at + 1].joined and (words[at + 1].article or words[at + 1].lower in FATHERS))
    if (
        end >= len(words)
        or not words[end].joined
        or not words[end].capital
        or used[end]
        or words[end].lower in _NO_NAMES
    ):
        return []
    return [(at, tail_end(words, end + 1) or end + 1)]


def _run_back(words: list[Word], end: int, used: list[bool]) -> int:
    """Return where the run of capitalised words that ends before `end` begins; `end` itself when there is none."""
    first = end
    while first > 0 and end - first < LONGEST_NAME:
        word = words[first - 1]
        if (
            used[first - 1]
            or (not words[first].joined and first < end)
            or not (is_name_word(word) or (word.article and first < end))
        ):
            break
        if word.article and span_start(words, first) == first:
            break
        first -= 1
    while (
        first < end
        and words[first].article
        and not (words[first].capital or (first + 1 < end and words[first + 1].hyphen))
    ):
        first += 1
    if first < end and all(word.article or word.lower in _BODIES for word in words[first:end]):
        return end
    return end if first > 0 and words[first].joined and words[first - 1].lower in _PERSON_LEADS else first
