"""Dates and places that a sentence takes from the article, on texts of our own."""

from __future__ import annotations

from datetime import date

from pipeline.extract.rules import RuleExtractor
from tests.extract.coded import WEDNESDAY, reported

LEAD = "Warplanes bombed Saraqib on Saturday."


def dated(extractor: RuleExtractor, *paragraphs: str) -> tuple[date | None, int | None]:
    """Give start and precision of the happening told last."""
    last = reported(extractor, "\n\n".join(paragraphs))[-1]
    return last.event_date_start, last.time_precision


def test_the_date_of_the_paragraph_before_is_inherited(extractor: RuleExtractor) -> None:
    between = ("The town lies on a highway.", "A monitor said that the army shelled Morek on Sunday.")
    assert dated(extractor, LEAD, *between, "Rebels shelled Nubl.") == (date(2016, 5, 1), 1)


def test_a_new_speaker_does_not_go_on_with_the_date_told_before(extractor: RuleExtractor) -> None:
    between = ("The town lies on a highway.", "A monitor said that the army shelled Morek on Sunday.")
    quote = "A farmer told this paper: \u201cRebels sent reinforcements to the town of Azaz."
    assert dated(extractor, LEAD, *between, quote) == (WEDNESDAY, 2)


def test_the_whole_and_its_part_in_one_sentence_are_the_part(extractor: RuleExtractor) -> None:
    text = (
        "The lines around Idlib province have seen military reinforcements of the army on Monday, "
        "concentrated in the southern countryside of Idlib."
    )
    assert [m.place for m in reported(extractor, text)] == ["southern countryside of Idlib"]


def test_one_night_is_no_running_total(extractor: RuleExtractor) -> None:
    text = "Warplanes bombed a silo in Sarmin in the night from Friday to Saturday, wounding a watchman."
    (strike,) = reported(extractor, text)
    assert strike.event_date_start == date(2016, 4, 29)


def test_an_older_day_that_opens_a_sentence_does_not_date_what_was_told_before_it(extractor: RuleExtractor) -> None:
    text = "Rebels shelled Nubl. On Saturday warplanes bombed Saraqib."
    days = {m.place: m.event_date_start for m in reported(extractor, text)}
    assert days == {"Nubl": WEDNESDAY, "Saraqib": date(2016, 4, 30)}


def test_a_day_named_in_passing_is_forgotten_after_a_sentence(extractor: RuleExtractor) -> None:
    text = (
        "Warplanes bombed Saraqib on Tuesday. On Sunday the mayor opened a school. Flour is dear. Rebels shelled Nubl."
    )
    assert dated(extractor, text) == (date(2016, 5, 3), 1)


def test_what_a_lead_counts_over_a_stretch_of_time_happened_in_it(extractor: RuleExtractor) -> None:
    text = "Warplanes flew 44 raids over Syria in the past week, killing 30 people. A raid hit Saraqib."
    assert dated(extractor, text) == (date(2016, 4, 28), 2)


def test_what_goes_on_till_now_is_of_the_day_of_the_report(extractor: RuleExtractor) -> None:
    text = "Warplanes bombed Saraqib on Sunday. Clashes are continuing till now in Azaz."
    assert dated(extractor, text) == (WEDNESDAY, 1)


def test_the_deadliest_since_something_began_is_not_of_that_month(extractor: RuleExtractor) -> None:
    text = "Shells hit Nubl on Monday. The shelling was the deadliest since the talks began in March."
    assert [m.event_date_start for m in reported(extractor, text)] == [date(2016, 5, 2)]
