"""Corrections that are left out: what they expect is no longer so, or another contradicts them."""

from __future__ import annotations

import pytest

from tests.correct.desk import Desk, event, mention, merge, override, record, split


class TestStale:
    @pytest.mark.parametrize(
        ("stale", "says"),
        [
            (override("a", "fatalities_best", 9, 7), "expect.values.fatalities_best: is '9', the coding says '6'"),
            (override("x", "fatalities_best", 6, 7), f"event: {event('x')} is no event (any more)"),
            (merge("a", "x", members=("a", "b")), f"with: {event('x')} is no event (any more)"),
            (record("withdraw", "a", members=("a",)), f"{mention('b')} not expected"),
            (record("confirm", "a", members=("a", "b", "c")), f"{mention('c')} no longer there"),
            (split("a", "c", members=("a", "b")), f"mentions: {mention('c')} is not linked to the event"),
            (split("a", "d", members=("a", "b")), "mentions: none of them reports the event"),
        ],
    )
    def test_it_is_left_out_and_told(self, desk: Desk, stale: dict[str, object], says: str) -> None:
        before = desk.corrected()
        desk.declare(stale)
        (row,) = desk.table()
        assert row["state"] == "stale"
        assert row["message"].startswith("desk.yaml, record 1: ")
        assert says in row["message"]
        assert "look at the event again" in row["message"]
        assert desk.corrected().events.equals(before.events)


class TestContradictions:
    @pytest.mark.parametrize(
        ("one", "other", "says"),
        [
            (override("a", "fatalities_best", 6, 7), override("a", "fatalities_best", 6, 8), "cannot be both 7 and 8"),
            (record("withdraw", "a", members=("a", "b")), record("confirm", "a", members=("a", "b")), "withdraws"),
            (override("a", "injured_low", None, 1), record("withdraw", "a", members=("a", "b")), "withdraws"),
            (merge("a", "c", members=("a", "b", "c")), split("a", "b", members=("a", "b")), "takes away"),
            (merge("c", "a", members=("a", "b", "c")), record("withdraw", "a", members=("a", "b")), "withdraws"),
            (record("confirm", "a", members=("a", "b")), split("a", "b", members=("a", "b")), "consists of"),
            (
                record("confirm", "a", values={"fatalities_best": 6}),
                override("a", "fatalities_best", 6, 7),
                "one overrides fatalities_best, the other confirms it",
            ),
        ],
    )  # fmt: skip
    def test_both_are_left_out_and_name_each_other(
        self, desk: Desk, one: dict[str, object], other: dict[str, object], says: str
    ) -> None:
        before = desk.corrected().events
        desk.declare(one, other)
        first, second = desk.table()
        assert desk.states() == ["in_conflict", "in_conflict"]
        assert "desk.yaml, record 1: contradicts desk.yaml, record 2" in first["message"]
        assert "desk.yaml, record 2: contradicts desk.yaml, record 1" in second["message"]
        assert says in first["message"]
        assert desk.corrected().events.equals(before)

    def test_two_that_ask_for_the_same_are_both_applied(self, desk: Desk) -> None:
        desk.declare(override("a", "fatalities_best", 6, 7), override("a", "fatalities_best", 6, 7, who="another"))
        assert desk.states() == ["applied", "applied"]
        assert desk.event("a")["fatalities_best"] == 7

    def test_splits_along_different_lines_contradict_and_separate_ones_do_not(self, desk: Desk) -> None:
        desk.corpus.mention("e", outlet="lantern", killed=(5, 6))
        all_of_it = ("a", "b", "e")
        desk.declare(split("a", "b", members=all_of_it), split("a", "e", members=all_of_it))
        assert desk.together() == [["a"], ["b"], ["c"], ["e"]]
        desk.declare(split("a", "b", "e", members=all_of_it))
        assert desk.states() == ["in_conflict"] * 3

    def test_overrides_that_break_the_contract_only_together_are_both_left_out(self, desk: Desk) -> None:
        desk.declare(override("a", "injured_low", None, 9), override("a", "injured_high", None, 4))
        assert desk.states() == ["in_conflict", "in_conflict"]
