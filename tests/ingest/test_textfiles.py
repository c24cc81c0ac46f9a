"""Text files and their sidecars."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest.documents import Document, Limits, Rejection
from pipeline.ingest.textfiles import sidecar_fields, text_document
from tests.ingest.makers import TEXT

DATA = f"Market shelled\n\n{TEXT}\n".encode()


def read(data: bytes, **sidecar: object) -> Document | Rejection:
    return text_document(data, sidecar, "folder/a.txt", Limits())


def test_the_first_line_is_the_title_and_a_bare_text_is_undated_and_of_unknown_source() -> None:
    item = read(b"\xef\xbb\xbf\r\n" + DATA)
    assert isinstance(item, Document)
    assert (item.title, item.raw) == ("Market shelled", f"\n{TEXT}\n")
    assert (item.external_id, item.source_name, item.published_at) == ("folder/a.txt", "Unknown source", None)
    assert (item.input_record, item.fmt, item.invented) == (1, "txt", False)


def test_the_sidecar_says_the_rest_and_null_says_nothing() -> None:
    item = read(
        DATA, id="nh-1", source="Northern Herald", published_at="2021-02-09", title=None, invented=True, text="not this"
    )
    assert isinstance(item, Document)
    assert (item.external_id, item.source_name, item.published_at) == ("nh-1", "Northern Herald", "2021-02-09")
    assert (item.title, item.raw, item.invented) == ("Market shelled", f"\n{TEXT}\n", True)


def test_invalid_utf8_is_told_with_its_byte() -> None:
    item = read(b"Title\n\nTh\xe9 text")
    assert isinstance(item, Rejection)
    assert item.rule == "invalid_utf8"
    assert "byte 9 of the file" in item.message


def test_a_title_without_text_is_empty_text_and_blank_lines_an_empty_file() -> None:
    title_only, blank = read(b"Only a title\n"), read(b"\n \n")
    assert isinstance(title_only, Rejection)
    assert title_only.rule == "empty_text"
    assert isinstance(blank, Rejection)
    assert blank.rule == "empty_file"


def test_a_bad_field_of_the_sidecar_rejects_the_article() -> None:
    item = read(DATA, published_at="soon")
    assert isinstance(item, Rejection)
    assert (item.rule, item.field, item.input_name) == ("bad_date", "published_at", "folder/a.txt")


def test_a_sidecar_that_is_no_object_is_told_with_its_name() -> None:
    for data, rule in ((b"{", "invalid_json"), (b"\xff", "invalid_json"), (b"[]", "wrong_type")):
        item = sidecar_fields(data, "folder/a.txt", "folder/a.json")
        assert isinstance(item, Rejection)
        assert (item.rule, item.record) == (rule, "folder/a.txt:1")
        assert "folder/a.json" in item.message
    assert sidecar_fields(json.dumps({"id": "x"}).encode(), "folder/a.txt", "folder/a.json") == {"id": "x"}


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_give_a_document_or_a_rejection(data: bytes) -> None:
    item = read(data)
    assert isinstance(item, Document) or item.message
