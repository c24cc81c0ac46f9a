"""Did it happen? Denied, prospective and general told from reported."""

from __future__ import annotations

import pytest

from pipeline.extract.background import is_background
from pipeline.extract.lexicon import Lexicon, words_of
from pipeline.extract.parse import Parser
from pipeline.extract.status import status_of


def status(parser: Parser, lexicon: Lexicon, text: str, word: str) -> str:
    tokens = next(parser.parse([text]))
    head = next(t.at for t in tokens if t.lower == word)
    assert lexicon.find(words_of(text))
    return status_of(tokens, head, range(len(tokens)), period=False, cumulative=False, dated=False).status


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Rebels shelled the village on Monday.", "shelled"),
        ("Government forces managed to storm the village.", "storm"),
        ("Fighters tried to storm the base on Friday.", "storm"),
        ("It was not clear who bombed the market.", "bombed"),
        ("The raids hit a school and the minister called for an inquiry.", "raids"),
    ],
)
def test_what_is_said_to_have_happened_is_reported(parser: Parser, lexicon: Lexicon, text: str, word: str) -> None:
    assert status(parser, lexicon, text, word) == "reported"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The army may launch an attack on the village.", "attack"),
        ("The commander threatened to shell the village.", "shell"),
        ("We are ready for any attack by the rebels.", "attack"),
        ("The group plans to storm the base.", "storm"),
        ("The minister called for an end to the bombing of the city.", "bombing"),
        ("If the army attacks the town, thousands will flee.", "attacks"),
    ],
)
def test_plans_threats_and_possibilities_are_prospective(
    parser: Parser, lexicon: Lexicon, text: str, word: str
) -> None:
    assert status(parser, lexicon, text, word) == "prospective"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The army did not bomb the hospital.", "bomb"),
        ("The ministry denied that its planes bombed the hospital.", "bombed"),
        ("Reports of clashes in the town are not true.", "clashes"),
        ("There is no mobilization on the front.", "mobilization"),
    ],
)
def test_what_is_said_not_to_have_happened_is_denied(parser: Parser, lexicon: Lexicon, text: str, word: str) -> None:
    assert status(parser, lexicon, text, word) == "denied"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The army regularly shells the village.", "shells"),
        ("Air strikes on the province have intensified.", "strikes"),
        ("Rebels have been shelling the road for several months.", "shelling"),
        ("Planes continue to bomb the valley.", "bomb"),
    ],
)
def test_habits_and_running_totals_are_general(parser: Parser, lexicon: Lexicon, text: str, word: str) -> None:
    assert status(parser, lexicon, text, word) == "general"


def test_a_stretch_of_time_makes_a_report_general(parser: Parser) -> None:
    tokens = next(parser.parse(["Raids killed 57 people."]))
    assert status_of(tokens, 0, range(len(tokens)), period=True, cumulative=False, dated=False).status == "general"
    assert status_of(tokens, 0, range(len(tokens)), period=False, cumulative=True, dated=False).status == "general"


@pytest.mark.parametrize(
    ("text", "largest", "expected"),
    [
        ("The conflict began in March 2011 with protests.", 0, True),
        ("The war has killed more than 200,000 people.", 200_000, True),
        ("Raids killed two people in Tal Ward.", 2, False),
    ],
)
def test_background_on_the_whole_war_is_no_mention(parser: Parser, text: str, largest: int, expected: bool) -> None:
    words = {token.lower for token in next(parser.parse([text]))}
    assert is_background(words, False, largest) is expected
