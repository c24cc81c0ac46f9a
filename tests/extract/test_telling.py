"""Which words of a passage tell and which numbers count, on sentences of our own."""

from __future__ import annotations

from tests.extract.scenes import Stage


def types(stage: Stage, text: str) -> list[str]:
    return [candidate.sub_event_type for candidate in stage.told(text)]


def test_what_was_destroyed_beside_the_dead_is_no_happening_of_its_own(stage: Stage) -> None:
    assert types(stage, "Rebels killed seven soldiers near Manbij, destroying a machine gun.") == ["Armed clash"]


def test_a_number_before_a_noun_counts_happenings(stage: Stage) -> None:
    (raids,) = stage.told("Warplanes carried out more than 11 raids on the town of Binnish.")
    assert raids.count == (11, None)


def test_the_number_of_a_date_counts_nothing(stage: Stage) -> None:
    (strike,) = stage.told("Warplanes struck Binnish in the October 4 operation.")
    assert strike.count == (None, None)


def test_what_raids_hit_was_hit_from_the_air(stage: Stage) -> None:
    assert types(stage, "The raids hit a market in Binnish.") == ["Air/drone strike"]
    assert types(stage, "Ten targets of the group were hit in the strikes near Manbij.") == ["Air/drone strike"]
