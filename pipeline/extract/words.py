"""Knowledge of the English language for extraction, read once from `lexicon/*.yaml`.

The files hold words, the modules hold grammar. Nothing about one war or region belongs here: names of actors and
places come from the region pack.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from pipeline.errors import FieldledgerError
from pipeline.yaml_text import read_yaml

LEXICON_DIR = Path(__file__).parent / "lexicon"


class Token(NamedTuple):
    """One word, number or mark; `start` and `end` are offsets into the text that was cut up."""

    text: str
    lower: str
    start: int
    end: int


_TOKEN = re.compile(r"\d{1,3}-years?-olds?|[^\W\d_]+(?:['’‘`-][^\W\d_]+)*|\d+(?:,\d{3})+(?!\d)|\d+|[^\w\s\"“”„«»'‘’`*]")
"""Quotation marks are left out: wire texts lose one of a pair as often as not."""
_LONE = re.compile("[\ud800-\udfff]")
REMEMBERED = 4096
"""Words of which the extractor remembers what it found out about them; the common ones return in every text."""


@cache
def load_words(name: str) -> dict[str, Any]:
    """Return the mapping in `lexicon/<name>.yaml`; FieldledgerError when the file is missing or not a mapping."""
    path = LEXICON_DIR / f"{name}.yaml"
    try:
        loaded = read_yaml(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as cause:
        raise FieldledgerError(f"lexicon/{path.name}: cannot be read ({cause}). Restore the file.") from cause
    if not isinstance(loaded, dict):
        raise FieldledgerError(f"lexicon/{path.name}: must be a mapping of word lists. Restore the file.")
    return loaded


def tokens(text: str) -> list[Token]:
    """Cut `text` into tokens, quotation marks left out."""
    made = Token._make  # the dearest step by far, and quicker so than by a call of the class
    return [made((word := match.group(), word.lower(), match.start(), match.end())) for match in _TOKEN.finditer(text)]


def encodable(text: str) -> str:
    """Return `text`, offsets kept, for libraries that take UTF-8: half an emoji (a lone surrogate) has none."""
    return text if text.isascii() else _LONE.sub("\ufffd", text)


def alternation(words: Iterable[str]) -> str:
    """Return a regular expression for any of `words`, longest first, blanks matching any white space."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) + ")"


def phrase_set(phrases: Iterable[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Index multi-word phrases by first word, longest first, for `phrase_at`."""
    by_first: dict[str, set[tuple[str, ...]]] = {}
    for phrase in phrases:
        parts = tuple(phrase.lower().split())
        by_first.setdefault(parts[0], set()).add(parts)
    return {first: tuple(sorted(parts, key=lambda p: (-len(p), p))) for first, parts in by_first.items()}


def phrase_lengths(phrases: Iterable[tuple[str, ...]]) -> dict[str, tuple[int, ...]]:
    """Give how many words the phrases have that begin with a word, the longest first."""
    by_first: dict[str, set[int]] = {}
    for parts in phrases:
        by_first.setdefault(parts[0], set()).add(len(parts))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in by_first.items()}


def phrase_at(words: list[Token], at: int, phrases: dict[str, tuple[tuple[str, ...], ...]]) -> tuple[str, ...] | None:
    """Return the longest phrase of the set that begins at token `at`, or None."""
    if at >= len(words) or (opened := phrases.get(words[at].lower)) is None:
        return None
    following = words[at + 1].lower if at + 1 < len(words) else ""
    for parts in opened:
        if len(parts) == 1 or (
            parts[1] == following and tuple([token.lower for token in words[at : at + len(parts)]]) == parts
        ):
            return parts
    return None


def holds_phrase(words: list[Token], phrases: dict[str, tuple[tuple[str, ...], ...]]) -> bool:
    """Tell whether any phrase of the set stands in `words`."""
    return any(phrase_at(words, at, phrases) for at, token in enumerate(words) if token.lower in phrases)
