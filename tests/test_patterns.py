"""No pattern that reads article text backtracks without bound: hostile text costs time in proportion, and no more."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from typing import Any

import pytest

from tests.backtracking import backtracks

ROOMS = ("pipeline.ingest", "pipeline.extract", "pipeline.regions")


def _modules() -> Iterator[str]:
    for room in ROOMS:
        for module in pkgutil.walk_packages(import_module(room).__path__, f"{room}."):
            if not module.name.endswith(".assets"):
                yield module.name


def _patterns(value: object, deep: int = 4) -> Iterator[re.Pattern[Any]]:
    """Find the patterns in a value of a module: itself, or in what it holds."""
    if isinstance(value, re.Pattern):
        yield value
    elif deep and isinstance(value, Mapping):
        for held in value.values():
            yield from _patterns(held, deep - 1)
    elif deep and isinstance(value, Iterable) and isinstance(value, list | tuple | set | frozenset):
        for held in value:
            yield from _patterns(held, deep - 1)
    elif deep and type(value).__module__ in _MODULES and hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from _patterns(getattr(value, name), deep - 1)


_MODULES = tuple(_modules())
PATTERNS = {
    (name, pattern.pattern): pattern
    for name in _MODULES
    for value in vars(import_module(name)).values()
    for pattern in _patterns(value)
}


def test_the_patterns_of_the_rooms_are_found() -> None:
    homes = {name.split(".", 2)[2] for name, _ in PATTERNS}
    assert {"furniture", "boilerplate", "dates_rules", "sentences", "headlines", "place_names", "folding"} <= homes
    assert len(PATTERNS) > 60


def test_no_pattern_backtracks_without_bound() -> None:
    found = {name: text for (name, _), pattern in PATTERNS.items() if (text := backtracks(pattern)) is not None}
    assert found == {}


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+b",
        r"(?:[^\W\d_]+['’]?)+:",
        r"(?:\w+\s?)*;",
        r"killed(?: and| or|[a-z ]+)*!!",
        r"(?:x|xx|xxx)+y",
        r".*,.*,.*,.*#",
    ],
)
def test_a_pattern_that_does_is_caught(pattern: str) -> None:
    assert backtracks(re.compile(pattern)) is not None


@pytest.mark.parametrize("pattern", [r"[a-z]+b", r"(?:[a-z]+ )*b", r"\d{1,3}(?:,\d{3})+", r"(?>(?:a+)+)b", r"a++b"])
def test_a_pattern_that_does_not_is_let_go(pattern: str) -> None:
    assert backtracks(re.compile(pattern)) is None
