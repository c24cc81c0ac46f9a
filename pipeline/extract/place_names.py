"""The names of a region's places, and where they stand in the words of a text.

Longest match over folded words (`pipeline/regions/folding.py`), read off a table of prefixes: time is linear in the
length of the text. What surrounds a name ("the countryside of") is the business of `place_phrases.py`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.extract.outlet_names import OutletNames
from pipeline.extract.place_words import POSSESSIVE, Word, folded, words_of
from pipeline.extract.record import record, replace
from pipeline.extract.remembered import MOST_WORDS
from pipeline.extract.words import load_words
from pipeline.regions.folding import SHORTEST_FOLDED, plain

if TYPE_CHECKING:
    from pipeline.regions.pack import RegionPack

_LEXICON = load_words("places_words")
_ALSO_WORDS = frozenset(_LEXICON["also_words"])
_DIRECTIONS = frozenset(_LEXICON["directions"]) | frozenset(_LEXICON["rural"])
_UNIT_WORDS = frozenset(word for words in _LEXICON["units"].values() for phrase in words for word in phrase.split()) | {
    "countryside"
}
_INSIDE = _UNIT_WORDS | {"of", "in"}
_SMALL_UNITS = frozenset({"neighborhood", "neighbourhood", "quarter", "district", "town", "village"})
_NOT_NAMES = frozenset(_LEXICON["not_names"])
_FIRST_NAMES = frozenset(_LEXICON["first_names"])
_LEADS = frozenset(_LEXICON["toponym_leads"])
_TAILS = frozenset(_LEXICON["toponym_tails"])
_NO_OWNERS = _NOT_NAMES | _UNIT_WORDS | _DIRECTIONS | frozenset(_LEXICON["bodies"])
_RATHER_WORDS = _FIRST_NAMES | _NOT_NAMES | _ALSO_WORDS
_LED_TO_NOTHING = _UNIT_WORDS | _NOT_NAMES
_CAPITAL = "capital"
_SELF_STYLED = frozenset(_LEXICON["self_styled"])


@record
class Name:
    """words[first:end] are the name of a place: of the gazetteer (`candidates`) or of a foreign one."""

    first: int
    end: int
    candidates: tuple[str, ...]
    foreign: bool
    possessive: bool
    exact: bool
    """Spelled as in the gazetteer, not only alike."""
    base: tuple[str, ...] = ()
    """Of a name that is not in the gazetteer: the places called so without its last word ("X" of "X al-Sharqi")."""


class NameTable:
    """Every name of the region's places, by plain and by folded key."""

    def __init__(self, region: RegionPack, outlets: OutletNames) -> None:
        """Index the names of `region`; places of one name keep the order of the gazetteer."""
        self._plain: dict[str, list[str]] = {}
        self._folded: dict[str, list[str]] = {}
        self._prefixes: set[str] = set()
        self._opening: dict[str, tuple[bool, bool]] = {}
        for place in region.places:
            for name in place.names:
                self._add(name, place.place_id)
        self._foreign = frozenset(plain(name) for name in region.foreign_places)
        for name in sorted(self._foreign):
            self._open(" ".join(folded(part) for part in name.split()))
        self._country = plain(region.country)
        self._outlets = outlets

    def find(self, words: list[Word], mixed_case: bool) -> list[Name]:
        """Return the names in `words`, left to right, longest first, none overlapping.

        In text with small and capital letters a name must be capitalised; in other text only exact spellings of five
        letters or more count.
        """
        found: list[Name] = []
        opening, end = self._opening, 0
        for at, word in enumerate(words):
            if at < end:
                continue
            opens = opening.get(word.text) or self._opens(word)
            if opens[mixed_case] and (name := self._at(words, at, mixed_case, found[-1].end if found else 0)):
                found.append(name)
                end = name.end
        return found

    def ids(self, name: str) -> tuple[str, ...]:
        """Return the places that bear exactly this name, as spelled or folded."""
        exact = self._plain.get(plain(name))
        alike = self._folded.get(" ".join(word.key for word in words_of(name) if word.key))
        return tuple(exact or alike or ())

    def _add(self, name: str, place_id: str) -> None:
        alike = " ".join(word.key for word in words_of(name) if word.key)
        for table, key in ((self._plain, plain(name)), (self._folded, alike)):
            bearers = table.setdefault(key, [])
            if key and bearers[-1:] != [place_id]:  # a place's names come one after the other
                bearers.append(place_id)
        self._open(alike)

    def _open(self, key: str) -> None:
        parts = key.split()
        self._prefixes.update(" ".join(parts[:length]) for length in range(1, len(parts) + 1))

    def _at(self, words: list[Word], at: int, mixed_case: bool, passed: int) -> Name | None:
        if words[at].lower == _CAPITAL:
            return self._capital(words, at)
        key, spelled, best = "", "", None
        for end in range(at, len(words)):
            word = words[end]
            if end > at and not word.joined:
                break
            if word.article:
                continue
            inner = _UNIT_WORDS if words[at].lower != "old" else _INSIDE
            if end > at and mixed_case and not (word.capital or word.lower in inner or word.text[0].isdigit()):
                break
            for stem in _stems(word.text):
                longer = f"{key} {stem.key if stem.possessive else word.key}".strip()
                name = self._bearers(
                    longer, f"{spelled} {stem.plain}".strip(), words, at, end + 1, stem.possessive, mixed_case
                )
                if name is not None:
                    best = _with_shorter(words, name, best)
                    break
            key, spelled = f"{key} {word.key}".strip(), f"{spelled} {plain(word.lower)}".strip()
            if key not in self._prefixes:
                break
        if best is None or (best.end == at + 1 and mixed_case and _leads_on(words, at)):
            return None  # "Tell" in "Tell Abu Ali" is no town of that name
        if _is_led(words, at, passed) or _is_part_of_city(words, best):
            return None
        if not best.foreign and _is_owned(words, at, passed):
            return None
        tail = tail_end(words, best.end)
        return best if tail is None or best.foreign else Name(at, tail, (), False, False, True, best.candidates)

    def _capital(self, words: list[Word], at: int) -> Name | None:
        """ "rockets hit the capital": the region's own, unless the text says of what or which."""
        named = self._plain.get(_CAPITAL)
        after = words[at + 1] if at + 1 < len(words) and words[at + 1].joined else None
        other = after is not None and (after.capital or after.article or after.lower in {"of", "punishment", "letters"})
        if named is None or other or at == 0 or not words[at].joined:
            return None
        owned = words[at - 1].lower.startswith(self._country)  # "Syria's capital", "the Syrian capital"
        if words[at - 1].lower != "the" and not owned:
            return None
        if at > 1 and words[at - 1].joined and words[at - 2].lower in (_SELF_STYLED if owned else {"facto"}):
            return None  # "its de facto Syrian capital"
        return Name(at - owned, at + 1, tuple(named), False, words[at].text.lower() != _CAPITAL, True)

    def _opens(self, word: Word) -> tuple[bool, bool]:
        """Tell whether any name begins with a word, in text that is all capitals or has none, and in other text;
        remembered, for most words of a language begin none."""
        stems = _stems(word.text)
        known = not word.article and (
            word.key in self._prefixes
            or any(stem.key in self._prefixes for stem in stems)
            or any(stem.plain in names for stem in stems for names in (self._plain, self._foreign))
        )
        capital = word.lower == _CAPITAL
        if len(self._opening) > MOST_WORDS:
            self._opening.clear()
        told = capital or known, capital or (known and (word.capital or word.lower in _DIRECTIONS))
        self._opening[word.text] = told
        return told

    def _bearers(
        self, key: str, spelled: str, words: list[Word], at: int, end: int, possessive: bool, mixed_case: bool
    ) -> Name | None:
        if spelled in self._foreign:
            return Name(at, end, (), True, possessive, True)
        if spelled == self._country or (end - at == 1 and words[at].lower in _DIRECTIONS):
            return None
        exact = self._plain.get(spelled)
        bearers = exact if exact is not None or len(spelled) < SHORTEST_FOLDED else self._folded.get(key)
        if possessive and exact is None and words[end - 1].text.endswith("s") and end - at == 1:
            return None  # "Rises" is no "Rise's"
        if exact is None and (self._outlets.bears(spelled) or (end - at > 1 and words[at].lower in _NOT_NAMES)):
            return None
        if bearers is None or self._is_word(words, at, end, exact is not None, mixed_case):
            return None
        return Name(at, end, tuple(bearers), False, possessive, exact is not None)

    @staticmethod
    def _is_word(words: list[Word], at: int, end: int, exact: bool, mixed_case: bool) -> bool:
        """Tell a single word that is more likely an English word or a person's name than this place."""
        if end - at > 1:
            return False
        word = words[at]
        if not mixed_case and (not exact or len(word.lower) < 5):
            return True
        if _leads_on(words, at):
            return True
        if not exact and (word.lower in _RATHER_WORDS or _is_surname(words, at)):
            return True
        has_article = span_start(words, at) < at
        has_unit = (at + 1 < len(words) and words[at + 1].lower in _UNIT_WORDS) or (
            at > 1 and words[at - 1].lower == "of" and words[at - 2].lower in _UNIT_WORDS
        )
        if has_article or has_unit:
            return False
        opens = at == 0 or (not word.joined and not exact)
        return word.lower in _ALSO_WORDS or (not exact and opens and len(word.lower) < 6)


