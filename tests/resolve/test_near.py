"""Which pairs of accounts come before people, because they nearly were one event."""

from __future__ import annotations

import pytest

from pipeline.resolve.near import NEAR_MERGES, WHY
from tests.resolve.corpus import Corpus


@pytest.fixture
def corpus() -> Corpus:
    return Corpus()


def near(corpus: Corpus) -> list[tuple[set[str], str]]:
    """Return the labels of each pair that was nearly merged, and why it was not."""
    labels = {row["mention_id"]: label for label, row in corpus.mentions.items()}
    made = corpus.resolve().near_merges
    assert made.schema == NEAR_MERGES
    assert set(made["why"]) <= set(WHY)
    return [
        ({labels[one], labels[other]}, why)
        for one, other, why in made.select("mention_id", "other_mention_id", "why").iter_rows()
    ]


def test_nothing_comes_of_what_is_one_event_or_contradicts(corpus: Corpus) -> None:
    corpus.mention("a")
    corpus.mention("b", outlet="courier")
    corpus.mention("c", outlet="lantern", place="saraqib")
    corpus.mention("d", outlet="banner", place="ariha", actor1="hts", actor2="army")
    assert near(corpus) == []


def test_a_loose_pair_for_which_nothing_speaks(corpus: Corpus) -> None:
    corpus.mention("town", place="ariha", actor1=None)
    corpus.mention("wide", place="idlib", outlet="courier", actor1=None)
    assert near(corpus) == [({"town", "wide"}, "unpaid")]


def test_a_pair_loose_in_two_respects_of_which_only_the_tolls_agree(corpus: Corpus) -> None:
    corpus.mention("town", place="ariha", killed=(4, 4), actor1=None)
    corpus.mention("wide", place="idlib", outlet="courier", killed=(4, 4), on="02-01", until="02-07", precision=2)
    assert near(corpus) == [({"town", "wide"}, "loose")]


def test_a_report_that_fits_two_towns_nearly_joined_either(corpus: Corpus) -> None:
    corpus.mention("ariha", place="ariha")
    corpus.mention("saraqib", place="saraqib", outlet="lantern")
    corpus.mention("wide", place="idlib", outlet="courier")
    found = sorted((sorted(pair), why) for pair, why in near(corpus))
    assert found == [(["ariha", "wide"], "rival"), (["saraqib", "wide"], "rival")]


def test_each_pair_of_events_comes_once_by_its_nearest_accounts(corpus: Corpus) -> None:
    corpus.mention("town", place="ariha", actor1=None)
    corpus.mention("town again", place="ariha", actor1=None, outlet="lantern", killed=(9, 9))
    corpus.mention("wide", place="idlib", outlet="courier", actor1=None)
    (pair,) = near(corpus)
    assert "wide" in pair[0]


def test_what_one_article_tells_as_a_pair_and_tolls_far_apart_are_not_near(corpus: Corpus) -> None:
    corpus.article("x")
    corpus.mention("x town", "x")
    corpus.mention("x wide", "x", place="idlib")
    corpus.mention("few", place="saraqib", on="02-20", published="02-21", killed=(3, 3))
    corpus.mention("many", place="idlib", on="02-20", published="02-21", outlet="courier", killed=(40, 40))
    assert near(corpus) == []
