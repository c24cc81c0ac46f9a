"""The words of a text as names of places are read from them: articles, capitals, folded keys.

Which words are a name is decided in `place_names.py`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.extract.record import record
from pipeline.regions.folding import ARTICLES, fold_word

_WORD = re.compile(r"(?:[A-Z]\.){2,}(?!\w)|[^\W_]+(?:['’‘`ʿʾ][^\W_]+)*")
"""A word, or letters with full stops ("U.S.")."""
_FAR = 3
"""Characters between two words that nothing joins any more."""
_APART = (False, False)
_BLANK = (True, False)
POSSESSIVE = re.compile(r"['’]s$|['’]$")


@record
class Word:
    """One word of a text; `joined`: only a blank or a hyphen parts it from the word before. Not to be changed."""

    text: str
    lower: str
    start: int
    end: int
    key: str
    joined: bool
    hyphen: bool
    capital: bool
    article: bool


@lru_cache(maxsize=512)
def words_of(text: str) -> list[Word]:
    """Cut `text` into words with their folded keys; hyphens part words ("al-Bab" is an article and a name).

    The last texts are remembered, for places and actors look at the same sentence: do not change the list.
    """
    found: list[Word] = []
    end = -_FAR
    for written in _WORD.findall(text):
        start = text.index(written, max(end, 0))  # no letter stands between two words
        if start - end >= _FAR:
            joined, hyphen = _APART
        else:
            joined, hyphen = _BLANK if (gap := text[end:start]) == " " else _parting(gap)
        lower, key, capital, article = _spelling(written)
        end = start + len(written)
        found.append(Word(written, lower, start, end, key, joined, hyphen, capital, article))
    return found


@lru_cache(maxsize=1024)
def _parting(gap: str) -> tuple[bool, bool]:
    """Tell whether what stands between two words joins them, and whether that is a hyphen."""
    joined = gap != "" and gap.strip(" \u00a0-–") == ""
    return joined, joined and gap.strip() != ""


@lru_cache(maxsize=65_536)
def _spelling(written: str) -> tuple[str, str, bool, bool]:
    """Give what a word is wherever it stands: in small letters without its possessive, its key, capital, article."""
    bare = written if written.isalnum() else POSSESSIVE.sub("", written) or written
    lower = bare.lower()
    article = lower in ARTICLES
    return lower, "" if article else folded(bare), bare[0].isupper(), article


def folded(word: str) -> str:
    """Return the folded key of a word; a word that folds away to an article ("air", "IS") stays as it is."""
    return fold_word(word) or word.lower()
