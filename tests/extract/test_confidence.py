"""A confidence says how often such a coding is right, and falls with each doubt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from pipeline.extract.confidence import DOUBTS, confidence
from pipeline.extract.model import Casualty, Mention, Slot
from pipeline.extract.rules import RuleExtractor
from pipeline.extract.words import load_words
from tests.extract.coded import mentions

TOLL = Casualty("killed", "unknown", 2, 2, False, False, (), "Two people", 35, 45)
SURE = Mention(
    "Air/drone strike", "reported", date(2016, 5, 2), date(2016, 5, 2), 1,
    None, "Rebels", "opposition", None, None, None, "unidentified",
    "sy-idlib-saraqib", "Saraqib", "Idlib", None, 1, None, False, None, None,
    "the army", "Planes bombed Saraqib.", 0, 22, (TOLL,), None,
    (Slot("place", "evidence", "Saraqib", 14, 21, ""),),
)  # fmt: skip
DOUBTFUL: dict[str, dict[str, object]] = {
    "unreported": {"status": "general"},
    "not_violent": {"sub_event_type": "Agreement"},
    "place_unknown": {"place_id": None},
    "place_wide": {"geo_precision": 2},
    "place_elsewhere": {"slots": (Slot("place", "article", "Saraqib", 99, 106, ""),)},
    "no_toll": {"casualties": ()},
}


def test_the_scorecard_weighs_every_doubt_and_no_other() -> None:
    assert set(load_words("confidence")["doubts"]) == set(DOUBTS) == set(DOUBTFUL)


@pytest.mark.parametrize("doubt", DOUBTFUL)
def test_each_doubt_is_seen_and_costs_confidence(doubt: str) -> None:
    doubted = replace(SURE, **DOUBTFUL[doubt])  # type: ignore[arg-type]
    assert {name for name, holds in DOUBTS.items() if holds(doubted)} == {doubt}
    assert confidence(doubted) < confidence(SURE)


def test_doubts_add_up_and_stay_between_nought_and_one() -> None:
    changes: dict[str, object] = {}
    falling = [confidence(SURE)]
    for change in DOUBTFUL.values():
        changes |= change
        falling.append(confidence(replace(SURE, **changes)))  # type: ignore[arg-type]
    assert all(before > after or before == 0.01 for before, after in pairwise(falling))
    assert 0 < falling[-1] < 0.1 < 0.8 < falling[0] < 1
    assert all(value == round(value, 2) for value in falling)


def test_an_extracted_mention_carries_it(extractor: RuleExtractor) -> None:
    sure, vague = (
        mentions(extractor, "Warplanes bombed the town of Saraqib on Tuesday, killing five people."),
        mentions(extractor, "Clashes went on in northern Syria."),
    )
    assert sure[0].confidence == confidence(sure[0])
    assert all((mention.confidence or 0) < (sure[0].confidence or 0) for mention in vague)
