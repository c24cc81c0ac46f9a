"""Who reports an event, of how many sides, and how sure its coding is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.resolve.corroboration import at_least_one_right
from tests.resolve.corpus import Corpus


@pytest.fixture
def corpus() -> Corpus:
    return Corpus()


class TestSides:
    @pytest.mark.parametrize(
        ("outlets", "told", "expected"),
        [
            (["free-post"], "opposition:1", "single_source"),
            (["herald"], "unknown:1", "single_source"),
            (["herald", "mirror"], "unknown:1", "single_source"),
            (["monitor", "second-monitor"], "independent:2", "one_side"),
            (["gazette", "eastern-wire"], "russia:1;syrian_government:1", "one_side"),
            (["free-post", "strait-times"], "opposition:1;turkey:1", "one_side"),
            (["herald", "courier"], "unknown:2", "one_side"),
            (["herald", "free-post"], "opposition:1;unknown:1", "one_side"),
            (["gazette", "free-post"], "opposition:1;syrian_government:1", "several_sides"),
            (["monitor", "free-post", "strait-times"], "independent:1;opposition:1;turkey:1", "several_sides"),
        ],
    )
    def test_allies_are_one_side_and_unknown_outlets_are_none(
        self, corpus: Corpus, outlets: list[str], told: str, expected: str
    ) -> None:
        for outlet in outlets:
            corpus.mention(outlet, outlet=outlet)
        event = corpus.event()
        assert (event["sources_by_leaning"], event["corroboration"]) == (told, expected)

    def test_outlet_that_reports_twice_is_one_source(self, corpus: Corpus) -> None:
        corpus.mention("first", outlet="free-post")
        corpus.mention("again", outlet="free-post", published="02-09")
        assert corpus.event()["corroboration"] == "single_source"

    def test_copy_in_an_outlet_of_the_other_side_is_no_corroboration(self, corpus: Corpus) -> None:
        corpus.article("x", "free-post")
        corpus.mention("a", "x", evidence="Jets came.")
        corpus.article("y", "gazette", copy_of="x")
        corpus.mention("b", "y", evidence="Jets came.")
        event = corpus.event()
        assert (event["sources_by_leaning"], event["corroboration"]) == ("opposition:1", "single_source")

    def test_event_that_copies_alone_report_has_the_leaning_of_the_first(self, corpus: Corpus) -> None:
        corpus.article("x", "monitor")
        for label, outlet, day in (("y", "gazette", "02-09"), ("z", "free-post", "02-08")):
            corpus.article(label, outlet, day, copy_of="x")
            corpus.mention(label, label, evidence="Jets came.")
        event = corpus.event()
        assert (event["sources_by_leaning"], event["source_count"]) == ("opposition:1", 1)


class TestConfidence:
    def told(self, corpus: Corpus, **confidences: float | None) -> float | None:
        for outlet, confidence in confidences.items():
            corpus.mention(outlet, outlet=outlet, confidence=confidence)
        value = corpus.event()["confidence"]
        return None if value is None else float(value)

    def test_single_source_gives_its_own(self, corpus: Corpus) -> None:
        assert self.told(corpus, herald=0.57) == 0.57

    def test_each_independent_source_adds(self, corpus: Corpus) -> None:
        assert self.told(corpus, herald=0.6, courier=0.5) == 0.8
        assert self.told(corpus, lantern=0.5) == 0.9

    def test_nothing_is_certain(self, corpus: Corpus) -> None:
        assert self.told(corpus, herald=0.95, courier=0.95, lantern=0.95) == 0.99

    def test_surest_mention_of_an_outlet_counts_and_its_copies_add_nothing(self, corpus: Corpus) -> None:
        corpus.mention("again", published="02-09", confidence=0.7)
        assert self.told(corpus, herald=0.4, mirror=0.6) == 0.7

    def test_extractor_that_states_none(self, corpus: Corpus) -> None:
        assert self.told(corpus, herald=None) is None
        assert self.told(corpus, courier=0.4) == 0.4

    @given(st.lists(st.integers(0, 100), min_size=1, max_size=8), st.integers(0, 100))
    def test_more_sources_never_make_it_less_sure(self, chances: list[int], another: int) -> None:
        before, after = at_least_one_right(chances), at_least_one_right([*chances, another])
        assert before is not None
        assert after is not None
        assert min(99, max(chances)) <= before <= after <= 99
        assert at_least_one_right(chances[::-1]) == before
