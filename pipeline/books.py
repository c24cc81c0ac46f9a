"""The books of a run: at each step, records in = accepted + rejected + merged. Nothing is lost in silence."""

from __future__ import annotations

import polars as pl

BOOKS_SCHEMA = pl.Schema(
    {
        "stage": pl.String(),
        "records": pl.String(),
        "records_in": pl.Int64(),
        "accepted": pl.Int64(),
        "rejected": pl.Int64(),
        "merged": pl.Int64(),
    }
)


def books_frame(*rows: tuple[str, str, int, int, int, int]) -> pl.DataFrame:
    """Return rows of (stage, records, in, accepted, rejected, merged) as a frame; counts are numbers of records."""
    return pl.DataFrame(rows, schema=BOOKS_SCHEMA, orient="row")


def unbalanced(books: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of ``books`` in which something was lost or appeared from nowhere."""
    return books.filter(pl.col("records_in") != pl.sum_horizontal("accepted", "rejected", "merged"))
