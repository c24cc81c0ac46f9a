"""View models as plain values that JSON can hold: the same that a page says, for programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from pydantic import JsonValue


def plain(value: Any) -> JsonValue:
    """Return a view model with its parts: dataclasses and mappings as objects, dates in ISO 8601, the rest as it is.

    Raises:
        TypeError: a value is nothing that a view model holds.
    """
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if names := _names(value.__class__):
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in sorted(value.items())}
    if is_dataclass(value) and not isinstance(value, type):
        return {}
    raise TypeError(f"{type(value).__name__} is nothing that a view model holds")


@lru_cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()
