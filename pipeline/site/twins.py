"""The bytes of a page's twin for programs: as indented as files of a release are, made by a faster writer."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import JsonValue
from pydantic_core import to_json

from pipeline.release.manifest import json_bytes

_NO_NUMBERS = (b"NaN", b"Infinity")


def twin_bytes(twin: Mapping[str, JsonValue]) -> bytes:
    """Return ``twin`` as JSON in UTF-8, indented, ending in a line feed.

    Raises:
        ValueError: it holds a number that JSON has no way to write.
    """
    data = to_json(twin, indent=2)
    if any(word in data for word in _NO_NUMBERS):  # a number, which `json_bytes` refuses, or a word of a stranger
        return json_bytes(twin)
    return data + b"\n"
