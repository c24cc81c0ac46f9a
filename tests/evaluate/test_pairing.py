"""Pairs are chosen to agree in as much as they can, and give the figures of the common scorer."""

from __future__ import annotations

import importlib.util
import json
from datetime import date, timedelta
from functools import lru_cache
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.evaluate.gold import Codings, codings_of
from pipeline.evaluate.measures import measures
from pipeline.evaluate.pairing import DEPTHS, assign, depth, fold_name, outcomes, same_words, weight
from tests.evaluate.makers import coded, gold_record

SHARED = Path(__file__).resolve().parents[3] / "shared"
SCORER = SHARED / "bench" / "score_mentions.py"
needs_scorer = pytest.mark.skipif(not SCORER.exists(), reason="the common scorer is not here")


@pytest.mark.parametrize(
    ("change", "steps"),
    [
        ({}, 4),
        ({"blocs": ("civilians", "unidentified")}, 3),
        ({"admin1": None}, 2),
        ({"admin1": "Aleppo", "blocs": ("hts", "sdf")}, 2),
        ({"date_start": date(2021, 2, 11)}, 1),
        ({"date_start": None}, 1),
        ({"date_start": date(2021, 2, 10)}, 4),
        ({"sub_event_type": "Attack"}, 0),
    ],
)
def test_each_depth_asks_for_more_than_the_one_before(change: dict[str, Any], steps: int) -> None:
    assert depth(coded(), coded(**change)) == steps


def test_two_mentions_without_a_date_agree_that_it_cannot_be_told() -> None:
    assert depth(coded(date_start=None), coded(date_start=None)) == len(DEPTHS)


def test_of_two_answers_the_one_that_agrees_in_more_is_taken() -> None:
    gold: Codings = {"a": [coded(place="Ariha"), coded(place="Binnish")]}
    found: Codings = {"a": [coded(place="Binnish"), coded(place="Ariha", killed=None)]}
    made = outcomes(gold, found)
    assert [(o.gold and o.gold.place, o.found and o.found.place) for o in made] == [
        ("Ariha", "Ariha"),
        ("Binnish", "Binnish"),
    ]


def test_only_reported_mentions_of_articles_with_gold_count() -> None:
    gold: Codings = {"a": [coded(status="denied")], "b": []}
    found: Codings = {"a": [coded(status="denied")], "c": [coded(article_id="c")]}
    assert outcomes(gold, found) == []


def test_an_extra_mention_of_words_that_tell_a_threat_is_a_false_alarm() -> None:
    threat = coded(status="prospective", sub_event_type="Attack", evidence="they may storm the hill on Friday")
    alarm = coded(evidence="may storm the hill on Friday at dawn")
    other = coded(evidence="a bridge fell in another town")
    made = outcomes({"a": [threat]}, {"a": [alarm, other]})
    assert [(o.found, o.false_alarm) for o in made] == [(alarm, threat), (other, None)]


def test_a_mention_that_has_a_pair_is_no_false_alarm() -> None:
    made = outcomes({"a": [coded(), coded(status="general")]}, {"a": [coded()]})
    assert [(bool(o.gold), bool(o.found), o.false_alarm) for o in made] == [(True, True, None)]


@pytest.mark.parametrize(
    ("one", "other"),
    [("al-Bab", "Bab"), ("Deir ez-Zor", "deir EZ zor"), ("Ma'arrat an-Nu'mān", "ma arrat nu man"), (None, "the")],
)
def test_place_names_are_folded_for_comparison(one: str | None, other: str) -> None:
    assert fold_name(one) == fold_name(other)


def test_quotes_are_compared_by_the_words_of_the_shorter() -> None:
    assert same_words("a b c d e", "a b c x y")
    assert not same_words("a b c d e", "a b x y z")
    assert not same_words("", "a")


