"""The subject of a verb, through passives, helpers, relative clauses and slips of the parser."""

from __future__ import annotations

import pytest

from pipeline.extract.parse import Parser
from pipeline.extract.subjects import subject_of


@pytest.mark.parametrize(
    ("sentence", "verb", "subject"),
    [
        ("Three old shells fell near the mill.", "fell", "Three old shells"),
        ("The families packed their things and left at night.", "left", "The families"),
        ("Some people have begun to return to the town.", "return", "Some people"),
        ("The mill was hit by an army helicopter.", "hit", "by an army helicopter"),
        ("The mill was hit at night.", "hit", ""),
    ],
)
def test_who_does_it(parser: Parser, sentence: str, verb: str, subject: str) -> None:
    tokens = next(iter(parser.parse([sentence])))
    at = next(token.at for token in tokens if token.text == verb)
    assert " ".join(tokens[i].text for i in subject_of(tokens, at)) == subject


def test_who_undergoes_a_passive_is_asked_for(parser: Parser) -> None:
    tokens = next(iter(parser.parse(["Nine children were driven out of the town."])))
    at = next(token.at for token in tokens if token.text == "driven")
    assert [tokens[i].text for i in subject_of(tokens, at, undergoing=True)] == ["Nine", "children"]
