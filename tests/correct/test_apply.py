"""Corrections act on what stands, and leave it alone once that is no longer what their author saw."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.contract_validation import split as divide
from pipeline.contracts import event_types_frame, load_contract
from pipeline.correct.apply import apply_corrections
from pipeline.correct.outcome import correct_balances, correct_books, correct_rejections, corrections_table
from pipeline.correct.standing import Standing
from pipeline.resolve.accounts import account_books, accounts
from tests.correct.desk import Desk, event, mention, merge, override, record, split
from tests.resolve.corpus import CLASH


def test_nothing_declared_changes_nothing(desk: Desk) -> None:
    made, before = desk.corrected(), desk.standing()
    assert made.events.equals(before.events)
    assert made.links.equals(before.links)


class TestOverride:
    def test_the_field_says_what_is_set_and_the_original_stays_beside_it(self, desk: Desk) -> None:
        desk.declare(override("a", "fatalities_best", 6, 7))
        row = desk.event("a")
        assert (row["fatalities_best"], row["corrected"], row["confirmed"]) == (7, True, False)
        (kept,) = desk.table()
        assert (kept["state"], kept["field"]) == ("applied", "fatalities_best")
        assert (kept["original_value"], kept["corrected_value"]) == ("6", "7")
        assert (kept["correction_reason"], kept["corrected_by"], kept["corrected_on"]) == (
            "seen", "the desk", date(2021, 3, 1),
        )  # fmt: skip

    def test_several_fields_of_one_record_are_several_rows(self, desk: Desk) -> None:
        was = {"fatalities_low": 5, "fatalities_best": 6, "fatalities_high": 8}
        desk.declare(record("override", "a", values=was, set=dict.fromkeys(was, 3)))
        assert [row["original_value"] for row in desk.table()] == ["6", "8", "5"]
        assert len({row["correction_id"] for row in desk.table()}) == 3
        assert desk.event("a")["fatalities_high"] == 3

    def test_a_field_can_be_emptied(self, desk: Desk) -> None:
        desk.declare(override("a", "fatalities_high", 8, None))
        assert desk.event("a")["fatalities_high"] is None

    def test_what_follows_from_a_field_is_computed_anew(self, desk: Desk) -> None:
        desk.declare(
            override("a", "event_date_start", "2021-02-06", "2021-01-30"),
            override("a", "sub_event_type", "Air/drone strike", CLASH),
            override("a", "actor1_id", "army", "hts"),
            override("c", "place_id", "saraqib", "al-bab"),
        )
        row, moved = desk.event("a"), desk.event("c")
        assert (row["week_start"], row["event_type"]) == (date(2021, 1, 25), "Battles")
        assert (row["actor1_name"], row["actor1_bloc"]) == ("Hayat Tahrir al-Sham", "hts")
        assert (moved["admin1"], moved["place_name"], moved["latitude"]) == ("Aleppo", "al-Bab", 36.37)
        assert desk.states() == ["applied"] * 4

    def test_an_actor_or_a_place_that_nobody_named_is_emptied_with_what_hangs_on_it(self, desk: Desk) -> None:
        desk.declare(override("a", "actor1_id", "army", None), override("a", "place_id", "ariha", None))
        row = desk.event("a")
        assert (row["actor1_name"], row["actor1_bloc"]) == (None, "unidentified")
        assert (row["latitude"], row["place_name"], row["admin1"]) == (None, "Ariha", "Idlib")

    def test_overrides_that_only_hold_together_are_applied_together(self, desk: Desk) -> None:
        desk.declare(override("a", "fatalities_best", 6, 20), override("a", "fatalities_high", 8, 20))
        assert desk.states() == ["applied", "applied"]

    @pytest.mark.parametrize(
        ("name", "was", "right", "says"),
        [
            ("fatalities_best", 6, 20, "fatalities_low <= fatalities_best"),
            ("actor1_id", "army", "nobody-known", "must name a row of actors"),
            ("admin1", "Idlib", "Aleppo", "ariha lies in Idlib"),
            ("event_date_start", "2021-02-06", "2021-02-07", "event_date_start is not after"),
        ],
    )
    def test_a_row_that_breaks_the_contract_is_not_published(
        self, desk: Desk, name: str, was: object, right: object, says: str
    ) -> None:
        desk.declare(override("a", name, was, right), override("a", "injured_low", None, 1))
        wrong, fine = desk.table()
        assert (wrong["state"], fine["state"]) == ("malformed", "applied")
        assert says in wrong["message"]
        assert "desk.yaml, record 1: set." in wrong["message"]
        assert desk.event("a")[name] != right

    def test_one_that_expects_what_another_gives_follows_it(self, desk: Desk) -> None:
        desk.declare(override("a", "fatalities_best", 7, 8), override("a", "fatalities_best", 6, 7))
        assert desk.event("a")["fatalities_best"] == 8
        assert [row["original_value"] for row in desk.table()] == ["7", "6"]


class TestMerge:
    def test_figures_places_and_counts_are_those_of_all_reports(self, desk: Desk) -> None:
        desk.declare(merge("c", "a", members=("a", "b", "c")))
        assert desk.together() == [["a", "b", "c"]]
        row = desk.event("a")
        assert (row["mention_count"], row["source_count"], row["disputed"], row["corrected"]) == (3, 3, True, True)
        assert (row["fatalities_low"], row["fatalities_best"], row["fatalities_high"]) == (2, 5, 8)
        (kept,) = desk.table()
        assert set(kept["original_value"].split(";")) == {event("a"), event("c")}
        assert kept["corrected_value"] == event("a")

    def test_merges_that_share_an_event_make_one(self, desk: Desk) -> None:
        desk.corpus.mention("e", place="al-bab")
        desk.declare(merge("a", "c", members=("a", "b", "c")), merge("e", "c", members=("c", "e")))
        assert desk.together() == [["a", "b", "c", "e"]]


class TestSplit:
    def test_the_reports_named_become_an_event_of_their_own(self, desk: Desk) -> None:
        desk.declare(split("a", "b", members=("a", "b")))
        assert desk.together() == [["a"], ["b"], ["c"]]
        assert (desk.event("a")["fatalities_best"], desk.event("b")["fatalities_best"]) == (5, 8)
        assert (desk.event("a")["disputed"], desk.event("b")["disputed"]) == (True, False)

    def test_the_id_stays_with_the_founding_mention(self, desk: Desk) -> None:
        desk.declare(split("a", "a", "d", members=("a", "b")))
        assert (desk.event("a")["mention_count"], desk.event("a")["disputed"]) == (1, True)
        assert desk.event("b")["founding_mention_id"] == mention("b")

    def test_a_merge_and_then_a_split_restores_the_events(self, desk: Desk) -> None:
        before = desk.corrected()
        desk.declare(
            merge("a", "c", members=("a", "b", "c")), split("a", "c", members=("a", "b", "c"), date="2021-03-02")
        )
        after = desk.corrected()
        assert desk.states() == ["applied", "applied"]
        assert after.links.equals(before.links)
        assert after.events.drop("corrected").equals(before.events.drop("corrected"))


class TestWithdraw:
    def test_the_event_and_its_links_are_gone_and_its_mentions_are_told(self, desk: Desk) -> None:
        desk.declare(record("withdraw", "a", members=("a", "b")))
        made = desk.corrected()
        assert made.events["event_id"].to_list() == [event("c")]
        assert made.links["mention_id"].to_list() == [mention("c")]
        (kept,) = desk.table()
        assert kept["original_value"] == ";".join(sorted(map(mention, "abd")))
        assert kept["corrected_value"] is None

    def test_after_a_merge_the_whole_is_withdrawn(self, desk: Desk) -> None:
        desk.declare(record("withdraw", "a", members=("a", "b", "c")), merge("a", "c", members=("a", "b", "c")))
        assert desk.together() == []
        assert desk.states() == ["applied", "applied"]


class TestConfirmAndNote:
    def test_a_confirmed_event_says_so_and_no_figure_changes(self, desk: Desk) -> None:
        before = desk.corrected().events
        desk.declare(record("confirm", "a", members=("a", "b"), values={"fatalities_best": 6}))
        after = desk.corrected().events
        assert dict(after.select("event_id", "confirmed").iter_rows()) == {event("a"): True, event("c"): False}
        assert after.drop("confirmed").equals(before.drop("confirmed"))

    def test_notes_are_published_with_the_event_in_the_order_of_their_days(self, desk: Desk) -> None:
        desk.declare(record("note", "a", note="Second.", date="2021-03-02"), record("note", "a", note="First."))
        assert desk.event("a")["note"] == "First. / Second."
        assert desk.event("a")["corrected"] is False

    def test_a_confirmation_can_follow_an_override(self, desk: Desk) -> None:
        desk.declare(record("confirm", "a", values={"fatalities_best": 7}), override("a", "fatalities_best", 6, 7))
        assert desk.states() == ["applied", "applied"]


class TestDispute:
    @pytest.fixture
    def blaming(self) -> Desk:
        """A strike that one side blames on the army, the other on HTS."""
        made = Desk()
        made.corpus.mention("a", outlet="free-post", actor1="army", killed=(7, 7))
        made.corpus.mention("b", outlet="gazette", actor1="hts", killed=(7, 7))
        assert made.corrected().events["disputed"].to_list() == [True, True]
        return made

    def test_it_ends_for_both_when_one_is_withdrawn(self, blaming: Desk) -> None:
        blaming.declare(record("withdraw", "b", members=("b",)))
        row = blaming.event("a")
        assert (row["disputed"], row["corrected"]) == (False, False)

    def test_it_ends_for_both_when_one_is_found_to_blame_the_same_side(self, blaming: Desk) -> None:
        blaming.declare(override("b", "actor1_id", "hts", "army"))
        assert blaming.corrected().events["disputed"].to_list() == [False, False]

    def test_it_stands_within_the_event_that_both_are_merged_to(self, blaming: Desk) -> None:
        blaming.declare(merge("a", "b", members=("a", "b")))
        assert blaming.corrected().events["disputed"].to_list() == [True]

    def test_it_begins_for_both_when_a_correction_makes_them_alike(self) -> None:
        desk = Desk()
        desk.corpus.mention("a", outlet="free-post", actor1="army", killed=(7, 7))
        desk.corpus.mention("b", outlet="gazette", actor1="hts", killed=(2, 2))
        assert desk.corrected().events["disputed"].to_list() == [False, False]
        was = {"fatalities_low": 2, "fatalities_best": 2, "fatalities_high": 2}
        desk.declare(record("override", "b", values=was, set=dict.fromkeys(was, 7)))
        assert desk.corrected().events["disputed"].to_list() == [True, True]

    def test_a_denied_event_stays_disputed_whatever_is_corrected(self, desk: Desk) -> None:
        desk.declare(override("a", "fatalities_best", 6, 7))
        assert desk.event("a")["disputed"] is True

    def test_sums_of_accounts_hold_since_nobody_can_correct_what_they_count(self, desk: Desk) -> None:
        counted = {"disputed", "denial_count", "source_count", "mention_count", "sources_by_leaning", "corroboration"}
        assert not counted & set(load_contract().tables["events"].correctable)
        desk.declare(override("a", "fatalities_best", 6, 7), merge("c", "a", members=("a", "b", "c")))
        made, tables = desk.corrected(), desk.corpus.tables()
        rest = (tables[name] for name in ("mentions", "casualties", "articles", "sources", "actors"))
        table = accounts(made.events, made.links, *rest)
        assert table.height > 1
        assert account_books(table, made.events)["ok"].all()


def test_every_table_keeps_to_the_contract_and_the_books_balance(desk: Desk) -> None:
    desk.declare(
        override("a", "fatalities_best", 6, 7),
        override("a", "fatalities_low", 9, 7),
        merge("c", "x", members=("c",)),
        {"action": "guess"},
        override("a", "fatalities_best", 6, 7),
        record("withdraw", "c", members=("c",)),
    )
    said, made, tables, contract = desk.declared(), desk.corrected(), desk.corpus.tables(), load_contract()
    parents = {**tables, "event_types": event_types_frame(contract), "events": made.events}
    frames = {
        "events": made.events,
        "event_mentions": made.links,
        "corrections": corrections_table(said, made),
        "rejections": correct_rejections(said, made),
    }
    for name, frame in frames.items():
        checked = divide(contract.tables[name], frame, stage="correct", parents=parents)
        assert checked.rejections["message"].to_list() == []
    assert correct_books(said, made).rows() == [("correct", "corrections", 6, 2, 3, 1)]
    assert correct_balances(desk.standing().links, made)["ok"].all()
    assert frames["rejections"]["rule"].sort().to_list() == [
        "malformed_correction", "stale_correction", "stale_correction",
    ]  # fmt: skip


def test_corrected_tables_take_no_correction_a_second_time(desk: Desk) -> None:
    desk.declare(override("a", "fatalities_best", 6, 7), merge("c", "a", members=("a", "b", "c")))
    made = desk.corrected()
    again = apply_corrections(Standing.of(made.events, made.links), desk.declared().corrections, desk.sources())
    assert again.events.equals(made.events)
