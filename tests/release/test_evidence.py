"""Spans, lengths and kept parts of the articles must agree."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from pipeline.release.evidence import broken_evidence, broken_quotes
from tests.release.factory import TEXTS, article_id, mention_id, with_values, world

LENGTH = world()["articles"].filter(input_record=1)["char_count"][0]


def test_a_consistent_world_has_nothing_to_tell() -> None:
    assert list(broken_evidence(world())) == []


@pytest.mark.parametrize(
    ("table", "key", "values", "says"),
    [
        (
            "mentions",
            {"mention_id": mention_id("m1")},
            {"evidence": "Shells hit"},
            "evidence is not as long as its span",
        ),
        (
            "mentions",
            {"mention_id": mention_id("m1")},
            {"char_start": 5, "char_end": LENGTH + 5},
            "behind the end",
        ),
        ("casualties", {"kind": "killed"}, {"quote": "five"}, "quote is not as long as its span"),
        ("casualties", {"kind": "killed"}, {"char_start": 900, "char_end": 921}, "behind the end"),
        ("mention_slots", {"slot": "weapon"}, {"quote": "shell"}, "quote is not as long as its span"),
        ("mention_slots", {"slot": "weapon"}, {"char_start": 900, "char_end": 906}, "behind the end"),
        ("articles", {"input_record": 1}, {"kept_spans": "[[0,10]]"}, "do not add up"),
        ("articles", {"input_record": 1}, {"kept_spans": f"[[10,{LENGTH}],[0,10]]"}, "do not add up"),
        ("articles", {"input_record": 1}, {"kept_spans": f"[[0,{LENGTH}],[{LENGTH},{LENGTH}]]"}, None),
        ("articles", {"input_record": 1}, {"kept_spans": f"[[500,{LENGTH + 500}]]"}, "do not add up"),
        ("articles", {"input_record": 1}, {"kept_spans": "[[0,1"}, "not a JSON list"),
    ],
)
def test_what_does_not_fit_is_told(table: str, key: dict[str, Any], values: dict[str, Any], says: str | None) -> None:
    tables = world()
    tables[table] = with_values(tables[table], key, **values)
    found = list(broken_evidence(tables))
    if says is None:
        assert found == []
    else:
        assert [name for name, _ in found] == [table]
        assert says in found[0][1]


def test_several_of_a_kind_are_one_line() -> None:
    tables = world()
    tables["mentions"] = tables["mentions"].with_columns(char_end=tables["mentions"]["char_end"] - 1)
    ((table, says),) = broken_evidence(tables)
    assert table == "mentions"
    assert ", and 4 more: " in says


def test_tables_that_are_not_there_are_not_judged() -> None:
    assert list(broken_evidence({"articles": world()["articles"].filter(article_id=article_id("a1"))})) == []


def _texts() -> pl.DataFrame:
    """Return the texts of the world's articles."""
    rows = [{"article_id": article_id(name), "text": text} for name, text in TEXTS.items()]
    return pl.DataFrame(rows).filter(pl.col("article_id").is_in(world()["articles"]["article_id"].implode()))


def test_where_the_texts_are_every_quote_is_held_against_them() -> None:
    assert list(broken_evidence({**world(), "article_texts": _texts()})) == []


@pytest.mark.parametrize(
    ("table", "key", "values", "says"),
    [
        ("mentions", {"mention_id": mention_id("m1")}, {"char_start": 1}, "evidence is not what the article says"),
        ("casualties", {"kind": "killed"}, {"quote": "nobody"}, "quote is not what the article says there"),
        ("mention_slots", {"slot": "weapon"}, {"quote": "spell"}, "quote is not what the article says there"),
        ("articles", {"article_id": article_id("a1")}, {"text_sha256": "0" * 64}, "not the hash of its text"),
    ],
)
def test_words_that_are_not_there_are_told(table: str, key: dict[str, Any], values: dict[str, Any], says: str) -> None:
    tables = world()
    tables[table] = with_values(tables[table], key, **values)
    ((found, told),) = broken_quotes(tables, _texts())
    assert found == table
    assert says in told


def test_an_article_without_its_text_is_told() -> None:
    found = list(broken_quotes(world(), _texts().filter(article_id=article_id("a2"))))
    assert ("articles", True) in [(table, "not the hash of its text" in says) for table, says in found]
