"""JSON lines: whatever the bytes, a bad line costs only itself, and the books balance."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest.documents import Document, Limits, Rejection
from pipeline.ingest.jsonl import DEEPEST, parse_json, read_jsonl
from tests.ingest.makers import line, record

GOOD = line(id="good")
BYTES = st.binary(max_size=60) | st.sampled_from(
    [GOOD, GOOD[:-10], b"[]", b"{}", b"\xff\xfe", b"\xef\xbb\xbf", b"null"]
)


def read(data: bytes, limits: Limits | None = None) -> list[Document | Rejection]:
    return list(read_jsonl(io.BytesIO(data), "in.jsonl", limits or Limits()))


def rejected(data: bytes, limits: Limits | None = None) -> Rejection:
    """Return the only rejection of ``data``, after seeing that a good line before and after it are read."""
    before, item, after = read(line(id="before") + data + line(id="after"), limits)
    assert isinstance(before, Document)
    assert isinstance(after, Document)
    assert isinstance(item, Rejection)
    assert item.input_record == 2
    return item


def test_a_line_becomes_a_document_with_its_line_number() -> None:
    (item,) = read(b"\n \n" + line(url="https://northern-herald.example/1", language="en", invented=True))
    assert isinstance(item, Document)
    assert (item.input_name, item.input_record, item.external_id) == ("in.jsonl", 3, "nh-1")
    assert (item.url, item.language, item.invented, item.fmt) == (
        "https://northern-herald.example/1",
        "en",
        True,
        "jsonl",
    )


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault() -> None:
    items = read(b"\xef\xbb\xbf" + line().replace(b"\n", b"\r\n") + line(id="2"))
    assert [type(item) for item in items] == [Document, Document]


def test_a_last_line_without_line_feed_is_read() -> None:
    assert isinstance(read(line().rstrip())[0], Document)


def test_invalid_utf8_is_told_with_its_byte_in_the_file() -> None:
    item = rejected(b'{"id": "\xe9t\xe9"}\n')
    assert item.rule == "invalid_utf8"
    assert f"byte {len(line(id='before')) + 8} of the file" in item.message


def test_the_byte_at_fault_counts_the_byte_order_mark() -> None:
    (item,) = read(b'\xef\xbb\xbf{"\xff": 1}\n')
    assert isinstance(item, Rejection)
    assert "byte 5 of the file" in item.message


@pytest.mark.parametrize("cut", [1, 20, len(GOOD) // 2])
def test_a_last_line_cut_off_is_a_truncated_record(cut: int) -> None:
    first, last = read(GOOD + line(id="last", title="Ünfall")[: -cut - 1])
    assert isinstance(first, Document)
    assert isinstance(last, Rejection)
    assert (last.rule, last.input_record) == ("truncated_record", 2)


def test_a_last_line_cut_inside_a_character_is_a_truncated_record() -> None:
    data = json.dumps(record(title="Überfall"), ensure_ascii=False).encode()
    (item,) = read(data[: data.index(b"\xc3") + 1])
    assert isinstance(item, Rejection)
    assert item.rule == "truncated_record"


@pytest.mark.parametrize("value", [b"[1, 2]", b'"text"', b"7", b"null", b"true"])
def test_a_line_that_is_no_object_is_of_the_wrong_type(value: bytes) -> None:
    assert rejected(value + b"\n").rule == "wrong_type"


@pytest.mark.parametrize(
    "value", [b"{", b"{'id': 1}", b"hello", b'{"id": NaN}', b'{"id": -Infinity}', b'{"id": "a\tb"}']
)
def test_a_line_that_is_not_json_is_told_so(value: bytes) -> None:
    item = rejected(value + b"\n")
    assert item.rule == "invalid_json"
    assert "one JSON object on each line" in item.message


def test_a_long_line_is_skipped_in_bounded_memory_and_the_next_one_read() -> None:
    limits = Limits(max_line_bytes=400)
    assert rejected(line(text="x" * 5000), limits).rule == "too_long"
    assert rejected(line(text="x" * 3_000_000), limits).rule == "too_long"


def test_a_line_of_exactly_the_limit_is_read() -> None:
    limits = Limits(max_line_bytes=len(GOOD) - 1)
    assert isinstance(read(GOOD, limits)[0], Document)
    assert isinstance(read(GOOD.rstrip(), limits)[0], Document)
    assert isinstance(read(GOOD, Limits(max_line_bytes=len(GOOD) - 2))[0], Rejection)


def test_the_reader_never_asks_for_more_than_the_limit() -> None:
    asked: list[int] = []

    class Stream(io.BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            asked.append(size or -1)
            return super().readline(size)

    list(read_jsonl(Stream(b"x" * 5_000_000 + b"\n" + GOOD), "in.jsonl", Limits(max_line_bytes=1000)))
    assert min(asked) > 0
    assert max(asked) <= 1 << 20


@pytest.mark.parametrize("data", [b"", b"\n\n", b"  \r\n\t"])
def test_an_empty_file_is_one_rejection(data: bytes) -> None:
    (item,) = read(data)
    assert isinstance(item, Rejection)
    assert (item.rule, item.input_record, item.record) == ("empty_file", None, "in.jsonl")


def test_a_key_twice_with_two_values_is_rejected_and_with_one_value_read() -> None:
    twice = GOOD.replace(b'"id": "good"', b'"id": "good", "id": "other"')
    item = rejected(twice)
    assert (item.rule, item.field) == ("invalid_json", "id")
    assert isinstance(read(GOOD.replace(b'"id": "good"', b'"id": "good", "id": "good"'))[0], Document)
    assert isinstance(read(GOOD.replace(b'"id"', b'"extra": {"a": 1, "a": 2}, "id"'))[0], Document)


def test_deep_nesting_and_huge_numbers_do_no_harm() -> None:
    deep = b'{"x": ' + b"[" * 200_000 + b"]" * 200_000 + b"}\n"
    assert "nested deeper" in rejected(deep).message
    huge = line().replace(b'"id"', b'"n": ' + b"9" * 10_000 + b', "m": 1e999, "id"')
    assert isinstance(read(huge)[0], Document)


def test_brackets_inside_strings_are_no_nesting() -> None:
    text = '["' + "[{" * DEEPEST + '\\"[' + '"]'
    assert parse_json(text) == ["[{" * DEEPEST + '"[']
    with pytest.raises(ValueError, match="nested deeper"):
        parse_json("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1))
    assert parse_json("[" * DEEPEST + "]" * DEEPEST)


@settings(deadline=None)
@given(st.lists(BYTES, max_size=8), st.sampled_from([b"\n", b"\r\n", b""]))
def test_any_bytes_give_one_document_or_rejection_for_each_line_that_is_not_blank(
    pieces: list[bytes], end: bytes
) -> None:
    data = end.join(pieces)
    lines = [text for text in data.removeprefix(b"\xef\xbb\xbf").split(b"\n") if text.strip()]
    items = read(data)
    assert len(items) == max(1, len(lines))
    for item in items:
        assert isinstance(item, Document) or item.message
        str(item).encode()


@settings(deadline=None)
@given(st.text(), st.text(), st.text(), st.text())
def test_any_texts_in_the_fields_give_a_document_that_utf8_can_carry(
    name: str, title: str, text: str, source: str
) -> None:
    (item,) = read(json.dumps({"id": name, "title": title, "text": text, "source": source}).encode())
    if isinstance(item, Document):
        for value in (item.external_id, item.title, item.raw, item.source_name):
            value.encode()
        assert len(item.raw) == len(text)
    else:
        item.message.encode()
        assert item.field in {"id", "title", "text", "source"}
