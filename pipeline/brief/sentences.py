"""Sentences in parts: words, and figures that lead to the rows behind them, so that every format renders them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """Words, and the anchor that they lead to."""

    text: str
    href: str | None = None
    """An anchor (`#figures`), or None."""
    week: str | None = None
    """ISO week of another page that the anchor is on; None for this one."""


Sentence = tuple[Span, ...]


def say(*parts: str | Span | Sentence) -> Sentence:
    """Join words, links and parts of sentences to one."""
    spans: list[Span] = []
    for part in parts:
        spans += part if isinstance(part, tuple) else [part if isinstance(part, Span) else Span(part)]
    return tuple(span for span in spans if span.text)


def join(parts: Iterable[Sentence], joint: str, last: str) -> Sentence:
    """Join parts of a sentence by ``joint``, the last one by ``last``."""
    found = [part for part in parts if part]
    joined: Sentence = ()
    for position, part in enumerate(found):
        between = "" if not position else last if position == len(found) - 1 else joint
        joined = say(joined, between, part)
    return joined


def text(sentence: Sentence) -> str:
    """Return the words alone."""
    return "".join(span.text for span in sentence)
