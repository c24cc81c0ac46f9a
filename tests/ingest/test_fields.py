"""One record's fields: which faults are found, and what the message says."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.ingest.documents import Document, Limits, Rejection
from pipeline.ingest.fields import document
from tests.ingest.makers import record

LIMITS = Limits(first_date=date(2011, 1, 1))


def check(**changes: object) -> Document | Rejection:
    return document(record(**changes), input_name="in.jsonl", input_record=7, fmt="jsonl", limits=LIMITS)


def fault(**changes: object) -> Rejection:
    item = check(**changes)
    assert isinstance(item, Rejection)
    return item


def good(**changes: object) -> Document:
    item = check(**changes)
    assert isinstance(item, Document)
    return item


@pytest.mark.parametrize("field", ["id", "title", "text", "source"])
def test_a_missing_field_is_named_with_file_record_and_remedy(field: str) -> None:
    item = fault(**{field: None})
    assert (item.rule, item.field, item.record) == ("missing_field", field, "in.jsonl:7")
    assert item.message == f"in.jsonl, record 7: {field}: {field} is required and is not there; add it to the record"


@pytest.mark.parametrize(
    ("field", "rule"), [("id", "missing_field"), ("source", "missing_field"), ("text", "empty_text")]
)
def test_an_empty_field_is_as_good_as_missing(field: str, rule: str) -> None:
    assert fault(**{field: " \n"}).rule == rule


@pytest.mark.parametrize("field", ["id", "title", "text", "source", "published_at", "url", "language"])
@pytest.mark.parametrize("value", [7, 1.5, True, ["x"], {"x": 1}])
def test_a_wrong_type_is_named_with_its_value(field: str, value: object) -> None:
    item = fault(**{field: value})
    assert (item.rule, item.field, item.value) == ("wrong_type", field, repr(value))
    assert "write it as text in quotes" in item.message


def test_invented_must_be_true_or_false() -> None:
    assert good(invented=True).invented
    assert not good().invented
    assert fault(invented="yes").rule == "wrong_type"


@pytest.mark.parametrize("value", ["1066-10-14", "2010-12-31", "2100-01-02", "9999-12-31T00:00:00Z"])
def test_an_absurd_date_is_rejected(value: str) -> None:
    item = fault(published_at=value)
    assert (item.rule, item.field, item.value) == ("absurd_date", "published_at", value)


def test_the_bounds_themselves_are_believed() -> None:
    assert good(published_at="2011-01-01").published_at == "2011-01-01"
    assert good(published_at="2100-01-01").published_at == "2100-01-01"
    anything = document(
        record(published_at="1066-10-14"), input_name="x", input_record=1, fmt="jsonl", limits=Limits(latest=None)
    )
    assert isinstance(anything, Document)


@pytest.mark.parametrize("value", ["last Tuesday", "10/04/2022", "2022-10-04" + " " * 40 + "x"])
def test_an_unreadable_date_is_rejected_and_not_guessed(value: str) -> None:
    assert fault(published_at=value).rule in {"bad_date", "out_of_range"}


@pytest.mark.parametrize("value", [None, "", "  "])
def test_no_date_is_no_fault(value: str | None) -> None:
    assert good(published_at=value).published_at is None


@pytest.mark.parametrize(
    "value", ["../../etc/passwd", "a/../b", "..", "..\\x", "a\x00b", "a\nb", "a\x1bb", "a\x7fb", "a\u2028b", "a\ud800"]
)
def test_an_id_with_path_steps_or_control_characters_is_unsafe(value: str) -> None:
    item = fault(id=value)
    assert (item.rule, item.field) == ("unsafe_id", "id")
    item.message.encode()
    assert item.message.isprintable()


@pytest.mark.parametrize("value", ["/etc/passwd", "https://a.example/x?y=..", "a..b", "…", "٣", "=1+1"])
def test_an_id_is_only_data_so_other_ids_are_taken_as_they_are(value: str) -> None:
    assert good(id=value).external_id == value


@pytest.mark.parametrize(
    "title", ["<script>alert(1)</script> & <b>x</b>", '=HYPERLINK("x")', "+1", "@sum", "{{ 7*7 }}"]
)
def test_markup_and_formulas_in_a_title_are_kept_as_text(title: str) -> None:
    assert good(title=title).title == title


def test_line_breaks_in_title_and_source_become_blanks() -> None:
    item = good(title=" Two\r\n towns\tshelled ", source="Northern \n Herald")
    assert (item.title, item.source_name) == ("Two towns shelled", "Northern Herald")


def test_characters_that_no_file_can_carry_are_replaced_one_for_one() -> None:
    item = good(text="a\x00b\ud83dc\x0bd\te\r\nf\ufffe")
    assert item.raw == "a\ufffdb\ufffdc\ufffdd\te\r\nf\ufffd"


@pytest.mark.parametrize(("field", "length"), [("title", 1001), ("id", 501), ("url", 2001), ("source", 201)])
def test_a_field_longer_than_the_contract_allows_is_out_of_range(field: str, length: int) -> None:
    item = fault(**{field: "x" * length})
    assert (item.rule, item.field) == ("out_of_range", field)
    assert item.value is not None
    assert len(item.value) == 80


def test_other_keys_are_ignored() -> None:
    assert good(extra=[1], author={"name": "x"}) == good()


def test_a_title_may_be_empty_but_not_left_out() -> None:
    assert good(title="").title == ""
