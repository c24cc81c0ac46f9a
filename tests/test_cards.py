"""A scorecard is fitted by a conditional logit: what tells the right candidate weighs, and nothing else."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from tests import fit_keep, fit_sides, fit_twice
from tests.cards import Choice, fitted, tried, write_card

RIDGE = 8.0


def _choices(count: int, *, telling: str) -> list[Choice]:
    """The first candidate is right and has the telling feature; "often" stands at both."""
    return [
        Choice(str(number), ({telling: 1, "often": 1}, {"often": 1, "rule": 1}), right=0, rules=1)
        for number in range(count)
    ]


def test_a_feature_of_the_right_side_weighs_and_one_of_both_does_not() -> None:
    weights = fitted(_choices(60, telling="near"), RIDGE)
    assert weights["near"] > 0.5
    assert weights["rule"] < -0.5
    assert weights["often"] == pytest.approx(0, abs=1e-6)


def test_more_cases_make_a_feature_weigh_more() -> None:
    assert fitted(_choices(10, telling="near"), RIDGE)["near"] < fitted(_choices(100, telling="near"), RIDGE)["near"]


def test_a_feature_seen_once_or_twice_is_not_weighed() -> None:
    assert "rare" not in fitted([*_choices(20, telling="near"), *_choices(2, telling="rare")], RIDGE)


def test_it_is_tried_on_articles_that_it_was_not_fitted_on() -> None:
    assert tried(_choices(40, telling="near"), RIDGE) == 40
    alone = [Choice(str(number), ({f"only {number}": 1}, {"rule": 1}), 0, 1) for number in range(40)]
    assert tried(alone, RIDGE) == 40  # what the rules chose is always wrong there, and that is learnt
    unlearnt = [Choice(str(n), ({f"only {n}": 1, "here": 1}, {f"other {n}": 1, "here": 1}), 0, 1) for n in range(40)]
    assert tried(unlearnt, RIDGE) == 0


def test_a_choice_that_is_worth_more_weighs_more() -> None:
    one, other = _choices(2, telling="near")[0], _choices(2, telling="far")[0]
    heavy = [Choice(one.article_id, one.features, 0, 1, worth=5.0)] * 3
    weights = fitted([*heavy, *[other] * 3], RIDGE)
    assert weights["near"] > weights["far"] > 0


def test_a_card_keeps_its_head_and_leaves_out_what_weighs_nothing(tmp_path: Path) -> None:
    card = tmp_path / "card.yaml"
    card.write_text("# What it is.\nold: 7\n", encoding="utf-8")
    write_card(card, {"near": 0.5149, "far": -1.2, "none": 0.004})
    assert card.read_text(encoding="utf-8") == "# What it is.\nnear: 51\nfar: -120\n"


@pytest.mark.parametrize("script", [fit_keep, fit_sides, fit_twice])
def test_without_a_gold_set_it_says_how_to_call_it(script: ModuleType) -> None:
    with pytest.raises(SystemExit, match=script.__name__.replace(".", r"\.")):
        script.main([])
