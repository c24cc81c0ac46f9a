"""Mentions of articles of our own invention, for tests from text to mentions."""

from __future__ import annotations

from datetime import date

from pipeline.extract.model import Article, Mention
from pipeline.extract.rules import RuleExtractor

WEDNESDAY = date(2016, 5, 4)


def article(text: str, *, title: str = "", leaning: str = "independent", on: date | None = WEDNESDAY) -> Article:
    return Article("a-1", title, text, "The Ford Post", leaning, on)


def mentions(extractor: RuleExtractor, text: str, **given: object) -> list[Mention]:
    return extractor.extract([article(text, **given)])[0]  # type: ignore[arg-type]


def reported(extractor: RuleExtractor, text: str, **given: object) -> list[Mention]:
    return [m for m in mentions(extractor, text, **given) if m.status == "reported"]


def killed(mention: Mention) -> list[tuple[int | None, int | None]]:
    return [(c.low, c.high) for c in mention.casualties if c.kind == "killed" and not c.shared]
