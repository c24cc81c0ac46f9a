"""Types by trigger, means, sides and victims, and their precedence."""

from __future__ import annotations

import pytest

from pipeline.extract.actors import ActorSpan
from pipeline.extract.kinds import SHELLING, kind_of, settle
from pipeline.extract.lexicon import Lexicon, words_of
from pipeline.extract.triggers import Match

ARMY = ActorSpan(0, 4, "army", "x", "syrian_government", "state_forces")
REBELS = ActorSpan(0, 6, "rebels", None, "opposition", "non_state_group", generic=True)
JETS = ActorSpan(0, 4, "jets", "x", "syrian_government", "state_forces", means="air")


def _unconditional(match: Match) -> bool:
    """Without a parse nobody can tell the subject, nor that somebody yielded."""
    return match.trigger.subject is None and match.trigger.needs != "yielded"


@pytest.mark.parametrize(
    ("text", "means", "agent", "target", "unarmed", "name", "certain"),
    [
        ("rebels attacked soldiers", set(), REBELS, ARMY, False, "Armed clash", False),
        ("rebels attacked farmers", set(), REBELS, None, True, "Attack", False),
        ("jets targeted a village", set(), JETS, None, True, "Air/drone strike", True),
        ("rebels targeted a village", {SHELLING}, REBELS, None, True, SHELLING, True),
        ("the army captured the town", set(), ARMY, REBELS, False, "Government regains territory", True),
        ("rebels captured the town", set(), REBELS, ARMY, False, "Non-state actor overtakes territory", True),
        ("air strikes hit the town", {"Chemical weapon"}, ARMY, None, True, "Chemical weapon", True),
    ],
)  # fmt: skip
def test_the_type_follows_the_codebook(
    lexicon: Lexicon,
    text: str,
    means: set[str],
    agent: ActorSpan,
    target: ActorSpan | None,
    unarmed: bool,
    name: str,
    certain: bool,
) -> None:
    match = next(m for m in lexicon.find(words_of(text), _unconditional) if m.trigger.text != "hit")
    kind = kind_of(match, means, agent, target, unarmed)
    assert (kind.sub_event_type, kind.certain) == (name, certain)


@pytest.mark.parametrize(
    ("told", "left"),
    [
        (["Air/drone strike", "Chemical weapon"], ["Chemical weapon"]),
        (["Suicide bomb", "Remote explosive/landmine/IED"], ["Suicide bomb"]),
        (["Armed clash", "Government regains territory"], ["Government regains territory"]),
        (["Armed clash", "Air/drone strike"], ["Armed clash", "Air/drone strike"]),
        (["Attack", "Shelling/artillery/missile attack"], ["Shelling/artillery/missile attack"]),
    ],
)
def test_precedence_within_one_clause(told: list[str], left: list[str]) -> None:
    assert settle(told) == left
