"""The scorecard of confidence is fitted by a plain logistic regression."""

from __future__ import annotations

import pytest

from pipeline.extract.confidence import DOUBTS
from tests.calibrate import Case, fitted, main


def _cases(doubt: int | None, right: int, wrong: int) -> list[Case]:
    doubts = [at == doubt for at in range(len(DOUBTS))]
    return [(doubts, True)] * right + [(doubts, False)] * wrong


def test_a_doubt_weighs_as_much_as_the_share_right_falls() -> None:
    base, first, second, *rest = fitted(_cases(None, 900, 100) + _cases(0, 500, 500) + _cases(1, 900, 100))
    assert base == pytest.approx(2.197, abs=0.05)  # ln(900 / 100)
    assert first == pytest.approx(-2.197, abs=0.1)
    assert second == pytest.approx(0, abs=0.05)
    assert rest == pytest.approx([0.0] * len(rest), abs=1e-9)


def test_a_doubt_seen_a_few_times_only_weighs_little() -> None:
    seldom = fitted(_cases(None, 900, 100) + _cases(0, 0, 2))[1]
    often = fitted(_cases(None, 900, 100) + _cases(0, 0, 200))[1]
    assert often < seldom < 0


def test_without_a_gold_set_it_says_how_to_call_it() -> None:
    with pytest.raises(SystemExit, match=r"tests\.calibrate"):
        main([])
