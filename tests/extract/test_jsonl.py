"""Mentions as JSON lines: the codebook's names, a fixed order, nulls kept."""

from __future__ import annotations

import json
from dataclasses import replace

from pipeline.extract.jsonl import mention_lines, mention_record
from tests.extract.test_evidence import MENTION, TOLL


def test_a_record_has_every_field_and_keeps_nulls() -> None:
    record = mention_record("x", MENTION, 0)
    assert list(record)[:4] == ["article_id", "number", "event_type", "sub_event_type"]
    assert record["event_date_start"] == "2016-05-03"
    assert record["actor2"] is None
    assert record["casualties"] == []


def test_the_event_type_comes_from_the_code_list() -> None:
    types = {"Shelling/artillery/missile attack": "Explosions/Remote violence"}
    assert mention_record("x", MENTION, 0, types)["event_type"] == "Explosions/Remote violence"


def test_lines_are_json_and_number_the_mentions() -> None:
    lines = list(mention_lines("ß-1", [MENTION, replace(MENTION, casualties=(TOLL,))]))
    assert [json.loads(line)["number"] for line in lines] == [0, 1]
    assert json.loads(lines[1])["casualties"][0]["shared_with"] == [1]
    assert all("\n" not in line for line in lines)
    assert "ß-1" in lines[0]