def _with_shorter(words: list[Word], name: Name, shorter: Name | None) -> Name:
    """ "X neighbourhood", where one X is listed with that word: it may be any other X as well."""
    unit = words[name.end - 1]
    if shorter is None or unit.capital or unit.lower not in _SMALL_UNITS or name.foreign or shorter.foreign:
        return name
    return replace(name, candidates=tuple(dict.fromkeys((*shorter.candidates, *name.candidates))))


def _is_led(words: list[Word], at: int, passed: int) -> bool:
    """Tell "X" in "Tal X" and "Jisr al-X", names of other places that the gazetteer does not have.

    What ends the name before it (up to `passed`) leads to nothing: "Bab" in a list "Hosh al-Bab X" without commas.
    """
    first = span_start(words, at)
    lead = words[first - 1] if first > passed and words[first].joined else None
    return lead is not None and lead.capital and lead.lower in _LEADS


def _is_owned(words: list[Word], at: int, passed: int) -> bool:
    """Tell "al-X" in "Dabit al-X": the name of another place, or of a person, but "the town Z al-X" without a comma
    where Z is a place of its own (up to `passed`)."""
    first = span_start(words, at)
    if first == at or first - 1 < max(passed, 1) or not words[first].joined or not words[first - 1].joined:
        return False
    lead = words[first - 1]
    if not lead.capital or lead.article or len(lead.lower) < 3 or lead.text.isupper() or words[first - 1].hyphen:
        return False
    return lead.lower not in _NO_OWNERS and not lead.text.endswith("s")


