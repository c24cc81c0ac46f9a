"""Which language an article is in; only English is coded.

Judged on the kept text, because navigation in another language must not decide. The title is too short to count.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import eldc

ENGLISH = "en"
FEWEST_LETTERS = 40
"""Letters below which the text says nothing: place names alone look like any language."""
MANY_LETTERS = 200
CLEAR_LEAD = 0.15
"""Lead over the score of English (0 to 1) that decides a long text which the detector itself calls doubtful."""

_NAMES = {"english": "en", "arabic": "ar", "french": "fr", "german": "de", "russian": "ru", "turkish": "tr"}


def language_of(text: str, declared: str | None = None) -> str:
    """Return the ISO 639-1 code of the language that ``text`` is in.

    A clear finding beats the declaration: feeds declare the language of the site, not of the article. Where the text is
    too short or too mixed to tell, the declaration counts, and without one the text is taken for English.
    """
    found = _found(text)
    return found or _declared(declared) or ENGLISH


def _found(text: str) -> str | None:
    letters = sum(map(str.isalpha, text[: 4 * MANY_LETTERS]))
    if letters < FEWEST_LETTERS:
        return None
    result = _detector().detect_details(text)
    if result.language not in result.scores:
        return None
    lead = result.scores[result.language] - result.scores.get(ENGLISH, 0.0)
    if result.reliable or (letters >= MANY_LETTERS and lead >= CLEAR_LEAD):
        return str(result.language)
    return None


def _declared(tag: str | None) -> str | None:
    """Return the language of a tag like ``en-GB`` or ``en_US``, or the code of a name; None for anything else."""
    word = (tag or "").strip().lower().replace("_", "-").split("-")[0]
    if word in _NAMES:
        return _NAMES[word]
    return word if len(word) == 2 and word.isascii() and word.isalpha() else None


@lru_cache(maxsize=1)
def _detector() -> Any:
    """Return a detector of our own: settings of the module-wide one could be changed by other code."""
    eldc.init()
    return eldc.instance()
