"""The refusal rule: nothing that is not in the article."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.extract.evidence import Refusal, Verified, Verifier
from pipeline.extract.model import Article, Casualty, Mention, Slot

TEXT = "Rebels shelled Tal Ward on Monday. Two people and a child died, the army said."
ARTICLE = Article("a-1", "Tal Noor hit", TEXT, "The Ford Post", "unknown", date(2016, 5, 3))
DAY = Slot("event_date", "evidence", "Monday", 27, 33, "a day")
MENTION = Mention(
    "Shelling/artillery/missile attack", "reported", date(2016, 5, 2), date(2016, 5, 2), 1,
    None, "Rebels", "opposition", None, None, None, "unidentified",
    None, "Tal Ward", None, None, None, None, False, None, None,
    "the army", "Rebels shelled Tal Ward on Monday.", 0, 34, (), 0.8, (DAY,),
)  # fmt: skip
TOLL = Casualty("killed", "unknown", 2, 2, False, True, (1,), "Two people", 35, 45)


def _verified(**change: object) -> Verified:
    return Verifier(ARTICLE).verify(replace(MENTION, **change))  # type: ignore[arg-type]


def _refused(**change: object) -> list[tuple[str, str]]:
    return [(refusal.field, refusal.value) for refusal in _verified(**change).refusals]


def test_what_the_article_holds_stays_and_gets_the_words_it_rests_on() -> None:
    found = _verified()
    assert found.refusals == ()
    assert replace(found.mention, slots=()) == replace(MENTION, slots=())
    assert [(slot.slot, slot.basis, slot.quote, slot.char_start) for slot in found.mention.slots] == [
        ("event_date", "evidence", "Monday", 27),
        ("actor1", "evidence", "Rebels", 0),
        ("place", "evidence", "Tal Ward", 15),
        ("attributed_to", "article", "the army", 64),
    ]


def test_evidence_that_is_no_slice_costs_the_mention() -> None:
    found = _verified(evidence="Rebels shelled Tal Noor on Monday.")
    assert not found.stands
    assert found.refusals == (Refusal("evidence", "Rebels shelled Tal Noor on Monday."),)


def test_values_whose_words_are_nowhere_are_emptied_with_all_that_rests_on_them() -> None:
    invented = {
        "place": "Tal Amber",
        "place_id": "p",
        "admin1": "Idlib",
        "actor1": "Hill Brigade",
        "weapon": "howitzer",
    }
    found = _verified(**invented).mention
    assert (found.place, found.place_id, found.admin1, found.actor1, found.actor1_bloc, found.weapon) == (
        None, None, None, None, "unidentified", None,
    )  # fmt: skip
    assert _refused(**invented) == [("actor1", "Hill Brigade"), ("place", "Tal Amber"), ("weapon", "howitzer")]
    assert {slot.slot for slot in found.slots} == {"event_date", "attributed_to"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"actor1": None, "actor1_id": "rebels"}, "actor1"),
        ({"place": None, "admin1": "Idlib"}, "place"),
        ({"actor1_associate_id": "army"}, "actor1_associate"),
        ({"happenings_low": 3}, "happenings"),
        ({"slots": ()}, "event_date"),
        ({"slots": (replace(DAY, quote="Friday"),)}, "event_date"),
        ({"slots": (DAY, Slot("status", "evidence", "may", 0, 3, ""))}, "status"),
    ],
)
def test_a_value_that_quotes_nothing_is_refused(change: dict[str, object], field: str) -> None:
    assert [name for name, _ in _refused(**change)] == [field]


def test_a_place_may_stand_in_the_title_alone() -> None:
    (place,) = [slot for slot in _verified(place="Tal Noor").mention.slots if slot.slot == "place"]
    assert (place.basis, place.quote) == ("title", None)


@pytest.mark.parametrize(("day", "refused"), [(date(2016, 4, 30), False), (date(2016, 4, 20), True)])
def test_without_words_for_the_day_it_is_that_of_publication_or_within_a_week(day: date, refused: bool) -> None:
    slots = (Slot("event_date", "published_at", None, None, None, "no day named"),)
    found = _verified(event_date_start=day, event_date_end=day, slots=slots)
    assert [refusal.field for refusal in found.refusals] == (["event_date"] if refused else [])
    assert (found.mention.event_date_start is None) is refused


def test_a_source_that_nobody_named_gives_way_to_the_outlet() -> None:
    found = _verified(attributed_to="the governor")
    assert found.mention.attributed_to == "The Ford Post"
    assert [refusal.field for refusal in found.refusals] == ["attributed_to"]
    assert found.mention.slots[-1].basis == "outlet"


@pytest.mark.parametrize(
    ("toll", "kept"),
    [
        (TOLL, True),
        (replace(TOLL, low=1, high=2), True),
        (replace(TOLL, low=3, high=3, quote="Two people and a child died", char_end=62), True),
        (replace(TOLL, quote="Six people"), False),
        (replace(TOLL, low=20, high=20), False),
    ],
    ids=["as said", "a smaller end", "added up", "no such words", "no such number"],
)
def test_a_figure_needs_its_words_and_its_number(toll: Casualty, kept: bool) -> None:
    found = _verified(casualties=(toll,))
    assert bool(found.mention.casualties) is kept
    assert [refusal.field for refusal in found.refusals] == ([] if kept else ["casualties"])
