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
