"""CSV and Parquet give back exactly what went in, whatever the texts hold, and no cell is a formula."""

from __future__ import annotations

import csv
import io
from datetime import date
from types import MappingProxyType

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contracts import Field, FieldType, Table, load_contract
from pipeline.errors import FieldledgerError
from pipeline.parquet import parquet_bytes
from pipeline.release import tables
from pipeline.release.tables import (
    FORMULA_STARTS,
    NEEDS_ESCAPE,
    csv_bytes,
    csv_chunks,
    escapable,
    publishable,
    read_csv,
    read_parquet,
)


def _field(name: str, kind: FieldType, **constraints: object) -> Field:
    return Field(name, kind, name, name, None, "x", None, MappingProxyType({}), MappingProxyType(constraints))


PATH = "data/things.parquet"
TABLE = Table(
    name="things",
    title="Things",
    description="Things.",
    published=True,
    fields=(
        _field("key", "integer", required=True),
        _field("words", "string"),
        _field("code", "string", pattern="[a-z=]+"),
        _field("size", "number"),
        _field("sure", "boolean"),
        _field("day", "date"),
    ),
    primary_key=("key",),
    foreign_keys=(),
    checks=(),
)


def _frame(*words: str | None) -> pl.DataFrame:
    rows = [{"key": number, "words": text} for number, text in enumerate(words)]
    return publishable(TABLE, pl.DataFrame(rows, schema=TABLE.polars_schema()))


def _cells(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))


TEXTS = st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"]) | st.sampled_from("'=+-@\t\r\n\",;#é🙂\ufeff")
)
ROWS = st.lists(
    st.tuples(
        st.none() | TEXTS,
        st.none() | st.floats(allow_nan=False, allow_infinity=False),
        st.none() | st.booleans(),
        st.none() | st.dates(),
        st.integers(-(2**63), 2**63 - 1),
    ),
    max_size=8,
    unique_by=lambda row: row[4],
)


@settings(deadline=None)
@given(ROWS)
def test_both_formats_give_back_every_value(
    rows: list[tuple[str | None, float | None, bool | None, date | None, int]],
) -> None:
    frame = publishable(
        TABLE,
        pl.DataFrame(
            [{"words": a, "size": b, "sure": c, "day": d, "key": e} for a, b, c, d, e in rows],
            schema=TABLE.polars_schema(),
        ),
    )
    assert read_csv(TABLE, csv_bytes(TABLE, frame)).equals(frame)
    assert read_parquet(TABLE, parquet_bytes(frame), PATH).equals(frame)


@settings(deadline=None)
@given(st.lists(TEXTS, max_size=5))
def test_an_independent_reader_sees_the_same_cells_and_no_formula(words: list[str]) -> None:
    frame = _frame(*words)
    cells = [row[1] for row in _cells(csv_bytes(TABLE, frame))[1:]]
    for cell, text in zip(cells, frame["words"], strict=True):
        assert not cell.startswith(tuple(FORMULA_STARTS))
        assert cell in (text or "", f"'{text}")


@settings(deadline=None)
@given(st.text(st.sampled_from("'=a"), max_size=6), st.text(st.sampled_from("'=a"), max_size=6))
def test_two_texts_never_become_one_cell(one: str, other: str) -> None:
    first, second = (row[1] for row in _cells(csv_bytes(TABLE, _frame(one, other)))[1:])
    assert (first == second) == (one == other)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("'=1+1", "''=1+1"),
        ("''@x", "'''@x"),
        ("\rx", "'\rx"),
        ("-5", "'-5"),
        ("＝1", "'＝1"),
        ("'tis", "'tis"),
        ("a=b", "a=b"),
        (" =1", " =1"),
    ],
)
def test_only_what_would_be_a_formula_gets_an_apostrophe(text: str, cell: str) -> None:
    assert _cells(csv_bytes(TABLE, _frame(text)))[1][1] == cell


