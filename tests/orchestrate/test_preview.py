"""A preview shows rows, never the words of articles, and nothing in it can act."""

from __future__ import annotations

import re

import polars as pl
import pytest

from pipeline.contracts import load_contract
from pipeline.orchestrate.preview import COLUMNS, ROWS, limited, preview
from pipeline.orchestrate.shown_outputs import listed

OF_ARTICLES = {"title", "text", "evidence", "quote", "message", "value", "actor1", "actor2", "place", "attributed_to",
               "weapon", "url", "external_id", "old_value", "new_value", "note", "reason", "row_key"}  # fmt: skip


def test_words_of_articles_are_left_out_of_every_table() -> None:
    for table in load_contract().tables.values():
        row = {field.name: [f"WORDS-{field.name}."] for field in table.fields if field.type == "string"}
        shown = preview(pl.DataFrame(row))
        for name in OF_ARTICLES & row.keys():
            assert f"WORDS-{name}." not in shown, (table.name, name)
            assert name.replace("_", r"\_") in shown, "that it is left out is said"


def test_a_string_that_the_contract_does_not_know_is_left_out() -> None:
    assert "secret" not in preview(pl.DataFrame({"remarks": ["secret"], "rows": [1]}))


def test_a_name_that_is_free_in_any_table_is_free_in_all() -> None:
    assert "article_id" in limited()
    assert not {"value", "message", "title"} & limited()


def test_strangers_cannot_write_markdown_or_html() -> None:
    name = "a|b <script>alert(1)</script> [x](http://evil.example) ![y](z) `c` \u202e\x1b[31m" + "long " * 40
    shown = preview(pl.DataFrame({"input_name": [name], "records_in": [1]}))
    row = shown.splitlines()[2]
    assert row.count(" | ") == 1, "one cell stays one cell"
    assert not {"<", ">", "\u202e", "\x1b"} & set(row)
    assert not re.search(r"(?<!\\)[\[`]", row), "no link, image or code"
    assert "://" not in row
    assert len(row) < 200


def test_long_tables_are_cut_and_say_so() -> None:
    shown = preview(pl.DataFrame({f"n{i}": range(20) for i in range(COLUMNS + 3)}))
    assert len(shown.splitlines()) == 2 + ROWS + 2
    assert shown.endswith(f"{ROWS} of 20 rows. 3 more columns.")


def test_no_rows_and_no_columns_can_be_shown() -> None:
    assert preview(pl.DataFrame({"records_in": []}, schema={"records_in": pl.Int64})).endswith("0 of 0 rows.")
    assert "1 of 1 rows" in preview(pl.DataFrame({"text": ["words"]}))


def test_pages_have_a_version_by_their_content() -> None:
    rows, version = listed({"b.html": b"22", "a.html": b"1"})
    assert rows.rows() == [("a.html", 1), ("b.html", 2)]
    assert version == listed({"a.html": b"1", "b.html": b"22"})[1]
    assert version != listed({"a.html": b"1", "b.html": b"23"})[1]
    with pytest.raises(TypeError, match="int has no rows"):
        listed(7)  # type: ignore[arg-type]
