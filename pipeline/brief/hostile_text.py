"""Article text made fit for a page: tidied for HTML (where autoescape does the rest), escaped for Markdown.

Titles, quotes, names of places and outlets come from strangers. In Markdown every value is escaped unless it is an
`Md`, which only this module makes, so that forgetting is safe. Which addresses become links is known by `addresses`.
"""

from __future__ import annotations

import re

from pipeline.hostile_characters import visible

EXCERPT = 1200
"""Characters of a quote that a page shows; the tables hold it whole."""

SNIPPET = 240
"""The same where events are many, and each has a page or rows of its own."""

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;"})
"""Entities, not backslashes: some renderers take a backslash before these for text and the tag for a tag."""
_PUNCTUATION = re.compile(r"([\\`*_{}\[\]|~$])")
_SCHEME = re.compile(r":(?=//)")
_WWW = re.compile(r"\b(www)\.", re.IGNORECASE)
_LINE_START = re.compile(r"^( ?)([#+=-])")
_ORDINAL = re.compile(r"^( ?\d+)([.)])(?= |$)")
_PLAIN_TARGET = re.compile(r"[\w#/.:-]+")
_SPACE = re.compile(r"\s+")


class Md(str):
    """Text that is Markdown already and goes out as it is."""

    __slots__ = ()


def tidy(text: str) -> str:
    """Return ``text`` on one line, control and direction characters replaced by the replacement character."""
    if text.isprintable() and "  " not in text:  # nearly always: no white space but single spaces, nothing to hide
        return text
    return _SPACE.sub(" ", visible(text))


def excerpt(text: str, most: int = EXCERPT) -> str:
    """Return ``text`` tidied and cut to ``most`` characters, the cut shown."""
    line = tidy(text).strip()
    return line if len(line) <= most else f"{line[:most].rstrip()} […]"


def snippet(text: str) -> str:
    """Return ``text`` tidied and cut to `SNIPPET` characters, the cut shown."""
    return excerpt(text, SNIPPET)


def escape_markdown(value: object) -> Md:
    """Return ``value`` as Markdown that shows its tidied text: no HTML, link, table, heading or list comes of it."""
    if isinstance(value, Md):
        return value
    text = _PUNCTUATION.sub(r"\\\1", tidy(str(value))).translate(_ENTITIES)
    text = _WWW.sub(r"\1&#46;", _SCHEME.sub("&#58;", text))
    return Md(_ORDINAL.sub(r"\1\\\2", _LINE_START.sub(r"\1\\\2", text)))


def markdown_link(text: str, href: str | None) -> Md:
    """Return a Markdown link, or only the text without an address; ``href`` is relative or has passed `addresses`."""
    shown = escape_markdown(text)
    if not href:
        return shown
    target = href if _PLAIN_TARGET.fullmatch(href) else f"<{href}>"
    return Md(f"[{shown}]({target})")
