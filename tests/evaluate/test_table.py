"""The table `accuracy`: rows by the contract, for the whole and for every part of a gold set."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl

from pipeline.contract_validation import split
from pipeline.contracts import load_contract
from pipeline.evaluate.evaluation import Evaluation
from pipeline.evaluate.measures import LOWER_IS_BETTER, SLOTS
from pipeline.evaluate.pairing import DEPTHS, outcomes
from pipeline.evaluate.sets import Article
from pipeline.evaluate.table import accuracy_frame
from pipeline.release.accuracy import gold_sets
from tests.evaluate.makers import coded

TABLE = load_contract().tables["accuracy"]
ARTICLES = {"a": Article("Gazette", "independent", ""), "b": Article("=Courier", "unknown", "")}
GOLD = {
    "a": [coded(), coded(sub_event_type="Attack", evidence="a guard was shot")],
    "b": [coded(article_id="b"), coded(article_id="b", status="general")],
}
FOUND = {
    "a": [coded(confidence=0.9), coded(confidence=0.3, sub_event_type="Grenade", evidence="elsewhere")],
    "b": [coded(article_id="b", admin1=None, confidence=0.85)],
}


def _evaluation(name: str = "ours", *, articles: bool = True) -> Evaluation:
    made = tuple(outcomes(GOLD, FOUND))
    return Evaluation(name, "0" * 64, "rules-1", GOLD, ARTICLES if articles else {}, made)


def _score(frame: pl.DataFrame, kind: str, value: str, measure: str) -> tuple[int | None, int, float]:
    here = frame.filter(slice=kind, slice_value=value, measure=measure)
    count, out_of, score = here.select("count", "out_of", "score").row(0)
    return count, out_of, score


def test_every_row_keeps_to_the_contract() -> None:
    frame = accuracy_frame([_evaluation(), _evaluation("theirs")])
    checked = split(TABLE, frame, stage="aggregate")
    assert checked.rejections.is_empty()
    assert checked.accepted.equals(frame)
    assert frame["gold_set"].unique().sort().to_list() == ["ours", "theirs"]


def test_without_an_evaluation_the_table_is_empty() -> None:
    assert accuracy_frame([]).equals(TABLE.empty())


def test_the_parts_are_types_outlets_and_leanings() -> None:
    frame = accuracy_frame([_evaluation()])
    parts = {kind: set(rows["slice_value"]) for (kind,), rows in frame.group_by("slice")}
    assert parts == {
        "all": {"all"},
        "event_type": {"Explosions/Remote violence", "Violence against civilians"},
        "sub_event_type": {"Air/drone strike", "Attack", "Grenade"},
        "source": {"Gazette", "=Courier"},
        "leaning": {"independent", "unknown"},
        "confidence": {"0.3-0.4", "0.8-0.9", "0.9-1.0"},
    }
    assert _score(frame, "all", "all", "type_recall") == (2, 3, 0.6667)
    assert _score(frame, "source", "=Courier", "where_f1") == (0, 2, 0.0)
    assert _score(frame, "sub_event_type", "Attack", "type_recall") == (0, 1, 0.0)
    assert _score(frame, "confidence", "0.8-0.9", "right") == (0, 1, 0.0)
    assert _score(frame, "confidence", "0.8-0.9", "mean_confidence") == (None, 1, 0.85)


def test_without_articles_nothing_is_told_by_outlet() -> None:
    assert {"source", "leaning"}.isdisjoint(accuracy_frame([_evaluation(articles=False)])["slice"])


def test_the_code_list_names_every_measure_and_no_other() -> None:
    codes = set(load_contract().codelists["measures"]["code"])
    measured = {f"{depth}_{end}" for depth in DEPTHS for end in ("precision", "recall", "f1")}
    measured |= {f"slot_{slot}" for slot in SLOTS} | {"false_alarms"}
    assert codes == measured | {"right", "mean_confidence", "calibration_error", "brier_score"}
    assert codes >= LOWER_IS_BETTER
    assert set(accuracy_frame([_evaluation()])["measure"]) == codes


def test_parts_add_up_to_the_whole() -> None:
    frame = accuracy_frame([_evaluation()]).filter(pl.col("count").is_not_null(), pl.col("slice") != "confidence")
    sums = frame.group_by("slice", "measure").agg(pl.col("count", "out_of").sum())
    whole = sums.filter(slice="all").drop("slice")
    for kind in ("event_type", "sub_event_type", "source", "leaning"):
        part = sums.filter(slice=kind).drop("slice")
        assert part.sort("measure").equals(whole.sort("measure")), kind


def test_the_same_evaluation_gives_the_same_rows_in_any_order_of_articles(tmp_path: Path) -> None:
    turned = replace(_evaluation(), outcomes=tuple(outcomes(dict(reversed(GOLD.items())), FOUND)))
    assert accuracy_frame([turned]).equals(accuracy_frame([_evaluation()]))


def test_what_was_kept_from_developers_is_measured_apart() -> None:
    kept = {"a": ARTICLES["a"], "b": replace(ARTICLES["b"], unread=True)}
    frame = accuracy_frame([replace(_evaluation(), articles=kept)])
    assert set(frame.filter(slice="reading")["slice_value"]) == {"read", "unread"}
    assert _score(frame, "reading", "unread", "type_recall") == (1, 1, 1.0)
    assert [entry["name"] for entry in gold_sets(frame)] == ["ours", "ours, unread articles"]
    assert [entry["name"] for entry in gold_sets(accuracy_frame([_evaluation()]))] == ["ours"]
