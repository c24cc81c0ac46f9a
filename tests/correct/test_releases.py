"""Corrections hold from release to release, and the ids of the events that they make last as any other."""

from __future__ import annotations

import polars as pl
import pytest

from pipeline.ids import content_id
from tests.correct.desk import event, mention, merge, record, split
from tests.correct.releases import follow, follow_tables, states, what_became
from tests.resolve.corpus import Corpus
from tests.resolve.history import Edition

SPLIT = split("first", "late", members=("first", "late", "more"))


@pytest.fixture
def corpus() -> Corpus:
    """A strike told by three outlets, the `late` one before the others; and a strike on another town."""
    made = Corpus()
    made.mention("first", outlet="herald", published="02-08", killed=(5, 5))
    made.mention("late", outlet="courier", published="02-07", killed=(2, 2))
    made.mention("more", outlet="lantern", published="02-09", killed=(5, 5))
    made.mention("other", outlet="herald", published="02-08", place="saraqib", killed=(3, 3))
    return made


@pytest.fixture
def parted(corpus: Corpus) -> Edition:
    """The second release: the late report has come, ranks before the founder, and was split off."""
    before = follow(None, corpus, without=["late"])
    assert set(before.founders) == {event("first"), event("other")}
    made = follow(before, corpus, SPLIT)
    assert states(made) == ["applied"]
    assert made.founders[event("late")] == mention("late")
    return made


def same(one: Edition, other: Edition) -> bool:
    return all(frame.equals(other.frame(name)) for name, frame in one.frames.items())


def test_a_split_that_takes_out_a_report_from_before_the_founder_holds_in_the_next_release(
    corpus: Corpus, parted: Edition
) -> None:
    again = follow(parted, corpus, SPLIT)
    assert states(again) == ["applied"]
    assert same(again, parted)
    assert same(follow(again, corpus, SPLIT), parted)
    assert what_became(again) == {}


def test_an_id_that_a_split_gave_goes_with_the_split_and_comes_back_with_it(corpus: Corpus, parted: Edition) -> None:
    whole = follow(parted, corpus)
    assert set(whole.founders) == {event("first"), event("other")}
    assert what_became(whole) == {event("late"): ("merged", event("first"))}
    again = follow(whole, corpus, SPLIT)
    assert states(again) == ["applied"]
    assert again.founders == parted.founders
    assert what_became(again) == {}


def test_an_event_that_was_split_off_outlives_the_one_that_it_was_split_from(corpus: Corpus, parted: Edition) -> None:
    rest = follow(parted, corpus, SPLIT, without=["first", "more"])
    assert states(rest) == ["stale"]
    assert rest.founders[event("late")] == mention("late")
    assert what_became(rest) == {event("first"): ("withdrawn", None)}


def test_an_event_that_was_split_off_keeps_its_id_when_the_coding_parts_it_too(corpus: Corpus, parted: Edition) -> None:
    tables = corpus.tables()
    elsewhere = {"place_id": "al-bab", "place": "al-Bab", "admin1": "Aleppo", "admin2": "al-Bab"}
    is_late = pl.col("mention_id") == mention("late")
    moved = [pl.when(is_late).then(pl.lit(value)).otherwise(name).alias(name) for name, value in elsewhere.items()]
    after = follow_tables(parted, tables | {"mentions": tables["mentions"].with_columns(moved)}, SPLIT)
    assert states(after) == ["stale"]
    assert after.founders == parted.founders


def test_what_is_left_of_a_split_can_be_withdrawn_for_good(corpus: Corpus, parted: Edition) -> None:
    both = (SPLIT, record("withdraw", "first", members=("first", "more")))
    after = follow(parted, corpus, *both)
    assert set(after.founders) == {event("late"), event("other")}
    assert what_became(after) == {event("first"): ("withdrawn", None)}
    again = follow(after, corpus, *both)
    assert states(again) == ["applied", "applied"]
    assert same(again, after)


def test_a_report_split_off_takes_no_id_that_its_event_kept(corpus: Corpus) -> None:
    before = follow(None, corpus, without=["late"])
    orphaned = follow(before, corpus, without=["late", "first"])
    assert orphaned.founders[event("first")] == mention("more"), "what is left of it keeps the id"
    off = split("first", "first", members=("first", "more"))
    after = follow(orphaned, corpus, off, without=["late"])
    fresh = content_id("e", mention("first"), 1)
    assert after.founders[event("first")] == mention("more")
    assert after.founders[fresh] == mention("first")
    assert same(follow(after, corpus, off, without=["late"]), after)


def test_a_report_split_off_takes_no_id_that_was_retired_with_another_founder(corpus: Corpus) -> None:
    before = follow(None, corpus, without=["late"])
    orphaned = follow(before, corpus, without=["late", "first"])
    gone = follow(orphaned, corpus, without=["late", "first", "more"])
    assert gone.retired[event("first")]["founding_mention_id"] == mention("more")
    after = follow(gone, corpus, split("late", "first", members=("first", "late")), without=["more"])
    assert states(after) == ["applied"]
    assert after.founders[content_id("e", mention("first"), 1)] == mention("first")
    assert what_became(after) == {event("first"): ("withdrawn", None)}


def test_a_merger_by_correction_is_told_holds_and_can_be_undone(corpus: Corpus) -> None:
    before = follow(None, corpus, without=["late"])
    joined = merge("other", "first", members=("first", "more", "other"))
    after = follow(before, corpus, joined, without=["late"])
    (left,) = after.founders
    (gone,) = {event("first"), event("other")} - {left}
    assert after.retired[gone]["merged_into"] == left
    assert after.retired[gone]["version"] == "1.1.0"
    again = follow(after, corpus, joined, without=["late"])
    assert states(again) == ["applied"]
    assert same(again, after)
    undone = follow(again, corpus, without=["late"])
    assert undone.founders == before.founders
    assert what_became(undone) == {}


def test_a_merger_whose_ground_has_changed_is_stale_and_its_events_come_back(corpus: Corpus) -> None:
    before = follow(None, corpus, without=["late"])
    joined = merge("other", "first", members=("first", "more", "other"))
    merged = follow(before, corpus, joined, without=["late"])
    after = follow(merged, corpus, joined)
    assert states(after) == ["stale"]
    assert after.founders == before.founders
    assert what_became(after) == {}


def test_a_withdrawal_is_told_holds_and_can_be_undone(corpus: Corpus) -> None:
    before = follow(None, corpus)
    gone = record("withdraw", "other", members=("other",))
    after = follow(before, corpus, gone)
    assert what_became(after) == {event("other"): ("withdrawn", None)}
    again = follow(after, corpus, gone)
    assert states(again) == ["applied"]
    assert same(again, after)
    undone = follow(again, corpus)
    assert undone.founders == before.founders
    assert what_became(undone) == {}


def test_an_override_holds_until_a_late_report_changes_what_it_saw(corpus: Corpus) -> None:
    was, is_right = ({"fatalities_low": dead, "fatalities_best": dead} for dead in (5, 4))
    right = record("override", "first", values=was, set=is_right)
    before = follow(None, corpus, right, without=["late"])
    assert states(before) == ["applied", "applied"]
    again = follow(before, corpus, right, without=["late"])
    assert same(again, before)
    after = follow(again, corpus, right)
    assert set(states(after)) == {"stale"}
    (row,) = after.frame("events").filter(pl.col("event_id") == event("first")).iter_rows(named=True)
    assert (row["fatalities_low"], row["corrected"]) == (2, False)
