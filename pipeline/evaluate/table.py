"""The table `accuracy`: the measures of evaluations as rows by the contract, overall and for parts of each gold set."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import polars as pl

from pipeline.contracts import load_contract
from pipeline.evaluate.evaluation import Evaluation
from pipeline.evaluate.measures import Ratio, measures
from pipeline.evaluate.pairing import Outcome
from pipeline.evaluate.reliability import Reliability
from pipeline.evaluate.sets import Article

DIGEST_DIGITS = 16
EVERYTHING = "all"
Key = Callable[[Outcome], str]


def accuracy_frame(evaluations: Iterable[Evaluation]) -> pl.DataFrame:
    """Return the rows of the table `accuracy`; none without an evaluation."""
    table = load_contract().tables["accuracy"]
    rows = [row for evaluation in evaluations for row in accuracy_rows(evaluation)]
    return table.conform(pl.DataFrame(rows, schema=table.polars_schema()))


def accuracy_rows(evaluation: Evaluation) -> Iterator[dict[str, Any]]:
    """Yield the rows of one evaluation: all its articles, then by type, outlet, leaning, reading and confidence."""
    head = {
        "gold_set": evaluation.gold_set,
        "gold_digest": evaluation.gold_digest[:DIGEST_DIGITS],
        "extractor": evaluation.extractor,
    }
    for kind, value, measure, ratio in _ratios(evaluation):
        low, high = ratio.interval or (None, None)
        yield {
            **head,
            "slice": kind,
            "slice_value": value,
            "measure": measure,
            "count": ratio.part,
            "out_of": ratio.whole,
            "score": ratio.value,
            "interval_low": low,
            "interval_high": high,
        }
    if evaluation.reliability:
        for kind, value, measure, cases, score in _means(evaluation.reliability):
            row = {"slice": kind, "slice_value": value, "measure": measure, "out_of": cases, "score": score}
            yield {**head, **row, "count": None, "interval_low": None, "interval_high": None}


def _ratios(evaluation: Evaluation) -> Iterator[tuple[str, str, str, Ratio]]:
    for kind, key in _keys(evaluation).items():
        parts: dict[str, list[Outcome]] = {}
        for outcome in evaluation.outcomes:
            parts.setdefault(key(outcome), []).append(outcome)
        for value in sorted(parts):
            yield from ((kind, value, measure, ratio) for measure, ratio in measures(parts[value]).items())
    if evaluation.reliability:
        yield from (("confidence", held.label, "right", held.right) for held in evaluation.reliability.bins)


def _keys(evaluation: Evaluation) -> dict[str, Key]:
    """Return, for each way to divide the outcomes, to which part one belongs."""
    event_types = dict(load_contract().codelists["event_types"].select("sub_event_type", "event_type").iter_rows())
    articles = evaluation.articles
    keys: dict[str, Key] = {
        "all": lambda outcome: EVERYTHING,
        "event_type": lambda outcome: event_types[outcome.either.sub_event_type],
        "sub_event_type": lambda outcome: outcome.either.sub_event_type,
    }
    if articles:
        keys["source"] = lambda outcome: articles[outcome.either.article_id].source_name
        if any(article.unread for article in articles.values()):
            keys["reading"] = lambda outcome: reading(articles[outcome.either.article_id])
        keys["leaning"] = lambda outcome: articles[outcome.either.article_id].leaning
    return keys


def reading(article: Article) -> str:
    """Return which part of its gold set an article belongs to: `unread` by those who write the program, or `read`."""
    return "unread" if article.unread else "read"


def _means(found: Reliability) -> Iterator[tuple[str, str, str, int, float]]:
    for held in found.bins:
        yield "confidence", held.label, "mean_confidence", held.right.whole, held.mean_confidence
    yield "all", EVERYTHING, "calibration_error", found.mentions, found.calibration_error
    yield "all", EVERYTHING, "brier_score", found.mentions, found.brier_score
