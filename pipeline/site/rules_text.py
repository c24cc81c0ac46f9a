"""Our own Markdown (rules of the contract, words of the package) as HTML. Never for texts of strangers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markupsafe import Markup

from pipeline.site.addresses import slug

_RULE = re.compile(r"\*\*(?P<title>[^*]+?)\.?\*\*\s*(?P<text>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the contract."""

    anchor: str
    title: str
    text: str
    """Markdown of one paragraph."""


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def block(text: str) -> Markup:
    """Return Markdown as HTML; HTML in it is shown, not run."""
    return Markup(_markdown().render(text))


def inline(text: str) -> Markup:
    """Return the Markdown of one paragraph as HTML, without the paragraph."""
    return Markup(_markdown().renderInline(text))


def rules_of(text: str) -> tuple[str, tuple[Rule, ...]]:
    """Return what stands before the list of rules, and the rules: items that begin with a title in bold."""
    intro, *items = re.split(r"(?m)^\* ", text.strip())
    rules = []
    for item in items:
        line = " ".join(item.split())
        found = _RULE.fullmatch(line)
        title, body = (found["title"], found["text"]) if found else ("", line)
        rules.append(Rule(f"rule-{slug(title)}" if title else "", title, body))
    return intro.strip(), tuple(rules)
