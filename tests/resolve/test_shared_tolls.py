"""Tolls that an article gives for several events together: one toll, whoever tells it, counted once."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from pipeline.contract_validation import split
from pipeline.contracts import event_types_frame, load_contract
from pipeline.resolve.toll_books import toll_books
from tests.resolve.corpus import SHELLING, Corpus, Range

Row = dict[str, Any]


@pytest.fixture
def corpus() -> Corpus:
    return Corpus()


def two_towns(
    corpus: Corpus, label: str, toll: Range = (19, 19), outlet: str = "herald", *, copy_of: str | None = None,
    published: str = "02-07", **second: Any,
) -> None:  # fmt: skip
    """Add an article that tells of strikes on Ariha and Saraqib, and gives one toll for both."""
    corpus.article(label, outlet, published, copy_of)
    corpus.mention(f"{label}: a", label, evidence="Jets hit Ariha.")
    corpus.mention(f"{label}: b", label, evidence="They hit Saraqib too.", **({"place": "saraqib"} | second))
    corpus.casualty(f"{label}: a", "killed", *toll, shared_with=f"{label}: b")


def one(corpus: Corpus) -> Row:
    """Return the only shared toll, whose tables keep to the contract and whose books balance."""
    (row,) = checked(corpus).iter_rows(named=True)
    return row


def checked(corpus: Corpus) -> pl.DataFrame:
    made, resolved, tables, contract = corpus.shared_tolls(), corpus.resolve(), corpus.tables(), load_contract()
    parents = {**tables, "events": resolved.events, "shared_tolls": made.tolls}
    parents["event_types"] = event_types_frame(contract)
    frames = {"shared_tolls": made.tolls, "shared_toll_events": made.events, "shared_toll_casualties": made.casualties}
    for name, frame in frames.items():
        assert split(contract.tables[name], frame, stage="resolve", parents=parents).rejections.is_empty(), name
    books = toll_books(tables["casualties"], resolved.events, made.tolls, made.events, made.casualties)
    assert books["ok"].all(), books
    return made.tolls


def figure(row: Row) -> tuple[int | None, int | None, int | None]:
    return row["low"], row["best"], row["high"]


class TestOneToll:
    def test_it_is_no_event_s_own_and_counts_in_full(self, corpus: Corpus) -> None:
        two_towns(corpus, "x", (19, None))
        row = one(corpus)
        assert (row["kind"], figure(row), row["event_count"], row["counting"]) == ("killed", (19, 19, None), 2, "whole")
        assert (row["counted_low"], row["counted_best"], row["counted_high"]) == (19, 19, None)
        assert corpus.resolve().events["fatalities_best"].null_count() == 2

    def test_both_events_are_listed(self, corpus: Corpus) -> None:
        two_towns(corpus, "x")
        assert corpus.shared_tolls().events["event_id"].to_list() == corpus.resolve().events["event_id"].to_list()

    def test_articles_that_tell_the_same_one_make_a_range(self, corpus: Corpus) -> None:
        for label, outlet, toll in (("x", "herald", 17), ("y", "courier", 19), ("z", "lantern", 24)):
            two_towns(corpus, label, (toll, toll), outlet)
        row = one(corpus)
        assert (figure(row), row["source_count"], row["counted_best"]) == ((17, 19, 24), 3, 19)

    def test_copy_is_no_source_and_no_second_toll(self, corpus: Corpus) -> None:
        two_towns(corpus, "x", (19, 19))
        two_towns(corpus, "y", (99, 99), "courier", copy_of="x")
        two_towns(corpus, "z", (19, 19), "mirror")
        row = one(corpus)
        assert (figure(row), row["source_count"]) == ((19, 19, 19), 1)
        assert corpus.shared_tolls().casualties.height == 3

    def test_latest_word_of_an_outlet_counts(self, corpus: Corpus) -> None:
        two_towns(corpus, "x", (12, 12), published="02-07")
        two_towns(corpus, "y", (19, 19), published="02-09")
        assert figure(one(corpus)) == (19, 19, 19)

    def test_killed_and_injured_are_two_tolls(self, corpus: Corpus) -> None:
        two_towns(corpus, "x")
        corpus.casualty("x: a", "injured", 40, None, shared_with="x: b")
        rows = checked(corpus).select("kind", "counted_low").rows()
        assert sorted(rows) == [("injured", 40), ("killed", 19)]

    def test_captured_are_summed_up_nowhere(self, corpus: Corpus) -> None:
        two_towns(corpus, "x")
        corpus.casualty("x: a", "captured", 7, 7, shared_with="x: b")
        assert checked(corpus)["kind"].to_list() == ["killed"]

    def test_two_mentions_of_one_event_make_a_toll_of_that_event_alone(self, corpus: Corpus) -> None:
        two_towns(corpus, "x", place="ariha")
        row = one(corpus)
        assert (row["event_count"], row["counting"], row["counted_best"]) == (1, "whole", 19)


class TestOneArticle:
    def test_sides_add_up_and_parts_of_a_toll_do_not(self, corpus: Corpus) -> None:
        two_towns(corpus, "x", (12, 12))
        corpus.casualty("x: a", "killed", 3, 3, party="actor2", shared_with="x: b", start=100, length=40)
        corpus.casualty("x: a", "killed", 1, 1, party="actor1", shared_with="x: b", start=110, length=9)
        assert figure(one(corpus)) == (15, 15, 15)

    def test_side_that_is_unknown_may_be_the_sum(self, corpus: Corpus) -> None:
        two_towns(corpus, "x", (12, 12))
        corpus.casualty("x: b", "killed", 15, 15, party="unknown", shared_with="x: a", start=300)
        assert figure(one(corpus)) == (12, 13, 15)

    def test_figures_side_by_side_add_up(self, corpus: Corpus) -> None:
        two_towns(corpus, "x", (3, 3))
        corpus.casualty("x: a", "killed", 2, 2, shared_with="x: b", start=20)
        assert figure(one(corpus)) == (5, 5, 5)

    def test_headline_and_lead_tell_the_same_dead(self, corpus: Corpus) -> None:
        two_towns(corpus, "x", (19, 19))
        corpus.casualty("x: b", "killed", 19, 19, shared_with="x: a", start=30)
        corpus.casualty("x: a", "killed", 19, 19, shared_with="x: b", start=400)
        assert figure(one(corpus)) == (19, 19, 19)

    def test_two_figures_far_apart_make_a_range(self, corpus: Corpus) -> None:
        two_towns(corpus, "x", (19, 19))
        corpus.casualty("x: a", "killed", 21, 21, shared_with="x: b", start=400)
        assert figure(one(corpus)) == (19, 20, 21)


class TestDivided:
    def test_article_that_divides_it_leaves_nothing_to_count(self, corpus: Corpus) -> None:
        two_towns(corpus, "x", (19, 19))
        corpus.mention("a", outlet="courier", killed=(11, 11))
        corpus.mention("b", outlet="courier", killed=(8, 8), place="saraqib")
        row = one(corpus)
        assert (row["counting"], row["counted_best"]) == ("divided", None)
        assert sorted(corpus.resolve().events["fatalities_best"]) == [8, 11]

    def test_rest_counts_where_one_event_has_its_own(self, corpus: Corpus) -> None:
        two_towns(corpus, "x", (19, 19))
        corpus.mention("a", outlet="courier", killed=(11, 11))
        row = one(corpus)
        assert (row["counting"], row["counted_best"], row["best"]) == ("rest", 8, 19)

    def test_injured_alone_divide_no_dead(self, corpus: Corpus) -> None:
        two_towns(corpus, "x", (19, 19))
        corpus.mention("a", outlet="courier", injured=(11, 11))
        corpus.mention("b", outlet="courier", injured=(8, 8), place="saraqib")
        assert one(corpus)["counting"] == "whole"


class TestWhere:
    @pytest.mark.parametrize(
        ("second", "area"),
        [
            ({"place": "zawiya"}, ("Idlib", "Ariha")),
            ({"place": "saraqib"}, ("Idlib", None)),
            ({"place": "idlib"}, ("Idlib", None)),
            ({"place": "al-bab"}, (None, None)),
            ({"place": "saraqib", "status": "general"}, ("Idlib", None)),
            ({"place": None, "admin1": None}, (None, None)),
        ],
        ids=["district", "governorate", "district unknown", "country", "no event, but placed", "place unknown"],
    )
    def test_smallest_area_that_contains_all_places(
        self, corpus: Corpus, second: dict[str, Any], area: tuple[str | None, str | None]
    ) -> None:
        two_towns(corpus, "x", **second)
        row = one(corpus)
        assert (row["admin1"], row["admin2"]) == area

    def test_types_are_told_where_all_events_have_them(self, corpus: Corpus) -> None:
        two_towns(corpus, "x", kind=SHELLING)
        row = one(corpus)
        assert (row["event_type"], row["sub_event_type"]) == ("Explosions/Remote violence", None)


class TestWhen:
    def test_it_counts_in_the_week_of_the_last_event(self, corpus: Corpus) -> None:
        two_towns(corpus, "x", on="02-08", published="02-09")
        assert one(corpus)["week_start"] == date(2021, 2, 8)


class TestWhatIsNoEvent:
    def test_undated_happening_beside_an_event(self, corpus: Corpus) -> None:
        two_towns(corpus, "x", on=None)
        row = one(corpus)
        assert (row["event_count"], row["covers_more"], row["counting"]) == (1, True, "whole")

    def test_mention_that_was_lost_before_is_a_place_unknown(self, corpus: Corpus) -> None:
        corpus.mention("a")
        corpus.casualty("a", "killed", 19, 19, shared_with="never coded")
        row = one(corpus)
        assert (row["covers_more"], row["admin1"]) == (True, None)

    def test_running_total_counts_nowhere(self, corpus: Corpus) -> None:
        corpus.article("x")
        corpus.mention("week", "x", status="general")
        corpus.mention("a", "x")
        corpus.casualty("week", "killed", 57, 57, shared_with="a")
        row = one(corpus)
        assert (row["counting"], row["counted_best"]) == ("not_reported", None)

    def test_report_of_the_same_events_is_heard_before_a_running_total(self, corpus: Corpus) -> None:
        corpus.article("x")
        corpus.mention("week", "x", status="general")
        corpus.mention("a", "x")
        corpus.casualty("week", "killed", 57, 57, shared_with="a")
        corpus.casualty("a", "killed", 6, 6, shared_with="week", start=300)
        row = one(corpus)
        assert (figure(row), row["counting"]) == ((6, 6, 6), "whole")

    def test_tolls_without_any_event_are_kept_apart_and_have_no_week(self, corpus: Corpus) -> None:
        for label in ("x", "y"):
            corpus.article(label)
            corpus.mention(f"{label}: a", label, status="general")
            corpus.mention(f"{label}: b", label, status="general", place="saraqib")
            corpus.casualty(f"{label}: a", "killed", 30, 30, shared_with=f"{label}: b")
        rows = checked(corpus)
        assert rows["counting"].to_list() == ["no_event", "no_event"]
        assert rows["week_start"].to_list() == [None, None]


def test_corpus_without_shared_tolls(corpus: Corpus) -> None:
    corpus.mention("a", killed=(3, 3))
    assert checked(corpus).is_empty()


class TestBooks:
    def test_figure_that_is_lost_is_seen(self, corpus: Corpus) -> None:
        two_towns(corpus, "x")
        made, events = corpus.shared_tolls(), corpus.resolve().events
        books = toll_books(corpus.tables()["casualties"], events, made.tolls, made.events, made.casualties.clear())
        assert not books["ok"].all()

    def test_toll_that_is_counted_beside_its_parts_is_seen(self, corpus: Corpus) -> None:
        two_towns(corpus, "x", (19, 19))
        corpus.mention("a", outlet="courier", killed=(11, 11))
        made, events = corpus.shared_tolls(), corpus.resolve().events
        doubled = made.tolls.with_columns(counted_best=pl.col("best"))
        books = toll_books(corpus.tables()["casualties"], events, doubled, made.events, made.casualties)
        assert books.filter(~pl.col("ok"))["balance"].to_list() == [
            "killed: counted for a shared toll = it, or more that its events count"
        ]
