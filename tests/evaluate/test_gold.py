"""Gold files are read in both of their forms, and a bad line is refused by file, line and field."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import InputError
from pipeline.evaluate.gold import codings_of, read_codings, read_gold
from tests.end_to_end.articles import write_jsonl
from tests.evaluate.makers import gold_record


def test_a_line_an_article_and_a_line_a_mention_say_the_same(tmp_path: Path) -> None:
    first, second = gold_record(), gold_record(status="general", killed=[75, None])
    by_article = write_jsonl(tmp_path / "a.jsonl", {"article_id": "x", "mentions": [first, second]})
    by_mention = write_jsonl(tmp_path / "m.jsonl", {"article_id": "x", **first}, {"article_id": "x", **second})
    one, other = read_gold(by_article)["x"], read_gold(by_mention)["x"]
    assert [mention.killed for mention in one] == [(3, 3), (75, None)]
    assert [mention.line for mention in other] == [1, 2]
    assert [(m.blocs, m.date_start, m.status) for m in one] == [(m.blocs, m.date_start, m.status) for m in other]


def test_an_article_in_which_nothing_is_told_is_kept(tmp_path: Path) -> None:
    assert read_gold(write_jsonl(tmp_path / "g.jsonl", {"article_id": 7, "mentions": []})) == {"7": []}


def test_tolls_of_an_extraction_add_up_what_is_not_shared() -> None:
    rows = [
        {"kind": "killed", "low": 2, "high": 2, "shared": False},
        {"kind": "killed", "low": 1, "high": None, "shared": False},
        {"kind": "killed", "low": 9, "high": 9, "shared": True},
        {"kind": "injured", "low": 5, "high": 5, "shared": False},
    ]
    record = {k: v for k, v in gold_record().items() if k not in ("killed", "injured", "date_start")}
    (mention,) = codings_of([{**record, "article_id": "x", "casualties": rows, "event_date_start": "2021-02-08"}])["x"]
    assert (mention.killed, mention.injured, mention.date_start) == ((3, None), (5, 5), date(2021, 2, 8))


def test_a_coding_may_leave_out_what_it_does_not_know(tmp_path: Path) -> None:
    record = {"article_id": "x", "sub_event_type": "Attack", "evidence": "He was shot."}
    (mention,) = read_codings(write_jsonl(tmp_path / "p.jsonl", record))["x"]
    assert (mention.status, mention.blocs, mention.killed) == ("reported", ("unidentified", "unidentified"), None)
    assert read_codings(write_jsonl(tmp_path / "none.jsonl")) == {}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"sub_event_type": "Air strike"},
            "sub_event_type Air strike: is no code of schemas/codelists/event_types.csv",
        ),
        ({"sub_event_type": None}, "sub_event_type: is missing"),
        ({"status": "maybe"}, "status maybe: is no code of"),
        ({"actor2_bloc": "rebels"}, "actor2_bloc rebels: is no code of"),
        ({"date_start": "9 Feb"}, "date_start 9 Feb: must be a day as YYYY-MM-DD"),
        ({"date_start": 20210209}, "date_start 20210209: must be a day"),
        ({"killed": 3}, "killed 3: must be [low, high]"),
        ({"killed": [5, 3]}, "killed [5, 3]: must be [low, high]"),
        ({"killed": [-1, 3]}, "killed [-1, 3]: must be [low, high]"),
        ({"killed": [True, 3]}, "killed [True, 3]: must be [low, high]"),
        ({"injured": [None, None]}, "injured [None, None]: says nothing"),
        ({"civilian_targeting": "yes"}, "civilian_targeting yes: must be true, false or null"),
        ({"place": ["Ariha"]}, "place ['Ariha']: must be a text"),
        ({"evidence": ""}, "evidence: is missing"),
        ({"confidence": 1.5}, "confidence 1.5: must be a number from 0 to 1"),
        ({"article_id": None}, "article_id: must be the id"),
        ({"mentions": {"a": 1}}, "mentions {'a': 1}: must be a list"),
    ],
)
def test_a_field_that_cannot_be_used_is_refused_with_its_place(
    tmp_path: Path, change: dict[str, Any], message: str
) -> None:
    path = write_jsonl(
        tmp_path / "gold.jsonl", {"article_id": "x", "mentions": []}, {"article_id": "y", **gold_record(), **change}
    )
    with pytest.raises(InputError, match=re.escape(f"{path}, line 2: {message}")):
        read_gold(path)


@pytest.mark.parametrize("key", ["killed", "admin1", "actor2_bloc", "date_start", "attributed_to"])
def test_a_gold_mention_that_forgets_a_field_is_refused(tmp_path: Path, key: str) -> None:
    record = {name: value for name, value in gold_record().items() if name != key}
    path = write_jsonl(tmp_path / "gold.jsonl", {"article_id": "x", "mentions": [record]})
    with pytest.raises(InputError, match=rf"line 1: {key}: is missing; a gold mention states it"):
        read_gold(path)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b'{"article_id": "x", "ment', "line 2: JSON: cannot be read"),
        (b'["x"]', "line 2: JSON ['x']: is no object"),
        (b'{"article_id": "\xff"}', "line 2: JSON: cannot be read"),
        (b'{"article_id": "x", "confidence": NaN}', "line 2: JSON: cannot be read"),
        (b'{"x": ' + b"[" * 5000 + b"]" * 5000 + b"}", "line 2: JSON: cannot be read"),
    ],
)
def test_a_line_that_is_no_object_is_refused_with_its_number(tmp_path: Path, line: bytes, message: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(json.dumps({"article_id": "x", "mentions": []}).encode() + b"\n" + line + b"\n")
    with pytest.raises(InputError, match=re.escape(message)):
        read_gold(path)


def test_a_file_that_is_not_there_or_empty_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_gold(tmp_path / "none.jsonl")
    with pytest.raises(InputError, match="holds no article"):
        read_gold(write_jsonl(tmp_path / "empty.jsonl"))
