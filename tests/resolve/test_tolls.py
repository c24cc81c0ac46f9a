"""What the independent sources of an event say together of its dead and injured (codebook section 4, Counts)."""

from __future__ import annotations

import pytest

from tests.resolve.corpus import Corpus, Range


@pytest.fixture
def corpus() -> Corpus:
    return Corpus()


def killed(corpus: Corpus) -> tuple[int | None, int | None, int | None]:
    event = corpus.event()
    return event["fatalities_low"], event["fatalities_best"], event["fatalities_high"]


class TestFatalities:
    def told(self, corpus: Corpus, *tolls: Range | None) -> tuple[int | None, int | None, int | None]:
        for outlet, toll in zip(("herald", "courier", "lantern", "banner"), tolls, strict=False):
            corpus.mention(outlet, outlet=outlet, killed=toll)
        return killed(corpus)

    @pytest.mark.parametrize(
        ("tolls", "expected"),
        [
            ([None, None], (None, None, None)),
            ([(0, 0), None], (0, 0, 0)),
            ([(5, 5)], (5, 5, 5)),
            ([(5, 8)], (5, 6, 8)),
            ([(5, None)], (5, 5, None)),
            ([(None, 5)], (None, 5, 5)),
            ([(3, 3), (8, 8), (5, 5)], (3, 5, 8)),
            ([(3, 3), (6, 6)], (3, 4, 6)),
            ([(3, 3), (6, 6), (7, 7), (20, 20)], (3, 6, 20)),
            ([(5, 5), (3, None)], (3, 4, 5)),
            ([(5, 5), (7, None)], (5, 6, None)),
            ([(5, 5), (5, None)], (5, 5, 5)),
            ([(None, 2), (5, 5)], (2, 3, 5)),
        ],
    )
    def test_median_and_ends_over_sources(
        self, corpus: Corpus, tolls: list[Range | None], expected: tuple[int | None, int | None, int | None]
    ) -> None:
        assert self.told(corpus, *tolls) == expected

    def test_latest_figure_of_each_source_counts(self, corpus: Corpus) -> None:
        corpus.mention("first", killed=(3, None), published="02-06")
        corpus.mention("second", killed=(4, 4), published="02-07", outlet="courier")
        corpus.mention("a week later", killed=(9, 9), published="02-15")
        assert killed(corpus) == (4, 6, 9)

    def test_follow_up_without_a_figure_leaves_the_figure_given_before(self, corpus: Corpus) -> None:
        corpus.mention("first", killed=(3, 3), published="02-06")
        corpus.mention("a week later", published="02-15")
        assert killed(corpus) == (3, 3, 3)

    def test_late_copy_of_an_old_text_does_not_take_back_the_revision(self, corpus: Corpus) -> None:
        corpus.article("x", published="02-06")
        corpus.mention("first", "x", killed=(3, 3), evidence="Three died.")
        corpus.mention("revised", killed=(9, 9), published="02-09")
        corpus.article("y", "courier", "02-12", copy_of="x")
        corpus.mention("copied", "y", killed=(3, 3), evidence="Three died.")
        assert killed(corpus) == (9, 9, 9)

    def test_parties_are_added_and_parts_of_a_toll_are_not(self, corpus: Corpus) -> None:
        corpus.mention("a")
        corpus.casualty("a", "killed", 12, 12, party="actor1", start=100, length=40)
        corpus.casualty("a", "killed", 5, 5, party="civilians", start=120, length=10)
        corpus.casualty("a", "killed", 2, None, party="actor2", start=200)
        assert killed(corpus) == (14, 14, None)

    def test_shared_toll_is_nobodys_own(self, corpus: Corpus) -> None:
        corpus.mention("a")
        corpus.mention("b", "article of a", place="saraqib")
        corpus.casualty("a", "killed", 19, None, shared_with="b")
        assert corpus.resolve().events["fatalities_low"].to_list() == [None, None]

    def test_injured_alone_leave_the_dead_unknown(self, corpus: Corpus) -> None:
        corpus.mention("a", injured=(4, 4))
        corpus.mention("b", injured=(7, None), outlet="courier")
        event = corpus.event()
        assert killed(corpus) == (None, None, None)
        assert (event["injured_low"], event["injured_high"]) == (4, None)
