"""Identifiers made of content: the same record has the same id on every machine, in every run.

No clock, no counter, no randomness. What goes into an id is decided where the record is made.
"""

from __future__ import annotations

import hashlib
import json


def sha256_bytes(data: bytes) -> str:
    """Return the SHA-256 of ``data`` as 64 lower-case hex digits."""
    return hashlib.sha256(data).hexdigest()


def sha256_text(text: str) -> str:
    """Return the SHA-256 of ``text`` encoded as UTF-8, as 64 lower-case hex digits."""
    return sha256_bytes(text.encode("utf-8"))


def content_id(prefix: str, *parts: str | int | None, length: int = 16) -> str:
    """Return ``prefix-<hex>``, the first ``length`` hex digits of the SHA-256 over ``parts``.

    The parts are joined as JSON, so that ("ab", "c") and ("a", "bc") differ, and so do None and "".
    16 digits keep the chance of a collision among ten million records below one in 300,000.
    """
    joined = json.dumps(parts, ensure_ascii=True, separators=(",", ":"))
    return f"{prefix}-{sha256_text(joined)[:length]}"
