"""Who did it, told in a later sentence."""

from __future__ import annotations

import pytest

from pipeline.extract.claims import signs
from tests.extract.scenes import Stage

DEED = "A blast killed four people in Aleppo on Monday."


def behind(stage: Stage, text: str) -> str | None:
    """Give the bloc that stands as agent of a deed after the next sentence was read."""
    told = stage.told(DEED)
    scene = stage.scene(text, number=1, start=len(DEED) + 1)
    signs(told, [], scene)
    agent = told[0].roles.agent
    return agent.bloc if agent else None


@pytest.mark.parametrize(
    ("text", "bloc"),
    [
        ("Islamic State later claimed responsibility.", "islamic_state"),
        ("Responsibility was not claimed, but Islamic State took no responsibility.", None),
        ("Ahrar al-Sham has taken responsibility for it.", "opposition"),
        ("It was carried out by Islamic State, officials said.", "islamic_state"),
        ("The attack was staged by the army.", "syrian_government"),
        ("No group has claimed responsibility.", None),
    ],
)
def test_a_later_sentence_names_whoever_did_it(stage: Stage, text: str, bloc: str | None) -> None:
    assert behind(stage, text) == bloc
