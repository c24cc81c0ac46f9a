"""Records of extraction: dataclasses that nothing changes once they are made, at a sixth of the cost of making one.

Python's own frozen dataclasses take seven times as long to make as others, and an article is read by way of thousands
of them. Here it is the type checker that refuses a change. `replace` is that of dataclasses, likewise quicker.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """Make a class a dataclass with slots that is equal and hashed by its fields, frozen to the type checker."""
    return dataclass(slots=True, unsafe_hash=True)(cls)


if TYPE_CHECKING:
    from dataclasses import replace as replace
else:

    def replace(made: T, **changes: Any) -> T:
        """Return a record made anew with some of its fields changed; TypeError for a name that is no field of it."""
        numbers, values_of = _fields(type(made))
        values = list(values_of(made))
        for name, value in changes.items():
            if name not in numbers:
                raise TypeError(f"{type(made).__name__} has no field {name!r} to be replaced")
            values[numbers[name]] = value
        return type(made)(*values)


@cache
def _fields(kind: type[Any]) -> tuple[dict[str, int], Callable[[Any], tuple[Any, ...]]]:
    """Return the place of each field that the class is made from, and what reads them all."""
    names = [each.name for each in fields(kind) if each.init]
    read = attrgetter(*names)
    return {name: at for at, name in enumerate(names)}, read if len(names) > 1 else lambda made: (read(made),)
