"""Records: made quickly, changed by making another."""

from __future__ import annotations

import dataclasses
from dataclasses import field
from typing import Any

import pytest

from pipeline.extract.record import record, replace


@record
class _Place:
    name: str
    start: int
    parts: tuple[str, ...] = ()
    length: int = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "length", len(self.name))


@record
class _Alone:
    name: str


def test_what_is_replaced_changes_and_the_rest_stays() -> None:
    place = _Place("Ariha", 4, ("old",))
    assert replace(place, start=9) == _Place("Ariha", 9, ("old",))
    assert place.start == 4


def test_what_follows_from_the_fields_is_made_anew() -> None:
    assert replace(_Place("Ariha", 4), name="Idlib city").length == 10


def test_it_does_what_dataclasses_do() -> None:
    place = _Place("Ariha", 4, ("old",))
    changes: tuple[dict[str, Any], ...] = ({}, {"name": "x"}, {"parts": (), "start": 1})
    for change in changes:
        assert replace(place, **change) == dataclasses.replace(place, **change)


def test_a_class_of_one_field() -> None:
    assert replace(_Alone("a"), name="b") == _Alone("b")


@pytest.mark.parametrize("name", ["length", "end"])
def test_what_is_no_field_of_its_making_is_refused(name: str) -> None:
    with pytest.raises(TypeError, match=name):
        replace(_Place("Ariha", 4), **{name: 1})  # type: ignore[arg-type]
