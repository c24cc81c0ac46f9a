"""The scorecard of sides is fitted by a conditional logit: what tells the right side weighs, and nothing else."""

from __future__ import annotations

import pytest

from tests.cards import Choice, fitted
from tests.fit_sides import RIDGE, SEEN, main, tried


def _choices(count: int, *, telling: str) -> list[Choice]:
    """The first candidate is right and has the telling feature; "often" stands at both."""
    return [
        Choice(str(number), ({telling: 1, "often": 1}, {"often": 1, "rule": 1}), right=0, rules=1)
        for number in range(count)
    ]


def test_a_feature_of_the_right_side_weighs_and_one_of_both_does_not() -> None:
    weights = fitted(_choices(60, telling="near"), RIDGE, SEEN)
    assert weights["near"] > 0.5
    assert weights["rule"] < -0.5
    assert weights["often"] == pytest.approx(0, abs=1e-6)


def test_more_cases_make_a_feature_weigh_more() -> None:
    few, many = (fitted(_choices(count, telling="near"), RIDGE, SEEN) for count in (10, 100))
    assert few["near"] < many["near"]


def test_a_feature_seen_once_or_twice_is_not_weighed() -> None:
    choices = [*_choices(20, telling="near"), *_choices(2, telling="rare")]
    assert "rare" not in fitted(choices, RIDGE, SEEN)


def test_it_is_tried_on_articles_that_it_was_not_fitted_on() -> None:
    assert tried(_choices(40, telling="near")) == 40
    alone = [Choice(str(number), ({f"only {number}": 1}, {"rule": 1}), 0, 1) for number in range(40)]
    assert tried(alone) == 40  # what the rules chose is always wrong there, and that is learnt
    unlearnt = [Choice(str(n), ({f"only {n}": 1, "here": 1}, {f"other {n}": 1, "here": 1}), 0, 1) for n in range(40)]
    assert tried(unlearnt) == 0


def test_without_a_gold_set_it_says_how_to_call_it() -> None:
    with pytest.raises(SystemExit, match=r"tests\.fit_sides"):
        main([])
