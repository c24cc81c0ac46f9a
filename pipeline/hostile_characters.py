"""Characters of strangers' texts that could drive a terminal or turn the text around them: made visible."""

from __future__ import annotations

import re

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters and those that turn the direction of the text around them."""


def visible(text: str) -> str:
    """Return ``text`` with control and direction characters replaced by U+FFFD, one for one; white space stays."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)
