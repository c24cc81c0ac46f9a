"""The one way in which frames become Parquet, in the store and in releases: the same rows, the same bytes."""

from __future__ import annotations

from io import BytesIO

import polars as pl

ROW_GROUP_ROWS = 100_000
"""Fixed, because left to itself it depends on the number of threads, and the bytes on it."""


def parquet_bytes(frame: pl.DataFrame) -> bytes:
    """Return ``frame`` as a Parquet file: the same bytes on any number of threads.

    The bytes depend on the version of polars (its name stands in the footer): compare CSV across versions.
    """
    buffer = BytesIO()
    frame.rechunk().write_parquet(
        buffer, compression="zstd", compression_level=3, statistics=True, row_group_size=ROW_GROUP_ROWS
    )
    return buffer.getvalue()
