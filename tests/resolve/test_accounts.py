"""Conflicting accounts: who did it, how many died, whether it happened; and what makes an event disputed."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from pipeline.contract_validation import split
from pipeline.contracts import load_contract
from pipeline.ids import content_id
from pipeline.resolve.accounts import account_books, accounts
from pipeline.resolve.blame import blamed_apart
from tests.resolve.corpus import AIR, CLASH, Corpus, sources_frame

Row = dict[str, Any]


@pytest.fixture
def corpus() -> Corpus:
    return Corpus()


def told(corpus: Corpus) -> list[Row]:
    """Return the accounts, which keep to the contract and whose books balance, by leaning and toll."""
    table, made, tables = corpus.accounts(), corpus.resolve(), corpus.tables()
    kept = split(load_contract().tables["accounts"], table, stage="resolve", parents={**tables, "events": made.events})
    assert kept.rejections.is_empty(), kept.rejections["message"].to_list()
    books = account_books(table, made.events)
    assert books["ok"].all(), books
    disputed = made.events.filter("disputed")
    assert disputed.join(table, on="event_id", how="semi").height == disputed.height
    return table.sort("event_id", "relation", "leaning", "fatalities_low", "rival_event_id").to_dicts()


def says(row: Row) -> tuple[Any, ...]:
    return row["relation"], row["leaning"], row["blamed_actor_id"], row["fatalities_low"], row["fatalities_high"]


class TestAgreement:
    def test_sources_that_agree_have_no_rows(self, corpus: Corpus) -> None:
        for outlet in ("free-post", "gazette", "monitor"):
            corpus.mention(outlet, outlet=outlet, killed=(3, 3))
        assert told(corpus) == []
        assert corpus.event()["disputed"] is False

    @pytest.mark.parametrize("other", [{"killed": None}, {"killed": (3, None)}, {"actor1": None}, {"actor1": "tigers"}])
    def test_saying_less_or_naming_another_force_of_the_side_is_no_difference(
        self, corpus: Corpus, other: dict[str, Any]
    ) -> None:
        corpus.mention("a", outlet="free-post", killed=(3, 3))
        corpus.mention("b", outlet="monitor", **({"killed": (3, 3)} | other))
        assert told(corpus) == []

    def test_outlet_that_revises_its_toll_contradicts_nobody(self, corpus: Corpus) -> None:
        corpus.mention("first", outlet="free-post", killed=(3, 3))
        corpus.mention("later", outlet="free-post", killed=(5, 5), published="02-09")
        assert told(corpus) == []


class TestTolls:
    def test_two_tolls_are_two_accounts_and_no_dispute(self, corpus: Corpus) -> None:
        corpus.mention("a", outlet="free-post", killed=(9, None))
        corpus.mention("b", outlet="gazette", killed=(3, 3))
        assert [says(row) for row in told(corpus)] == [
            ("reports", "opposition", "army", 9, None),
            ("reports", "syrian_government", "army", 3, 3),
        ]
        assert corpus.event()["disputed"] is False

    def test_sources_of_one_leaning_that_say_the_same_are_one_account(self, corpus: Corpus) -> None:
        corpus.mention("a", outlet="monitor", killed=(9, 9))
        corpus.mention("b", outlet="second-monitor", killed=(9, 9), published="02-08")
        corpus.mention("c", outlet="free-post", killed=(4, 4))
        first, _ = told(corpus)
        assert (first["leaning"], first["source_count"]) == ("independent", 2)
        assert first["mention_id"] == content_id("m", "a")

    def test_latest_toll_and_clearest_blame_of_each_source(self, corpus: Corpus) -> None:
        corpus.mention("first", outlet="free-post", killed=(3, 3), actor1="tigers")
        corpus.mention("later", outlet="free-post", killed=(5, 5), actor1=None, published="02-09")
        corpus.mention("other", outlet="monitor", killed=(8, 8))
        rows = [says(row) for row in told(corpus)]
        assert ("reports", "opposition", "tigers", 5, 5) in rows

    def test_quote_is_that_of_the_toll(self, corpus: Corpus) -> None:
        corpus.mention("bare", outlet="free-post", confidence=0.9)
        corpus.mention("toll", outlet="free-post", killed=(5, 5), published="02-09", confidence=0.4)
        corpus.mention("other", outlet="monitor", killed=(8, 8))
        row = next(row for row in told(corpus) if row["leaning"] == "opposition")
        mention = corpus.mentions["toll"]
        assert [row[key] for key in ("article_id", "char_start", "char_end", "evidence")] == [
            mention[key] for key in ("article_id", "char_start", "char_end", "evidence")
        ]


class TestCopies:
    def test_copies_are_no_voices(self, corpus: Corpus) -> None:
        corpus.article("x", "free-post")
        corpus.mention("a", "x", killed=(3, 3), evidence="Jets came.")
        corpus.article("y", "gazette", copy_of="x")
        corpus.mention("b", "y", killed=(7, 7), evidence="Jets came.")
        corpus.mention("c", outlet="mirror", killed=(3, 3))
        corpus.mention("d", outlet="herald", killed=(3, 3))
        assert told(corpus) == []

    def test_denial_that_only_a_copy_tells_is_heard_once(self, corpus: Corpus) -> None:
        corpus.mention("a", outlet="free-post")
        corpus.article("x", "monitor")
        for label, outlet in (("y", "gazette"), ("z", "eastern-wire")):
            corpus.article(label, outlet, "02-08", copy_of="x")
            corpus.mention(label, label, status="denied", evidence="We did not.")
        denials = [row for row in told(corpus) if row["relation"] == "denies"]
        assert [row["source_count"] for row in denials] == [1]
        assert corpus.event()["denial_count"] == 2


class TestDenial:
    def test_denial_stands_beside_the_report_with_the_actor_it_clears(self, corpus: Corpus) -> None:
        corpus.mention("a", outlet="free-post", killed=(3, 3))
        corpus.mention("denial", outlet="gazette", status="denied", published="02-08")
        assert [says(row) for row in told(corpus)] == [
            ("denies", "syrian_government", "army", None, None),
            ("reports", "opposition", "army", 3, 3),
        ]
        event = corpus.event()
        assert (event["disputed"], event["denial_count"], event["source_count"]) == (True, 1, 1)


class TestTwoBlames:
    def two(self, corpus: Corpus, first: str = "free-post", second: str = "gazette", **other: Any) -> None:
        """Add a strike that one outlet blames on the army, another on HTS."""
        corpus.mention("by the army", outlet=first, actor1="army", killed=(7, 7))
        corpus.mention("by hts", outlet=second, **({"actor1": "hts", "killed": (7, 7)} | other))

    def disputed(self, corpus: Corpus) -> list[bool]:
        return corpus.resolve().events["disputed"].to_list()

    def test_sides_that_blame_each_other_keep_two_events_both_disputed(self, corpus: Corpus) -> None:
        self.two(corpus)
        assert self.disputed(corpus) == [True, True]

    def test_each_of_the_two_has_both_accounts(self, corpus: Corpus) -> None:
        self.two(corpus)
        rows = told(corpus)
        assert len(rows) == 4
        for event in {row["event_id"] for row in rows}:
            of_event = [row for row in rows if row["event_id"] == event]
            assert {row["blamed_actor_id"] for row in of_event} == {"army", "hts"}
            assert {row["rival_event_id"] is None for row in of_event} == {True, False}

    @pytest.mark.parametrize(
        "other",
        [
            {"killed": (2, 2)},
            {"killed": None},
            {"place": "saraqib"},
            {"on": "02-08", "published": "02-09"},
            {"kind": "Suicide bomb"},
            {"actor1": None},
        ],
        ids=["other toll", "no toll", "other town", "other day", "other means", "nobody blamed"],
    )
    def test_what_differs_otherwise_is_no_blame(self, corpus: Corpus, other: dict[str, Any]) -> None:
        self.two(corpus, **other)
        assert not any(self.disputed(corpus))

    def test_allies_do_not_dispute_with_each_other(self, corpus: Corpus) -> None:
        self.two(corpus, "eastern-wire", "gazette")
        assert self.disputed(corpus) == [False, False]

    def test_side_of_an_outlet_that_nobody_knows_is_none(self, corpus: Corpus) -> None:
        self.two(corpus, "herald", "gazette")
        assert self.disputed(corpus) == [False, False]

    def test_side_that_reports_both_tells_of_two_happenings(self, corpus: Corpus) -> None:
        self.two(corpus)
        corpus.mention("both", outlet="strait-times", actor1="hts", killed=(7, 7))
        assert self.disputed(corpus) == [False, False]

    def test_unmistakable_toll_is_of_one_happening_whoever_quotes_both_sides(self, corpus: Corpus) -> None:
        corpus.article("x", "monitor")
        for actor in ("army", "hts"):
            corpus.mention(actor, "x", actor1=actor, killed=(1400, None), place="zawiya")
        assert self.disputed(corpus) == [True, True]

    def test_clash_told_from_either_side_is_no_blame(self, corpus: Corpus) -> None:
        corpus.mention("a", kind=CLASH, actor1="army", actor2="hts", outlet="free-post", killed=(7, 7))
        corpus.mention("b", kind=CLASH, actor1="hts", actor2="army", outlet="gazette", killed=(7, 7))
        assert self.disputed(corpus) == [False]
        assert told(corpus) == []

    def test_blame_within_one_event_as_a_merge_by_hand_makes_it(self) -> None:
        def report(source: str, actor: str, bloc: str, *, is_copy: bool = False) -> Row:
            undated = {"published": None, "published_at": None, "article_id": source, "char_start": 0}
            blamed = {"actor1_id": actor, "actor1_bloc": bloc, "actor1_named": True, "actor1_ally": None}
            known = {"event": 0, "source": source, "sub_event_type": AIR, "is_copy": is_copy, "mention_id": source}
            return known | undated | blamed

        army, hts = ("army", "syrian_government"), ("hts", "hts")

        def apart(*reports: Row) -> list[int]:
            return blamed_apart(pl.DataFrame(list(reports), infer_schema_length=None), sources_frame()).to_list()

        assert apart(report("free-post", *army), report("gazette", *hts)) == [0]
        assert apart(report("free-post", *army), report("gazette", *hts, is_copy=True)) == []
        assert apart(report("eastern-wire", *army), report("gazette", *hts)) == []
        assert apart(report("free-post", *army), report("gazette", "tigers", "syrian_government")) == []


def test_corpus_without_events() -> None:
    corpus = Corpus()
    corpus.mention("total", status="general")
    assert told(corpus) == []


def test_order_of_rows_does_not_matter(corpus: Corpus) -> None:
    for number, outlet in enumerate(("free-post", "gazette", "monitor", "second-monitor")):
        corpus.mention(outlet, outlet=outlet, killed=(number, number), published=f"02-0{9 - number}")
    made, tables = corpus.resolve(), corpus.tables()
    names = ("mentions", "casualties", "articles", "sources", "actors")
    mentions, casualties, articles, sources, actors = (tables[name].reverse() for name in names)
    links = made.event_mentions.reverse()
    turned = accounts(made.events, links, mentions, casualties, articles, sources, actors)
    assert turned.equals(corpus.accounts())
