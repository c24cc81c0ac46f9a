"""A table of the contract as bytes, and back: CSV for everybody, Parquet for exact types.

Both hold the same values. What one of the formats cannot carry (NUL characters, numbers that are not finite) is
refused here, with the row; empty text is a missing value in both. Which tables there are, and what their values must
keep to, belongs to the contract; folders and hashes belong to `publish`.

CSV is RFC 4180 in UTF-8: CRLF after rows, quotes where needed, `true` and `false`, ISO dates, the shortest digits that
give a number back exactly. A text that a spreadsheet would run as a formula gets an apostrophe in front. Such a text is
any number of apostrophes, then one of `FORMULA_STARTS`; so taking one apostrophe off each text that is at least one
apostrophe, then one of them, restores every text exactly. Numbers and dates are never touched.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import polars as pl

from pipeline.contracts import Field, Table
from pipeline.errors import FieldledgerError, cut

FORMULA_STARTS = "=+-@\t\r\n＝＋－＠"
_CLASS = r"=+\-@\t\r\n＝＋－＠"
NEEDS_ESCAPE = rf"^'*[{_CLASS}]"
"""Regular expression of the texts that get an apostrophe."""
ESCAPED = rf"^'('*[{_CLASS}])"
"""Regular expression of the texts in a CSV from which one apostrophe is to be taken; group 1 starts the original."""
_SLICE_ROWS = 50_000


def escapable(field: Field) -> bool:
    """Tell whether the formula escape may touch the column: text that neither a list nor a pattern already binds."""
    return field.type == "string" and not {"enum", "pattern"} & set(field.constraints)


def publishable(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    """Return ``frame`` as it is published: the table's columns and types, sorted by primary key, empty text missing.

    Raises:
        FieldledgerError: a column is missing or of another kind, or a value fits into only one of the formats.
    """
    try:
        conformed = table.conform(frame)
    except pl.exceptions.PolarsError as error:
        raise FieldledgerError(
            f"table {table.name}: {cut(str(error))}; validate the table before publishing it"
        ) from error
    texts = [field.name for field in table.fields if field.type == "string"]
    numbers = [field.name for field in table.fields if field.type == "number"]
    for column in texts:
        wrong = conformed[column].str.contains("\0", literal=True)
        _refuse(table, conformed, column, wrong, "holds a NUL character; remove it when the text is read")
    for column in numbers:
        _refuse(table, conformed, column, ~conformed[column].is_finite(), "is not a finite number; leave it empty")
    for field in table.fields:
        if field.type == "string" and not escapable(field):
            wrong = conformed[field.name].str.contains(NEEDS_ESCAPE)
            _refuse(
                table,
                conformed,
                field.name,
                wrong,
                "would be a formula in a spreadsheet; mend the contract's pattern",
            )
    return conformed.with_columns(pl.when(pl.col(texts) != "").then(pl.col(texts))) if texts else conformed


def _refuse(table: Table, frame: pl.DataFrame, column: str, wrong: pl.Series, says: str) -> None:
    rows = wrong.fill_null(False).arg_true()
    if rows.len():
        key = "/".join(str(value) for value in frame.select(table.primary_key).row(rows[0]))
        raise FieldledgerError(
            f"table {table.name}, row {cut(key)}: {column} {cut(str(frame[column][rows[0]]))} {says}"
        )


def csv_chunks(table: Table, frame: pl.DataFrame) -> Iterator[bytes]:
    """Yield the CSV of a `publishable` frame piece by piece, the header first."""
    texts = [field.name for field in table.fields if escapable(field)]
    yield _csv(frame.head(0), header=True)
    for part in frame.iter_slices(_SLICE_ROWS):
        yield _csv(part.with_columns(pl.col(texts).str.replace(f"({NEEDS_ESCAPE})", "'${1}")), header=False)


def _csv(frame: pl.DataFrame, *, header: bool) -> bytes:
    buffer = BytesIO()
    frame.write_csv(buffer, include_header=header, line_terminator="\r\n", quote_style="necessary")
    return buffer.getvalue()


def csv_bytes(table: Table, frame: pl.DataFrame) -> bytes:
    """Return the whole CSV of a `publishable` frame."""
    return b"".join(csv_chunks(table, frame))


def read_csv(table: Table, data: bytes) -> pl.DataFrame:
    """Return the rows of a CSV made by `csv_chunks`, in the contract's types and the order of the file.

    Raises:
        FieldledgerError: the header differs from the contract, or a cell cannot be read as its column's type.
    """
    try:
        frame = pl.read_csv(data, infer_schema=False, glob=False)
        if tuple(frame.columns) != table.columns:
            raise FieldledgerError(
                f"data/{table.name}.csv: the columns are {cut(','.join(frame.columns))}, not the contract's"
            )
        return frame.select(_from_text(field) for field in table.fields).rechunk()
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        raise FieldledgerError(f"data/{table.name}.csv: {cut(str(error), 200)}; fetch the release again") from error


def _from_text(field: Field) -> pl.Expr:
    text = pl.col(field.name)
    if field.type == "boolean":
        return text.replace_strict({"true": True, "false": False}, return_dtype=pl.Boolean)
    if field.type == "date":
        return text.str.to_date("%Y-%m-%d", strict=True)
    if field.type == "string":
        plain = text.str.replace(ESCAPED, "${1}") if escapable(field) else text
        return pl.when(plain != "").then(plain)
    return text.cast(field.dtype, strict=True)


def read_parquet(table: Table, data: bytes, path: str) -> pl.DataFrame:
    """Return the rows of a Parquet file made by `parquet_bytes`; messages name ``path``.

    Raises:
        FieldledgerError: it is no Parquet file, or its columns are not the contract's.
    """
    try:
        frame = pl.read_parquet(BytesIO(data), glob=False, hive_partitioning=False)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        raise FieldledgerError(f"{path}: {cut(str(error), 200)}; fetch the release again") from error
    if frame.schema != table.polars_schema():
        raise FieldledgerError(f"{path}: columns or types differ from those of datapackage.json")
    return frame