@given(st.integers(0, 4), st.integers(0, 4), st.data())
def test_the_assignment_is_the_best_of_all(rows: int, columns: int, data: st.DataObject) -> None:
    values = st.integers(0, 10).map(lambda n: n / 2)
    weights = [[data.draw(values) for _ in range(columns)] for _ in range(rows)]
    pairs = assign(weights)
    assert len({r for r, _ in pairs}) == len({c for _, c in pairs}) == len(pairs)
    assert all(weights[r][c] > 0 for r, c in pairs)
    wide = weights if rows <= columns else [list(column) for column in zip(*weights, strict=True)]
    best = max(
        (
            sum(row[c] for row, c in zip(wide, chosen, strict=True))
            for chosen in permutations(range(max(rows, columns)), min(rows, columns))
        ),
        default=0.0,
    )
    assert sum(weights[r][c] for r, c in pairs) == (best if rows and columns else 0.0)


@lru_cache(maxsize=1)
def _scorer() -> Any:
    spec = importlib.util.spec_from_file_location("score_mentions", SCORER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


DAYS = st.none() | st.integers(0, 3).map(lambda n: (date(2021, 2, 1) + timedelta(n)).isoformat())
RECORDS = st.builds(
    gold_record,
    sub_event_type=st.sampled_from(["Attack", "Attack", "Armed clash"]),
    status=st.sampled_from(["reported", "reported", "reported", "general"]),
    date_start=DAYS,
    actor1_bloc=st.sampled_from(["russia", "sdf"]),
    actor2_bloc=st.sampled_from([None, "sdf"]),
    place=st.sampled_from(["al-Bab", "Bab", "Ghandūra", None]),
    admin1=st.sampled_from([None, "Idlib", "Aleppo"]),
    killed=st.sampled_from([None, [1, 1], [2, None]]),
    evidence=st.sampled_from(["a b c", "d e f", "a b z", "a b c d e"]),
)


@needs_scorer
@settings(max_examples=300)
@given(st.lists(RECORDS, max_size=6), st.lists(RECORDS, max_size=6))
def test_pairs_and_scores_are_those_of_the_common_scorer_ties_included(
    gold: list[dict[str, Any]], found: list[dict[str, Any]]
) -> None:
    scorer = _scorer()
    mine, theirs = ([{**r, "article_id": "x"} for r in side if r["status"] == "reported"] for side in (gold, found))
    weights = [[weight(a, b) for b in codings_of(theirs).get("x", [])] for a in codings_of(mine).get("x", [])]
    assert assign(weights) == sorted(scorer.assign(mine, theirs))
    codings = [codings_of([{**r, "article_id": "x"} for r in side]) for side in (gold, found)]
    _compare(outcomes(codings[0] or {"x": []}, codings[1]), scorer.score({"x": gold}, {"x": found}))


def _compare(made: Any, expected: Any) -> None:
    counted = measures(made)
    ratios = {name: ratio.part / ratio.whole for name, ratio in counted.items()}
    for name in DEPTHS:
        for short, long in (("p", "precision"), ("r", "recall"), ("f1", "f1")):
            assert ratios.get(f"{name}_{long}", 0.0) == pytest.approx(expected[name][short], abs=0.000051)
    for name, value in expected["slots"].items():
        assert ratios[f"slot_{name}"] == pytest.approx(value, abs=0.000051)
    alarms = counted["false_alarms"].part if "false_alarms" in counted else 0
    assert alarms == expected["false_alarms_on_unreported"]


@needs_scorer
def test_the_figures_on_the_shared_gold_are_those_of_the_common_scorer() -> None:
    """Against itself shifted by one field and one line, so that there are pairs, misses and extras."""
    scorer = _scorer()
    gold = scorer.read(SHARED / "gold" / "syria-wire-dev.jsonl")
    found = {}
    for number, (article, mentions) in enumerate(sorted(gold.items())):
        blurred = [m | {"killed": None} if (i + number) % 3 else m | {"admin1": None} for i, m in enumerate(mentions)]
        found[article] = json.loads(json.dumps(blurred[number % 2 :] + blurred[:1]))
    codings = [
        codings_of({**m, "article_id": article} for article, mentions in side.items() for m in mentions)
        for side in (gold, found)
    ]
    _compare(outcomes(*codings), scorer.score(gold, found))
