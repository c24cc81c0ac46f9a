"""Joins follow from the keys of the contract, and no table of it is out of their reach by oversight."""

from __future__ import annotations

from dataclasses import replace

from pipeline.aggregate.parts import KEYS
from pipeline.contracts import ForeignKey, load_contract
from pipeline.trace.joins import DECLARED, EVIDENCE, Join, joins_of

TABLES = {table.name: table for table in load_contract().published}
JOINS = joins_of(TABLES)
LINKS = {join.link for joins in JOINS.up.values() for join in joins if join.link}


def reached(start: str, up: bool) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        for join in (JOINS.up if up else JOINS.down)[waiting.pop()]:
            if join.table not in found:
                found.add(join.table)
                waiting.append(join.table)
    return found


def test_every_table_of_evidence_rests_on_articles_and_leads_to_events() -> None:
    for table in EVIDENCE[EVIDENCE.index("articles") :]:
        assert "articles" in reached(table, up=True), table
    for table in EVIDENCE[: EVIDENCE.index("casualties")]:
        assert {"events", "shared_tolls"} <= reached(table, up=False), table


def test_joins_go_both_ways() -> None:
    there = {(a, join.table, join.link) for a, joins in JOINS.up.items() for join in joins if join.table != DECLARED}
    back = {(join.table, b, join.link) for b, joins in JOINS.down.items() for join in joins}
    assert there - {("articles", "articles", None)} <= back


def test_every_table_with_a_key_to_another_is_followed_or_known_to_stand_apart() -> None:
    quoted = {join.table for joins in JOINS.quotes.values() for join in joins}
    followed = {*EVIDENCE, *LINKS, *quoted, *JOINS.subjects, *KEYS}
    assert {name for name, table in TABLES.items() if table.foreign_keys} <= followed
    assert {"event_mentions", "shared_toll_casualties", "shared_toll_events"} == LINKS


def test_what_has_an_id_can_be_asked_for() -> None:
    assert {*EVIDENCE, "retired_events", "corrections", "rejections", "actors", "places"} <= {*JOINS.subjects}
    assert not {*JOINS.subjects} & {*LINKS, *KEYS, "mention_slots", "changes", "accuracy"}


def test_a_rival_event_is_not_taken_for_the_event_of_an_account() -> None:
    assert [join.field for join in JOINS.up["events"] if join.table == "accounts"] == ["event_id"]


def test_a_key_added_to_the_contract_is_followed() -> None:
    rejections = replace(TABLES["sources"], name="desks", foreign_keys=())
    articles = replace(TABLES["articles"], foreign_keys=(ForeignKey("source_id", "desks", "source_id"),))
    found = joins_of({"desks": rejections, **TABLES, "articles": articles})
    assert "desks" in found.registries
    casualties = replace(TABLES["casualties"], foreign_keys=(ForeignKey("mention_id", "articles", "article_id"),))
    other = joins_of({**TABLES, "casualties": casualties})
    assert Join("mention_id", "articles", "article_id") in other.up["casualties"]
    assert Join("article_id", "casualties", "mention_id") in other.down["articles"]
