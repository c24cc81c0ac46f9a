"""Folding: one key for the many Latin spellings of one Arabic, Kurdish or Turkish name.

Transliterations differ in articles ("al-Sham", "ash-Sham", "Alsham"), vowels ("Deir", "Dayr", "Der"), doubling
("Lattakia"), endings ("Raqqa", "Raqqah") and a few consonants ("q" and "k"). ``fold`` undoes these, so that the
registry needs an alias only for what differs by more. A folded key is for comparing, never for showing. It is coarse
by intent: ``NameIndex`` asks for the ``plain`` spelling first, and folds only names that are long enough to bear it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import Generic, TypeVar

T = TypeVar("T")

ARTICLES = frozenset(
    {
        *("al", "an", "ar", "as", "at", "az", "ad", "ash", "ath", "adh"),
        *("el", "en", "er", "es", "et", "ez", "ed", "esh", "eth", "edh", "il", "ul"),
    }
)
"""The Arabic article in its assimilated forms, as words of their own."""
SHORTEST_FOLDED = 5
"""Letters that a name must have, plain and folded, to be found by folding: "This" must not find Tiyas air base."""

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile(r"['’‘`´ʿʾʻʼ]")
_GLUED_ARTICLE = re.compile(r"^(?:[ae]l(?=.{3,})|[ae](?=(?:(sh|th|dh)\1|([tdrzsn])\2).{2,}))")
_SPELLINGS = (
    (re.compile(r"tch|ch|sch"), "sh"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"dj"), "j"),
    (re.compile(r"th"), "t"),
    (re.compile(r"dh"), "d"),
    (re.compile(r"ck|[qc]"), "k"),
    (re.compile(r"v"), "w"),
    (re.compile(r"[ao]w(?![aeiouyw])|au|o"), "u"),
    (re.compile(r"[ae][iy](?![aeiouy])|ee"), "i"),
    (re.compile(r"y"), "i"),
    (re.compile(r"e"), "a"),
    (re.compile(r"(?<=u)a+|a+(?=u)"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"ah$"), "a"),
)
_SYNONYMS = {
    "kafar": "kafr", "kfar": "kafr", "kufr": "kafr", "abi": "abu", "shik": "shikh", "kharbat": "khirbat",
    "idlab": "idlib", "adlab": "idlib",
}  # fmt: skip
"""Frequent words that are spelled in ways that the rules above do not join; keys and values are folded words."""


def plain(name: str) -> str:
    """Return ``name`` case-folded, without accents, apostrophes, punctuation and detached articles: the narrow key."""
    words = _words(name)
    return " ".join([word for word in words if word not in ARTICLES] or words)


def fold(name: str) -> str:
    """Return the wide key of ``name``, equal for spellings that differ as transliterations do.

    Words are folded one by one and joined by a space; a name of articles only keeps them. Folding a key
    changes nothing.
    """
    words = _words(name)
    return " ".join([folded for word in words if (folded := fold_word(word))] or words)


@lru_cache(maxsize=65_536)
def fold_word(word: str) -> str:
    """Return the wide key of one word without spaces; empty for an Arabic article.

    A word that only looks like an article once folded ("Ain", "Eis") keeps a mark, so that it is not lost.
    """
    current = "".join(_words(word))
    if current in ARTICLES:
        return ""
    while (folded := _fold_once(current)) != current:
        current = folded
    return f"0{current}" if current in ARTICLES else current


def slug(name: str) -> str:
    """Return ``name`` as lower-case ASCII words joined by hyphens, for ids; empty without a Latin letter or digit."""
    return "-".join(re.findall(r"[a-z0-9]+", " ".join(_words(name))))


class NameIndex(Generic[T]):
    """Finds what bears a name: by the plain spelling, else, for names that are long enough, by the folded one."""

    def __init__(self, pairs: Iterable[tuple[str, T]]) -> None:
        """Take (name, bearer) pairs; bearers of one name are given back in this order."""
        self._pairs = tuple(pairs)

    @cached_property
    def _plain(self) -> dict[str, tuple[T, ...]]:
        """Built when first asked for: whoever shows places, or maps them, looks none up by its name."""
        return _grouped((plain(name), bearer) for name, bearer in self._pairs)

    @cached_property
    def _folded(self) -> dict[str, tuple[T, ...]]:
        """Built when first asked for: most names are found as they are spelled."""
        return _grouped((fold(name), bearer) for name, bearer in self._pairs)

    def find(self, text: str) -> tuple[T, ...]:
        """Return the bearers of ``text``; empty when there is none."""
        key = plain(text)
        if key in self._plain:
            return self._plain[key]
        folded = fold(text)
        if min(len(key), len(folded)) < SHORTEST_FOLDED:
            return ()
        return self._folded.get(folded, ())


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    groups: dict[str, list[T]] = {}
    for key, bearer in pairs:
        groups.setdefault(key, []).append(bearer)
    return {key: tuple(dict.fromkeys(group)) if len(group) > 1 else (group[0],) for key, group in groups.items()}


@lru_cache(maxsize=65_536)
def _words(name: str) -> tuple[str, ...]:
    if name.isascii():
        return tuple(_WORD.findall(_APOSTROPHES.sub("", name).lower()))
    decomposed = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", name))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    folded = unicodedata.normalize("NFKD", bare.casefold()).replace("ı", "i").replace("ـ", "")
    return tuple(_WORD.findall("".join(letter for letter in folded if not unicodedata.combining(letter))))


def _fold_once(word: str) -> str:
    if not word.isascii():
        word = re.sub(r"^ال(?=..)", "", word).replace("ى", "ي").replace("ة", "ه")
    word = _GLUED_ARTICLE.sub("", word)
    for pattern, replacement in _SPELLINGS:
        word = pattern.sub(replacement, word)
    return _SYNONYMS.get(word, word)