def _is_part_of_city(words: list[Word], name: Name) -> bool:
    """Tell "northern X" before "city": a part of X, not the area of that name around it."""
    after = words[name.end].lower if name.end < len(words) and words[name.end].joined else ""
    return name.end - name.first > 1 and words[name.first].lower in _DIRECTIONS and after == "city"


def span_start(words: list[Word], first: int) -> int:
    """Return the first word of a name with its Arabic article: "al-Bab", "Al Bab", but not "as" in "as Aleppo"."""
    if first == 0 or not words[first - 1].article or not words[first].joined:
        return first
    article = words[first - 1]
    return first - 1 if words[first].hyphen or article.capital or article.lower in {"al", "el"} else first


def tail_end(words: list[Word], end: int) -> int | None:
    """Return the end of "al-Gharbiya" behind a name: another village than the one without it."""
    last = end + (end < len(words) and words[end].article)
    if last >= len(words) or not all(word.joined for word in words[end : last + 1]):
        return None
    return last + 1 if words[last].capital and words[last].lower in _TAILS else None


def _leads_on(words: list[Word], at: int) -> bool:
    """Tell "Tell", "Umm", "Kafr" before another capitalised word, the Arabic article passed over."""
    if words[at].lower not in _LEADS or at + 1 >= len(words) or span_start(words, at) < at:
        return False
    last = at + 1 + words[at + 1].article
    joined = last < len(words) and all(word.joined for word in words[at + 1 : last + 1])
    return joined and words[last].capital and words[last].lower not in _LED_TO_NOTHING


def _is_surname(words: list[Word], at: int) -> bool:
    """Tell "Susan Rice" and "Suleiman al-Khalidi" from places by the first name before."""
    first = span_start(words, at)
    return first > 0 and words[first].joined and words[first - 1].lower in _FIRST_NAMES


class _Stem(NamedTuple):
    """A word as a name may have it, folded and plain; `possessive`: with a possessive taken off."""

    key: str
    plain: str
    possessive: bool


@lru_cache(maxsize=MOST_WORDS)
def _stems(written: str) -> tuple[_Stem, ...]:
    """Give the word, then without a possessive "s", whose apostrophe wire texts lose ("Aleppos")."""
    bare = POSSESSIVE.sub("", written)
    whole = _Stem(folded(bare), plain(bare), bare != written)
    lost = not whole.possessive and len(bare) > 4 and bare.endswith("s") and bare.lower() not in _UNIT_WORDS
    return (whole, _Stem(folded(bare[:-1]), plain(bare[:-1]), possessive=True)) if lost else (whole,)
