"""Governorates named around a place, counted once for all who ask."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.extract.place_circles import Circle
from pipeline.extract.place_types import PlaceSpan

LIE_IN = {"Oakham": ["North"], "Elmton": ["North"], "Ashby": ["South"], "Newtown": ["North", "South"]}


def _span(name: str, start: int, *, foreign: bool = False) -> PlaceSpan:
    return PlaceSpan(start, start + len(name), name, name, () if foreign else (name.lower(),), foreign=foreign)


def _lie_in(span: PlaceSpan) -> Sequence[str]:
    return LIE_IN.get(span.name, [])


OAKHAM, ELMTON, ASHBY = _span("Oakham", 0), _span("Elmton", 20), _span("Ashby", 40)


def test_a_place_counts_those_around_it_but_not_itself() -> None:
    circle = Circle([OAKHAM, ELMTON, ASHBY], _lie_in)
    assert circle.around(OAKHAM) == {"North": 1, "South": 1}
    assert circle.around(ASHBY) == {"North": 2}


def test_what_bears_its_name_elsewhere_tells_it_nothing() -> None:
    circle = Circle([OAKHAM, _span("Oakham", 60), ASHBY], _lie_in)
    assert circle.around(OAKHAM) == {"South": 1}


def test_another_name_for_the_same_words_tells_it_nothing() -> None:
    longer = PlaceSpan(0, 11, "Oakham town", "Oakham town", ("oakham",))
    assert Circle([OAKHAM, ASHBY], _lie_in).around(PlaceSpan(0, 6, "Oakham", "Oak", ())) == {"South": 1}
    assert Circle([longer, ASHBY], _lie_in).around(OAKHAM) == {"South": 1}


@pytest.mark.parametrize("other", [_span("Newtown", 60), _span("Paris", 60, foreign=True), _span("Nowhere", 60)])
def test_names_that_may_lie_anywhere_do_not_count(other: PlaceSpan) -> None:
    assert Circle([OAKHAM, other], _lie_in).around(ASHBY) == {"North": 1}


def test_asking_changes_nothing() -> None:
    circle = Circle([OAKHAM, ELMTON, ASHBY], _lie_in)
    assert [circle.around(OAKHAM) for _ in range(2)] == [{"North": 1, "South": 1}] * 2


def test_places_of_a_name_in_the_order_of_the_text() -> None:
    later = _span("Oakham", 60)
    assert Circle([OAKHAM, ASHBY, later], _lie_in).named("Oakham") == [OAKHAM, later]
    assert Circle([], _lie_in).named("Oakham") == []
