"""What holds for any set of corrections over any corpus."""

from __future__ import annotations

from typing import Any

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.contract_validation import split as divide
from pipeline.contracts import event_types_frame, load_contract
from pipeline.correct.apply import Corrected, apply_corrections
from pipeline.correct.declared import declared
from pipeline.correct.outcome import correct_balances, correct_books, correct_rejections, corrections_table
from pipeline.correct.standing import Sources, Standing
from tests.correct.desk import Record, file_of, files
from tests.correct.releases import follow_tables, standing
from tests.resolve.corpus import Corpus
from tests.resolve.history import part
from tests.resolve.test_properties import corpora

few = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def stands(corpus: Corpus) -> tuple[Standing, Sources]:
    made = corpus.resolve()
    return Standing.of(made.events, made.event_mentions), Sources(**corpus.tables())


def members(standing: Standing, *events: str) -> list[str]:
    told = standing.links.filter((pl.col("relation") == "reports") & pl.col("event_id").is_in(events))
    return told["mention_id"].to_list()


@st.composite
def records(draw: st.DrawFn, standing: Standing) -> list[Record]:
    """Some corrections of events that stand, many of which contradict or follow each other."""
    events = standing.events["event_id"].to_list()
    made: list[Record] = []
    for _ in range(draw(st.integers(0, 6)) if events else 0):
        event = draw(st.sampled_from(events))
        action = draw(st.sampled_from(["override", "merge", "split", "withdraw", "confirm", "note"]))
        head: Record = {"action": action, "event": event, "reason": "seen", "who": draw(st.sampled_from("xy")),
                        "date": "2021-03-01"}  # fmt: skip
        mine = members(standing, event)
        others = sorted(set(events) - {event})
        if action == "override":
            (row,) = standing.events.filter(pl.col("event_id") == event).to_dicts()
            name = draw(st.sampled_from(["fatalities_best", "injured_low", "actor1_id", "sub_event_type"]))
            value: Any = {"actor1_id": "hts", "sub_event_type": "Attack"}.get(name, draw(st.integers(0, 9)))
            if value != row[name]:
                made.append(head | {"set": {name: value}, "expect": {"values": {name: row[name]}}})
        elif action == "merge" and others:
            other = draw(st.sampled_from(others))
            made.append(head | {"with": [other], "expect": {"members": members(standing, event, other)}})
        elif action == "split" and len(mine) > 1:
            made.append(head | {"mentions": [draw(st.sampled_from(mine))], "expect": {"members": mine}})
        elif action in ("withdraw", "confirm"):
            made.append(head | {"expect": {"members": mine}})
        elif action == "note":
            made.append(head | {"note": draw(st.sampled_from(["One.", "Two."]))})
    return made


def corrected(standing: Standing, sources: Sources, *texts: str) -> Corrected:
    said = declared(files(**{f"file{n}": text for n, text in enumerate(texts)}))
    return apply_corrections(standing, said.corrections, sources)


@few
@given(corpora(), st.data())
def test_order_files_and_repetition_change_nothing(corpus: Corpus, data: st.DataObject) -> None:
    standing, sources = stands(corpus)
    made = data.draw(records(standing))
    shuffled = data.draw(st.permutations(made))
    cut = data.draw(st.integers(0, len(made)))
    once = corrected(standing, sources, file_of(*made))
    other = corrected(standing, sources, file_of(*shuffled[:cut]), file_of(*shuffled[cut:]), file_of(*made))
    assert other.events.equals(once.events)
    assert other.links.equals(once.links)
    assert [(f.correction.content, f.state, f.was, f.now) for f in other.fates] == [
        (f.correction.content, f.state, f.was, f.now) for f in once.fates
    ]


@few
@given(corpora(), st.data())
def test_nothing_is_lost_and_all_keeps_to_the_contract(corpus: Corpus, data: st.DataObject) -> None:
    standing, sources = stands(corpus)
    said = declared(files(desk=file_of(*data.draw(records(standing)))))
    made = apply_corrections(standing, said.corrections, sources)
    contract, tables = load_contract(), corpus.tables()
    parents = {**tables, "event_types": event_types_frame(contract), "events": made.events}
    frames = {"events": made.events, "event_mentions": made.links, "corrections": corrections_table(said, made),
              "rejections": correct_rejections(said, made)}  # fmt: skip
    for name, frame in frames.items():
        assert divide(contract.tables[name], frame, stage="correct", parents=parents).rejections.is_empty()
    (books,) = correct_books(said, made).iter_rows(named=True)
    assert books["records_in"] == books["accepted"] + books["rejected"] + books["merged"]
    assert books["rejected"] == frames["rejections"].height
    assert correct_balances(standing.links, made)["ok"].all()
    changed = {f.correction.event for f in made.fates if f.state == "applied"} | {
        other for f in made.fates if f.state == "applied" for other in f.correction.others
    }
    untouched = ~pl.col("event_id").is_in(sorted(changed))
    old = standing.events.filter(untouched).drop("disputed")  # which follows from others as well
    assert made.events.join(old.select("event_id"), on="event_id", how="semi").drop("disputed").equals(old)


@few
@given(corpora())
def test_confirming_everything_changes_no_figure(corpus: Corpus) -> None:
    standing, sources = stands(corpus)
    made = [
        {"action": "confirm", "event": event, "reason": "seen", "who": "x", "date": "2021-03-01",
         "expect": {"members": members(standing, event)}}
        for event in standing.events["event_id"]
    ]  # fmt: skip
    after = corrected(standing, sources, file_of(*made))
    assert after.events["confirmed"].all()
    assert after.events.drop("confirmed").equals(standing.events.drop("confirmed"))
    assert after.links.equals(standing.links)


@few
@given(corpora(), st.data())
def test_a_merge_and_then_a_split_restores_members_ids_and_figures(corpus: Corpus, data: st.DataObject) -> None:
    standing, sources = stands(corpus)
    events = standing.events["event_id"].to_list()
    if len(events) < 2:
        return
    one, other = data.draw(st.permutations(events))[:2]
    both = members(standing, one, other)
    head = {"reason": "seen", "who": "x", "date": "2021-03-01", "expect": {"members": both}}
    merge = {**head, "action": "merge", "event": one, "with": [other]}
    merged = corrected(standing, sources, file_of(merge))
    (stays,) = set(merged.events["event_id"]) & {one, other}
    (leaves,) = {one, other} - {stays}
    leaving = standing.links.filter(pl.col("event_id") == leaves)["mention_id"].to_list()
    split = {**head, "action": "split", "event": stays, "mentions": leaving}
    after = corrected(standing, sources, file_of(split), file_of(merge))
    assert {fate.state for fate in after.fates} == {"applied"}
    assert after.links.equals(standing.links)
    assert after.events.drop("corrected").equals(standing.events.drop("corrected"))


@few
@given(corpora(), st.data())
def test_corrections_hold_from_release_to_release_and_lose_no_id(corpus: Corpus, data: st.DataObject) -> None:
    early = data.draw(st.lists(st.sampled_from(list(corpus.articles)), unique=True))
    first = follow_tables(None, part(corpus, early))
    tables = corpus.tables()
    made = data.draw(records(standing(first, tables)))
    second = follow_tables(first, tables, *made)
    third = follow_tables(second, tables, *made)
    for name, frame in second.frames.items():
        assert frame.equals(third.frame(name)), name
    undone = follow_tables(third, tables)
    given_once = {event_id for edition in (first, second, third) for event_id in edition.founders}
    assert given_once <= {*undone.founders, *undone.retired}
    assert set(undone.members.values()) == set(follow_tables(None, tables).members.values())
