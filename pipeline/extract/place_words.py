"""The words of a text as names of places are read from them: articles, capitals, folded keys.

Which words are a name is decided in `place_names.py`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate

from pipeline.extract.record import record
from pipeline.extract.remembered import Remembered
from pipeline.regions.folding import ARTICLES, fold_word

_WORD = re.compile(r"(?:[A-Z]\.){2,}(?!\w)|[^\W_]+(?:['’‘`ʿʾ][^\W_]+)*")
"""A word, or letters with full stops ("U.S.")."""
_PIECE = re.compile(rf"[\W_]*+(?:{_WORD.pattern}|\Z)")
"""A word and what stands before it; the last pieces are what stands behind all words, and nothing."""
_FAR = 3
"""Characters between two words that nothing joins any more."""
_START = "\n" * _FAR
"""Stands before the first word: nothing joins it."""
POSSESSIVE = re.compile(r"['’]s$|['’]$")


@record
class Word:
    """One word of a text; `joined`: only a blank or a hyphen parts it from the word before, and `gap` characters do, of
    which 3 at most are counted. `ending`: characters of its possessive, which `lower` and `key` leave out.

    It does not know where it stands, so that one object serves for every text that has it.
    """

    text: str
    lower: str
    key: str
    ending: int
    gap: int
    joined: bool
    hyphen: bool
    capital: bool
    article: bool

    @property
    def bare(self) -> str:
        """The word as written, without its possessive."""
        return self.text[: len(self.text) - self.ending]


@record
class Cut:
    """A text cut into words, and where each of them ends; not to be changed."""

    text: str
    words: list[Word]
    ends: list[int]

    def start(self, at: int) -> int:
        """Return where a word starts."""
        return self.ends[at] - len(self.words[at].text)

    def bare_end(self, at: int) -> int:
        """Return where a word ends, its possessive left out."""
        return self.ends[at] - self.words[at].ending


@lru_cache(maxsize=512)
def cut(text: str) -> Cut:
    """Cut `text` into words with their folded keys; hyphens part words ("al-Bab" is an article and a name).

    The last texts are remembered, for places and actors look at the same sentence.
    """
    pieces = _PIECE.findall(text)[:-1]
    if pieces and not pieces[-1][-1].isalnum() and _WORD.search(pieces[-1]) is None:
        pieces.pop()
    words = [_KNOWN[piece] for piece in pieces]
    if words and words[0].joined:
        words[0] = _KNOWN[_START + pieces[0]]
    return Cut(text, words, list(accumulate(map(len, pieces))))


def words_of(text: str) -> list[Word]:
    """Return the words of `text` without where they stand: do not change the list."""
    return cut(text).words


def _word(piece: str) -> Word:
    """Read the word at the end of a piece: in small letters without its possessive, its key, what joins it."""
    written = _WORD.findall(piece)[0]
    gap = piece.removesuffix(written)
    joined = 0 < len(gap) < _FAR and gap.strip(" \u00a0-–") == ""
    bare = written if written.isalnum() else POSSESSIVE.sub("", written) or written
    lower = bare.lower()
    article = lower in ARTICLES
    key = "" if article else folded(bare)
    ending = len(written) - len(bare)
    hyphen = joined and gap.strip() != ""
    return Word(written, lower, key, ending, min(len(gap), _FAR), joined, hyphen, bare[0].isupper(), article)


def folded(word: str) -> str:
    """Return the folded key of a word; a word that folds away to an article ("air", "IS") stays as it is."""
    return fold_word(word) or word.lower()


_KNOWN = Remembered(_word)
"""Words by their text with what stands before it."""
