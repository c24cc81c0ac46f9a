"""Every value of a mention says which words it comes from, or why there are none."""

from __future__ import annotations

from datetime import date

from pipeline.extract.model import Article, Mention, Slot
from pipeline.extract.rules import RuleExtractor

TEXT = (
    "Russian and Syrian warplanes hit Saraqib in Idlib province on Tuesday killing five people, a monitor said.\n\n"
    "Several more raids struck the nearby town of Maarat al-Numan.\n\n"
    "The army may storm Saraqib, a rebel commander warned."
)


def _read(extractor: RuleExtractor, text: str, title: str = "", on: date | None = date(2019, 7, 25)) -> list[Mention]:
    article = Article("a", title, text, "The Ford Post", "unknown", on)
    mentions = extractor.extract([article])[0]
    for slot in (slot for mention in mentions for slot in mention.slots):
        if slot.quote is None:
            assert (slot.char_start, slot.char_end) == (None, None)
        else:
            assert text[slot.char_start : slot.char_end] == slot.quote
    return mentions


def _slot(mention: Mention, name: str) -> Slot:
    return next(slot for slot in mention.slots if slot.slot == name)


def test_each_value_quotes_the_words_it_comes_from(extractor: RuleExtractor) -> None:
    strike = _read(extractor, TEXT)[0]
    quotes = {slot.slot: slot.quote for slot in strike.slots}
    assert quotes["actor1"] == strike.actor1
    assert quotes["place"] == strike.place == "Saraqib"
    assert quotes["event_date"] == "Tuesday"
    assert quotes["attributed_to"] == strike.attributed_to
    assert all(slot.basis == "evidence" for slot in strike.slots)


def test_a_day_taken_over_from_another_sentence_points_there(extractor: RuleExtractor) -> None:
    second = _read(extractor, TEXT)[1]
    assert second.place == "Maarat al-Numan"
    day = _slot(second, "event_date")
    assert (day.quote, day.basis) == ("Tuesday", "article")


def test_what_makes_it_no_report_is_quoted(extractor: RuleExtractor) -> None:
    threat = next(mention for mention in _read(extractor, TEXT) if mention.status == "prospective")
    assert _slot(threat, "status").quote == "may"


def test_what_the_text_leaves_to_outlet_date_and_title_says_so(extractor: RuleExtractor) -> None:
    mention = _read(extractor, "Warplanes bombed the vegetable market. Six people were killed.", "Raid on Saraqib")[0]
    assert mention.place == "Saraqib"
    bases = {slot.slot: slot.basis for slot in mention.slots}
    assert (bases["place"], bases["event_date"], bases["attributed_to"]) == ("title", "published_at", "outlet")


def test_the_date_above_the_story_is_quoted_where_no_day_is_named(extractor: RuleExtractor) -> None:
    mention = _read(extractor, "12 July 2019\n\nWarplanes bombed the market of Saraqib.", on=None)[0]
    day = _slot(mention, "event_date")
    assert (day.quote, day.basis) == ("12 July 2019", "article")
    assert mention.event_date_start == date(2019, 7, 12)


def test_unarmed_people_and_counts_of_happenings_are_quoted(extractor: RuleExtractor) -> None:
    mention = _read(extractor, "At least 11 air raids hit Saraqib on Tuesday, wounding three farmers.")[0]
    assert _slot(mention, "happenings").quote == "11 air raids"
    assert _slot(mention, "actor2").quote == mention.actor2 == "farmers"


def test_the_day_of_a_date_counts_no_happenings(extractor: RuleExtractor) -> None:
    text = "Rebels carried out a raid on an army post near Saraqib. The July 20 raid left two soldiers dead."
    mention = _read(extractor, text)[0]
    assert mention.event_date_start == date(2019, 7, 20)
    assert mention.happenings_low is None
