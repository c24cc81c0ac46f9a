"""Records of extraction: dataclasses that nothing changes once they are made, at a sixth of the cost of making one.

Python's own frozen dataclasses take seven times as long to make as others, and an article is read by way of thousands
of them. Here it is the type checker that refuses a change.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """Make a class a dataclass with slots that is equal and hashed by its fields, frozen to the type checker."""
    return dataclass(slots=True, unsafe_hash=True)(cls)
