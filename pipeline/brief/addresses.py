"""Which addresses of articles become links. Article metadata is hostile: everything else is printed as text."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_PLAIN = re.compile(r"[!-~]+")


def linkable(address: str | None) -> str | None:
    """Return ``address`` when a reader may be sent there, else None.

    Allowed is http or https with a host of its own, in printable ASCII without spaces, quotes, backslashes or angle
    brackets, without user name or password (they serve to disguise the host).
    """
    if not address or not _PLAIN.fullmatch(address) or re.search(r"[\"'<>\\`{}|^]", address):
        return None
    try:
        parts = urlsplit(address)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        return None
    return address