def test_the_form_is_rfc_4180_with_iso_dates_and_short_numbers() -> None:
    row = {"key": -7, "words": 'say "a,b"', "code": "x", "size": 35.81, "sure": True, "day": date(2021, 2, 6)}
    frame = publishable(TABLE, pl.DataFrame([row], schema=TABLE.polars_schema()))
    assert csv_bytes(TABLE, frame) == (b'key,words,code,size,sure,day\r\n-7,"say ""a,b""",x,35.81,true,2021-02-06\r\n')


def test_empty_text_is_missing_in_both_formats() -> None:
    frame = _frame("", None, "x")
    assert frame["words"].to_list() == [None, None, "x"]
    assert read_parquet(TABLE, parquet_bytes(frame), PATH).equals(read_csv(TABLE, csv_bytes(TABLE, frame)))


def test_a_table_without_rows_keeps_its_header_and_types() -> None:
    frame = publishable(TABLE, TABLE.empty())
    assert csv_bytes(TABLE, frame) == b"key,words,code,size,sure,day\r\n"
    assert read_csv(TABLE, csv_bytes(TABLE, frame)).schema == TABLE.polars_schema()
    assert read_parquet(TABLE, parquet_bytes(frame), PATH).schema == TABLE.polars_schema()


def test_the_pieces_of_a_csv_join_seamlessly(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = _frame(*(f"row\n{number}" for number in range(7)))
    whole = csv_bytes(TABLE, frame)
    monkeypatch.setattr(tables, "_SLICE_ROWS", 3)
    assert len(list(csv_chunks(TABLE, frame))) == 4
    assert csv_bytes(TABLE, frame) == whole


def test_a_table_of_many_quoted_line_breaks_reads_back() -> None:
    frame = _frame(*(f'a"{number}\r\nb,\n' * (number % 4) for number in range(20_000)))
    assert read_csv(TABLE, csv_bytes(TABLE, frame)).equals(frame)


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("words", "a\0b", "NUL"),
        ("size", float("nan"), "finite"),
        ("size", float("-inf"), "finite"),
        ("code", "=a", "formula"),
    ],
)
def test_what_one_format_cannot_hold_is_refused_with_its_row(column: str, value: object, says: str) -> None:
    frame = pl.DataFrame([{"key": 42, column: value}], schema=TABLE.polars_schema())
    with pytest.raises(FieldledgerError, match=f"things, row 42: {column} .*{says}"):
        publishable(TABLE, frame)


def test_a_column_that_cannot_be_cast_is_refused() -> None:
    with pytest.raises(FieldledgerError, match="table things"):
        publishable(TABLE, _frame("x").with_columns(day=pl.lit("soon")))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"key,words\r\n1,x\r\n",
        b"key,words,code,size,sure,day\r\nx,,,,,\r\n",
        b"key,words,code,size,sure,day\r\n1,,,,maybe,\r\n",
        b"key,words,code,size,sure,day\r\n1,,,,,31.12.2021\r\n",
        b"key,words,code,size,sure,day\r\n1,,,,,,,,\r\n",
        b"key,words,code,size,sure,day\r\n1,\xff\xfe,,,,\r\n",
    ],
)
def test_a_foreign_csv_is_one_clear_error(data: bytes) -> None:
    with pytest.raises(FieldledgerError, match=r"data/things\.csv"):
        read_csv(TABLE, data)


@settings(deadline=None)
@given(st.binary(max_size=60))
def test_bytes_that_are_no_parquet_are_one_clear_error(data: bytes) -> None:
    with pytest.raises(FieldledgerError, match=r"data/things\.parquet"):
        read_parquet(TABLE, data, PATH)


def test_a_parquet_with_other_columns_is_refused() -> None:
    with pytest.raises(FieldledgerError, match="columns or types differ"):
        read_parquet(TABLE, parquet_bytes(pl.DataFrame({"key": [1]})), PATH)


def test_no_code_of_the_contract_needs_an_escape() -> None:
    codes = [
        str(code)
        for table in load_contract().published
        for field in table.fields
        if field.type == "string" and not escapable(field)
        for code in (*field.constraints.get("enum", ()), field.example)
    ]
    assert len(codes) > 50
    assert not pl.Series(codes).str.contains(NEEDS_ESCAPE).any()
