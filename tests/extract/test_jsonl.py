"""Mentions as JSON lines: the codebook's names, a fixed order, nulls kept."""

from __future__ import annotations

import json
from dataclasses import replace

from pipeline.extract.jsonl import mention_record
from tests.extract.test_evidence import MENTION, TOLL


def test_a_record_has_every_field_and_keeps_nulls() -> None:
    record = mention_record("x", MENTION, 0)
    assert list(record)[:4] == ["article_id", "number", "event_type", "sub_event_type"]
    assert record["event_date_start"] == "2016-05-02"
    assert record["actor2"] is None
    assert record["casualties"] == []


def test_the_event_type_comes_from_the_code_list() -> None:
    types = {"Shelling/artillery/missile attack": "Explosions/Remote violence"}
    assert mention_record("x", MENTION, 0, types)["event_type"] == "Explosions/Remote violence"


def test_a_record_is_json_and_numbers_let_a_shared_toll_be_followed() -> None:
    record = mention_record("ß-1", replace(MENTION, casualties=(TOLL,)), 1)
    assert json.loads(json.dumps(record, ensure_ascii=False)) == record
    assert record["number"] == 1
    assert record["casualties"][0]["shared_with"] == [1]
