"""Who says so."""

from __future__ import annotations

import pytest

from pipeline.extract.attribution import find_sources
from pipeline.extract.parse import Parser
from pipeline.extract.rules import RuleExtractor
from tests.extract.coded import reported


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("A monitor said that two people died.", "A monitor"),
        ("Two people died, according to the civil defence in Tal Ward.", "the civil defence in Tal Ward"),
        ("Captain Adel Karim told reporters that the base was shelled.", "Captain Adel Karim"),
        ("The base was shelled, said the army spokesman.", "the army spokesman"),
    ],
)
def test_the_named_source_is_found(parser: Parser, text: str, source: str) -> None:
    tokens = next(parser.parse([text]))
    spans = [text[tokens[s.start].start : tokens[s.end - 1].end] for s in find_sources(tokens)]
    assert source in spans


def test_a_pronoun_names_nobody(parser: Parser) -> None:
    assert find_sources(next(parser.parse(["He said that the village was shelled."]))) == []


def test_a_source_begins_with_its_article_where_a_comma_was_lost(extractor: RuleExtractor) -> None:
    found = reported(
        extractor, "Warplanes bombed the villages of Hass and Kafr Sajna south of Idlib a doctor said Monday."
    )
    assert {m.attributed_to for m in found} == {"a doctor"}
    assert {m.place for m in found} == {"Hass", "Kafr Sajna"}
