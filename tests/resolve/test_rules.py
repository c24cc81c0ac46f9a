"""The declared rules agree with the contract, so that a code renamed there cannot be forgotten here."""

from __future__ import annotations

from pipeline.contracts import event_types_frame, load_contract
from pipeline.resolve import rules

CONTRACT = load_contract()
CODES = {name: set(frame[frame.columns[0]]) for name, frame in CONTRACT.codelists.items()}


def test_weaker_types_are_of_one_event_type_and_less_telling() -> None:
    types = {row["sub_event_type"]: row for row in event_types_frame(CONTRACT).iter_rows(named=True)}
    for pair in rules.WEAKER:
        weak, telling = types[pair.weak], types[pair.telling]
        assert weak["event_type"] == telling["event_type"]
        assert weak["precedence"] > telling["precedence"]
        assert pair.reason


def test_words_of_the_rules_are_codes_of_the_contract() -> None:
    assert set(rules.EITHER_ORDER) <= CODES["event_types"]
    assert rules.TARGETS_NOT_TOLD_APART in set(CONTRACT.codelists["event_types"]["event_type"])
    blocs = {rules.UNNAMED, rules.CIVILIANS, rules.NO_SIDE, *rules.LOOSE_WORDS}
    assert blocs.union(*rules.LOOSE_WORDS.values()) <= CODES["blocs"]
    kinds = {*rules.GOVERNORATES, *rules.DISTRICTS, *rules.AREAS, *rules.SETTLEMENTS, *rules.SITES}
    assert kinds <= CODES["place_kinds"]
