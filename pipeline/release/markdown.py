"""Texts made harmless in Markdown, for the documents of a release, and where their templates are."""

from __future__ import annotations

import re
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[2] / "datapackage"
_MARKDOWN = re.compile(r"([\\`*_\[\]{}|~#$])")
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def markdown_text(value: object) -> str:
    """Return ``value`` as Markdown that shows exactly its text on one line: no markup, no HTML, no new table cell."""
    text = " ".join(str(value).split())
    return _MARKDOWN.sub(r"\\\1", re.sub("[&<>]", lambda match: _HTML[match[0]], text))
