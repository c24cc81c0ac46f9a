"""What comes before people, why, and in which order."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings

from pipeline.resolve.near import WHY
from pipeline.review.queue import NEAR, QUEUE, REASONS
from tests.correct.desk import event
from tests.resolve.corpus import Corpus
from tests.resolve.test_properties import corpora
from tests.review.made import queue_of, tables_of


@pytest.fixture
def corpus() -> Corpus:
    return Corpus()


def sure(corpus: Corpus, label: str, confidence: float) -> None:
    corpus.mentions[label]["confidence"] = confidence


def queue(corpus: Corpus) -> list[tuple[str, str | None, list[str], int]]:
    made = queue_of(tables_of(corpus))
    return list(made.select("event_id", "other_event_id", "reasons", "points").iter_rows())


def test_a_sure_undisputed_event_is_not_in_it(corpus: Corpus) -> None:
    corpus.mention("a", killed=(4, 4))
    sure(corpus, "a", 0.5)
    assert queue(corpus) == []


def test_disputed_high_toll_and_doubt_come_in_the_order_of_their_points(corpus: Corpus) -> None:
    corpus.mention("disputed", place="ariha")
    corpus.mention("denial", place="ariha", status="denied", outlet="banner")
    corpus.mention("high", place="saraqib", killed=(5, 5))
    corpus.mention("unsure", place="al-bab")
    sure(corpus, "unsure", 0.32)
    assert queue(corpus) == [
        (event("disputed"), None, ["denied"], 40),
        (event("high"), None, ["one_source"], 25),
        (event("unsure"), None, ["unsure"], 18),
    ]


def test_events_that_sides_blame_on_each_other_say_so(corpus: Corpus) -> None:
    corpus.mention("a", outlet="free-post", actor1="army", killed=(3, 3))
    corpus.mention("b", outlet="gazette", actor1="hts", killed=(3, 3))
    assert {(reasons[0], points) for _, other, reasons, points in queue(corpus) if other is None} == {("blamed", 40)}


def test_reasons_add_up_and_a_huge_toll_does_not_drown_the_rest(corpus: Corpus) -> None:
    corpus.mention("a", killed=(900, 900))
    corpus.mention("denial", status="denied", outlet="banner")
    sure(corpus, "a", 0.1)
    assert queue(corpus) == [(event("a"), None, ["denied", "one_source", "unsure"], 40 + 60 + 40)]


def test_a_sure_report_makes_up_for_an_unsure_one_and_a_second_source_settles_a_high_toll(corpus: Corpus) -> None:
    corpus.mention("a", killed=(9, 9))
    corpus.mention("b", killed=(9, 9), outlet="courier")
    sure(corpus, "a", 0.1)
    sure(corpus, "b", 0.9)
    assert queue(corpus) == []


def test_a_near_merge_comes_once_as_a_pair(corpus: Corpus) -> None:
    corpus.mention("town", place="ariha", actor1=None)
    corpus.mention("wide", place="idlib", outlet="courier", actor1=None)
    ((one, other, reasons, points),) = queue(corpus)
    assert {one, other} == {event("town"), event("wide")}
    assert (reasons, points >= NEAR["unpaid"]) == (["near_merge"], True)


def test_what_was_confirmed_or_merged_is_not_asked_about_again(corpus: Corpus) -> None:
    corpus.mention("a", killed=(9, 9))
    corpus.mention("town", place="saraqib", actor1=None)
    corpus.mention("wide", place="idlib", outlet="courier", actor1=None, on="02-06")
    tables = tables_of(corpus)
    assert queue_of(tables).height >= 2
    confirmed = tables | {"events": tables["events"].with_columns(confirmed=pl.lit(True))}
    assert queue_of(confirmed).is_empty()
    merged = tables["event_mentions"].with_columns(event_id=pl.lit(event("a")))
    one = tables["events"].filter(pl.col("event_id") == event("a"))
    assert queue_of(tables | {"events": one, "event_mentions": merged})["other_event_id"].to_list() == [None]


def test_every_reason_and_every_near_merge_has_words_and_weight() -> None:
    assert set(NEAR) == set(WHY)
    assert all(REASONS.values())


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(corpora())
def test_the_order_of_rows_does_not_matter(corpus: Corpus) -> None:
    tables = tables_of(corpus)
    again = {name: frame.sample(fraction=1, shuffle=True, seed=7) for name, frame in tables.items()}
    made = queue_of(tables)
    assert made.schema == QUEUE
    assert queue_of(again).equals(made)
    assert made["rank"].to_list() == list(range(1, made.height + 1))
