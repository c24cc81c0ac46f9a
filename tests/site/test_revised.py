"""What versions changed of an event is told by version, newest first, in the words of the contract."""

from __future__ import annotations

import pytest

from pipeline.site import revision_words
from pipeline.site.revised import steps
from tests.site.pages_book import change

EVENT = "e-0000000000000001"


def test_versions_come_newest_first_with_the_cells_they_changed() -> None:
    told = steps([
        change(EVENT, "1.1.0", change_kind="added", field=None, old_value=None, new_value=None),
        change(EVENT, "1.2.0", field="admin1", old_value="Hama", new_value="Idlib"),
    ])  # fmt: skip
    assert [(step.version, step.kind, len(step.cells)) for step in told] == [
        ("1.2.0", "changed", 1),
        ("1.1.0", "added", 0),
    ]


def test_a_mention_that_another_event_had_before_is_added() -> None:
    moved = change(EVENT, "1.1.0", table="event_mentions", field="event_id", old_value="e-2", new_value=EVENT)
    (step,) = steps([moved])
    assert revision_words.step(step) == "1 mention added."


def test_rows_of_other_tables_are_counted_by_what_the_tables_are_called() -> None:
    changed = [change(EVENT, "1.1.0", table="casualties", field="low", old_value="1", new_value="2")] * 2
    assert revision_words.step(steps(changed)[0]) == "2 changes in “Casualties”."


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("fatalities_best", None, "empty"),
        ("fatalities_best", "1200", "1,200"),
        ("event_date_start", "2021-02-06", "6 February 2021"),
        ("disputed", "true", "yes"),
        ("actor1_id", "army", "Northern Army"),
        ("actor1_id", "unheard-of", "unheard-of"),
        ("place_id", "mill", "Lower Mill"),
        ("actor1_bloc", "russia", "Russia"),
        ("event_date_start", "soon", "soon"),
        ("of_another_age", "x;y", "x, y"),
    ],
)
def test_a_value_is_told_in_words(field: str, value: str | None, words: str) -> None:
    assert revision_words.value(field, value, {"army": "Northern Army"}, {"mill": "Lower Mill"}) == words
