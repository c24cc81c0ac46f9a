"""The scorecard of what is a report is fitted on how much of a report is right."""

from __future__ import annotations

import pytest

from tests.fit_keep import READ, Judged, Told, f1, fit, main, questions, tried


def _articles(count: int, *, read: bool = False, agrees: int = 4) -> list[Judged]:
    """Each has a report told by a verb that is right and one in passing that is not."""
    reports = (Told(("any", "verb"), False, agrees), Told(("any", "noun"), False, 0))
    return [Judged(f"{'read' if read else 'a'}-{number:03}", reports, read, 1) for number in range(count)]


def test_what_is_right_weighs_for_a_report_and_what_is_wrong_against_it() -> None:
    weights = fit(_articles(60))
    assert weights["verb"] > 0.3
    assert weights["noun"] < -0.3


def test_what_is_right_in_part_weighs_less() -> None:
    assert fit(_articles(60, agrees=2))["verb"] < fit(_articles(60))["verb"]


def test_a_report_asks_as_many_questions_as_there_are_depths() -> None:
    (article,) = _articles(1, agrees=3)
    assert [choice.right for choice in questions([article])] == [0, 0, 0, 1, 1, 1, 1, 1]


def test_that_rules_were_made_on_a_set_is_no_line_of_the_card() -> None:
    assert READ in {name for choice in questions(_articles(1, read=True)) for had in choice.features for name in had}
    assert READ not in fit([*_articles(30), *_articles(30, read=True)])


def test_only_unread_articles_are_tried_and_what_counts_stands() -> None:
    kept = tried([*_articles(60), *_articles(60, read=True)])
    assert {told.features for told in kept} == {("any", "verb")}
    assert len(kept) == 60
    counted = [Judged("b", (Told(("any", "noun"), True, 0),), False, 0)]
    assert ("any", "noun") in {told.features for told in tried([*_articles(60), *counted])}


def test_f1_is_that_of_each_depth() -> None:
    assert f1([Told((), False, 1), Told((), False, 3), Told((), False, 0)], 3) == pytest.approx(
        [2 / 3, 1 / 3, 1 / 3, 0]
    )


def test_without_a_gold_set_it_says_how_to_call_it() -> None:
    with pytest.raises(SystemExit, match=r"tests\.fit_keep"):
        main([])
